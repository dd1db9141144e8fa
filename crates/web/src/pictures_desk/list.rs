//! The library, latest first, or what is found by words; and the same for a script.

use super::upload::Came;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Writer;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use newsroom::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use store::pictures::LibraryPicture;

const AT_ONCE: u32 = 40;

/// What is looked for, or which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LibraryQuery {
    q: String,
    pub(super) after: Option<String>,
}

#[derive(Template)]
#[template(path = "pictures_desk/library.html")]
struct Library {
    frame: Frame,
    shell: Shell,
    pictures: Vec<LibraryPicture>,
    asked: String,
    next: Option<String>,
    came: Vec<Came>,
    /// Used ones whose rights end within days.
    ending: usize,
}

/// `GET /desk/pictures`.
pub async fn library(writer: Writer, Query(query): Query<LibraryQuery>, State(app): State<App>) -> Answer {
    page(&app, &writer, query, Vec::new()).await
}

/// `GET /desk/pictures.json`.
pub async fn found(
    _writer: Writer,
    Query(query): Query<LibraryQuery>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    // Nobody puts into a story what readers would not be shown.
    let shown = look(&app, &query).await?.into_iter().filter(|picture| !picture.is_away());
    let pictures: Vec<Value> = shown.map(|picture| as_json(&picture)).collect();
    Ok(([(header::CACHE_CONTROL, "private, no-store")], Json(json!({ "pictures": pictures }))).into_response())
}

/// A picture for a script.
pub(super) fn as_json(picture: &LibraryPicture) -> Value {
    json!({
        "file": picture.name,
        "alt": picture.words.alt,
        "caption": picture.words.caption,
        "credit": picture.words.credit,
        "size": picture.size,
        "src": address::smallest(&picture.name, &picture.size),
        "placeholder": picture.placeholder,
        "widths": picture.made.jpeg,
        "focus": picture.words.focus,
    })
}

/// The page, with what became of files that just came in.
pub(super) async fn page(app: &App, writer: &Writer, query: LibraryQuery, came: Vec<Came>) -> Answer {
    let pictures = look(app, &query).await?;
    let (frame, shell) = Shell::of_member(app, writer, "pictures").await?;
    let last = pictures.last().filter(|_| query.q.is_empty() && pictures.len() >= AT_ONCE as usize);
    let next = last.map(|last| format!("?after={}.{}", last.at.as_millisecond(), last.name));
    let ending = super::ending(app).await?.len();
    Page::private(&Library { frame, shell, pictures, asked: query.q, next, came, ending })
}

async fn look(app: &App, query: &LibraryQuery) -> Result<Vec<LibraryPicture>, PageError> {
    if !query.q.trim().is_empty() {
        return Ok(app.store.find_pictures(&query.q, AT_ONCE).await?);
    }
    Ok(app.store.library(query.after.as_deref().and_then(place), AT_ONCE).await?)
}

pub(super) fn place(text: &str) -> Option<(Timestamp, String)> {
    let (at, name) = text.split_once('.')?;
    Some((Timestamp::from_millisecond(at.parse().ok()?).ok()?, name.replace('\0', "")))
}
