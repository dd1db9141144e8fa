//! The streams themselves. What they carry was rendered once, for everybody, when it happened.

use super::hub::{Listener, Seat, Told};
use crate::app::App;
use crate::desk::told_claim;
use crate::error::PageError;
use crate::guard::{Moderator, PublicStory};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use newsroom::{CommentId, SectionId, StaffId};
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

/// Whoever begins to listen, or does so again after [`DESK_LIFE`], is told what was claimed and decided in so long before:
/// since their page was made, or their last stream ended.
const BEFORE: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// `GET /stories/{story}/live`: comments as they become public, changes of what is public, and the count.
pub async fn story(PublicStory(story): PublicStory, State(app): State<App>) -> Response {
    answer(app.hub.listen_to_story(story.id), |listener| events(listener, None))
}

/// `GET /desk/live`: how many wait, for whoever is bound to sections in those, and who is at which comment.
pub async fn desk(moderator: Moderator, State(app): State<App>) -> Result<Response, PageError> {
    let sections: Bound = moderator.sections().map(Arc::from);
    // Listened to first: nothing falls between the counts and what changes them.
    let listener = app.hub.listen_to_desk();
    let now = Told::Desk(Arc::new(app.store.desk_counts().await?));
    let since = app.now().saturating_sub(BEFORE).unwrap_or_default();
    let claimed = app.store.claims_since(since).await?;
    let claimed = claimed.iter().filter(|claim| claim.until > app.now()).map(told_claim);
    let settled = app.store.settled_since(since).await?.into_iter();
    let settled = settled.map(|(comment, by, name)| Told::Settled { comment, by, name });
    let before: Vec<_> = [now].into_iter().chain(claimed).chain(settled).collect();
    let first = before.iter().map(|told| Ok(event(told, sections.as_deref()))).collect::<Vec<_>>();
    let first = stream::iter(first);
    let over = tokio::time::sleep(DESK_LIFE);
    Ok(answer(listener, move |listener| first.chain(events(listener, sections)).take_until(over)))
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
