//! Pictures come in: one form, several files. Each is developed in memory; what was sent is written nowhere.

use super::list::{LibraryQuery, as_json, page};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Writer;
use axum::Json;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use darkroom::{Answer, HAS_AVIF, Job, Refused, Said};
use newsroom::StaffId;
use serde_json::{Value, json};
use store::pictures::{Kept, LibraryPicture, NewPicture, PictureWords};

/// What is written beside a picture that came in: what its file says of itself, and the middle of it as what matters most.
pub fn words_of_file(said: Said) -> PictureWords {
    PictureWords {
        caption: said.caption,
        credit: said.credit,
        holder: said.holder,
        focus: (50, 50),
        ..PictureWords::default()
    }
}

/// Files of one form.
const MOST_FILES: usize = 20;
/// Signs of a file's name that are said back.
const MOST_NAME: usize = 100;

/// What became of a file that came in.
#[derive(Debug)]
pub(super) struct Came {
    /// As its sender calls it.
    pub(super) file: String,
    /// The key of the sentence about it.
    pub(super) key: &'static str,
    /// Where it stands in the library.
    pub(super) picture: Option<LibraryPicture>,
}

/// `POST /desk/pictures`: the library with what became of each file, or the same for a script.
pub async fn upload(
    writer: Writer,
    State(app): State<App>,
    headers: HeaderMap,
    mut form: Multipart,
) -> Result<Response, PageError> {
    let mut came = Vec::new();
    while let Some(part) = form.next_field().await.map_err(|error| broken(&error))? {
        let Some(file) = part.file_name().map(|name| arabic::clean::line(&name.replace('\0', ""))) else { continue };
        let bytes = part.bytes().await.map_err(|error| broken(&error))?;
        if file.is_empty() && bytes.is_empty() {
            continue;
        }
        let file: String = file.chars().take(MOST_NAME).collect();
        let (key, picture) = if came.len() < MOST_FILES {
            take(&app, writer.staff.id, &bytes).await?
        } else {
            ("picture.too-many", None)
        };
        came.push(Came { file, key, picture });
    }
    let refused = came.is_empty() || came.iter().any(|one| one.picture.is_none());
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json")) {
        let t = app.words();
        let files: Vec<Value> = came.iter().map(told).collect();
        let (picture, problem) = match came.first() {
            Some(Came { picture: Some(picture), .. }) => (as_json(picture), Value::Null),
            Some(one) => (Value::Null, t.s(one.key).into()),
            None => (Value::Null, t.s("picture.none-chosen").into()),
        };
        return Ok((status, Json(json!({ "files": files, "picture": picture, "problem": problem }))).into_response());
    }
    if came.is_empty() {
        came.push(Came { file: String::new(), key: "picture.none-chosen", picture: None });
    }
    Ok(page(&app, &writer, LibraryQuery::default(), came).await?.with_status(status).into_response())
}

fn told(came: &Came) -> Value {
    json!({ "file": came.file, "outcome": came.key, "picture": came.picture.as_ref().map(as_json) })
}

/// Develops a file and keeps it, unless it is there already.
pub(super) async fn take(
    app: &App,
    by: StaffId,
    bytes: &[u8],
) -> Result<(&'static str, Option<LibraryPicture>), PageError> {
    let developed = match app.darkroom.does(Job::Develop, bytes).await {
        Ok(Answer::Developed(developed)) => developed,
        Ok(_) => return Ok((Refused::Broken.key(), None)),
        Err(why) => return Ok((why.key(), None)),
    };
    let words = words_of_file(developed.said);
    let (print, size, placeholder, bytes) = (developed.print, developed.size, developed.placeholder, developed.bytes);
    let sizes = match smallest(app, &bytes, size).await {
        Ok(sizes) => sizes,
        Err(why) => return Ok((why.key(), None)),
    };
    let more = HAS_AVIF || darkroom::widths(size.0).count() > sizes.len();
    let new = NewPicture { print, size, placeholder, words, bytes, sizes, more };
    let (key, name) = match app.store.keep_in_library(&new, Some(by), app.now()).await? {
        Kept::New(name, happening) => {
            aftermath::tell(app, &happening).await;
            ("picture.kept", name)
        }
        Kept::Known(name) => ("picture.known", name),
    };
    Ok((key, app.store.library_picture(&name).await?))
}

/// The picture in the smallest width, if that is narrower than it: enough to show it at once. The clock makes the others.
async fn smallest(app: &App, bytes: &[u8], size: (u32, u32)) -> Result<Vec<((u32, u32), Vec<u8>)>, Refused> {
    let Some(width) = darkroom::widths(size.0).next() else { return Ok(Vec::new()) };
    match app.darkroom.does(Job::Press { width }, bytes).await? {
        Answer::Pressed(smaller) => Ok(vec![(super::sizes::lower(size, width), smaller)]),
        Answer::Developed(_) | Answer::Inspected(_) => Err(Refused::Broken),
    }
}

fn broken(error: &axum::extract::multipart::MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        _ => PageError::BadRequest("no form with a file"),
    }
}
