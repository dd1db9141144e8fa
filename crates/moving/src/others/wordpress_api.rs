//! WordPress, asked over its REST interface (`/wp-json/wp/v2/…?_embed`): posts, pages, comments, users, terms and media, one
//! or a list of each, in any order.

use super::json::{at, first, list, text};
use super::{Made, Wrong, blank, blank_comment, json};
use crate::markup::Dialect;
use crate::old::{
    CommentKind, CommentState, Item, Left, OldBody, OldKind, OldPicture, OldSite, OldState, OldTerm, OldWriter,
    TermKind, WhyLeft,
};
use serde_json::Value;
use url::Url;

pub(super) fn read(all: &str, made: &mut Made) -> Result<(), Wrong> {
    let value = json::read(all)?;
    let objects: Vec<&Value> = match &value {
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    };
    let before = made.items.len();
    for object in objects {
        one(object, made);
    }
    if made.items.len() == before && value.as_array().is_none_or(|all| !all.is_empty()) {
        return Err(Wrong::format());
    }
    Ok(())
}

fn one(object: &Value, made: &mut Made) {
    if object["author_name"].is_string() && object["post"].is_u64() {
        comment(object, made);
    } else if object["taxonomy"].is_string() {
        made.items.extend(term(object).map(Item::Term));
    } else if object["source_url"].is_string() {
        made.add(Item::Picture(picture(object)));
    } else if object["content"]["rendered"].is_string() {
        post(object, made);
    } else if object["slug"].is_string() && object["name"].is_string() {
        made.add(Item::Writer(writer(object)));
    }
}

fn rendered(object: &Value, name: &str) -> String {
    first(&object[name], &["raw", "rendered"])
}

/// The beginning of a whole address.
fn site_of(link: &str) -> String {
    Url::parse(link).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

fn post(object: &Value, made: &mut Made) {
    let kind = text(object, "type");
    let title = rendered(object, "title");
    if !matches!(kind.as_str(), "post" | "page" | "") {
        let left = Left {
            what: format!("{kind}: {}", crate::markup::title_text(&title)),
            why: WhyLeft::PieceKind,
            place: made.place.clone(),
        };
        return made.add(Item::Left(left));
    }
    let link = text(object, "link");
    let site = if made.site.is_empty() { site_of(&link) } else { made.site.clone() };
    made.add(Item::Site(OldSite { address: site.clone(), blog: site.clone(), ..OldSite::default() }));
    let mut story = blank(format!("wordpress-api:{site}|{}", text(object, "id")));
    story.number = object["id"].as_u64();
    if kind == "page" {
        let parent = object["parent"].as_u64().filter(|parent| *parent > 0);
        story.kind = OldKind::Page { parent: parent.map(|parent| format!("wordpress-api:{site}|{parent}")) };
    }
    story.title = title;
    let excerpt = rendered(object, "excerpt");
    // One that WordPress cut out of the body says nothing new.
    let is_cut = excerpt.contains("[&hellip;]") || excerpt.contains("[…]");
    story.standfirst = if is_cut { String::new() } else { excerpt };
    story.body = OldBody { text: rendered(object, "content"), dialect: Dialect::Classic };
    story.slug = percent_encoding::percent_decode_str(&text(object, "slug")).decode_utf8_lossy().into_owned();
    story.address = link;
    story.other_addresses = story.number.map(|number| format!("/?p={number}")).into_iter().collect();
    story.state = state(object);
    story.published_at = at(object, "date_gmt").or_else(|| at(object, "date"));
    story.changed_at = at(object, "modified_gmt").or_else(|| at(object, "modified"));
    story.comments_open = text(object, "comment_status") != "closed";
    story.sticky = object["sticky"].as_bool().unwrap_or(false);
    embedded(object, &mut story, made);
    made.add(Item::Story(Box::new(story)));
}

/// What was asked for along with it.
fn embedded(object: &Value, story: &mut crate::old::OldStory, made: &mut Made) {
    let beside = &object["_embedded"];
    for term in list(beside, "wp:term").iter().filter_map(Value::as_array).flatten() {
        let slug = text(term, "slug");
        match text(term, "taxonomy").as_str() {
            // Co-Authors Plus keeps writers as terms, in their order.
            "author" => {
                story.writers.push(slug.clone());
                made.add(Item::Writer(OldWriter { key: slug.clone(), name: text(term, "name"), slug }));
            }
            "category" => story.categories.push(slug),
            "post_tag" => story.tags.push(slug),
            _ => story.unread.push((text(term, "taxonomy"), slug)),
        }
        made.items.extend(self::term(term).map(Item::Term));
    }
    if story.writers.is_empty() {
        for author in list(beside, "author").iter().filter(|author| author["slug"].is_string()) {
            let writer = writer(author);
            story.writers.push(writer.key.clone());
            made.add(Item::Writer(writer));
        }
    }
    for media in list(beside, "wp:featuredmedia").iter().filter(|media| media["source_url"].is_string()) {
        let picture = picture(media);
        story.picture = Some(picture.key.clone());
        made.add(Item::Picture(picture));
    }
}

fn state(object: &Value) -> OldState {
    if object["content"]["protected"].as_bool().unwrap_or(false) {
        return OldState::Locked;
    }
    match text(object, "status").as_str() {
        "publish" | "" => OldState::Public,
        "future" => OldState::Timed,
        "draft" | "auto-draft" => OldState::Draft,
        "pending" => OldState::Review,
        "private" => OldState::Private,
        "trash" => OldState::Trash,
        other => OldState::Other(other.to_owned()),
    }
}

fn writer(author: &Value) -> OldWriter {
    let slug = text(author, "slug");
    OldWriter { key: slug.clone(), name: text(author, "name"), slug }
}

fn term(term: &Value) -> Option<OldTerm> {
    let kind = match text(term, "taxonomy").as_str() {
        "category" => TermKind::Category,
        "post_tag" => TermKind::Tag,
        _ => return None,
    };
    Some(OldTerm {
        kind,
        slug: text(term, "slug"),
        name: text(term, "name"),
        parent: String::new(),
        number: term["id"].as_u64(),
        description: text(term, "description"),
    })
}

fn picture(media: &Value) -> OldPicture {
    OldPicture {
        key: format!("media|{}", text(media, "id")),
        number: media["id"].as_u64(),
        address: text(media, "source_url"),
        path: text(&media["media_details"], "file"),
        alt: text(media, "alt_text"),
        caption: rendered(media, "caption"),
        credit: text(&media["media_details"]["image_meta"], "credit"),
        page: text(media, "link"),
    }
}

fn comment(object: &Value, made: &mut Made) {
    let site = if made.site.is_empty() { site_of(&text(object, "link")) } else { made.site.clone() };
    let key = |id: &str| format!("wordpress-api:{site}|comment|{id}");
    let mut comment = blank_comment(key(&text(object, "id")), format!("wordpress-api:{site}|{}", text(object, "post")));
    comment.parent = object["parent"].as_u64().filter(|parent| *parent > 0).map(|parent| key(&parent.to_string()));
    comment.name = crate::markup::title_text(&text(object, "author_name"));
    comment.text = rendered(object, "content");
    comment.at = at(object, "date_gmt").or_else(|| at(object, "date"));
    comment.state = match text(object, "status").as_str() {
        "approved" | "approve" | "" => CommentState::Released,
        "spam" => CommentState::Spam,
        "trash" => CommentState::Trash,
        _ => CommentState::Waiting,
    };
    comment.kind = match text(object, "type").as_str() {
        "comment" | "" => CommentKind::Comment,
        "pingback" | "trackback" => CommentKind::Pingback,
        other => CommentKind::Other(other.to_owned()),
    };
    made.add(Item::Comment(comment));
}
