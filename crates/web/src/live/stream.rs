//! The streams themselves. What they carry was rendered once, for everybody, when it happened.

use super::hub::{Listener, Seat, Told};
use crate::app::App;
use crate::breaking;
use crate::coverage;
use crate::desk::told_claim;
use crate::error::PageError;
use crate::guard::{CoveredStory, From, Moderator};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use jiff::SignedDuration;
use newsroom::{CommentId, SectionId, StaffId, Timestamp};
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use store::queue::Queue;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Proxies close a silent line after about half a minute; a comment line keeps it open.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// So long a stream of the desk lives. The browser asks again by itself, and with it whether one may still listen: whoever
/// has signed out, or does other work since, hears nothing more.
const DESK_LIFE: Duration = Duration::from_secs(120);

/// Whoever begins to listen is told what was claimed and decided since their page was made, whoever does so again after
/// [`DESK_LIFE`] what was since the last stream began; of no longer time than this.
const BEFORE: SignedDuration = SignedDuration::from_mins(5);
/// Clocks of two machines, and what was committed while a page was made.
const CLOCKS: SignedDuration = SignedDuration::from_secs(2);

/// When the page was made that listens, in milliseconds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Since {
    since: Option<i64>,
}

/// `GET /live`: the strip of breaking news, as it is and as it changes.
pub async fn paper(From(network): From, State(app): State<App>) -> Result<Response, PageError> {
    with_first(&app, app.hub.of_network(app.hub.listen_to_paper(), network), None).await
}

/// `GET /stories/{story}/live`: comments as they become public, changes of what is public, the count, live coverage, and
/// the strip.
pub async fn story(
    CoveredStory(story): CoveredStory,
    From(network): From,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let listener = app.hub.of_network(app.hub.listen_to_story(story.id), network);
    let covered = coverage::told(&app, &story).await?;
    with_first(&app, listener, covered).await
}

/// The strip as it is stands first, then the live coverage where there is one: a page that was made before, or whose line was cut, shows it all the same. Listened to
/// before it is read: nothing falls in between.
async fn with_first(app: &App, listener: Option<Listener>, covered: Option<Told>) -> Result<Response, PageError> {
    let mut first = vec![Ok(event(&breaking::told(app).await?, None))];
    first.extend(covered.map(|told| Ok(event(&told, None))));
    Ok(answer(listener, |listener| stream::iter(first).chain(events(listener, None))))
}

/// `GET /desk/live`: how many wait, for whoever is bound to sections in those, and who is at which comment.
pub async fn desk(
    moderator: Moderator,
    headers: HeaderMap,
    Query(page): Query<Since>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let sections: Bound = moderator.sections().map(Arc::from);
    // Listened to first: nothing falls between the counts and what changes them.
    let listener = app.hub.listen_to_desk();
    let now = Told::Desk(Arc::new(app.store.desk_counts().await?));
    let begun = app.now();
    // A browser that asks again names the last event that had a name: the first of the stream before.
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let mut first = vec![Ok(event(&now, sections.as_deref()).id(begun.as_millisecond().to_string()))];
    for told in missed(&app, last.or(page.since), begun).await? {
        first.push(Ok(event(&told, sections.as_deref())));
    }
    let first = stream::iter(first);
    let over = tokio::time::sleep(DESK_LIFE);
    Ok(answer(listener, move |listener| first.chain(events(listener, sections)).take_until(over)))
}

/// What was claimed and decided since a time; nothing where none is said.
async fn missed(app: &App, since: Option<i64>, now: Timestamp) -> Result<Vec<Told>, PageError> {
    let Some(since) = since.and_then(|since| Timestamp::from_millisecond(since).ok()) else { return Ok(Vec::new()) };
    let earliest = now.saturating_sub(BEFORE).unwrap_or(now);
    let since = since.saturating_sub(CLOCKS).unwrap_or(since).clamp(earliest, now);
    let claims = app.store.claims_since(since).await?;
    let claimed = claims.iter().filter(|claim| claim.until > now).map(told_claim);
    let settled = app.store.settled_since(since).await?.into_iter();
    Ok(claimed.chain(settled.map(|(comment, by, name)| Told::Settled { comment, by, name })).collect())
}

/// A full house answers 204: a browser then stops asking.
fn answer<S>(listener: Option<Listener>, events: impl FnOnce(Listener) -> S) -> Response
where
    S: Stream<Item = Result<Event, Infallible>> + Send + 'static,
{
    let Some(listener) = listener else { return StatusCode::NO_CONTENT.into_response() };
    let mut response = Sse::new(events(listener)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx holds an answer back until it is full unless it is told not to.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

/// The ear stands before the seat, so that it is dropped before it.
type Ears = (Receiver<Told>, Seat, Bound);
/// The sections that a listener at the desk is bound to.
type Bound = Option<Arc<[SectionId]>>;

fn events(listener: Listener, sections: Bound) -> impl Stream<Item = Result<Event, Infallible>> {
    let hello = stream::once(async { Ok(Event::default().comment("midad")) });
    let (ear, seat) = listener.split();
    hello.chain(stream::unfold((ear, seat, sections), next))
}

async fn next((mut ear, seat, sections): Ears) -> Option<(Result<Event, Infallible>, Ears)> {
    let event = match ear.recv().await {
        Ok(told) => event(&told, sections.as_deref()),
        // Too slow to follow: the page is asked to load anew.
        Err(RecvError::Lagged(_)) => Event::default().event("lost").data("{}"),
        Err(RecvError::Closed) => return None,
    };
    Some((Ok(event), (ear, seat, sections)))
}

fn event(told: &Told, sections: Option<&[SectionId]>) -> Event {
    let (name, data) = match told {
        Told::Comment { number, root, html } => ("comment", json!({ "number": number, "root": root, "html": html })),
        Told::Changed { number, html } => ("changed", json!({ "number": number, "html": html })),
        Told::Strip { html } => ("strip", json!({ "html": html })),
        Told::Entry { id, gone, html } => ("entry", json!({ "id": id, "gone": gone, "html": html })),
        Told::Coverage { html, newest } => ("coverage", json!({ "html": html, "newest": newest })),
        Told::Count(count) => ("count", json!({ "count": count })),
        Told::Desk(counts) => {
            let of = |queue| counts.of(queue, sections).unwrap_or_default();
            ("waiting", json!({ "waiting": of(Queue::Waiting), "reported": of(Queue::Reported) }))
        }
        Told::Claimed { comment, by, name } => ("claimed", at_comment(*comment, *by, name)),
        Told::Settled { comment, by, name } => ("settled", at_comment(*comment, *by, name)),
    };
    Event::default().event(name).data(data.to_string())
}

fn at_comment(comment: CommentId, by: StaffId, name: &str) -> serde_json::Value {
    json!({ "comment": comment.short(), "by": by.short(), "name": name })
}
