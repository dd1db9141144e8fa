//! Readers' accounts: a way back to one's own comments from any device, by a link in a mail or by a passkey. Nobody needs
//! one; whether an address has one is told to nobody. The listing explains the folder: the door, the link, the passkeys,
//! what a reader says of themselves, where they are signed in.

mod door;
mod link;
mod passkeys;
mod profile;
mod sessions;

#[cfg(test)]
mod tests;

pub use link::{ask, end_of_link, enter, open};
pub use passkeys::{add_passkey, by_passkey, join, remove_passkey};
pub use profile::{ask_address, drop_address, keep};
pub use sessions::{end_all, end_one, leave};

use crate::app::App;
use crate::guard::MaybeReader;
use crate::layout::Frame;
use crate::page::Answer;
use axum::extract::{Query, State};
use serde::Deserialize;

/// From where one comes to the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReaderQuery {
    /// What was done just now: `asked`, `in`, `moved` …
    done: String,
}

/// What can have been done just now, each with its words `reader.done.…`.
const DONE: &[&str] =
    &["asked", "in", "moved", "out", "kept", "address", "no-address", "passkey", "no-passkey", "ended"];

/// `GET /reader`: the door, or the reader's own page.
pub async fn show(
    MaybeReader(reader): MaybeReader,
    Query(query): Query<ReaderQuery>,
    State(app): State<App>,
) -> Answer {
    let done = DONE.iter().find(|done| **done == query.done).map(|done| format!("reader.done.{done}"));
    let done = done.map(|key| Frame::bare(&app, app.now()).t.s(&key));
    match reader {
        Some(reader) => profile::page(&app, &reader, done, None).await,
        None => door::page(&app, String::new(), done, "").await,
    }
}
