//! RSS or Atom of an old site: as much of it as its feed still holds.

use super::{Made, Wrong, blank, slug_of, wrong_xml};
use crate::old::{Item, OldPicture, OldSite, OldTerm, OldWriter, TermKind};
use crate::wire::{moment, xml_root, xml_said as said};
use roxmltree::Node;

pub(super) fn read(all: &str, made: &mut Made) -> Result<(), Wrong> {
    let document = xml_root(all).map_err(wrong_xml)?;
    let root = document.root_element();
    if !matches!(root.tag_name().name(), "rss" | "feed" | "RDF") {
        return Err(Wrong::format());
    }
    let channel = child(root, "channel").unwrap_or(root);
    let link = address(channel);
    let site = if made.site.is_empty() { link } else { made.site.clone() };
    made.add(Item::Site(OldSite {
        title: said(channel, "title"),
        description: said(channel, "description"),
        language: said(channel, "language"),
        address: site.clone(),
        blog: site,
    }));
    for entry in root.descendants().filter(|one| matches!(one.tag_name().name(), "item" | "entry")) {
        one(entry, made);
    }
    Ok(())
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|one| one.tag_name().name() == name)
}

fn first(node: Node<'_, '_>, names: &[&str]) -> String {
    names.iter().map(|name| said(node, name)).find(|said| !said.is_empty()).unwrap_or_default()
}

/// The page of an entry: Atom's alternate link, or RSS's words.
fn address(node: Node<'_, '_>) -> String {
    let links = || node.children().filter(|one| one.tag_name().name() == "link");
    let page =
        links().find(|one| one.attribute("href").is_some() && matches!(one.attribute("rel"), None | Some("alternate")));
    let words = || links().find_map(|one| one.text()).unwrap_or_default().trim().to_owned();
    page.and_then(|one| one.attribute("href")).map_or_else(words, str::to_owned)
}

/// The last part of an address's path.
fn last_part(address: &str) -> &str {
    let last = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    last.split(['?', '#']).next().unwrap_or_default()
}

fn one(entry: Node<'_, '_>, made: &mut Made) {
    let address = address(entry);
    let id = first(entry, &["guid", "id"]);
    let mut story = blank(format!("feed:{}", if id.is_empty() { &address } else { &id }));
    story.title = said(entry, "title");
    let long = entry.descendants().find(|one| one.tag_name().name() == "encoded");
    let long = long
        .or_else(|| entry.children().find(|one| one.tag_name().name() == "content" && one.attribute("url").is_none()));
    let short = child(entry, "description").or_else(|| child(entry, "summary"));
    let text = |node: Node<'_, '_>| node.text().unwrap_or_default().to_owned();
    match (long, short) {
        (Some(long), short) => (story.body.text, story.standfirst) = (text(long), short.map(text).unwrap_or_default()),
        (None, Some(short)) => story.body.text = text(short),
        (None, None) => {}
    }
    story.slug = last_part(&address).to_owned();
    story.address = address;
    story.published_at = moment(&first(entry, &["pubDate", "published", "date", "updated"]));
    story.changed_at = moment(&said(entry, "updated"));
    let author = child(entry, "author").map(|author| first(author, &["name"])).filter(|name| !name.is_empty());
    let author = author.unwrap_or_else(|| first(entry, &["creator", "author"]));
    let key = slug_of(&author);
    // An address of mail is no name.
    if !key.is_empty() && !author.contains('@') {
        story.writers.push(key.clone());
        made.add(Item::Writer(OldWriter { key: key.clone(), name: author, slug: key }));
    }
    for category in entry.children().filter(|one| one.tag_name().name() == "category") {
        let name = category
            .attribute("label")
            .or(category.attribute("term"))
            .or(category.text())
            .unwrap_or_default()
            .trim()
            .to_owned();
        let slug = slug_of(&name);
        if !slug.is_empty() && !story.tags.contains(&slug) {
            story.tags.push(slug.clone());
            let (parent, description) = (String::new(), String::new());
            made.add(Item::Term(OldTerm { kind: TermKind::Tag, slug, name, parent, number: None, description }));
        }
    }
    let is_picture = |one: &Node<'_, '_>| one.attribute("type").is_some_and(|kind| kind.starts_with("image/"));
    let enclosure = entry.children().find(|one| one.tag_name().name() == "enclosure" && is_picture(one));
    if let Some(address) = enclosure.and_then(|one| one.attribute("url")) {
        story.picture = Some(address.to_owned());
        made.add(Item::Picture(OldPicture {
            key: address.to_owned(),
            address: address.to_owned(),
            ..OldPicture::default()
        }));
    }
    made.add(Item::Story(Box::new(story)));
}
