//! How long a sign-in lasts, and from where it came, in words coarse enough to say nothing else.

use crate::app::App;
use crate::guard::{cookie_line, hash_of, session_cookie};
use crate::words::Words;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use newsroom::Timestamp;
use newsroom::people::{May, Role};
use store::StoreError;
use store::people::NewSession;

/// However much it is used.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Without being used.
const IDLE: SignedDuration = SignedDuration::from_hours(12);
const TOKEN_BYTES: usize = 32;

/// Browsers and systems by what they say of themselves, the more particular first: most of them also name others.
const BROWSERS: &[(&str, &str)] = &[
    ("Firefox/", "firefox"),
    ("FxiOS/", "firefox"),
    ("Edg", "edge"),
    ("OPR/", "opera"),
    ("SamsungBrowser/", "samsung"),
    ("CriOS/", "chrome"),
    ("Chrome/", "chrome"),
    ("Safari/", "safari"),
];
const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "ios"),
    ("iPad", "ios"),
    ("Android", "android"),
    ("Windows", "windows"),
    ("Macintosh", "macos"),
    ("CrOS", "chromeos"),
    ("Linux", "linux"),
];

/// A sign-in before it is opened: what the store keeps, and what the browser is given.
#[derive(Debug)]
pub struct Beginning {
    /// For the store.
    pub session: NewSession,
    token: String,
}

impl Beginning {
    /// A new one, with a token of its own: nothing that a browser carried before counts.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new(app: &App, headers: &HeaderMap) -> Result<Self, StoreError> {
        let token = token()?;
        let now = app.now();
        let until = now.saturating_add(LONGEST).unwrap_or(now);
        let session = NewSession { token: hash_of(&token), until, device: device(headers) };
        Ok(Self { session, token })
    }

    /// On to a page, with the sign-in.
    pub fn lead(self, app: &App, to: &str) -> Response {
        to_with_cookie(to, cookie_line(app, session_cookie(app), &self.token, LONGEST.as_secs()))
    }
}

/// On to a page, without the sign-in.
pub fn leave(app: &App) -> Response {
    to_with_cookie("/sign-in", cookie_line(app, session_cookie(app), "", 0))
}

/// A sign-in that was not used since then has ended.
pub fn idle_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(IDLE).unwrap_or(now)
}

/// The page on which somebody of a role begins.
pub fn home(role: Role) -> &'static str {
    match role {
        role if role.may(May::Moderate) => "/desk",
        role if role.may(May::WriteStories) => "/desk/stories",
        _ => "/desk/me",
    }
}

/// A token: 32 random bytes.
///
/// # Errors
/// When the system has no randomness to give.
pub fn token() -> Result<String, StoreError> {
    let mut bytes = [0_u8; TOKEN_BYTES];
    getrandom::fill(&mut bytes).map_err(|problem| StoreError::Unreachable(problem.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A device in words.
pub fn device_in_words(t: &Words, device: &str) -> String {
    match device.split_once('/') {
        Some((browser, system)) => {
            let (browser, system) = (t.s(&format!("device.{browser}")), t.s(&format!("device.{system}")));
            t.with("device.is", 1, &[("browser", &browser), ("system", &system)])
        }
        None => t.s("device.unknown"),
    }
}

fn to_with_cookie(path: &str, cookie: String) -> Response {
    (AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(path)).into_response()
}

/// From where somebody comes, in coarse words: `firefox/android`; empty where neither is known.
pub fn device(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|said| said.to_str().ok()).unwrap_or_default();
    let of = |list: &[(&str, &'static str)]| list.iter().find(|(sign, _)| said.contains(sign)).map(|(_, word)| *word);
    match (of(BROWSERS), of(SYSTEMS)) {
        (None, None) => String::new(),
        (browser, system) => format!("{}/{}", browser.unwrap_or("other"), system.unwrap_or("other")),
    }
}
