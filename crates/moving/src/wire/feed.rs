//! RSS 0.9 to 2.0, RSS 1.0, Atom.

use super::xml::{child, children, of_html, said, words};
use super::{WireItem, plain};
use newsroom::body::{Body, Picture};
use roxmltree::Node;

/// Items of a feed.
const MOST_ITEMS: usize = 1_000;

pub(super) fn read(root: Node<'_, '_>) -> Vec<WireItem> {
    let channel = child(root, "channel").unwrap_or(root);
    let agency = said(channel, "title");
    let language = root.attributes().find(|one| one.name() == "lang").map(|one| one.value().to_owned());
    let language = language.unwrap_or_else(|| said(channel, "language"));
    let items = root.descendants().filter(|one| matches!(one.tag_name().name(), "item" | "entry")).take(MOST_ITEMS);
    items.map(|one| item(one, &agency, &language)).collect()
}

/// An item or an entry of a feed.
fn item(node: Node<'_, '_>, agency: &str, language: &str) -> WireItem {
    let author = child(node, "author").map(|author| {
        let name = said(author, "name");
        if name.is_empty() { words(author) } else { name }
    });
    let mut item = WireItem {
        id: id(node),
        version: first(node, &["updated", "modified", "pubDate", "published", "date"]),
        headline: crate::markup::title_text(&said(node, "title")),
        byline: author.or_else(|| child(node, "creator").map(words)).unwrap_or_default(),
        agency: agency.to_owned(),
        language: language.to_owned(),
        subjects: children(node, "category").map(category).filter(|said| !said.is_empty()).collect(),
        ..WireItem::default()
    };
    let long = node
        .descendants()
        .find(|one| matches!(one.tag_name().name(), "encoded" | "body"))
        .or_else(|| children(node, "content").find(|one| one.attribute("url").is_none()));
    let short = child(node, "description").or_else(|| child(node, "summary"));
    if let Some(long) = long {
        body(long, &mut item);
    }
    match short {
        Some(short) if item.body.is_empty() => body(short, &mut item),
        Some(short) => item.standfirst = crate::markup::title_text(&words(short)),
        None => {}
    }
    let enclosures = node.descendants().filter(|one| matches!(one.tag_name().name(), "enclosure" | "thumbnail"));
    let is_picture = |one: &Node<'_, '_>| one.attribute("type").is_none_or(|kind| kind.starts_with("image/"));
    let files = enclosures.filter(is_picture).filter_map(|one| one.attribute("url"));
    item.pictures.extend(files.map(|file| Picture { file: file.to_owned(), ..Picture::default() }));
    if Body(item.body.clone()).plain_text() == item.standfirst {
        item.standfirst.clear();
    }
    item
}

fn body(node: Node<'_, '_>, item: &mut WireItem) {
    if node.children().any(|one| one.is_element()) {
        return super::xml::blocks(node, item);
    }
    let text = node.text().unwrap_or_default();
    if text.contains('<') { of_html(text, item) } else { item.body.extend(plain::paragraphs(text)) }
}

fn id(node: Node<'_, '_>) -> String {
    let said = first(node, &["guid", "id"]);
    let link = child(node, "link").map(|link| link.attribute("href").map_or_else(|| words(link), str::to_owned));
    if said.is_empty() { link.unwrap_or_default() } else { said }
}

fn first(node: Node<'_, '_>, names: &[&str]) -> String {
    names.iter().map(|name| said(node, name)).find(|said| !said.is_empty()).unwrap_or_default()
}

fn category(node: Node<'_, '_>) -> String {
    node.attribute("term").map_or_else(|| words(node), arabic::clean::line)
}
