//! One item → a story, a page, a picture with their comments, or what is left out.

use super::channel::{Known, kind_of};
use super::clean::decoded;
use super::item::{RawComment, RawItem, is_used};
use crate::markup::Dialect;
use crate::old::{
    CommentKind, CommentState, Item, Left, OldBody, OldComment, OldKind, OldPicture, OldState, OldStory, OldTerm,
    OldWriter, Place, Placed, TermKind, WhyLeft,
};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, VecDeque};

/// Domains of terms that say nothing of a piece.
const NO_TERMS: [&str; 3] = ["post_format", "nav_menu", "wp_theme"];

/// Tells what an item holds.
pub(super) fn tell(
    raw: RawItem,
    place: &Place,
    known: &mut Known,
    story_kinds: &[String],
    ready: &mut VecDeque<Placed>,
) {
    let key = key(&raw, known.blog());
    let mut say = |item: Item| ready.push_back(Placed { place: place.clone(), item });
    let kind = match raw.kind.as_str() {
        "post" => Some(OldKind::Story),
        "page" => Some(OldKind::Page { parent: above(&raw) }),
        other if story_kinds.iter().any(|kind| kind == other) => Some(OldKind::Story),
        _ => None,
    };
    let comments = comments(&raw, &key, known);
    match kind {
        Some(_) if raw.status == "auto-draft" => say(left(&raw, WhyLeft::AutoDraft, place)),
        Some(kind) => {
            let (terms, told) = terms(&raw, known, place);
            told.into_iter().for_each(&mut say);
            say(Item::Story(Box::new(story(raw, kind, key, terms, known))));
        }
        None if raw.kind == "attachment" => say(Item::Picture(picture(&raw, known.blog()))),
        None => {
            let why = why_left(&raw.kind);
            say(left(&raw, why, place));
        }
    }
    ready.extend(comments.into_iter().map(|(at, item)| Placed { place: at.unwrap_or_else(|| place.clone()), item }));
}

fn why_left(kind: &str) -> WhyLeft {
    match kind {
        "nav_menu_item" => WhyLeft::Menu,
        "revision" => WhyLeft::Revision,
        "wp_block"
        | "wp_navigation"
        | "wp_template"
        | "wp_template_part"
        | "wp_global_styles"
        | "custom_css"
        | "customize_changeset"
        | "oembed_cache"
        | "wp_font_family"
        | "wp_font_face" => WhyLeft::Look,
        _ => WhyLeft::PieceKind,
    }
}

fn left(raw: &RawItem, why: WhyLeft, place: &Place) -> Item {
    let title = [raw.title.trim(), &raw.name, &raw.id].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let what = if why == WhyLeft::PieceKind { format!("{}: {title}", raw.kind) } else { title.to_owned() };
    Item::Left(Left { what, why, place: place.clone() })
}

/// The same whenever the export is made again. A piece that says neither is known by its words.
fn key(raw: &RawItem, blog: &str) -> String {
    if raw.guid.is_empty() && number(&raw.id).is_none() {
        let mut hash = Sha256::new();
        for part in [&raw.kind, &raw.title, &raw.name, &raw.date, &raw.content] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let hash: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        return format!("wxr:{blog}|~{hash}|");
    }
    format!("wxr:{blog}|{}|{}", raw.guid, raw.id)
}

/// Numbers are from 1; 0 means none.
fn number(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|number| *number > 0)
}

fn above(raw: &RawItem) -> Option<String> {
    number(&raw.parent).map(|number| number.to_string())
}

fn picture_key(blog: &str, number: u64) -> String {
    format!("wxr:{blog}|picture|{number}")
}

fn picture(raw: &RawItem, blog: &str) -> OldPicture {
    let number = number(&raw.id);
    let address = if raw.attachment.is_empty() { &raw.guid } else { &raw.attachment };
    OldPicture {
        key: number.map_or_else(|| format!("wxr:{blog}|picture|{address}"), |number| picture_key(blog, number)),
        number,
        address: address.clone(),
        path: raw.meta("_wp_attached_file").unwrap_or_default().to_owned(),
        alt: raw.meta("_wp_attachment_image_alt").unwrap_or_default().to_owned(),
        caption: raw.excerpt.trim().to_owned(),
        credit: raw.meta("_media_credit").or_else(|| raw.meta("_wp_attachment_credit")).unwrap_or_default().to_owned(),
        page: raw.link.clone(),
    }
}

/// What an item says of its terms and writers.
#[derive(Debug, Default)]
struct Terms {
    categories: Vec<String>,
    tags: Vec<String>,
    writers: Vec<String>,
}

/// The terms of an item, and what was not told of yet.
fn terms(raw: &RawItem, known: &mut Known, place: &Place) -> (Terms, Vec<Item>) {
    let (mut terms, mut told) = (Terms::default(), Vec::new());
    for one in &raw.terms {
        if one.domain == "author" {
            let key = one.slug.strip_prefix("cap-").unwrap_or(&one.slug);
            let key = if key.is_empty() { one.name.clone() } else { decoded(key) };
            if known.writers.insert(key.clone()) {
                told.push(Item::Writer(OldWriter { name: one.name.clone(), slug: key.clone(), key: key.clone() }));
            }
            put(&mut terms.writers, key);
            continue;
        }
        // WXR 1.0 says each term twice, the first time without its vocabulary.
        let says_again =
            one.slug.is_empty() && raw.terms.iter().any(|other| !other.slug.is_empty() && other.name == one.name);
        if says_again {
            continue;
        }
        let Some(kind) = kind_of(if one.domain.is_empty() { "category" } else { &one.domain }) else {
            if !NO_TERMS.contains(&one.domain.as_str()) && known.others.insert(one.domain.clone()) {
                let what = format!("{}: {}", one.domain, one.name);
                told.push(Item::Left(Left { what, why: WhyLeft::TermKind, place: place.clone() }));
            }
            continue;
        };
        let slug = if one.slug.is_empty() { one.name.clone() } else { decoded(&one.slug) };
        if known.terms.insert((kind, slug.clone())) {
            let (name, slug) = (one.name.clone(), slug.clone());
            let (parent, description) = (String::new(), String::new());
            told.push(Item::Term(OldTerm { kind, slug, name, parent, number: None, description }));
        }
        put(if kind == TermKind::Category { &mut terms.categories } else { &mut terms.tags }, slug);
    }
    if terms.writers.is_empty() && !raw.creator.is_empty() {
        terms.writers.push(raw.creator.clone());
    }
    (terms, told)
}

fn put(list: &mut Vec<String>, one: String) {
    if !list.contains(&one) {
        list.push(one);
    }
}

fn story(raw: RawItem, kind: OldKind, key: String, terms: Terms, known: &mut Known) -> OldStory {
    let state = state(&raw);
    let is_public = matches!(state, OldState::Public | OldState::Timed | OldState::Locked);
    let published_at = known.clock.moment(&raw.date, &raw.date_gmt, is_public.then_some(raw.pub_date.as_str()));
    let changed_at = known.clock.moment(&raw.modified, &raw.modified_gmt, None);
    let primary = ["_yoast_wpseo_primary_category", "rank_math_primary_category", "newspack_primary_category"];
    let primary = primary.iter().find_map(|name| raw.meta(name)).and_then(number);
    let primary = primary.and_then(|number| known.categories.get(&number).cloned());
    let picture = raw.meta("_thumbnail_id").and_then(number).map(|number| picture_key(known.blog(), number));
    let dialect = if raw.content.contains("<!-- wp:") { Dialect::Gutenberg } else { Dialect::Classic };
    let other_addresses = other_addresses(&raw, is_public);
    let standfirst = if raw.excerpt.trim().is_empty() {
        raw.meta("newspack_post_subtitle").unwrap_or_default().to_owned()
    } else {
        raw.excerpt.trim().to_owned()
    };
    OldStory {
        key,
        number: number(&raw.id),
        kind,
        standfirst,
        slug: decoded(&raw.name),
        address: if is_public { raw.link } else { String::new() },
        other_addresses,
        state,
        published_at,
        changed_at,
        writers: terms.writers,
        primary: primary.filter(|slug| terms.categories.contains(slug)),
        categories: terms.categories,
        tags: terms.tags,
        picture,
        comments_open: raw.comment_status != "closed",
        sticky: raw.sticky == "1",
        language: String::new(),
        unread: raw.metas.into_iter().filter(|(name, _)| !is_used(name)).collect(),
        title: raw.title.trim().to_owned(),
        body: OldBody { text: raw.content, dialect },
    }
}

fn state(raw: &RawItem) -> OldState {
    match raw.status.as_str() {
        "publish" | "future" if !raw.password.is_empty() => OldState::Locked,
        "publish" => OldState::Public,
        "future" => OldState::Timed,
        "draft" => OldState::Draft,
        "pending" => OldState::Review,
        "private" => OldState::Private,
        "trash" => OldState::Trash,
        other => OldState::Other(other.to_owned()),
    }
}

/// `?p=7`, and the address with each slug that the piece had before.
fn other_addresses(raw: &RawItem, is_public: bool) -> Vec<String> {
    let mut all: Vec<String> = number(&raw.id).map(|number| format!("/?p={number}")).into_iter().collect();
    if !is_public {
        return Vec::new();
    }
    let link = raw.link.trim_end_matches('/');
    if let Some((before, last)) = link.rsplit_once('/').filter(|(_, last)| !last.contains('?')) {
        // Some papers have an ending behind the slug: `khabar.html`.
        let (last, slug) = (decoded(last), decoded(&raw.name));
        let ending = last.strip_prefix(&slug).filter(|ending| ending.is_empty() || ending.starts_with('.'));
        let former = raw.metas_of("_wp_old_slug").filter(|_| !slug.is_empty());
        all.extend(
            ending.into_iter().flat_map(|ending| former.clone().map(move |slug| format!("{before}/{slug}{ending}/"))),
        );
    }
    all
}

type PlacedComment = (Option<Place>, Item);

/// The comments of an item. Numbers are the site's; in broken exports they repeat.
fn comments(raw: &RawItem, story: &str, known: &mut Known) -> Vec<PlacedComment> {
    let mut seen: HashMap<&str, (usize, &str)> = HashMap::new();
    let mut all = Vec::with_capacity(raw.comments.len());
    for (at, one) in raw.comments.iter().enumerate() {
        let id = if one.id.is_empty() { format!("~{at}") } else { one.id.clone() };
        let mut key = format!("{story}#{id}");
        if !one.id.is_empty() {
            let (times, text) = seen.entry(&one.id).or_insert((0, &one.text));
            *times += 1;
            if *times > 1 {
                if *text == one.text {
                    let place = one.place.clone();
                    let left = place.clone().map(|place| Left { what: one.name.clone(), why: WhyLeft::Again, place });
                    all.extend(left.map(|left| (place, Item::Left(left))));
                    continue;
                }
                key = format!("{key}~{times}");
            }
        }
        all.push((one.place.clone(), Item::Comment(comment(one, key, story, known))));
    }
    all
}

fn comment(one: &RawComment, key: String, story: &str, known: &mut Known) -> OldComment {
    let state = match one.approved.as_str() {
        "1" | "approve" | "approved" => CommentState::Released,
        "spam" => CommentState::Spam,
        "trash" | "post-trashed" => CommentState::Trash,
        _ => CommentState::Waiting,
    };
    let kind = match one.kind.as_str() {
        "" | "comment" => CommentKind::Comment,
        "pingback" | "trackback" | "webmention" => CommentKind::Pingback,
        other => CommentKind::Other(other.to_owned()),
    };
    OldComment {
        key,
        story: story.to_owned(),
        parent: number(&one.parent).map(|parent| format!("{story}#{parent}")),
        name: one.name.clone(),
        text: one.text.clone(),
        at: known.clock.moment(&one.date, &one.date_gmt, None),
        state,
        kind,
    }
}
