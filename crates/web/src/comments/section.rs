//! The thread below a story: the form above, a visitor's own waiting comments, then what readers see, a page at a time.

use super::described;
use super::form::{CommentForm, FormView};
use super::look::Look;
use super::measured::Told;
use super::own;
use crate::app::App;
use crate::described::Described;
use crate::desk::excerpt;
use crate::error::PageError;
use crate::guard::kept_as;
use crate::layout::Frame;
use crate::rendered::Rendered;
use crate::words::Words;
use arabic::digits::Digits;
use askama::Template;
use newsroom::people::{Measures, Visitor};
use newsroom::story::{CommentPolicy, Published};
use serde::{Deserialize, Deserializer};
use store::comments::OwnComment;
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
    form: Option<Rendered>,
    /// In the form's place, where the reader may not comment now.
    barred: Option<Rendered>,
    own: Vec<Rendered>,
    entries: Vec<Rendered>,
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

/// For whom a page is made.
#[derive(Debug, Clone, Default)]
pub struct Whose {
    /// Whoever has sent something before.
    pub visitor: Option<Visitor>,
    /// The name that their account signs with; empty where there is none.
    pub name: String,
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
    let (own, measures) = match who.visitor {
        Some(visitor) => {
            let own = app.store.own_comments(story.id, visitor, frame.now).await?;
            (own, app.store.measures_on_either(visitor.id, kept_as(app, visitor.id), frame.now).await?)
        }
        None => (Vec::new(), Measures::default()),
    };
    let chosen = if page.has_earlier { Vec::new() } else { app.store.featured(story.id, MOST_CHOSEN).await? };
    let look = Look::new(app, story);
    let name = Some(who.name).filter(|name| !name.is_empty());
    let is_private = !own.is_empty() || name.is_some() || measures.bar().or(measures.warning()).is_some();
    // Signed as last time, when the page is for this visitor alone anyway.
    let name = name.or_else(|| own.first().map(|own| own.name.clone())).unwrap_or_default();
    let html = render(app, &look, story, (&own, &measures, name), (&page, chosen), query)?;
    let described = described::thread(frame, story, &page.entries, page.released);
    Ok(Below { html, is_private, released: Some(page.released), described })
}

fn render(
    app: &App,
    look: &Look,
    story: &Published,
    (own, measures, name): (&[OwnComment], &Measures, String),
    (page, chosen): (&ThreadPage, Vec<ThreadEntry>),
    query: &ThreadQuery,
) -> Result<Rendered, askama::Error> {
    let told = |measure| Rendered::of(&Told::of(app, look.t, measure));
    let barred = measures.bar().filter(|_| look.open).map(told).transpose()?;
    let warning = measures.warning().map(told).transpose()?;
    let section = Section {
        t: look.t,
        look,
        form: (look.open && barred.is_none()).then(|| fresh_form(look, story, name, warning)).transpose()?,
        barred,
        own: own.iter().map(|own| own::render(look, own)).collect::<Result<_, _>>()?,
        entries: page.entries.iter().map(|entry| look.entry(entry)).collect::<Result<_, _>>()?,
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

/// With a name to sign with, where one is known.
fn fresh_form(
    look: &Look,
    story: &Published,
    name: String,
    warning: Option<Rendered>,
) -> Result<Rendered, askama::Error> {
    let typed = CommentForm { name, ..CommentForm::default() };
    let action = format!("{}/comments", look.address);
    let (story, problems, accounts) = (story.id, Vec::new(), look.accounts);
    Rendered::of(&FormView { t: look.t, action: &action, story, typed, problems, warning, accounts })
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
