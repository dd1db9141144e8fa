//! A file that comes in part by part, so that a line that breaks costs one part and not the whole. What has come is kept in
//! this process's memory alone: a file as it came is written nowhere (see `darkroom`). A process that was started anew, or
//! another one, knows nothing of it, says so (404), and the sender begins again.

use crate::app::App;
use crate::error::PageError;
use axum::Json;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::{StaffId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes of one part at most.
pub const MOST_PART: usize = 1024 * 1024;
/// Bytes of all that is under way, of everybody together.
const MOST_ALL: usize = 4 * darkroom::MOST_BYTES;
/// Of one person at once.
const MOST_OF_ONE: usize = 4;
/// Seconds without a part after which it is thrown away.
const PATIENCE: i64 = 15 * 60;
/// The same where its sender begins another and there is no room: a page that was closed sends nothing more.
const ROOM_AFTER: i64 = 60;
/// Letters of a file's name that are kept.
const MOST_NAME: usize = 200;

/// What is made of a file when it is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// A picture of the library.
    Picture,
    /// The file of a printed issue.
    Issue,
}

/// Whose file it is, and what is made of it.
pub type Sender = (StaffId, Becomes);

/// A file that is about to come.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Announced {
    /// Its bytes.
    pub length: usize,
    /// As its sender calls it.
    pub name: String,
}

/// A file of which every part has come.
#[derive(Debug)]
pub struct Whole {
    /// As its sender calls it.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Where a part belongs.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct At {
    /// Bytes before it.
    #[serde(default)]
    at: usize,
}

/// Files of which a part is still to come.
#[derive(Debug, Default)]
pub struct Coming(Mutex<BTreeMap<i64, Part>>);

#[derive(Debug)]
struct Part {
    of: Sender,
    name: String,
    length: usize,
    came: Vec<u8>,
    touched: Timestamp,
    /// Everything has come.
    is_whole: bool,
    /// What became of it, once that is known.
    answer: Option<Value>,
}

/// How it went with one part.
enum Added {
    /// So much has come; more is to come, or it is being looked at.
    At(usize),
    /// It stands at another place than the sender thinks.
    Elsewhere(usize),
    /// Everything is there, by this request.
    Whole(Whole),
    /// What became of it.
    Done(Value),
    /// More came than was said.
    TooMuch,
    /// Nobody knows of it here.
    Unknown,
}

impl Coming {
    fn held(&self) -> MutexGuard<'_, BTreeMap<i64, Part>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes place for one more; nothing where there is none.
    pub fn begin(&self, id: i64, of: Sender, new: Announced, now: Timestamp) -> Option<()> {
        self.sweep(now);
        let mut held = self.held();
        if !has_room(&held, of, new.length) {
            held.retain(|_, part| part.of.0 != of.0 || part.is_whole || part.rested(now) < ROOM_AFTER);
        }
        let fits = has_room(&held, of, new.length);
        let (length, name) = (new.length, new.name.chars().take(MOST_NAME).collect());
        let part = Part { of, name, length, came: Vec::new(), touched: now, is_whole: false, answer: None };
        fits.then(|| held.insert(id, part)).map(drop)
    }

    /// Throws away what nobody sends any more, and what was asked for long enough.
    pub fn sweep(&self, now: Timestamp) {
        self.held().retain(|_, part| part.rested(now) < PATIENCE);
    }

    fn add(&self, id: i64, of: Sender, (at, bytes): (usize, &[u8]), now: Timestamp) -> Added {
        let mut held = self.held();
        let Some(part) = held.get_mut(&id).filter(|part| part.of == of) else { return Added::Unknown };
        if let Some(answer) = &part.answer {
            return Added::Done(answer.clone());
        }
        if part.is_whole {
            return Added::At(part.length);
        }
        part.touched = now;
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
        Added::Whole(Whole { name: std::mem::take(&mut part.name), bytes: std::mem::take(&mut part.came) })
    }

    /// What became of it is known, and told to whoever asks; or nothing did, and nobody knows of it any more.
    fn became(&self, id: i64, answer: Option<&Value>) {
        let mut held = self.held();
        match (held.get_mut(&id), answer) {
            (Some(part), Some(answer)) => part.answer = Some(answer.clone()),
            _ => drop(held.remove(&id)),
        }
    }

    /// Lets go of what its sender does not send any more. What is whole already is made to its end.
    fn leave(&self, id: i64, of: Sender) {
        let mut held = self.held();
        if held.get(&id).is_some_and(|part| part.of == of && !part.is_whole) {
            held.remove(&id);
        }
    }
}

impl Part {
    /// Seconds since its last part came.
    fn rested(&self, now: Timestamp) -> i64 {
        now.as_second() - self.touched.as_second()
    }
}

fn has_room(held: &BTreeMap<i64, Part>, of: Sender, length: usize) -> bool {
    let under_way = held.values().filter(|part| part.answer.is_none());
    let (of_one, all) =
        under_way.fold((0, 0), |(of_one, all), part| (of_one + usize::from(part.of.0 == of.0), all + part.length));
    of_one < MOST_OF_ONE && all + length <= MOST_ALL
}

/// Under which number its parts are sent (201); or later (503).
pub fn begin(app: &App, of: Sender, new: Announced) -> Response {
    let id = app.store.id(app.now());
    match app.coming.begin(id, of, new, app.now()) {
        Some(()) => (StatusCode::CREATED, Json(json!({ "part": id.to_string(), "at": 0 }))).into_response(),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// A part, or none to hear how far it is (202); 409 says where it stands instead. Whoever sends the last one, or asks later,
/// is told what was made of the whole (200).
///
/// # Errors
/// [`PageError::NotFound`] where nobody knows of it, [`PageError::BadRequest`], and whatever kept it from being made.
pub async fn add<F, M>(
    app: &App,
    (id, of): (i64, Sender),
    (At { at }, bytes): (At, Bytes),
    made: F,
) -> Result<Response, PageError>
where
    F: FnOnce(App, Whole) -> M,
    M: Future<Output = Result<Value, PageError>> + Send + 'static,
{
    let answer = match app.coming.add(id, of, (at, &bytes), app.now()) {
        Added::At(at) => return Ok((StatusCode::ACCEPTED, Json(json!({ "at": at }))).into_response()),
        Added::Elsewhere(at) => return Ok((StatusCode::CONFLICT, Json(json!({ "at": at }))).into_response()),
        Added::Unknown => return Err(PageError::NotFound),
        Added::TooMuch => return Err(PageError::BadRequest("more than was announced")),
        Added::Done(answer) => answer,
        Added::Whole(whole) => {
            let (app, making) = (app.clone(), made(app.clone(), whole));
            // Whoever sent it may be gone by the time that it is done, and asks later.
            let done = tokio::spawn(async move {
                let made = tokio::spawn(making).await.unwrap_or(Err(PageError::Panicked));
                app.coming.became(id, made.as_ref().ok());
                made
            });
            done.await.map_err(|_| PageError::Panicked)??
        }
    };
    Ok(Json(answer).into_response())
}

/// Its sender does not send it any more.
pub fn leave(app: &App, id: i64, of: Sender) -> StatusCode {
    app.coming.leave(id, of);
    StatusCode::NO_CONTENT
}
