//! How one place of a thread looks: on the page, in a stream, on its own page. The same template everywhere.
//!
//! What is shown here comes out of [`store::thread`] and from nowhere else, so that a comment which nobody released has
//! no way into it.

use super::prose::{Paragraph, Piece, is_long, paragraphs};
use crate::app::App;
use crate::layout::{address, day_of};
use crate::paper::Paper;
use crate::rendered::Rendered;
use crate::words::Words;
use arabic::dates;
use askama::Template;
use newsroom::Timestamp;
use newsroom::story::{CommentPolicy, Published};
use store::thread::{Stands, ThreadEntry};

/// The story around a thread, as far as a comment's template needs it.
#[derive(Debug, Clone)]
pub struct Look {
    /// Words in the paper's language.
    pub t: Words,
    /// The story's address.
    pub address: String,
    /// New comments are taken.
    pub open: bool,
    /// What is said where none are.
    pub closed: String,
    /// What waits goes public only after somebody lifts that.
    pub held_back: bool,
    /// Readers can have an account.
    pub accounts: bool,
    app: App,
}

#[derive(Template)]
#[template(path = "comments/entry.html")]
struct Entry<'e> {
    look: &'e Look,
    t: Words,
    number: String,
    entry: &'e ThreadEntry,
    /// Number and name of the comment it answers, when that is not the root.
    answers: Option<(i64, String)>,
    body: Option<Shown<'e>>,
    why_gone: String,
}

/// A comment that is there to be read.
struct Shown<'e> {
    name: &'e str,
    paragraphs: Vec<Paragraph>,
    long: bool,
    collapsed: bool,
    featured: bool,
    of_paper: bool,
    at: Timestamp,
    when: String,
}

impl Look {
    /// The look of a story's thread.
    pub fn new(app: &App, story: &Published) -> Self {
        let writing = &app.paper.writing;
        let (t, reading_only) = (Words::new(writing.language, writing.digits), reading_only(app));
        Self {
            t,
            address: address::story(&story.slug),
            open: story.comments.takes_comments() && reading_only.is_none(),
            closed: reading_only.unwrap_or_else(|| t.s("comment.closed")),
            held_back: story.comments == CommentPolicy::HeldBack,
            accounts: app.paper.offers_accounts(),
            app: app.clone(),
        }
    }

    /// The same where it is shown by a page of another site: links lead to the paper.
    #[must_use]
    pub fn for_elsewhere(mut self) -> Self {
        self.address = address::whole(&self.app.paper, &self.address);
        self
    }

    /// One place of the thread.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn entry(&self, entry: &ThreadEntry) -> Result<Rendered, askama::Error> {
        let answers = entry.answers.as_ref().map(|(number, name)| {
            let unnamed = || self.t.with("comment.numbered", 1, &[("number", &self.t.number(*number))]);
            (*number, name.clone().unwrap_or_else(unnamed))
        });
        let (body, why_gone) = match &entry.stands {
            Stands::Comment { name, text, received_at, collapsed, links, featured, of_paper } => {
                let shown = Shown {
                    name,
                    paragraphs: paragraphs(text, *links),
                    long: is_long(text),
                    collapsed: *collapsed,
                    featured: *featured,
                    of_paper: *of_paper,
                    at: *received_at,
                    when: self.when(*received_at),
                };
                (Some(shown), "")
            }
            Stands::Withdrawn => (None, "comment.gone.withdrawn"),
            Stands::TakenDown => (None, "comment.gone.taken-down"),
            Stands::UnderReview => (None, "comment.gone.under-review"),
        };
        let number = self.t.number(entry.number);
        let why_gone = if why_gone.is_empty() { String::new() } else { self.t.s(why_gone) };
        Rendered::of(&Entry { look: self, t: self.t, number, entry, answers, body, why_gone })
    }

    /// A time in the paper's words: its day and its minute.
    pub fn when(&self, at: Timestamp) -> String {
        when(&self.t, &self.app.paper, at)
    }
}

/// What readers are told while the paper is for reading only.
pub fn reading_only(app: &App) -> Option<String> {
    let site = app.site.now();
    let usual = || app.to_readers().words().s("reading-only");
    let note = Some(site.doors.note.clone()).filter(|note| !note.is_empty());
    site.doors.reading_only.then(|| note.unwrap_or_else(usual))
}

/// A time's day in the paper's words.
pub fn day(paper: &Paper, at: Timestamp) -> String {
    dates::long_date(day_of(at, paper), &paper.writing.date_style())
}

/// A time in the paper's words: its day and its minute.
pub fn when(t: &Words, paper: &Paper, at: Timestamp) -> String {
    let date = day(paper, at);
    let clock = at.to_zoned(paper.zone.clone()).strftime("%H:%M").to_string();
    let clock = arabic::digits::write(&clock, paper.writing.digits);
    t.with("time.day-and-clock", 1, &[("day", &date), ("clock", &clock)])
}
