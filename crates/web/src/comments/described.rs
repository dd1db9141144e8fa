//! Released comments for machines that describe a story elsewhere. They come out of [`store::thread`], as everything that
//! readers see.

use super::prose::within_its_bounds;
use crate::described::Described;
use crate::layout::{Frame, address};
use arabic::bidi::balanced;
use newsroom::story::Published;
use serde_json::{Value, json};
use store::thread::{Stands, ThreadEntry};

/// Comments of a page that are described: more would weigh more than they say.
const MOST: usize = 20;
/// Letters of each.
const LETTERS: usize = 500;

/// A comment that is there to be read and not folded away.
pub fn comment(frame: &Frame, story: &Published, entry: &ThreadEntry) -> Option<Value> {
    let Stands::Comment { name, text, received_at, collapsed: false, .. } = &entry.stands else { return None };
    let end = text.char_indices().nth(LETTERS).map_or(text.len(), |(at, _)| at);
    let of = |number: i64| address::whole(frame.paper(), &format!("{}/comments/{number}", address::story(&story.slug)));
    let mut comment = json!({
        "@type": "Comment",
        "text": within_its_bounds(&text[..end]),
        "author": { "@type": "Person", "name": balanced(name) },
        "datePublished": received_at.to_string(),
        "url": of(entry.number),
    });
    if entry.root != entry.number {
        comment["parentItem"] = json!({ "@type": "Comment", "url": of(entry.root) });
    }
    Some(comment)
}

/// The talk below a story: its released comments on this page, as a part of the story.
pub fn thread(frame: &Frame, story: &Published, entries: &[ThreadEntry], released: i64) -> Option<Described> {
    let comments: Vec<Value> = entries.iter().filter_map(|entry| comment(frame, story, entry)).take(MOST).collect();
    if comments.is_empty() {
        return None;
    }
    let address = address::whole(frame.paper(), &address::story(&story.slug));
    Some(Described::of(json!({
        "@type": "DiscussionForumPosting",
        "url": format!("{address}#comments"),
        "headline": story.text.headline,
        "text": crate::story::summary(story),
        "datePublished": story.published_at.to_string(),
        "author": crate::story::authors(frame, story),
        "isPartOf": { "@id": address },
        "commentCount": released,
        "comment": comments,
    })))
}
