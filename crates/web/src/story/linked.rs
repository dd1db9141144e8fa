//! Other stories at the head of a story: the one that it answers, and those that answer it. Both stand there while both are
//! public; what nobody has published is not known here.

use super::When;
use crate::editor::language_words;
use crate::layout::{Frame, address};
use crate::page_cache::Tag;
use newsroom::StoryId;
use newsroom::story::{StoryKind, StoryLanguage};
use store::stories::{LinkedStory, Links};

/// Those stories in the words of a page.
pub(super) struct Linked {
    pub answered: Option<Line>,
    /// Answers first, then what else belongs to it; of each the latest first.
    pub answering: Vec<Line>,
}

/// One of them.
pub(super) struct Line {
    /// What it is to the story.
    pub words: String,
    pub href: String,
    pub headline: String,
    pub when: When,
    /// It is a right of reply to the story.
    pub is_reply: bool,
}

/// The same story in another language.
pub(super) struct Translation {
    pub language: StoryLanguage,
    /// What the language is called in the page's.
    pub name: String,
    /// The path, and the whole address.
    pub href: String,
    pub whole: String,
    pub headline: String,
}

impl Translation {
    /// Every one that readers have.
    pub(super) fn all(frame: &Frame, links: &Links) -> Vec<Self> {
        let told = |one: &LinkedStory| {
            let href = address::story(&one.slug);
            Self {
                language: one.language,
                name: language_words(&frame.t, &one.language),
                whole: address::whole(frame.paper(), &href),
                href,
                headline: one.headline.clone(),
            }
        };
        links.translations.iter().map(told).collect()
    }
}

/// The key of what stands before the story that one of this kind answers, or beside which it stands.
pub fn key_to(kind: StoryKind) -> &'static str {
    if kind.answers() { "story.replying-to" } else { "story.linked-to" }
}

impl Linked {
    pub(super) fn new(frame: &Frame, kind: StoryKind, links: &Links) -> Self {
        let line = |one: &LinkedStory, words: String| Line {
            words,
            href: address::story(&one.slug),
            headline: one.headline.clone(),
            when: When::new(frame, one.published_at),
            is_reply: one.kind.answers(),
        };
        let of_kind = |one: &LinkedStory| line(one, frame.t.s(&format!("story.linked.{}", one.kind.key())));
        let mut answering: Vec<Line> = links.answering.iter().map(of_kind).collect();
        answering.sort_by_key(|line| !line.is_reply);
        Self { answered: links.answered.as_ref().map(|one| line(one, frame.t.s(key_to(kind)))), answering }
    }
}

/// What a page with these lines declares: each of the stories changes it, the answered one also when it comes back.
pub(super) fn tags(links: &Links, answers: Option<StoryId>) -> impl Iterator<Item = Tag> {
    links.answering.iter().chain(&links.translations).map(|one| one.id).chain(answers).map(Tag::Story)
}
