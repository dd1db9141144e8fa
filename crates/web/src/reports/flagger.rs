//! A trusted flagger comes by the link that an editor gave them, and this browser's reports are marked from then on.

use crate::app::App;
use crate::error::PageError;
use crate::guard::{Pace, cookie_line, flagger_cookie, hash_of};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};

/// Browsers keep no cookie longer.
const LIFE_SECONDS: i64 = 400 * 24 * 60 * 60;

#[derive(Template)]
#[template(path = "reports/flagger.html")]
struct FlaggerPage {
    frame: Frame,
    name: String,
    key: String,
}

/// `GET /flaggers/{key}`: says what it is for and asks first, so that no preview of the link uses it.
pub async fn ask(_: Pace, Path(key): Path<String>, State(app): State<App>) -> Answer {
    let name = app.store.flagger_of(&hash_of(&key)).await?.ok_or(PageError::NotFound)?;
    Page::private(&FlaggerPage { frame: Frame::new(&app, app.now()).await?, name, key })
}

/// `POST /flaggers/{key}`.
pub async fn enter(_: Pace, Path(key): Path<String>, State(app): State<App>) -> Result<Response, PageError> {
    app.store.flagger_of(&hash_of(&key)).await?.ok_or(PageError::NotFound)?;
    let cookie = cookie_line(&app, flagger_cookie(&app), &key, LIFE_SECONDS);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}
