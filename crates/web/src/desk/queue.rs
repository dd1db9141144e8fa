//! What waits for a person, a page at a time: highest priority first, then the oldest. Which part of it says the address.

use super::around::Around;
use super::bulk::BulkDone;
use super::done::Done;
use super::hints::{Hint, hints};
use super::reports::Reports;
use super::saved::{Saved, asked, saved};
use super::shell::Shell;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use askama::Template;
use axum::extract::{Query, State};
use moderation::Category;
use newsroom::story::{CommentPolicy, Story};
use newsroom::{CommentId, RulingId, SectionId, StoryId};
use serde::Deserialize;
use store::StoreError;
use store::queue::{Place, Queue};

/// Comments on a page of the desk.
const AT_ONCE: u32 = 20;
/// Rulings among which the one just made is looked for.
const JUST_MADE: u32 = 50;

/// Which part of the queue.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct QueueQuery {
    /// `copies`, `escalated`, `mine`; anything else is everything.
    queue: String,
    /// One story only, by its short id.
    story: Option<String>,
    /// One section only.
    section: Option<String>,
    /// One kind of finding only.
    finding: Option<String>,
    /// One group of copies, all of them.
    kin: Option<String>,
    /// The place after which the page begins.
    after: Option<String>,
    /// The ruling just made, to be undone if it was a slip.
    done: Option<String>,
    /// The act just made on many.
    act: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    frame: Frame,
    shell: Shell,
    title: String,
    empty: String,
    saved: Vec<Saved>,
    cards: Vec<Rendered>,
    done: Option<Rendered>,
    next: Option<String>,
    hints: Vec<Hint>,
    reasons: Vec<(&'static str, String)>,
    around: Around,
    /// The only story shown.
    story: Option<OneStory>,
    kin: Option<CommentId>,
}

/// The only story shown, and whether comments are taken under it.
struct OneStory {
    id: StoryId,
    headline: String,
    policy: Option<CommentPolicy>,
}

/// `GET /desk`.
pub async fn waiting(moderator: Moderator, Query(query): Query<QueueQuery>, State(app): State<App>) -> Answer {
    let queue = query.which(&moderator)?;
    if let Queue::Story(story) = queue {
        moderator.answers_for(&app, story).await?;
    }
    Page::private(&page(&app, &moderator, queue, &query).await?)
}

/// `GET /desk/reported`.
pub async fn reported(moderator: Moderator, Query(query): Query<QueueQuery>, State(app): State<App>) -> Answer {
    Page::private(&page(&app, &moderator, Queue::Reported, &query).await?)
}

async fn page(app: &App, moderator: &Moderator, queue: Queue, query: &QueueQuery) -> Result<QueuePage, PageError> {
    let after = query.after.as_deref().and_then(place);
    let found = app.store.queue_page(queue, moderator.sections(), after, AT_ONCE).await?;
    let here = if queue == Queue::Reported { "reported" } else { "waiting" };
    let (frame, shell) = Shell::of_moderator(app, moderator, here).await?;
    let around = Around::of(app, moderator).await?;
    let hints = hints(app, &around.t, &found.entries).await?;
    let mut reports = Vec::new();
    for entry in found.entries.iter().filter(|_| queue == Queue::Reported) {
        let of_comment = Reports::of(app, around.t, entry).await?;
        reports.push(of_comment.map(|reports| Rendered::of(&reports)).transpose()?);
    }
    let mut cards = around.cards(app, found.entries).await?;
    if queue == Queue::Reported {
        cards = cards.into_iter().zip(reports).map(|(card, reports)| card.with_reports(reports)).collect();
    }
    let done = just_made(app, &frame, query).await?;
    let story = one_story(app, queue).await?;
    let t = frame.t;
    let [title, empty] = match queue {
        Queue::Reported => ["desk.reported", "desk.nothing-reported"],
        Queue::Kin(_) => ["desk.kin.title", "desk.nothing-waits"],
        _ => ["desk.waiting", "desk.nothing-waits"],
    };
    Ok(QueuePage {
        title: t.s(title),
        empty: t.s(empty),
        saved: saved(&frame, &shell, moderator, queue),
        cards: cards.iter().map(Rendered::of).collect::<Result<_, _>>()?,
        next: found.next.map(|place| next(queue, place)),
        reasons: super::bulk::reasons(&t),
        kin: match queue {
            Queue::Kin(kin) => Some(kin),
            _ => None,
        },
        frame,
        shell,
        done,
        hints,
        around,
        story,
    })
}

async fn one_story(app: &App, queue: Queue) -> Result<Option<OneStory>, StoreError> {
    let Queue::Story(id) = queue else { return Ok(None) };
    let story = app.store.story(id).await?;
    let policy = match &story {
        Story::Published(published) => Some(published.comments),
        Story::Draft(_) | Story::Withdrawn(_) => None,
    };
    Ok(Some(OneStory { id, headline: story.text().headline.clone(), policy }))
}

/// What was just done, as it is written down; what the address says about it is not trusted.
async fn just_made(app: &App, frame: &Frame, query: &QueueQuery) -> Result<Option<Rendered>, PageError> {
    if let Some(act) = query.act.as_deref() {
        let (made, left) = app.store.act(act).await?;
        let done = (left > 0).then(|| BulkDone::new(frame.t, act, made));
        return Ok(done.map(|done| Rendered::of(&done)).transpose()?);
    }
    let Some(id) = query.done.as_deref().and_then(RulingId::from_short) else { return Ok(None) };
    let lines = app.store.rulings(None, JUST_MADE).await?;
    let line = lines.into_iter().find(|line| line.ruling.id == id && line.can_be_undone);
    let done = line.map(|line| Done::new(frame.t, &line.ruling, &line.name));
    Ok(done.map(|done| Rendered::of(&done)).transpose()?)
}

impl QueueQuery {
    /// The queue that is asked for. What is no queue is not found; another's section is not theirs.
    fn which(&self, moderator: &Moderator) -> Result<Queue, PageError> {
        if let Some(story) = &self.story {
            return StoryId::from_short(story).map(Queue::Story).ok_or(PageError::NotFound);
        }
        if let Some(kin) = &self.kin {
            return CommentId::from_short(kin).map(Queue::Kin).ok_or(PageError::NotFound);
        }
        if let Some(section) = &self.section {
            let section = SectionId::from_short(section).ok_or(PageError::NotFound)?;
            let theirs = moderator.sections().is_none_or(|sections| sections.contains(&section));
            return if theirs { Ok(Queue::Section(section)) } else { Err(PageError::Forbidden) };
        }
        if let Some(finding) = &self.finding {
            let known = Category::ALL.into_iter().find(|category| category.name() == finding);
            return known.map(Queue::Finding).ok_or(PageError::NotFound);
        }
        Ok(match self.queue.as_str() {
            "copies" => Queue::Copies,
            "escalated" => Queue::Escalated,
            "mine" => Queue::Assigned(moderator.staff.id),
            _ => Queue::Waiting,
        })
    }
}

fn next(queue: Queue, (first, at, comment): Place) -> String {
    let asked = asked(queue);
    let and = if asked.is_empty() { "" } else { "&" };
    format!("?{asked}{and}after={first}.{at}.{comment}")
}

fn place(text: &str) -> Option<Place> {
    let mut parts = text.split('.');
    let (first, at) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((first, at, CommentId::from_short(parts.next()?)?))
}
