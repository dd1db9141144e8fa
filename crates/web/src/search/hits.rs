//! What was found, as the page shows it: what was looked for set apart in the words as they were printed.

use crate::comments::when;
use crate::layout::{Frame, address};
use arabic::bidi::majority;
use newsroom::body::Picture;
use newsroom::search::{Piece, Query, marked, snippet};
use store::search::{FoundComment, FoundStory};
use store::thread::Stands;

/// Letters of a body or of a comment that are shown.
const SHOWN: usize = 220;

/// A story.
#[derive(Debug)]
pub struct StoryHit {
    pub href: String,
    pub lang: String,
    pub dir: &'static str,
    pub section: String,
    pub headline: Vec<Piece>,
    pub standfirst: Vec<Piece>,
    /// Where the words stand in the body; empty where headline or standfirst have them.
    pub body: Vec<Piece>,
    pub writer: String,
    pub picture: Option<Picture>,
    pub iso: String,
    pub date: String,
    /// It is near in meaning, and has none of the words.
    pub by_meaning: bool,
}

/// A comment.
#[derive(Debug)]
pub struct CommentHit {
    pub href: String,
    pub name: String,
    pub dir: &'static str,
    pub text: Vec<Piece>,
    pub iso: String,
    pub when: String,
    pub story: String,
    pub headline: String,
    pub lang: String,
    pub story_dir: &'static str,
}

impl StoryHit {
    /// A story that was found by this query.
    pub fn new(frame: &Frame, query: &Query, found: FoundStory) -> Self {
        let (card, face) = (&found.card, &found.card.face);
        let (headline, standfirst) = (marked(&face.headline, query), marked(&face.standfirst, query));
        let has_hit = |pieces: &[Piece]| pieces.iter().any(|piece| piece.is_hit);
        let is_shown = has_hit(&headline) || has_hit(&standfirst);
        let body = if is_shown { None } else { snippet(&found.body, query, SHOWN) };
        Self {
            href: address::story(&card.slug),
            lang: face.language.tag().to_owned(),
            dir: face.language.dir(),
            section: face.section.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
            headline,
            standfirst,
            body: body.unwrap_or_default(),
            writer: face.bylines.first().map(|byline| byline.name.clone()).unwrap_or_default(),
            picture: face.lead.clone().filter(Picture::is_supplied),
            iso: card.published_at.to_string(),
            date: frame.date(card.published_at),
            by_meaning: found.by_meaning,
        }
    }
}

impl CommentHit {
    /// A comment that was found by this query; none of what is no comment any more.
    pub fn new(frame: &Frame, query: &Query, found: FoundComment) -> Option<Self> {
        let number = found.entry.number;
        let Stands::Comment { name, text, received_at, .. } = found.entry.stands else { return None };
        let beginning: String = text.chars().take(SHOWN).collect();
        let face = found.story.face;
        let story = address::story(&found.story.slug);
        Some(Self {
            href: format!("{story}/comments/{number}"),
            dir: majority(&text).dir().unwrap_or("auto"),
            text: snippet(&text, query, SHOWN).unwrap_or_else(|| marked(&beginning, query)),
            name,
            iso: received_at.to_string(),
            when: when(&frame.t, frame.paper(), received_at),
            story,
            headline: face.headline,
            lang: face.language.tag().to_owned(),
            story_dir: face.language.dir(),
        })
    }
}
