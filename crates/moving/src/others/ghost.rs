//! Ghost: `{db:[{meta,data}]}`, the older `{meta,data}`, and `{posts:[{url,data}]}` as its own tools hand posts on.

use super::json::{at, first, is_set, list, text};
use super::{Made, Wrong, blank, json, lexical, mobiledoc, slug_of};
use crate::markup::Dialect;
use crate::old::{
    Item, Left, OldBody, OldKind, OldPicture, OldSite, OldState, OldStory, OldTerm, OldWriter, TermKind, WhyLeft,
};
use serde_json::Value;
use std::collections::HashMap;

pub(super) fn read(all: &str, made: &mut Made) -> Result<(), Wrong> {
    let value = json::read(all)?;
    let data = [&value["db"][0]["data"], &value["data"], &value].into_iter().find(|data| data["posts"].is_array());
    let data = data.ok_or_else(Wrong::format)?;
    let setting = |name: &str| {
        let of_name = list(data, "settings").iter().find(|setting| text(setting, "key") == name);
        of_name.map(|setting| text(setting, "value")).unwrap_or_default()
    };
    made.add(Item::Site(OldSite {
        title: setting("title"),
        description: setting("description"),
        language: setting("locale"),
        address: made.site.clone(),
        blog: made.site.clone(),
    }));
    for user in list(data, "users") {
        made.add(Item::Writer(writer(inner(user))));
    }
    for tag in list(data, "tags").iter().map(inner) {
        let name = text(tag, "name");
        match term(tag) {
            Some(term) => made.add(Item::Term(term)),
            None => made.add(Item::Left(Left { what: name, why: WhyLeft::TermKind, place: made.place.clone() })),
        }
    }
    let beside = Beside::new(data);
    for post in list(data, "posts") {
        let (story, items) = beside.story(post, &made.site);
        made.items.extend(items);
        made.add(Item::Story(Box::new(story)));
    }
    Ok(())
}

/// What tools wrap in `{url, data}`.
fn inner(value: &Value) -> &Value {
    if value["data"].is_object() { &value["data"] } else { value }
}

fn writer(user: &Value) -> OldWriter {
    let (slug, name) = (text(user, "slug"), text(user, "name"));
    OldWriter { key: if slug.is_empty() { slug_of(&name) } else { slug.clone() }, name, slug }
}

/// A tag; none where it has no name. Names that begin with `#` are for the staff alone.
fn term(tag: &Value) -> Option<OldTerm> {
    let name = text(tag, "name");
    if name.trim().is_empty() || name.starts_with('#') {
        return None;
    }
    let slug = text(tag, "slug");
    let slug = if slug.is_empty() { slug_of(&name) } else { slug };
    Some(OldTerm {
        kind: TermKind::Tag,
        slug,
        name,
        parent: String::new(),
        number: None,
        description: text(tag, "description"),
    })
}

/// What stands in tables of its own.
struct Beside<'v> {
    authors: HashMap<String, Vec<&'v Value>>,
    tags: HashMap<String, Vec<&'v Value>>,
    meta: HashMap<String, &'v Value>,
}

impl<'v> Beside<'v> {
    fn new(data: &'v Value) -> Self {
        let by_id = |name: &str| list(data, name).iter().map(|one| (text(one, "id"), one)).collect::<HashMap<_, _>>();
        let meta = list(data, "posts_meta").iter().map(|one| (text(one, "post_id"), one)).collect();
        Self {
            authors: joined(list(data, "posts_authors"), "author_id", &by_id("users")),
            tags: joined(list(data, "posts_tags"), "tag_id", &by_id("tags")),
            meta,
        }
    }

    fn story(&self, wrapped: &Value, site: &str) -> (OldStory, Vec<Item>) {
        let post = inner(wrapped);
        let id = first(post, &["id", "uuid", "slug"]);
        let mut items = Vec::new();
        let mut story = blank(format!("ghost:{site}|{id}"));
        story.kind = match text(post, "type").as_str() {
            "page" => OldKind::Page { parent: None },
            _ if is_set(post, "page") => OldKind::Page { parent: None },
            _ => OldKind::Story,
        };
        story.title = super::as_html(&text(post, "title"));
        story.standfirst = super::as_html(&first(post, &["custom_excerpt"]));
        story.body = OldBody { text: body(post), dialect: Dialect::Html };
        story.slug = text(post, "slug");
        story.address = text(wrapped, "url");
        if !story.slug.is_empty() {
            story.other_addresses.push(format!("/{}/", story.slug));
        }
        story.state = state(post);
        (story.published_at, story.changed_at) = (at(post, "published_at"), at(post, "updated_at"));
        story.sticky = is_set(post, "featured");
        self.names(post, &id, &mut story, &mut items);
        let meta = self.meta.get(&id).copied().unwrap_or(post);
        let image = first(post, &["feature_image"]);
        if !image.is_empty() {
            let address = image.replace("__GHOST_URL__", "");
            let address = if address.starts_with('/') { format!("{site}{address}") } else { address };
            story.picture = Some(address.clone());
            items.push(Item::Picture(OldPicture {
                key: address.clone(),
                address,
                alt: first(meta, &["feature_image_alt"]),
                caption: first(meta, &["feature_image_caption"]),
                ..OldPicture::default()
            }));
        }
        (story, items)
    }

    /// Writers and tags: from the tables, or as they stand in the post.
    fn names(&self, post: &Value, id: &str, story: &mut OldStory, items: &mut Vec<Item>) {
        let in_post = |names: [&str; 2]| {
            let many = list(post, names[0]).iter();
            many.chain(post[names[1]].is_object().then_some(&post[names[1]])).collect::<Vec<_>>()
        };
        let authors = self.authors.get(id).cloned().unwrap_or_else(|| in_post(["authors", "author"]));
        for author in authors.into_iter().map(inner) {
            let writer = writer(author);
            story.writers.push(writer.key.clone());
            items.push(Item::Writer(writer));
        }
        let tags = self.tags.get(id).cloned().unwrap_or_else(|| in_post(["tags", "primary_tag"]));
        for term in tags.into_iter().map(inner).filter_map(term) {
            if !story.tags.contains(&term.slug) {
                story.tags.push(term.slug.clone());
                items.push(Item::Term(term));
            }
        }
    }
}

/// Rows of a table between two others, each post's in their order.
fn joined<'v>(rows: &'v [Value], to: &str, ends: &HashMap<String, &'v Value>) -> HashMap<String, Vec<&'v Value>> {
    let mut rows: Vec<&Value> = rows.iter().collect();
    rows.sort_by_key(|row| row["sort_order"].as_i64().unwrap_or(0));
    let mut out: HashMap<String, Vec<&Value>> = HashMap::new();
    for row in rows {
        if let Some(end) = ends.get(&text(row, to)) {
            out.entry(text(row, "post_id")).or_default().push(end);
        }
    }
    out
}

fn body(post: &Value) -> String {
    let html = text(post, "html");
    let html = if html.trim().is_empty() { lexical::as_html(&text(post, "lexical")) } else { html };
    let html = if html.trim().is_empty() { mobiledoc::as_html(&text(post, "mobiledoc")) } else { html };
    html.replace("__GHOST_URL__", "")
}

fn state(post: &Value) -> OldState {
    let is_for_all = matches!(text(post, "visibility").as_str(), "" | "public");
    match text(post, "status").as_str() {
        "published" | "sent" if !is_for_all => OldState::Locked,
        "published" => OldState::Public,
        "scheduled" => OldState::Timed,
        // Only its subscribers had it, by letter.
        "sent" => OldState::Private,
        "draft" | "" => OldState::Draft,
        other => OldState::Other(other.to_owned()),
    }
}
