//! NewsML 1.2 (IPTC), most often around NITF.

use super::xml::{below, blocks, child, name_of, said, words};
use super::{Matter, Standing, WireItem, nitf, when, xml};
use newsroom::body::Picture;
use roxmltree::Node;

pub(super) fn read(root: Node<'_, '_>) -> Vec<WireItem> {
    root.descendants().filter(|one| one.tag_name().name() == "NewsItem").map(item).collect()
}

/// `FormalName` of the first element of this name.
fn formal<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    below(node, name).and_then(|one| one.attribute("FormalName")).map(str::trim).filter(|said| !said.is_empty())
}

fn item(node: Node<'_, '_>) -> WireItem {
    let words_of = |name: &str| below(node, name).map(words).unwrap_or_default();
    let mut item = WireItem {
        id: words_of("PublicIdentifier"),
        version: words_of("RevisionId"),
        headline: words_of("HeadLine"),
        standfirst: words_of("SubHeadLine"),
        byline: words_of("ByLine"),
        dateline: words_of("DateLine"),
        agency: words_of("CreditLine"),
        ..WireItem::default()
    };
    if item.id.is_empty() {
        item.id = words_of("NewsItemId");
    }
    if item.agency.is_empty() {
        let provider = below(node, "Provider").and_then(|one| below(one, "Party"));
        item.agency = provider
            .map(|one| one.attribute("FormalName").map_or_else(|| name_of(one), str::to_owned))
            .unwrap_or_default();
    }
    item.language = formal(node, "Language").unwrap_or_default().to_owned();
    item.urgency = formal(node, "Urgency").and_then(xml::urgency);
    let subjects =
        node.descendants().filter(|one| matches!(one.tag_name().name(), "Subject" | "SubjectMatter" | "SubjectDetail"));
    item.subjects = subjects.filter_map(|one| one.attribute("FormalName")).map(str::to_owned).collect();
    status(node, &mut item);
    content(node, &mut item);
    item
}

fn status(node: Node<'_, '_>, item: &mut WireItem) {
    let status = formal(node, "Status").unwrap_or_default().to_ascii_lowercase();
    match status.as_str() {
        "canceled" | "cancelled" => item.standing = Standing::Cancelled,
        "withheld" => item.standing = Standing::Withheld,
        "embargoed" => {
            let change = below(node, "StatusWillChange");
            item.embargo = change.and_then(|change| when::moment(&said(change, "DateAndTime")));
            item.embargo_unread = item.embargo.is_none();
        }
        _ => {}
    }
}

fn content(node: Node<'_, '_>, item: &mut WireItem) {
    for inner in node.descendants().filter(|one| one.tag_name().name() == "ContentItem") {
        let kind = formal(inner, "MediaType").unwrap_or_default().to_ascii_lowercase();
        if matches!(kind.as_str(), "photo" | "picture" | "graphic") {
            if let Some(file) = inner.attribute("Href") {
                item.pictures.push(Picture { file: file.trim().to_owned(), ..Picture::default() });
            }
            continue;
        }
        let Some(data) = child(inner, "DataContent") else { continue };
        match below(data, "body") {
            Some(body) if child(body, "body.content").is_some() => nitf::content(body, item),
            Some(body) => blocks(body, item),
            None if data.children().any(|one| one.is_element()) => blocks(data, item),
            None => {
                let text = data.text().unwrap_or_default();
                if text.contains("<p") {
                    xml::of_html(text, item)
                } else {
                    item.body.extend(super::plain::paragraphs(text))
                }
            }
        }
    }
    if item.body.is_empty() && !item.pictures.is_empty() {
        item.matter = Matter::Picture;
    }
}
