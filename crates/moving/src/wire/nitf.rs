//! NITF 3 (IPTC, News Industry Text Format).

use super::xml::{below, blocks, child, children, said, urgency, words};
use super::{Standing, WireItem, when};
use newsroom::body::Picture;
use roxmltree::Node;

pub(super) fn read(root: Node<'_, '_>) -> WireItem {
    let mut item = WireItem::default();
    if let Some(head) = child(root, "head") {
        heading(head, &mut item);
    }
    if let Some(body) = child(root, "body") {
        content(body, &mut item);
    }
    if item.headline.is_empty() {
        item.headline = child(root, "head").map(|head| said(head, "title")).unwrap_or_default();
    }
    item
}

fn heading(head: Node<'_, '_>, item: &mut WireItem) {
    let attribute = |name: &str, attribute: &str| below(head, name).and_then(|node| node.attribute(attribute));
    item.id = attribute("doc-id", "id-string").unwrap_or_default().trim().to_owned();
    item.version =
        attribute("du-key", "version").or_else(|| attribute("date.issue", "norm")).unwrap_or_default().to_owned();
    item.urgency = attribute("urgency", "ed-urg").and_then(urgency);
    item.agency = attribute("doc.copyright", "holder").map(arabic::clean::line).unwrap_or_default();
    item.editor_note = attribute("ed-msg", "info").map(arabic::clean::line).unwrap_or_default();
    item.subjects =
        head.descendants().filter(|one| one.tag_name().name() == "tobject.subject").filter_map(subject).collect();
    let status = attribute("docdata", "management-status").unwrap_or_default().to_ascii_lowercase();
    item.standing = match status.as_str() {
        "canceled" | "cancelled" | "killed" => Standing::Cancelled,
        "withheld" => Standing::Withheld,
        _ => Standing::Usable,
    };
    let moment = |name: &str| attribute(name, "norm").and_then(when::moment);
    let (issued, released) = (moment("date.issue"), moment("date.release"));
    if status == "embargoed" {
        item.embargo = released;
        item.embargo_unread = released.is_none();
    } else {
        item.embargo = released.filter(|released| issued.is_none_or(|issued| *released > issued));
    }
}

/// The narrowest name of a subject, else its code.
fn subject(node: Node<'_, '_>) -> Option<String> {
    let names = ["tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type", "tobject.subject.refnum"];
    names.into_iter().find_map(|name| node.attribute(name)).map(arabic::clean::line).filter(|said| !said.is_empty())
}

/// What stands in the body of a document, or of an item of another format that holds one.
pub(super) fn content(body: Node<'_, '_>, item: &mut WireItem) {
    let empty = |text: &String| text.is_empty();
    if let Some(head) = child(body, "body.head") {
        if let Some(hedline) = child(head, "hedline") {
            let (first, second) = (said(hedline, "hl1"), said(hedline, "hl2"));
            fill(&mut item.headline, if empty(&first) { words(hedline) } else { first });
            fill(&mut item.standfirst, second);
        }
        fill(&mut item.standfirst, child(head, "abstract").map(words).unwrap_or_default());
        let byline = child(head, "byline").map(|byline| {
            let (person, title) = (said(byline, "person"), said(byline, "byttl"));
            fill(&mut item.agency, title);
            if empty(&person) { words(byline) } else { person }
        });
        fill(&mut item.byline, byline.unwrap_or_default());
        fill(&mut item.dateline, child(head, "dateline").map(place).unwrap_or_default());
        fill(&mut item.agency, said(head, "distributor"));
        media(head, item);
    }
    if let Some(content) = child(body, "body.content") {
        media(content, item);
        blocks(content, item);
    }
}

fn fill(field: &mut String, said: String) {
    if field.is_empty() {
        *field = said;
    }
}

fn place(dateline: Node<'_, '_>) -> String {
    let location = below(dateline, "location").unwrap_or(dateline);
    let city = said(location, "city");
    let place = if city.is_empty() { words(location) } else { city };
    place.trim_end_matches([',', '-', ' ']).to_owned()
}

fn media(node: Node<'_, '_>, item: &mut WireItem) {
    for media in node.descendants().filter(|one| one.tag_name().name() == "media") {
        let is_picture = media.attribute("media-type").is_none_or(|kind| matches!(kind, "image" | "photo" | "graphic"));
        let source = children(media, "media-reference")
            .find_map(|one| one.attribute("source").or_else(|| one.attribute("name")));
        let Some(file) = source.map(str::trim).filter(|file| is_picture && !file.is_empty()) else { continue };
        let line = |name: &str| Some(said(media, name)).filter(|said| !said.is_empty());
        let alt = child(media, "media-reference").and_then(|one| one.attribute("alternate-text")).unwrap_or_default();
        item.pictures.push(Picture {
            file: file.to_owned(),
            alt: arabic::clean::line(alt),
            caption: line("media-caption"),
            credit: line("media-producer"),
            ..Picture::default()
        });
    }
}
