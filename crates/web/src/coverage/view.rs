//! How an update and the head of the coverage look: on the page and in a stream. The same templates everywhere.

use crate::app::App;
use crate::comments::when;
use crate::layout::address;
use crate::rendered::Rendered;
use crate::story::blocks::turned;
use crate::words::Words;
use arabic::bidi::{Direction, majority};
use askama::Template;
use newsroom::Timestamp;
use newsroom::story::{Published, StoryLanguage};
use store::live::{Coverage, LiveEntry, Shows};

/// The story around its updates, as far as their templates need it.
pub(super) struct LiveLook {
    pub(super) t: Words,
    /// The story's address.
    pub(super) address: String,
    language: StoryLanguage,
    app: App,
}

#[derive(Template)]
#[template(path = "coverage/entry.html")]
struct EntryView<'e> {
    t: Words,
    address: &'e str,
    language: StoryLanguage,
    id: String,
    at: Minute,
    important: bool,
    edited: Option<Minute>,
    /// When it was removed; then it has no words.
    removed: Option<Minute>,
    headline: &'e str,
    headline_turned: &'static str,
    /// Each with its `dir`, where that is another than the story's.
    paragraphs: Vec<(&'static str, Vec<&'e str>)>,
}

#[derive(Template)]
#[template(path = "coverage/head.html")]
struct HeadView {
    t: Words,
    open: bool,
    /// When readers got the last update.
    changed: Option<Minute>,
    /// When it ended, or is to.
    end: Minute,
}

/// A time for machines and for people.
struct Minute {
    iso: String,
    words: String,
}

impl LiveLook {
    pub(super) fn new(app: &App, story: &Published) -> Self {
        let writing = &app.paper.writing;
        Self {
            t: Words::new(writing.language, writing.digits),
            address: address::story(&story.slug),
            language: story.text.language,
            app: app.clone(),
        }
    }

    /// Where an update stands for good: a page that holds it.
    pub(super) fn place_of(&self, entry: &LiveEntry) -> String {
        format!("{0}?update={1}#e-{1}", self.address, entry.id)
    }

    pub(super) fn entry(&self, entry: &LiveEntry) -> Result<Rendered, askama::Error> {
        let mut view = EntryView {
            t: self.t,
            address: &self.address,
            language: self.language,
            id: entry.id.short(),
            at: self.minute(entry.at),
            important: false,
            edited: None,
            removed: None,
            headline: "",
            headline_turned: "",
            paragraphs: Vec::new(),
        };
        match &entry.shows {
            Shows::Removed { at } => view.removed = Some(self.minute(*at)),
            Shows::Words { headline, text, important, edited_at } => {
                view.headline = headline;
                view.headline_turned = turned(majority(headline), self.language.direction());
                view.paragraphs = paragraphs(text, self.language.direction());
                view.important = *important;
                view.edited = edited_at.map(|at| self.minute(at));
            }
        }
        Rendered::of(&view)
    }

    pub(super) fn head(&self, coverage: &Coverage, now: Timestamp) -> Result<Rendered, askama::Error> {
        Rendered::of(&HeadView {
            t: self.t,
            open: coverage.is_open(now),
            changed: coverage.changed_at.map(|at| self.minute(at)),
            end: self.minute(coverage.end()),
        })
    }

    fn minute(&self, at: Timestamp) -> Minute {
        Minute { iso: at.to_string(), words: when(&self.t, &self.app.paper, at) }
    }
}

/// An empty line parts two paragraphs.
fn paragraphs(text: &str, story: Direction) -> Vec<(&'static str, Vec<&str>)> {
    let one = |paragraph: &'_ str| turned(majority(paragraph), story);
    text.split("\n\n").map(|paragraph| (one(paragraph), paragraph.lines().collect())).collect()
}
