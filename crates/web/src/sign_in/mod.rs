//! Signing in with a one-time link. There are no passwords to lose; tokens are 32 random bytes, kept as hashes only.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::error::PageError;
use crate::guard::{SESSION_COOKIE, StaffMember, cookie_line, hash_of};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use newsroom::StaffId;
use newsroom::happening::What;
use newsroom::people::{Actor, Staff};
use std::time::Duration;
use store::StoreError;

/// How long a sign-in lasts.
const SESSION_SECONDS: i64 = 12 * 60 * 60;
const TOKEN_BYTES: usize = 32;

#[derive(Template)]
#[template(path = "sign_in/explain.html")]
struct Explain {
    frame: Frame,
    /// A link was followed that is unknown, used or too old.
    spent: bool,
}

#[derive(Template)]
#[template(path = "sign_in/ask.html")]
struct Ask {
    frame: Frame,
    staff: Staff,
    role: String,
    token: String,
}

/// Makes a one-time sign-in link for a member of the staff, good for `hours`: the path, `/sign-in/TOKEN`.
///
/// # Errors
/// When the store cannot keep it, or the system has no randomness to give.
pub async fn make_sign_in_link(app: &App, staff: StaffId, hours: i64) -> Result<String, StoreError> {
    let token = token()?;
    app.store.keep_sign_in_link(&hash_of(&token), staff, after(app, hours.saturating_mul(3_600))).await?;
    Ok(format!("/sign-in/{token}"))
}

/// `GET /sign-in`: how to get in.
pub async fn explain(State(app): State<App>) -> Answer {
    Page::private(&Explain { frame: Frame::new(&app, app.now()).await?, spent: false })
}

/// `GET /sign-in/{token}`: whose link it is. Looking does not use it up: mail programs look at links before people do.
pub async fn ask(Path(token): Path<String>, State(app): State<App>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    match app.store.sign_in_link(&hash_of(&token), frame.now).await? {
        Some(staff) => {
            let role = frame.t.s(&format!("role.{}", staff.role.key()));
            Page::private(&Ask { frame, staff, role, token })
        }
        None => Ok(Page::private(&Explain { frame, spent: true })?.with_status(StatusCode::GONE)),
    }
}

/// `POST /sign-in/{token}`: uses the link up and opens the desk.
pub async fn enter(Path(link): Path<String>, State(app): State<App>) -> Result<Response, PageError> {
    let session = token()?;
    let (now, until) = (app.now(), after(&app, SESSION_SECONDS));
    let Some(staff) = app.store.sign_in(&hash_of(&link), &hash_of(&session), until, now).await? else {
        let spent = Explain { frame: Frame::new(&app, now).await?, spent: true };
        return Ok(Page::private(&spent)?.with_status(StatusCode::GONE).into_response());
    };
    app.store.note(Actor::Staff(staff.id), What::SignedIn, "", now).await?;
    Ok(to_with_cookie("/desk", cookie_line(&app, SESSION_COOKIE, &session, SESSION_SECONDS)))
}

/// `POST /sign-out`.
pub async fn leave(somebody: StaffMember, State(app): State<App>) -> Result<Response, PageError> {
    app.store.sign_out(somebody.session).await?;
    Ok(to_with_cookie("/sign-in", cookie_line(&app, SESSION_COOKIE, "", 0)))
}

fn to_with_cookie(path: &str, cookie: String) -> Response {
    (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(path)).into_response()
}

fn after(app: &App, seconds: i64) -> newsroom::Timestamp {
    let now = app.now();
    now.saturating_add(Duration::from_secs(seconds.unsigned_abs())).unwrap_or(now)
}

fn token() -> Result<String, StoreError> {
    let mut bytes = [0_u8; TOKEN_BYTES];
    getrandom::fill(&mut bytes).map_err(|problem| StoreError::Unreachable(problem.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
