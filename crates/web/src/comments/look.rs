//! How one place of a thread looks: on the page, in a stream, on its own page. The same template everywhere.
//!
//! What is shown here comes out of [`store::thread`] and from nowhere else, so that a comment which nobody released has
//! no way into it.

use super::prose::{Paragraph, Piece, is_long, paragraphs};
use crate::app::App;
use crate::layout::{address, day_of};
use crate::paper::Paper;
use crate::rendered::Rendered;
use crate::words::{Around, Words};
use arabic::dates::{self, Day};
use askama::Template;
use newsroom::story::{CommentPolicy, Published};
use newsroom::{StoryId, Timestamp};
use std::sync::{Arc, Mutex, PoisonError};
use store::thread::{Stands, ThreadEntry};

/// The story around a thread, as far as a comment's template needs it.
#[derive(Debug, Clone)]
pub struct Look {
    /// Words in the paper's language.
    pub t: Words,
    /// The story's address.
    pub address: String,
    /// The same as it stands in the page.
    link: Rendered,
    /// The story's address by its number, which is short where three links stand at each comment, and leads to their pages as well: a
    /// headline in Arabic takes two hundred letters in an address.
    near: Rendered,
    /// New comments are taken.
    pub open: bool,
    /// What is said where none are.
    pub closed: String,
    /// What waits goes public only after somebody lifts that.
    pub held_back: bool,
    /// Readers can have an account.
    pub accounts: bool,
    said: Arc<Said>,
    /// The day that was written last: comments of one day stand together.
    last_day: Arc<Mutex<(Option<Day>, String)>>,
    app: App,
}

/// What stands at every comment, looked up once for all of a page.
#[derive(Debug)]
struct Said {
    permalink: Rendered,
    of_paper: Rendered,
    featured: Rendered,
    in_answer_to: Rendered,
    collapsed: Rendered,
    show_all: Rendered,
    show_less: Rendered,
    reply: Rendered,
    report: Rendered,
    numbered: Around,
    to_number: Around,
    report_number: Around,
}

/// A place of a thread, ready to be written.
#[derive(Template)]
#[template(path = "comments/entry.html")]
pub struct Entry<'e> {
    look: &'e Look,
    said: &'e Said,
    t: Words,
    number: String,
    entry: &'e ThreadEntry,
    /// Number and name of the comment it answers, when that is not the root.
    answers: Option<(i64, String)>,
    body: Option<Shown<'e>>,
    why_gone: String,
}

impl Said {
    fn of(t: &Words) -> Self {
        let said = |key| Rendered::words(&t.s(key));
        Self {
            permalink: said("comment.permalink"),
            of_paper: said("comment.of-paper"),
            featured: said("comment.featured"),
            in_answer_to: said("comment.in-answer-to"),
            collapsed: said("comment.collapsed"),
            show_all: said("comment.show-all"),
            show_less: said("comment.show-less"),
            reply: said("comment.reply"),
            report: said("comment.report"),
            numbered: t.around("comment.numbered", "number"),
            to_number: t.around("comment.to-number", "number"),
            report_number: t.around("comment.report-number", "number"),
        }
    }
}

/// A comment that is there to be read.
struct Shown<'e> {
    name: &'e str,
    paragraphs: Vec<Paragraph<'e>>,
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
        let address = address::story(&story.slug);
        Self {
            t,
            link: Rendered::words(&address),
            near: Rendered::words(&address::story(&story.id.short())),
            address,
            open: story.comments.takes_comments() && reading_only.is_none(),
            closed: reading_only.unwrap_or_else(|| t.s("comment.closed")),
            held_back: story.comments == CommentPolicy::HeldBack,
            accounts: app.paper.offers_accounts(),
            said: Arc::new(Said::of(&t)),
            last_day: Arc::default(),
            app: app.clone(),
        }
    }

    /// The same where it is shown by a page of another site: links lead to the paper.
    #[must_use]
    pub fn for_elsewhere(mut self, story: StoryId) -> Self {
        let whole = |path: &str| address::whole(&self.app.paper, path);
        self.near = Rendered::words(&whole(&address::story(&story.short())));
        self.address = whole(&self.address);
        self.link = Rendered::words(&self.address);
        self
    }

    /// One place of the thread.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn entry(&self, entry: &ThreadEntry) -> Result<Rendered, askama::Error> {
        Rendered::of(&self.place(entry))
    }

    /// The same for a template in which it stands.
    pub fn place<'e>(&'e self, entry: &'e ThreadEntry) -> Entry<'e> {
        let answers = entry.answers.as_ref().map(|(number, name)| {
            let unnamed = || self.said.numbered.with(&self.t.number(*number));
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
                    // To the second, as people count.
                    at: Timestamp::from_second(received_at.as_second()).unwrap_or(*received_at),
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
        Entry { look: self, said: &self.said, t: self.t, number, entry, answers, body, why_gone }
    }

    /// A time in the paper's words: its day and its minute.
    pub fn when(&self, at: Timestamp) -> String {
        let day = day_of(at, &self.app.paper);
        let mut last = self.last_day.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0 != Some(day) {
            *last = (Some(day), dates::long_date(day, &self.app.paper.writing.date_style()));
        }
        at_minute(&self.t, &self.app.paper, &last.1, at)
    }
}

/// What readers are told while the paper is for reading only.
pub fn reading_only(app: &App) -> Option<String> {
    let site = app.site.now();
    let doors = &site.doors;
    if !doors.are_shut(app.now()) {
        return None;
    }
    let app = app.to_readers();
    let t = app.words();
    Some(match doors.until {
        // Editors say themselves when they are back, or do not.
        _ if !doors.note.is_empty() => doors.note.clone(),
        Some(until) => t.with("reading-only.until", 1, &[("time", &when(&t, &app.paper, until))]),
        None => t.s("reading-only"),
    })
}

/// A time's day in the paper's words.
pub fn day(paper: &Paper, at: Timestamp) -> String {
    dates::long_date(day_of(at, paper), &paper.writing.date_style())
}

/// A time in the paper's words: its day and its minute.
pub fn when(t: &Words, paper: &Paper, at: Timestamp) -> String {
    at_minute(t, paper, &day(paper, at), at)
}

fn at_minute(t: &Words, paper: &Paper, day: &str, at: Timestamp) -> String {
    let clock = paper.zone.to_datetime(at);
    let clock = t.written(&format!("{:02}:{:02}", clock.hour(), clock.minute()));
    t.with("time.day-and-clock", 1, &[("day", day), ("clock", &clock)])
}
