//! What a browser says when its reader lets the paper wake it, changes that, or takes it back; and the worker that it runs.

use super::keys::PaperKey;
use super::parcel::mark_of;
use super::seal::Browser;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{From, Pace};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use newsroom::SectionId;
use newsroom::followers::{Endpoint, PushWish};
use serde::Deserialize;
use serde_json::json;
use store::push::NewPush;

const WORKER: &str = include_str!("../../assets/js/push_worker.js");
/// The worker answers for no page: it waits for messages and does nothing else.
const SCOPE: (HeaderName, &str) = (HeaderName::from_static("service-worker-allowed"), "/push/");
/// Bytes of what a browser says, at most.
const MOST_SAID: usize = 16 * 1024;

/// As `PushSubscription.toJSON()` has it, and what is wanted.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Said {
    endpoint: String,
    keys: Keys,
    /// Short ids.
    sections: Vec<String>,
    /// The address that a browser had before, whose wishes go on.
    was: String,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Keys {
    p256dh: String,
    auth: String,
}

/// `GET /push/key`: the paper's public key.
pub async fn key(State(app): State<App>) -> Result<Response, PageError> {
    offered(&app)?;
    let key = PaperKey::of(&app.store).await?.public();
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(json!({ "key": key }))).into_response())
}

/// `GET /push/worker.js`.
pub async fn worker() -> impl IntoResponse {
    let head = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache"), SCOPE];
    (head, WORKER)
}

/// `POST /push`: a browser, or what it wants from now on.
pub async fn subscribe(_: Pace, from: From, State(app): State<App>, body: Bytes) -> Result<StatusCode, PageError> {
    offered(&app)?;
    let said = read(&body)?;
    let endpoint = Endpoint::read(&said.endpoint, &app.paper.inner_hosts);
    let endpoint = endpoint.ok_or(PageError::BadRequest("no address of a push service"))?;
    Browser::read(&said.keys.p256dh, &said.keys.auth).ok_or(PageError::BadRequest("no key of a browser"))?;
    app.links.take(from.0).map_err(|wait| PageError::TooFast { wait })?;
    let known = app.store.sections().await?;
    let sections = said.sections.iter().filter_map(|id| SectionId::from_short(id));
    let sections = sections.filter(|id| known.iter().any(|section| section.id == *id)).collect();
    let before = if said.was.is_empty() { None } else { app.store.push_wish(&mark_of(&said.was)).await? };
    let wish = before.unwrap_or_else(|| PushWish::of(sections));
    let (mark, public_key, secret) = (mark_of(endpoint.as_str()), said.keys.p256dh, said.keys.auth);
    let new = NewPush { endpoint: endpoint.as_str().to_owned(), mark, public_key, secret, wish };
    if !app.store.keep_push(new, app.now()).await? {
        return Err(PageError::TooSlow);
    }
    if !said.was.is_empty() && said.was != said.endpoint {
        app.store.drop_push(&mark_of(&said.was)).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /push/removal`: whoever knows a browser's address is that browser. A second time is no error.
pub async fn remove(_: Pace, State(app): State<App>, body: Bytes) -> Result<StatusCode, PageError> {
    let said = read(&body)?;
    app.store.drop_push(&mark_of(&said.endpoint)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn offered(app: &App) -> Result<(), PageError> {
    if app.followers.now().push.on { Ok(()) } else { Err(PageError::NotFound) }
}

fn read(body: &Bytes) -> Result<Said, PageError> {
    if body.len() > MOST_SAID {
        return Err(PageError::TooLarge);
    }
    serde_json::from_slice(body).map_err(|_| PageError::BadRequest("no JSON of a browser"))
}
