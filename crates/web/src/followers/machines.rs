//! Hubs and search machines. A hub (WebSub, W3C Recommendation of 23 January 2018) is told which feeds changed; how a publisher tells
//! it is not said there, and goes as in PubSubHubbub 0.4, 6: `hub.mode=publish` and each feed as `hub.url`. Search machines are told
//! which addresses changed (IndexNow), many at once. What one of them is told is looked up when it is told.

use crate::app::App;
use crate::error::PageError;
use crate::layout::address;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use newsroom::notices::next_try;
use newsroom::story::Story;
use newsroom::{HappeningId, StoryId};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use store::StoreError;
use store::outbox::OutboxJob;

/// The kind of the outbox's jobs that tell the hub.
const HUB: &str = "hub";
/// The kind of those that tell search machines.
const INDEXNOW: &str = "indexnow";
/// Feeds named to a hub at once.
const MOST_FEEDS: usize = 60;
/// The formats of a feed, by the end of its address.
const FORMATS: [&str; 3] = ["rss", "atom", "json"];

/// What a job is about.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Job {
    story: StoryId,
}

/// Somebody of the open internet who is told that something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// The hub of the paper's feeds.
    Hub,
    /// Search machines.
    IndexNow,
}

/// What such a one is told: a `POST`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ping {
    /// Where to.
    pub url: String,
    /// As what the body is sent.
    pub media_type: &'static str,
    /// The body.
    pub body: String,
}

impl Machine {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Hub, Self::IndexNow];

    /// The kind of its jobs.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Hub => HUB,
            Self::IndexNow => INDEXNOW,
        }
    }
}

/// Keeps that readers have another text of a story, for whoever of them is switched on.
///
/// # Errors
/// When the store cannot answer.
pub(super) async fn put(app: &App, happening: HappeningId, story: StoryId) -> Result<(), StoreError> {
    let (machines, now) = (&app.followers.now().machines, app.now());
    let payload = serde_json::to_string(&Job { story }).map_err(|problem| StoreError::Broken(problem.to_string()))?;
    let on = [(HUB, machines.hub().is_some()), (INDEXNOW, machines.indexnow().is_some())];
    for (kind, _) in on.into_iter().filter(|(_, on)| *on) {
        app.store.put_job(kind, &payload, &format!("{kind}:{}", happening.0), now).await?;
    }
    Ok(())
}

/// What one of them is told by these jobs together; none: it was switched off, or the stories are no more.
///
/// # Errors
/// When the store cannot answer.
pub async fn ping(app: &App, machine: Machine, jobs: &[OutboxJob]) -> Result<Option<Ping>, StoreError> {
    let settings = app.followers.now();
    let mut stories = BTreeSet::new();
    stories.extend(jobs.iter().filter_map(|job| serde_json::from_str::<Job>(&job.payload).ok()).map(|job| job.story));
    let (mut feeds, mut addresses) = (BTreeSet::new(), BTreeSet::new());
    for id in stories {
        let story = match app.store.story(id).await {
            Err(StoreError::NotFound) => continue,
            story => story?,
        };
        addresses.extend(path_of(&story));
        feeds.extend(feeds_of(app, &story).await?);
    }
    if addresses.is_empty() {
        return Ok(None);
    }
    Ok(match machine {
        Machine::Hub => settings.machines.hub().map(|hub| to_hub(app, hub, &feeds)),
        Machine::IndexNow => settings.machines.indexnow().map(|(url, key)| to_search(app, (url, key), &addresses)),
    })
}

/// What became of jobs that were told together.
///
/// # Errors
/// When the store cannot answer.
pub async fn settle_ping(app: &App, jobs: &[OutboxJob], failed: Option<String>) -> Result<(), StoreError> {
    for job in jobs {
        match failed.as_ref().zip(next_try(job.attempts, app.now())) {
            Some((why, next)) => app.store.fail_job(job.id, why, Some(next)).await?,
            // A hub that could not be told for a day asks by itself.
            None => app.store.finish_job(job.id).await?,
        }
    }
    Ok(())
}

fn to_hub(app: &App, hub: &str, feeds: &BTreeSet<String>) -> Ping {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    // The paper's own come first, whatever else changed.
    let own = FORMATS.map(|format| format!("/feed/{format}"));
    let others = feeds.iter().filter(|feed| !own.contains(feed));
    let all = own.iter().chain(others).take(MOST_FEEDS);
    let urls: String = all.map(|feed| format!("&hub.url={}", encoded(&address::whole(&app.paper, feed)))).collect();
    let body = format!("hub.mode=publish{urls}");
    Ping { url: hub.to_owned(), media_type: "application/x-www-form-urlencoded", body }
}

fn to_search(app: &App, (url, key): (&str, &str), addresses: &BTreeSet<String>) -> Ping {
    let whole = |path: &str| address::whole(&app.paper, path);
    let host = app.paper.address.split_once("://").map_or("", |(_, rest)| rest);
    let body = json!({
        "host": host,
        "key": key,
        "keyLocation": whole(&format!("/{key}.txt")),
        "urlList": addresses.iter().map(|path| whole(path)).collect::<Vec<_>>(),
    });
    Ping { url: url.to_owned(), media_type: "application/json; charset=utf-8", body: body.to_string() }
}

/// The address at which readers have it, or had it.
fn path_of(story: &Story) -> Option<String> {
    match story {
        Story::Published(published) => Some(address::story(&published.slug)),
        Story::Withdrawn(withdrawn) => Some(address::story(&withdrawn.was.slug)),
        Story::Draft(_) => None,
    }
}

/// The feeds in which it stands, or stood.
async fn feeds_of(app: &App, story: &Story) -> Result<Vec<String>, StoreError> {
    let text = story.text();
    let sections = app.store.sections().await?;
    let section = sections.into_iter().find(|section| Some(section.id) == text.section);
    let corrected = (!text.corrections.is_empty()).then(|| String::from("/corrections"));
    let pages = [String::new()]
        .into_iter()
        .chain(section.map(|section| address::section(&section.slug)))
        .chain(text.tags.iter().map(|tag| address::tag(&tag.slug)))
        .chain(text.bylines.iter().map(|byline| address::writer(&byline.slug)))
        .chain(corrected);
    Ok(pages.flat_map(|page| FORMATS.map(|format| format!("{page}/feed/{format}"))).collect())
}

/// `GET /indexnow-{keyfile}`: the file by which search machines see that the key is the paper's.
pub async fn key_file(Path(keyfile): Path<String>, State(app): State<App>) -> Result<Response, PageError> {
    let followers = app.followers.now();
    let (_, key) = followers.machines.indexnow().ok_or(PageError::NotFound)?;
    let is_it = keyfile.strip_suffix(".txt").is_some_and(|rest| format!("indexnow-{rest}") == key);
    let head = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    if is_it { Ok((head, key.to_owned()).into_response()) } else { Err(PageError::NotFound) }
}
