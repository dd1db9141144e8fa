//! Blogger: lists of its interface (`blogger#post`, `blogger#comment`), and the Atom feed of its export.

use super::json::{at, first, list, text};
use super::{Made, Wrong, blank, blank_comment, json, slug_of};
use crate::old::{CommentState, Item, Left, OldKind, OldState, OldTerm, OldWriter, TermKind, WhyLeft};
use crate::wire::{xml_root, xml_said as said};
use roxmltree::Node;
use serde_json::Value;

pub(super) fn read(all: &str, made: &mut Made) -> Result<(), Wrong> {
    if all.trim_start().starts_with('<') {
        return xml_root(all).map_err(super::wrong_xml).and_then(|document| feed(document.root_element(), made));
    }
    let value = json::read(all)?;
    let items = value.as_array().map(Vec::as_slice).unwrap_or_else(|| list(&value, "items"));
    if items.is_empty() || !items.iter().all(|item| item["content"].is_string()) {
        return Err(Wrong::format());
    }
    items.iter().for_each(|item| one(item, made));
    Ok(())
}

fn one(item: &Value, made: &mut Made) {
    let (id, blog) = (text(item, "id"), text(&item["blog"], "id"));
    let author = item["author"]["displayName"].as_str().unwrap_or_default();
    if text(item, "kind") == "blogger#comment" {
        let mut comment = blank_comment(
            format!("blogger:{blog}|comment|{id}"),
            format!("blogger:{blog}|{}", text(&item["post"], "id")),
        );
        comment.parent = Some(text(&item["inReplyTo"], "id"))
            .filter(|id| !id.is_empty())
            .map(|id| format!("blogger:{blog}|comment|{id}"));
        (comment.name, comment.text, comment.at) = (author.to_owned(), text(item, "content"), at(item, "published"));
        // Whoever fetched them as an administrator has those that wait and spam as well.
        comment.state = match text(item, "status").to_ascii_uppercase().as_str() {
            "" | "LIVE" => CommentState::Released,
            "SPAM" => CommentState::Spam,
            "EMPTIED" => CommentState::Trash,
            _ => CommentState::Waiting,
        };
        return made.add(Item::Comment(comment));
    }
    let mut story = blank(format!("blogger:{blog}|{id}"));
    if text(item, "kind") == "blogger#page" {
        story.kind = OldKind::Page { parent: None };
    }
    story.title = text(item, "title");
    story.body.text = text(item, "content");
    story.address = text(item, "url");
    story.slug = end_of(&story.address);
    (story.published_at, story.changed_at) = (at(item, "published"), at(item, "updated"));
    story.state = match first(item, &["status"]).to_ascii_uppercase().as_str() {
        "DRAFT" => OldState::Draft,
        "SCHEDULED" => OldState::Timed,
        "SOFT_TRASHED" => OldState::Trash,
        _ => OldState::Public,
    };
    story.comments_open = !text(item, "readerComments").starts_with("DONT_ALLOW");
    let labels = list(item, "labels").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    named(author, labels, story, made);
}

/// Writers and labels are known by their names.
fn named(author: &str, labels: Vec<String>, mut story: crate::old::OldStory, made: &mut Made) {
    let key = slug_of(author);
    if !key.is_empty() {
        story.writers.push(key.clone());
        made.add(Item::Writer(OldWriter { key: key.clone(), name: author.to_owned(), slug: key }));
    }
    for name in labels {
        let slug = slug_of(&name);
        if !slug.is_empty() && !story.tags.contains(&slug) {
            story.tags.push(slug.clone());
            let (parent, description) = (String::new(), String::new());
            made.add(Item::Term(OldTerm { kind: TermKind::Tag, slug, name, parent, number: None, description }));
        }
    }
    made.add(Item::Story(Box::new(story)));
}

/// `lorem` of `…/2017/06/lorem.html`.
fn end_of(address: &str) -> String {
    let end = address.rsplit('/').next().unwrap_or_default();
    end.split(['?', '#']).next().unwrap_or_default().trim_end_matches(".html").to_owned()
}

/// The export: entries of every kind in one feed, each with a category that says which.
fn feed(root: Node<'_, '_>, made: &mut Made) -> Result<(), Wrong> {
    if root.tag_name().name() != "feed" {
        return Err(Wrong::format());
    }
    for entry in root.children().filter(|one| one.tag_name().name() == "entry") {
        let categories = || entry.children().filter(|one| one.tag_name().name() == "category");
        let is_kind = |one: &Node<'_, '_>| one.attribute("scheme").is_some_and(|scheme| scheme.ends_with("#kind"));
        let kind = categories().find(is_kind).and_then(|one| one.attribute("term")).unwrap_or_default();
        let kind = kind.rsplit('#').next().unwrap_or_default();
        let link = |rel: &str| {
            let of_rel =
                entry.children().find(|one| one.tag_name().name() == "link" && one.attribute("rel") == Some(rel));
            of_rel.and_then(|one| one.attribute("href")).unwrap_or_default().to_owned()
        };
        let author = entry
            .children()
            .find(|one| one.tag_name().name() == "author")
            .map(|one| said(one, "name"))
            .unwrap_or_default();
        let content = entry
            .children()
            .find(|one| one.tag_name().name() == "content")
            .and_then(|one| one.text())
            .unwrap_or_default();
        let published = crate::wire::moment(&said(entry, "published"));
        let key = format!("blogger:{}", said(entry, "id"));
        match kind {
            "post" | "page" => {
                let mut story = blank(key);
                story.kind = if kind == "page" { OldKind::Page { parent: None } } else { OldKind::Story };
                (story.title, story.body.text) = (said(entry, "title"), content.to_owned());
                story.address = link("alternate");
                story.slug = end_of(&story.address);
                (story.published_at, story.changed_at) = (published, crate::wire::moment(&said(entry, "updated")));
                let is_draft =
                    entry.descendants().any(|one| one.tag_name().name() == "draft" && one.text() == Some("yes"));
                story.state = if is_draft { OldState::Draft } else { OldState::Public };
                let labels = categories().filter(|one| !is_kind(one)).filter_map(|one| one.attribute("term"));
                named(&author, labels.map(str::to_owned).collect(), story, made);
            }
            "comment" => {
                let under = entry.children().find(|one| one.tag_name().name() == "in-reply-to");
                let under = under.and_then(|one| one.attribute("href").or(one.attribute("ref"))).unwrap_or_default();
                let mut comment = blank_comment(key, under.to_owned());
                (comment.name, comment.text, comment.at) = (author, content.to_owned(), published);
                made.add(Item::Comment(comment));
            }
            other => {
                made.add(Item::Left(Left { what: other.to_owned(), why: WhyLeft::Look, place: made.place.clone() }))
            }
        }
    }
    Ok(())
}
