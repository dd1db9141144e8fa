//! The door: a link by mail, a passkey, or a new account with one.

use crate::app::App;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::passkeys::{KINDS, written};
use crate::sign_in::{Asked, Purpose};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "reader/door.html")]
struct Door {
    frame: Frame,
    /// Typed before.
    email: String,
    /// What was done just now: words.
    done: Option<String>,
    /// Why nobody came in: a key of the locales.
    problem: &'static str,
    /// What is asked of a passkey that is there, and of a new one, where browsers know any here.
    passkey: Option<(Asked, Asked)>,
    /// The new account's id as authenticators keep it.
    user: String,
    /// The kinds of keys that are taken.
    kinds: String,
}

/// The page.
pub(super) async fn page(app: &App, email: String, done: Option<String>, problem: &'static str) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    // The account has its id before it is made: the authenticator keeps the passkey under it.
    let (id, now) = (app.store.id(frame.now), frame.now);
    let known = Asked::new(app, Purpose::ReaderAtTheDoor, None, now);
    let passkey = known.zip(Asked::new(app, Purpose::NewReader, Some(id), now));
    let (user, kinds) = (written(&id.to_be_bytes()), KINDS.map(|kind| kind.to_string()).join(" "));
    Page::private(&Door { frame, email, done, problem, passkey, user, kinds })
}

/// The page after something that did not open it.
pub(super) async fn wrong(app: &App, email: &str, problem: &'static str) -> Answer {
    let page = page(app, email.to_owned(), None, problem).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY))
}
