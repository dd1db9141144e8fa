//! The paper in the Fediverse: it and its sections can be followed from other servers, and what somebody there says under a story
//! comes in as a comment that waits (ActivityPub, W3C Recommendation of 23 January 2018; FEP-67ff says of what else is made use).
//! Off as it begins.
//!
//! The listing explains the folder: where things stand and by which key they are signed, what others read, what comes in and what
//! becomes of it, and how those who follow are told. Nothing of another server is asked while a request waits: what comes is kept,
//! and looked at in the background.

mod courier;
mod keys;
mod place;
mod rfc9421;
mod signature;

mod actor;
mod article;
mod finger;
mod outbox;
mod wanted;

mod activity;
mod arrivals;
mod far_actor;
mod inbox;
mod notes;
mod words;

mod deliveries;
mod turn;

#[cfg(test)]
pub mod tests;

pub use actor::{paper as paper_actor, paper_followers, section as section_actor, section_followers};
pub use article::{alternate, story};
pub use courier::{Carried, Courier};
pub use finger::{node, nodes, webfinger};
pub use inbox::inbox;
pub use keys::PaperKeys;
pub use outbox::{paper as paper_outbox, section as section_outbox};
pub use place::handles;
pub use turn::{fill, put, turn};
pub use wanted::{lead, wanted};

use crate::app::App;
use crate::error::PageError;
use crate::guard::Pacer;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// Requests of one network address in a minute: a large server tells of much.
const REQUESTS_PER_MINUTE: u32 = 600;
/// Times that one host is asked for an account, in a minute.
const ASKED_PER_MINUTE: u32 = 60;
/// Comments from one host, in an hour.
const COMMENTS_PER_HOUR: u32 = 120;

/// What this process remembers of it.
#[derive(Debug)]
pub struct Fediverse {
    keys: OnceCell<Arc<PaperKeys>>,
    /// How fast each network address sends.
    pub requests: Pacer,
    /// How often each host is asked.
    asked: Pacer,
    /// How many comments come from each host.
    comments: Pacer,
}

impl Default for Fediverse {
    fn default() -> Self {
        Self {
            keys: OnceCell::new(),
            requests: Pacer::new(REQUESTS_PER_MINUTE),
            asked: Pacer::new(ASKED_PER_MINUTE),
            comments: Pacer::hourly(COMMENTS_PER_HOUR),
        }
    }
}

impl Fediverse {
    /// Forgets hosts that have been silent long enough to begin anew.
    pub fn forget_the_silent(&self) {
        [&self.requests, &self.asked, &self.comments].into_iter().for_each(Pacer::forget_the_silent);
    }
}

/// Nothing stands there while it is off.
fn offered(app: &App) -> Result<(), PageError> {
    if app.followers.now().fediverse.on { Ok(()) } else { Err(PageError::NotFound) }
}
