//! Where a reader is signed in, and how that ends.

use crate::app::App;
use crate::error::PageError;
use crate::guard::{Device, DeviceKey, Pace, Reader, cookie_line, hash_of, kept_as, reader_cookie};
use crate::sign_in::{device, token};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use newsroom::happening::What;
use newsroom::{SessionId, VisitorId};
use store::StoreError;
use store::people::NewSession;
use store::readers::{Entered, Entry};

/// However much it is used.
const LONGEST: SignedDuration = SignedDuration::from_hours(180 * 24);

/// A sign-in before it is opened: what the store keeps, and what the browser is given.
#[derive(Debug)]
pub struct Beginning {
    entry: Entry,
    token: String,
}

impl Beginning {
    /// A new one, with a token of its own, to which the history of a device goes along.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new(app: &App, headers: &HeaderMap, guest: Option<VisitorId>) -> Result<Self, StoreError> {
        let (token, now) = (token()?, app.now());
        let until = now.saturating_add(LONGEST).unwrap_or(now);
        let session = NewSession { token: hash_of(&token), until, device: device(headers) };
        let kept = guest.map(|guest| kept_as(app, guest));
        Ok(Self { entry: Entry { session, guest, kept }, token })
    }

    /// What the store opens.
    pub fn entry(&self) -> Entry {
        self.entry.clone()
    }

    /// On to the reader's page, with the sign-in; without the device's own key, where its history is the account's now.
    pub fn lead(self, app: &App, entered: &Entered) -> Response {
        let moved = entered.happenings.iter().any(|it| matches!(it.what, What::HistoryMoved { .. }));
        let to = if moved { "/reader?done=moved" } else { "/reader?done=in" };
        let mut lines = vec![cookie_line(app, reader_cookie(app), &self.token, LONGEST.as_secs())];
        lines.push(Device::forget(app));
        lines.extend(self.entry.guest.map(|_| DeviceKey::forget(app)));
        with_cookies(to, lines)
    }
}

/// `POST /reader/sign-out`.
pub async fn leave(_: Pace, reader: Reader, State(app): State<App>) -> Result<Response, PageError> {
    app.store.end_reader_sessions(reader.account.id, Some(reader.session)).await?;
    Ok(out(&app))
}

/// `POST /reader/sessions/{session}/end`.
pub async fn end_one(
    _: Pace,
    reader: Reader,
    Path(session): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let session = SessionId::from_short(&session).ok_or(PageError::NotFound)?;
    app.store.end_reader_sessions(reader.account.id, Some(session)).await?;
    if session == reader.session {
        return Ok(out(&app));
    }
    Ok(Redirect::to("/reader?done=ended").into_response())
}

/// `POST /reader/sessions/end`: everywhere, here too.
pub async fn end_all(_: Pace, reader: Reader, State(app): State<App>) -> Result<Response, PageError> {
    app.store.end_reader_sessions(reader.account.id, None).await?;
    Ok(out(&app))
}

/// Out, and a guest anew.
fn out(app: &App) -> Response {
    with_cookies("/reader?done=out", vec![cookie_line(app, reader_cookie(app), "", 0)])
}

fn with_cookies(to: &str, lines: Vec<String>) -> Response {
    let lines = lines.into_iter().map(|line| (header::SET_COOKIE, line));
    (AppendHeaders(lines.collect::<Vec<_>>()), Redirect::to(to)).into_response()
}
