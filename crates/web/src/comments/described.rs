//! Released comments for machines that describe a story elsewhere. They come out of [`store::thread`], as everything that
//! readers see.

use super::prose::within_its_bounds;
use crate::described::Described;
use crate::layout::{Frame, address};
use arabic::bidi::balanced;
use newsroom::story::Published;
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use store::thread::{Stands, ThreadEntry};

/// Comments of a page that are described: more would weigh more than they say.
const MOST: usize = 20;
/// Letters of each.
const LETTERS: usize = 500;

/// A comment in the words of schema.org.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DescribedComment<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: Cow<'e, str>,
    author: Author<'e>,
    date_published: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_item: Option<Parent>,
}

#[derive(Debug, Serialize)]
struct Author<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: Cow<'e, str>,
}

#[derive(Debug, Serialize)]
struct Parent {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Talk<'e> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
    headline: &'e str,
    text: String,
    date_published: String,
    author: Vec<Value>,
    is_part_of: Value,
    comment_count: i64,
    comment: Vec<DescribedComment<'e>>,
}

/// A comment that is there to be read and not folded away; `of` is the whole address of its story.
pub fn comment<'e>(of: &str, entry: &'e ThreadEntry) -> Option<DescribedComment<'e>> {
    let Stands::Comment { name, text, received_at, collapsed: false, .. } = &entry.stands else { return None };
    let end = text.char_indices().nth(LETTERS).map_or(text.len(), |(at, _)| at);
    let numbered = |number: i64| format!("{of}/comments/{number}");
    let parent = || Parent { kind: "Comment", url: numbered(entry.root) };
    Some(DescribedComment {
        kind: "Comment",
        text: within_its_bounds(&text[..end]),
        author: Author { kind: "Person", name: balanced(name) },
        date_published: received_at.to_string(),
        url: numbered(entry.number),
        parent_item: (entry.root != entry.number).then(parent),
    })
}

/// The talk below a story: its released comments on this page, as a part of the story.
pub fn thread(frame: &Frame, story: &Published, entries: &[ThreadEntry], released: i64) -> Option<Described> {
    let address = address::whole(frame.paper(), &address::story(&story.slug));
    let comments: Vec<_> = entries.iter().filter_map(|entry| comment(&address, entry)).take(MOST).collect();
    if comments.is_empty() {
        return None;
    }
    Some(Described::of(Talk {
        kind: "DiscussionForumPosting",
        url: format!("{address}#comments"),
        headline: &story.text.headline,
        text: crate::story::summary(story),
        date_published: story.published_at.to_string(),
        author: crate::story::authors(frame, story),
        is_part_of: json!({ "@id": address }),
        comment_count: released,
        comment: comments,
    }))
}
