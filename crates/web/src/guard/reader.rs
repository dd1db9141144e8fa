//! Readers with an account, by the sign-in that their browser carries. Nobody needs one: a guard that asks for a
//! [`super::Visitor`] takes the account where there is one and the device's key where there is none.

use super::{DeviceKey, Seal, cookie, cookie_line, cookie_name, hash_of};
use crate::app::App;
use crate::error::PageError;
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use newsroom::people::{self, EmailAddress};
use newsroom::{SessionId, Timestamp, VisitorId};

/// Without being used.
const IDLE: SignedDuration = SignedDuration::from_hours(90 * 24);
/// A sign-in that is used is noted so often at most: its idle end is counted in days.
const NOTED_EVERY: SignedDuration = SignedDuration::from_hours(6);

/// The cookie of a reader's sign-in: 32 random bytes, opaque.
pub fn reader_cookie(app: &App) -> &'static str {
    cookie_name(app, ["midad_reader", "__Host-midad_reader"])
}

/// A reader's sign-in that was not used since then has ended.
pub fn reader_idle_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(IDLE).unwrap_or(now)
}

/// A reader who is signed in.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Who.
    pub account: people::Reader,
    /// By which sign-in.
    pub session: SessionId,
}

/// Whoever reads: a reader who is signed in, or anybody else.
#[derive(Debug, Clone)]
pub struct MaybeReader(pub Option<Reader>);

/// The device at the door.
#[derive(Debug, Clone)]
pub struct Device {
    /// Its own key, under which something may have been sent.
    pub key: Option<VisitorId>,
    /// The seal of the address for which it asked for a link not long ago.
    asked: Option<String>,
}

const ASKED: [&str; 2] = ["midad_asked", "__Host-midad_asked"];
/// A link is sent within an hour or not at all, and good for some minutes more.
const ASKED_SECONDS: i64 = 90 * 60;

impl Device {
    /// The line by which a browser remembers for which address it asked: a seal of it, and not the address.
    pub fn remember(app: &App, email: &EmailAddress) -> String {
        cookie_line(app, cookie_name(app, ASKED), &sealed(app, email).short(), ASKED_SECONDS)
    }

    /// The line by which it forgets that.
    pub fn forget(app: &App) -> String {
        cookie_line(app, cookie_name(app, ASKED), "", 0)
    }

    /// It asked for a link to this address itself. A link that somebody else sends along, also to somebody else's address, is
    /// no reason to hand the device's history over to whoever's account it opens.
    pub fn asked_for(&self, app: &App, email: &EmailAddress) -> bool {
        self.asked.as_deref().is_some_and(|asked| sealed(app, email).matches_short(asked))
    }
}

fn sealed(app: &App, email: &EmailAddress) -> Seal {
    Seal::over(app, b"asked for a link", &[email.folded().as_bytes()])
}

impl FromRequestParts<App> for Device {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, std::convert::Infallible> {
        let DeviceKey(key) = DeviceKey::from_request_parts(parts, app).await?;
        Ok(Self { key, asked: cookie(&parts.headers, cookie_name(app, ASKED)).map(str::to_owned) })
    }
}

impl FromRequestParts<App> for MaybeReader {
    type Rejection = PageError;

    /// Looked up once in a request, however many guards it passes.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let Some(token) = cookie(&parts.headers, reader_cookie(app)) else { return Ok(Self(None)) };
        let now = app.now();
        let found = app.store.reader_session(&hash_of(token), reader_idle_since(now), now).await?;
        if let Some((session, _)) = &found
            && now.duration_since(session.seen_at) > NOTED_EVERY
        {
            app.store.touch_reader_session(session.id, now).await?;
        }
        let known = Self(found.map(|(session, account)| Reader { account, session: session.id }));
        parts.extensions.insert(known.clone());
        Ok(known)
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match MaybeReader::from_request_parts(parts, app).await {
            Ok(MaybeReader(Some(reader))) => Ok(reader),
            Ok(MaybeReader(None)) if matches!(parts.method, Method::GET | Method::HEAD) => {
                Err(Redirect::to("/reader").into_response())
            }
            Ok(MaybeReader(None)) => Err(PageError::AccountFirst.into_response()),
            Err(error) => Err(error.into_response()),
        }
    }
}
