//! A picture that comes in part by part, so that a line that breaks costs one part and not the whole. What has come is kept in
//! this process's memory alone: a picture as it came is written nowhere (see `darkroom`). A process that was started anew, or
//! another one, knows nothing of it, says so (404), and the sender begins again.

use super::list::as_json;
use super::upload::take;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Writer;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use darkroom::{MOST_BYTES, Refused};
use newsroom::{StaffId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of one part at most.
pub const MOST_PART: usize = 1024 * 1024;
/// Bytes of all that is under way, of everybody together.
const MOST_ALL: usize = 4 * MOST_BYTES;
/// Of one person at once.
const MOST_OF_ONE: usize = 4;
/// Seconds without a part after which it is thrown away.
const PATIENCE: i64 = 15 * 60;

/// Pictures of which a part is still to come.
#[derive(Debug, Default)]
pub struct Coming(Mutex<BTreeMap<i64, Part>>);

#[derive(Debug)]
struct Part {
    by: StaffId,
    length: usize,
    came: Vec<u8>,
    touched: Timestamp,
    /// Everything has come.
    is_whole: bool,
    /// What became of it, once that is known.
    answer: Option<Value>,
}

impl Coming {
    fn held(&self) -> MutexGuard<'_, BTreeMap<i64, Part>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes place for one more; nothing where there is none.
    pub(super) fn begin(&self, id: i64, by: StaffId, length: usize, now: Timestamp) -> Option<()> {
        let mut held = self.held();
        held.retain(|_, part| now.as_second() - part.touched.as_second() < PATIENCE);
        let under_way = held.values().filter(|part| part.answer.is_none());
        let (of_one, all) =
            under_way.fold((0, 0), |(of_one, all), part| (of_one + usize::from(part.by == by), all + part.length));
        let fits = of_one < MOST_OF_ONE && all + length <= MOST_ALL;
        let part = Part { by, length, came: Vec::new(), touched: now, is_whole: false, answer: None };
        fits.then(|| held.insert(id, part)).map(drop)
    }

    /// Throws away what its sender gave up. What is being developed is kept: it is in the library in a moment.
    fn forget(&self, id: i64, by: StaffId) {
        self.held().retain(|one, part| *one != id || part.by != by || part.is_whole);
    }
}

/// How it went with one part.
enum Added {
    /// So much has come; more is to come, or it is being developed.
    At(usize),
    /// It stands at another place than the sender thinks.
    Elsewhere(usize),
    /// Everything is there, by this request.
    Whole(Vec<u8>),
    /// What became of it.
    Done(Value),
    /// More came than was said.
    TooMuch,
    /// Nobody knows of it here.
    Unknown,
}

fn add_part(app: &App, id: i64, by: StaffId, at: usize, bytes: &[u8]) -> Added {
    let mut held = app.coming.held();
    let Some(part) = held.get_mut(&id).filter(|part| part.by == by) else { return Added::Unknown };
    if let Some(answer) = &part.answer {
        return Added::Done(answer.clone());
    }
    if part.is_whole {
        return Added::At(part.length);
    }
    part.touched = app.now();
    if at != part.came.len() {
        return Added::Elsewhere(part.came.len());
    }
    if part.came.len() + bytes.len() > part.length {
        return Added::TooMuch;
    }
    part.came.extend_from_slice(bytes);
    if part.came.len() < part.length {
        return Added::At(part.came.len());
    }
    part.is_whole = true;
    Added::Whole(std::mem::take(&mut part.came))
}

/// A picture that is about to come.
#[derive(Debug, Deserialize)]
pub struct Announced {
    /// Its bytes.
    length: usize,
}

/// `POST /desk/pictures/parts`: under which number its parts are sent (201), why not (422), or later (503).
pub async fn begin(writer: Writer, State(app): State<App>, Form(announced): Form<Announced>) -> Response {
    let t = app.words();
    if announced.length == 0 || announced.length > MOST_BYTES {
        let why = if announced.length == 0 { Refused::Empty } else { Refused::Heavy };
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "said": t.s(why.key()) }))).into_response();
    }
    let id = app.store.id(app.now());
    match app.coming.begin(id, writer.staff.id, announced.length, app.now()) {
        Some(()) => (StatusCode::CREATED, Json(json!({ "part": id.to_string(), "at": 0 }))).into_response(),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Where a part belongs.
#[derive(Debug, Deserialize)]
pub struct At {
    /// Bytes before it.
    #[serde(default)]
    at: usize,
    /// Its sender gave it up.
    #[serde(default)]
    gone: bool,
}

/// `POST /desk/pictures/parts/{part}?at=`: a part, or none to hear how far it is. 409 says where it stands instead. With
/// `?gone=true` nothing more of it comes, and it makes room.
pub async fn add(
    writer: Writer,
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(At { at, gone }): Query<At>,
    bytes: Bytes,
) -> Result<Response, PageError> {
    let by = writer.staff.id;
    if gone {
        app.coming.forget(id, by);
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let answer = match add_part(&app, id, by, at, &bytes) {
        Added::At(at) => return Ok((StatusCode::ACCEPTED, Json(json!({ "at": at }))).into_response()),
        Added::Elsewhere(at) => return Ok((StatusCode::CONFLICT, Json(json!({ "at": at }))).into_response()),
        Added::Unknown => return Err(PageError::NotFound),
        Added::TooMuch => return Err(PageError::BadRequest("more than was announced")),
        Added::Done(answer) => answer,
        // Whoever sent it may be gone by the time that it is done, and asks later.
        Added::Whole(bytes) => {
            let (asked, done) = (app.clone(), tokio::spawn(async move { develop(&app, id, by, &bytes).await }));
            done.await.map_err(|_| {
                asked.coming.held().remove(&id);
                PageError::Panicked
            })??
        }
    };
    Ok(Json(answer).into_response())
}

async fn develop(app: &App, id: i64, by: StaffId, bytes: &[u8]) -> Result<Value, PageError> {
    let taken = take(app, by, bytes).await;
    let mut held = app.coming.held();
    let (key, picture) = match taken {
        Ok(taken) => taken,
        Err(problem) => {
            held.remove(&id);
            return Err(problem);
        }
    };
    let t = app.words();
    let open = picture.as_ref().map(|picture| format!("/desk/pictures/{}", picture.name));
    let answer = json!({ "said": t.s(key), "picture": picture.as_ref().map(as_json), "open": open });
    if let Some(part) = held.get_mut(&id) {
        part.answer = Some(answer.clone());
    }
    Ok(answer)
}
