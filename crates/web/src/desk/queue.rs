//! What waits for a person, a page at a time: highest priority first, then the oldest.

use super::card::Card;
use super::reports::Reports;
use super::ruling::Done;
use super::shell::Shell;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use askama::Template;
use axum::extract::{Query, State};
use newsroom::{CommentId, RulingId, StoryId};
use serde::Deserialize;
use store::StoreError;
use store::queue::{Place, Queue, QueueEntry};

/// Comments on a page of the desk.
const AT_ONCE: u32 = 20;
/// Rulings among which the one just made is looked for.
const JUST_MADE: u32 = 50;

/// Which part of the queue.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct QueueQuery {
    /// One story only, by its short id.
    story: Option<String>,
    /// The place after which the page begins.
    after: Option<String>,
    /// The ruling just made, to be undone if it was a slip.
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    frame: Frame,
    shell: Shell,
    title: String,
    empty: String,
    cards: Vec<Rendered>,
    done: Option<Rendered>,
    next: Option<String>,
    /// The headline of the only story shown.
    story: Option<String>,
}

/// `GET /desk`.
pub async fn waiting(moderator: Moderator, Query(query): Query<QueueQuery>, State(app): State<App>) -> Answer {
    let story =
        query.story.as_deref().map(|short| StoryId::from_short(short).ok_or(PageError::NotFound)).transpose()?;
    if let Some(story) = story {
        moderator.answers_for(&app, story).await?;
    }
    let queue = story.map_or(Queue::Waiting, Queue::Story);
    let mut page = page(&app, &moderator, queue, &query, ["waiting", "desk.waiting", "desk.nothing-waits"]).await?;
    if let Some(story) = story {
        page.story = Some(app.store.story(story).await?.text().headline.clone());
    }
    Page::private(&page)
}

/// `GET /desk/reported`.
pub async fn reported(moderator: Moderator, Query(query): Query<QueueQuery>, State(app): State<App>) -> Answer {
    let names = ["reported", "desk.reported", "desk.nothing-reported"];
    Page::private(&page(&app, &moderator, Queue::Reported, &query, names).await?)
}

async fn page(
    app: &App,
    moderator: &Moderator,
    queue: Queue,
    query: &QueueQuery,
    [here, title, empty]: [&'static str; 3],
) -> Result<QueuePage, PageError> {
    let entries = app.store.queue(queue, query.after.as_deref().and_then(place), AT_ONCE).await?;
    let (frame, shell) = Shell::of_moderator(app, moderator, here).await?;
    let next = entries.last().filter(|_| entries.len() >= AT_ONCE as usize).map(|last| next(last, query));
    let t = frame.t;
    let mut cards = Vec::with_capacity(entries.len());
    for entry in entries {
        let reports = match queue {
            Queue::Reported => Reports::of(app, t, &entry).await?.map(|reports| Rendered::of(&reports)).transpose()?,
            Queue::Waiting | Queue::Story(_) => None,
        };
        cards.push(Rendered::of(&Card::new(app, t, entry).with_reports(reports))?);
    }
    let done = just_made(app, &frame, query).await?.map(|done| Rendered::of(&done)).transpose()?;
    Ok(QueuePage { title: t.s(title), empty: t.s(empty), frame, shell, cards, done, next, story: None })
}

/// The ruling that the address speaks of, as it is written down; what the address says about it is not trusted.
async fn just_made(app: &App, frame: &Frame, query: &QueueQuery) -> Result<Option<Done>, StoreError> {
    let Some(id) = query.done.as_deref().and_then(RulingId::from_short) else { return Ok(None) };
    let lines = app.store.rulings(None, JUST_MADE).await?;
    let line = lines.into_iter().find(|line| line.ruling.id == id && line.can_be_undone);
    Ok(line.map(|line| Done::new(frame.t, &line.ruling, &line.name)))
}

fn next(last: &QueueEntry, query: &QueueQuery) -> String {
    let (priority, at) = (last.verdict.priority, last.received_at.as_millisecond());
    let story = query.story.as_deref().map(|story| format!("&story={}", crate::layout::address::encoded(story)));
    format!("?after={priority}.{at}.{}{}", last.comment, story.unwrap_or_default())
}

fn place(text: &str) -> Option<Place> {
    let mut parts = text.split('.');
    let (priority, at) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((priority, at, CommentId::from_short(parts.next()?)?))
}
