//! The thread below a story: the form and a visitor's own waiting comments above, then what readers see, a page at a time.

use super::described;
use super::look::Look;
use super::personal::{Personal, Whose};
use crate::app::App;
use crate::described::Described;
use crate::desk::excerpt;
use crate::error::PageError;
use crate::layout::Frame;
use crate::rendered::Rendered;
use crate::words::Words;
use arabic::digits::Digits;
use askama::Template;
use newsroom::story::{CommentPolicy, Published};
use serde::{Deserialize, Deserializer};
use store::thread::{Place, Sort, Stands, ThreadEntry, ThreadPage};

/// Comments chosen by the paper that stand above a thread.
const MOST_CHOSEN: u32 = 3;

/// Which part of the thread: `?sort=newest`, `?after=ROOT-NUMBER`, `?at=NUMBER`. What cannot be read is as if it had not
/// been said: an address that somebody cut still shows the story.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ThreadQuery {
    /// `newest`; anything else is oldest first.
    pub sort: Option<String>,
    /// The place after which the page begins.
    pub after: Option<String>,
    /// A number that the page shall hold.
    #[serde(deserialize_with = "number_or_nothing")]
    pub at: Option<i64>,
}

#[derive(Template)]
#[template(path = "comments/section.html")]
struct Section<'s> {
    t: Words,
    look: &'s Look,
    /// The form and what this visitor alone sees; see [`Personal`].
    top: Rendered,
    entries: Rendered,
    /// Chosen by the paper: on the first page, above all others, as links to their places.
    chosen: Vec<Chosen>,
    continued: Option<Continued>,
    newest: bool,
    next: Option<String>,
    page: &'s ThreadPage,
    count: String,
    digits: &'static str,
}

/// A comment that the paper has chosen.
struct Chosen {
    number: i64,
    name: String,
    excerpt: String,
}

/// The root of the first entries, which stands on an earlier page.
struct Continued {
    number: i64,
    shown: String,
    name: Option<String>,
}

/// What stands below a story.
#[derive(Debug, Default)]
pub struct Below {
    /// The section; empty where comments are hidden.
    pub html: Rendered,
    /// It is for this visitor alone.
    pub is_private: bool,
    /// Released comments; none where comments are hidden.
    pub released: Option<i64>,
    /// For machines, where there is a comment to be read.
    pub described: Option<Described>,
}

/// The section below a story. Hidden comments: nothing at all.
///
/// # Errors
/// When the store cannot answer or a template cannot be rendered.
pub async fn section(
    app: &App,
    frame: &Frame,
    story: &Published,
    who: Whose,
    query: &ThreadQuery,
) -> Result<Below, PageError> {
    if story.comments == CommentPolicy::Hidden {
        return Ok(Below::default());
    }
    let page = query.read(app, story).await?;
    let personal = Personal::of(app, story.id, who, frame.now).await?;
    let chosen = if page.has_earlier { Vec::new() } else { app.store.featured(story.id, MOST_CHOSEN).await? };
    let look = Look::new(app, story);
    let (is_private, top) = (personal.is_there(), personal.render(app, &look, story)?);
    let html = render(app, &look, top, (&page, chosen), query)?;
    let described = described::thread(frame, story, &page.entries, page.released);
    Ok(Below { html, is_private, released: Some(page.released), described })
}

fn render(
    app: &App,
    look: &Look,
    top: Rendered,
    (page, chosen): (&ThreadPage, Vec<ThreadEntry>),
    query: &ThreadQuery,
) -> Result<Rendered, askama::Error> {
    let section = Section {
        t: look.t,
        look,
        top,
        entries: Rendered::of_each(page.entries.iter().map(|entry| look.place(entry)))?,
        chosen: chosen.into_iter().filter_map(Chosen::of).collect(),
        continued: page.continued.as_ref().map(|root| Continued::of(root, &look.t)),
        newest: query.sort() == Sort::Newest,
        next: page.next.map(|(root, number)| format!("{}after={root}-{number}#comments", query.prefix())),
        page,
        count: look.t.number(page.released),
        digits: numbering(app.paper.writing.digits),
    };
    Rendered::of(&section)
}

impl ThreadQuery {
    /// The part of a thread that is asked for.
    ///
    /// # Errors
    /// When the store cannot answer, or the number was never given.
    pub async fn read(&self, app: &App, story: &Published) -> Result<ThreadPage, PageError> {
        let limit = app.paper.comments_per_page;
        Ok(match self.at {
            Some(number) => app.store.thread_around(story.id, number, limit).await?,
            None => app.store.thread(story.id, self.sort(), self.after(), limit).await?,
        })
    }

    /// Newest threads first.
    pub fn is_newest(&self) -> bool {
        self.sort() == Sort::Newest
    }

    fn sort(&self) -> Sort {
        match self.sort.as_deref() {
            Some("newest") if self.at.is_none() => Sort::Newest,
            _ => Sort::Oldest,
        }
    }

    fn after(&self) -> Option<Place> {
        let (root, number) = self.after.as_deref()?.split_once('-')?;
        Some((root.parse().ok()?, number.parse().ok()?))
    }

    /// How a query that keeps the order begins.
    fn prefix(&self) -> &'static str {
        match self.sort() {
            Sort::Newest => "?sort=newest&",
            Sort::Oldest => "?",
        }
    }
}

impl Chosen {
    fn of(entry: ThreadEntry) -> Option<Self> {
        match entry.stands {
            Stands::Comment { name, text, .. } => Some(Self { number: entry.number, name, excerpt: excerpt(&text) }),
            Stands::Withdrawn | Stands::TakenDown | Stands::UnderReview => None,
        }
    }
}

impl Continued {
    fn of(root: &ThreadEntry, t: &Words) -> Self {
        let name = match &root.stands {
            Stands::Comment { name, .. } => Some(name.clone()),
            Stands::Withdrawn | Stands::TakenDown | Stands::UnderReview => None,
        };
        Self { number: root.number, shown: t.number(root.number), name }
    }
}

fn number_or_nothing<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    Ok(String::deserialize(deserializer)?.parse().ok())
}

/// The paper's digits as browsers call them.
pub fn numbering(digits: Digits) -> &'static str {
    match digits {
        Digits::Western => "latn",
        Digits::Eastern => "arab",
        Digits::Persian => "arabext",
    }
}
