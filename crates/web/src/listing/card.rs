//! A story as lists show it.

use crate::layout::{Frame, address, language_of};
use crate::page_cache::Tag;
use newsroom::body::Picture;
use newsroom::story::StoryKind;
use store::listings::StoryCard;

/// One card, ready for `listing/cards.html`.
#[derive(Debug)]
pub struct Card {
    /// The story's path.
    pub href: String,
    /// `lang` and `dir` where the story is not in the paper's language; else empty.
    pub way: String,
    /// What it is, where it is no news; else empty.
    pub kind: String,
    /// The line above; the section's name where there is none.
    pub kicker: String,
    /// The line above is the section's name, which is in the paper's language.
    pub under_section: bool,
    /// The headline.
    pub headline: String,
    /// The lines below.
    pub standfirst: String,
    /// Who wrote it, the first of them; empty where nobody signs.
    pub writer: String,
    /// The picture, if it can be shown.
    pub picture: Option<Picture>,
    /// Where it is cut, as classes.
    pub focus: String,
    /// When it went public, for machines.
    pub iso: String,
    /// When it went public, in words.
    pub date: String,
    /// «12 تعليقًا»; empty when there is none.
    pub comments: String,
}

impl Card {
    /// The card in the words of a page.
    pub fn new(frame: &Frame, card: StoryCard) -> Self {
        let face = card.face;
        let section = face.section.map(|(_, name)| name).unwrap_or_default();
        Self {
            href: address::story(&card.slug),
            way: language_of(frame.paper(), face.language),
            kind: kind_words(frame, &face.kind),
            under_section: face.kicker.trim().is_empty(),
            kicker: if face.kicker.trim().is_empty() { section } else { face.kicker },
            headline: face.headline,
            standfirst: face.standfirst,
            writer: face.bylines.into_iter().next().map(|byline| byline.name).unwrap_or_default(),
            picture: face.lead.filter(Picture::is_supplied),
            focus: card.focus.map(focus).unwrap_or_default(),
            iso: card.published_at.to_string(),
            date: frame.date(card.published_at),
            comments: if card.comments > 0 { frame.t.n("list.comments-count", card.comments) } else { String::new() },
        }
    }

    /// Many cards.
    pub fn all(frame: &Frame, cards: Vec<StoryCard>) -> Vec<Self> {
        cards.into_iter().map(|card| Self::new(frame, card)).collect()
    }
}

/// What readers are told that a story is; nothing of news.
pub fn kind_words(frame: &Frame, kind: &StoryKind) -> String {
    if kind.is_news() { String::new() } else { frame.t.s(&format!("kind.{}", kind.key())) }
}

/// The classes by which a picture is cut around what must be seen of it: pages hold no style of their own.
pub fn focus((x, y): (u8, u8)) -> String {
    let tenth = |hundredths: u8| (u32::from(hundredths.min(100)) + 5) / 10;
    format!("focus-x-{} focus-y-{}", tenth(x), tenth(y))
}

/// The same of a picture that knows it.
pub fn focus_of(picture: &Picture) -> Option<String> {
    picture.focus.map(focus)
}

/// What a page with these cards declares besides its own tag: each story changes it.
pub fn tags<'c>(own: impl IntoIterator<Item = Tag>, cards: impl IntoIterator<Item = &'c StoryCard>) -> Vec<Tag> {
    own.into_iter().chain(cards.into_iter().map(|card| Tag::Story(card.id))).collect()
}
