//! The address at which a script asks for a task before it sends a form. It says nothing of anybody and asks the store nothing; in
//! quiet times there is no task in its answer.

use super::crossing::{field, place_elsewhere, whose};
use super::task::{Whose, issue};
use super::{Counted, TASK};
use crate::app::App;
use crate::embeds::{FromSite, browser_of};
use crate::guard::{DeviceKey, From};
use axum::extract::{OriginalUri, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use newsroom::Timestamp;
use serde::Deserialize;

/// The longest place of which a task is given out, in bytes.
const MOST_PLACE: usize = 4_000;

/// For which address of the paper a form is meant.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AskQuery {
    /// Its path, as it will be sent.
    #[serde(rename = "for")]
    place: String,
}

/// `GET /toll?for=…`.
pub async fn ask(
    from: From,
    DeviceKey(device): DeviceKey,
    State(app): State<App>,
    Query(AskQuery { place }): Query<AskQuery>,
) -> Response {
    answer(&app, from, &whose(device, from.0), place.as_bytes())
}

/// `GET /embed/{site}/toll?url=…`.
pub async fn ask_from_elsewhere(
    from: From,
    site: FromSite,
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let app = app.to_readers();
    let whose = whose(browser_of(&app, site.0.id, &headers), from.0);
    let path = format!("/embed/{}/comments", site.0.id);
    let page = field(uri.query().unwrap_or_default().as_bytes(), b"url=").unwrap_or_default();
    answer(&app, from, &whose, &place_elsewhere(&path, page))
}

fn answer(app: &App, From(network): From, whose: &[Whose], place: &[u8]) -> Response {
    let now = app.now();
    let bits = app.toll.asks(&app.paper, network, now).filter(|_| place.len() <= MOST_PLACE);
    let task = bits.map(|bits| task(app, whose, place, bits, now));
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(task) = task {
        put(&mut response, &task);
    }
    response
}

/// A task for the first of these.
pub(super) fn task(app: &App, whose: &[Whose], place: &[u8], bits: u8, now: Timestamp) -> String {
    app.toll.note(Counted::Issued);
    whose.first().map(|whose| issue(app, *whose, place, bits, now)).unwrap_or_default()
}

/// Puts a task into the head of an answer.
pub(super) fn put(response: &mut Response, task: &str) {
    if let Ok(task) = HeaderValue::from_str(task) {
        response.headers_mut().insert(TASK, task);
    }
}
