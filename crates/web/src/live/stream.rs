//! The streams themselves. What they carry was rendered once, for everybody, when it happened.

use super::hub::{Listener, Seat, Told};
use crate::app::App;
use crate::guard::{Moderator, PublicStory};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Proxies close a silent line after about half a minute; a comment line keeps it open.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// `GET /stories/{story}/live`: comments as they become public, changes of what is public, and the count.
pub async fn story(PublicStory(story): PublicStory, State(app): State<App>) -> Response {
    answer(app.hub.listen_to_story(story.id))
}

/// `GET /desk/live`: how many wait.
pub async fn desk(_moderator: Moderator, State(app): State<App>) -> Response {
    answer(app.hub.listen_to_desk())
}

/// A full house answers 204: a browser then stops asking.
fn answer(listener: Option<Listener>) -> Response {
    let Some(listener) = listener else { return StatusCode::NO_CONTENT.into_response() };
    let mut response = Sse::new(events(listener)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx holds an answer back until it is full unless it is told not to.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

/// The ear stands before the seat, so that it is dropped before it.
type Ears = (Receiver<Told>, Seat);

fn events(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    let hello = stream::once(async { Ok(Event::default().comment("midad")) });
    hello.chain(stream::unfold(listener.split(), next))
}

async fn next((mut ear, seat): Ears) -> Option<(Result<Event, Infallible>, Ears)> {
    let event = match ear.recv().await {
        Ok(told) => event(&told),
        // Too slow to follow: the page is asked to load anew.
        Err(RecvError::Lagged(_)) => Event::default().event("lost").data("{}"),
        Err(RecvError::Closed) => return None,
    };
    Some((Ok(event), (ear, seat)))
}

fn event(told: &Told) -> Event {
    let (name, data) = match told {
        Told::Comment { number, root, html } => ("comment", json!({ "number": number, "root": root, "html": html })),
        Told::Changed { number, html } => ("changed", json!({ "number": number, "html": html })),
        Told::Count(count) => ("count", json!({ "count": count })),
        Told::Waiting { waiting, reported } => ("waiting", json!({ "waiting": waiting, "reported": reported })),
    };
    Event::default().event(name).data(data.to_string())
}
