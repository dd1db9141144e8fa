//! NewsML-G2 (IPTC): an item, a package, or a message around several.

use super::xml::{below, blocks, child, children, name_of, of_html, said, urgency, words};
use super::{Matter, Standing, WireItem, nitf, plain, when};
use newsroom::body::Picture;
use roxmltree::Node;

pub(super) fn read(root: Node<'_, '_>) -> Vec<WireItem> {
    let is_item = |node: &Node<'_, '_>| matches!(node.tag_name().name(), "newsItem" | "packageItem");
    // Items never stand in one another; a reference in a package is an `itemRef`.
    root.descendants().filter(is_item).map(item).collect()
}

fn item(node: Node<'_, '_>) -> WireItem {
    let mut item = WireItem {
        id: node.attribute("guid").unwrap_or_default().trim().to_owned(),
        version: node.attribute("version").unwrap_or_default().trim().to_owned(),
        language: language(node),
        ..WireItem::default()
    };
    if let Some(meta) = child(node, "itemMeta") {
        management(meta, &mut item);
    }
    if node.tag_name().name() == "packageItem" {
        item.matter = Matter::Package;
    }
    if let Some(meta) = child(node, "contentMeta") {
        description(meta, &mut item);
    }
    let holder = child(node, "rightsInfo").and_then(|rights| child(rights, "copyrightHolder")).map(name_of);
    fill(&mut item.agency, holder.unwrap_or_default());
    if let Some(set) = child(node, "contentSet") {
        content(set, &mut item);
    }
    let title = child(node, "itemMeta").map(|meta| said(meta, "title")).unwrap_or_default();
    if item.matter != Matter::Text {
        fill(&mut item.headline, title);
    }
    item
}

fn language(node: Node<'_, '_>) -> String {
    let attribute = node.attributes().find(|one| one.name() == "lang").map(|one| one.value().trim().to_owned());
    attribute.unwrap_or_default()
}

/// The end of a code: `stat:usable` is `usable`.
fn code(node: Node<'_, '_>) -> String {
    let code = node.attribute("qcode").or_else(|| node.attribute("literal")).unwrap_or_default();
    code.rsplit(':').next().unwrap_or(code).to_ascii_lowercase()
}

fn management(meta: Node<'_, '_>, item: &mut WireItem) {
    item.matter = match child(meta, "itemClass").map(code).as_deref() {
        None | Some("text" | "") => Matter::Text,
        Some("picture" | "photo" | "graphic") => Matter::Picture,
        Some("composite") => Matter::Package,
        Some(_) => Matter::Other,
    };
    item.standing = match child(meta, "pubStatus").map(code).as_deref() {
        Some("canceled" | "cancelled") => Standing::Cancelled,
        Some("withheld") => Standing::Withheld,
        _ => Standing::Usable,
    };
    if let Some(embargo) = child(meta, "embargoed") {
        let written = words(embargo);
        item.embargo = when::moment(&written);
        // Without a date an embargo lasts until the agency says more (NewsML-G2, `embargoed`).
        item.embargo_unread = item.embargo.is_none();
    }
    let notes = children(meta, "edNote").map(words).filter(|note| !note.is_empty());
    item.editor_note = notes.collect::<Vec<_>>().join(" · ");
    item.agency = child(meta, "provider").map(name_of).unwrap_or_default();
}

fn description(meta: Node<'_, '_>, item: &mut WireItem) {
    item.urgency = urgency(&said(meta, "urgency"));
    if let Some(tag) = child(meta, "language").and_then(|language| language.attribute("tag")) {
        item.language = tag.trim().to_owned();
    }
    let role = |node: &Node<'_, '_>| node.attribute("role").unwrap_or_default().to_ascii_lowercase();
    let headlines: Vec<Node<'_, '_>> = children(meta, "headline").collect();
    let is_second = |node: &Node<'_, '_>| role(node).contains("sub") || role(node).contains("medium");
    let first = headlines.iter().find(|node| !is_second(node) && !words(**node).is_empty()).or(headlines.first());
    item.headline = first.map(|node| words(*node)).unwrap_or_default();
    let second = headlines.iter().find(|node| role(node).contains("sub")).map(|node| words(*node));
    let summary = children(meta, "description").find(|node| role(node).contains("summary")).map(words);
    item.standfirst = second.or(summary).unwrap_or_default();
    let by = said(meta, "by");
    let creators =
        children(meta, "creator").map(name_of).filter(|name| !name.is_empty()).collect::<Vec<_>>().join("، ");
    item.byline = if by.is_empty() && item.matter == Matter::Text { creators } else { by };
    let located = child(meta, "located").map(name_of).unwrap_or_default();
    let dateline = said(meta, "dateline");
    item.dateline = if located.is_empty() { dateline } else { located };
    let credit = said(meta, "creditline");
    let source = child(meta, "infoSource").map(name_of).unwrap_or_default();
    let named = if source.is_empty() { credit } else { source };
    if !named.is_empty() {
        item.agency = named.trim_end_matches(['-', '–', '—', ' ']).to_owned();
    }
    item.subjects = children(meta, "subject").map(name_of).filter(|name| !name.is_empty()).collect();
    item.subjects.dedup();
}

fn content(set: Node<'_, '_>, item: &mut WireItem) {
    for inline in children(set, "inlineXML") {
        if let Some(body) = below(inline, "body") {
            let is_nitf = child(body, "body.content").is_some() || child(body, "body.head").is_some();
            if is_nitf { nitf::content(body, item) } else { blocks(body, item) }
        } else {
            blocks(inline, item);
        }
    }
    for inline in children(set, "inlineData") {
        let text = inline.text().unwrap_or_default();
        let bare = text.replace("<p>", "\n\n").replace("</p>", "\n\n");
        if bare.contains('<') { of_html(text, item) } else { item.body.extend(plain::paragraphs(&bare)) }
    }
    let remote = children(set, "remoteContent").filter(|one| {
        one.attribute("contenttype").or_else(|| one.attribute("format")).is_none_or(|kind| !kind.starts_with("text"))
    });
    // Several renditions are the same picture: the last that is said to be for print or the largest.
    let widest =
        remote.max_by_key(|one| one.attribute("width").and_then(|width| width.parse::<u64>().ok()).unwrap_or(0));
    if let Some(file) = widest.and_then(|one| one.attribute("href").or_else(|| one.attribute("residref"))) {
        item.pictures.push(Picture { file: file.trim().to_owned(), ..Picture::default() });
    }
}

fn fill(field: &mut String, said: String) {
    if field.is_empty() {
        *field = said;
    }
}
