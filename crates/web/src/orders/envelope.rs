//! What is sealed of a comment: everything that is needed for a review or to put it back, as one line of JSON.

use super::sealing::seal;
use crate::app::App;
use crate::error::PageError;
use crate::layout::address;
use crate::print::sha256;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use newsroom::{CommentId, StoryId, Timestamp};
use serde::{Deserialize, Serialize};
use store::orders::{Order, OrderKey, Removal, RestoredWords, Sealed};
use store::queue::QueueEntry;

/// The shape of this version.
const SHAPE: &str = "midad/removed-comment/1";

/// A comment as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// [`SHAPE`].
    pub shape: String,
    /// Random, so that the number of the whole tells nothing about a short text.
    pub salt: String,
    /// The order: number, authority, country, the authority's number, when it was received.
    pub order: (String, String, String, String, Timestamp),
    /// The story's headline and address.
    pub story: (String, String),
    /// The story's id.
    pub story_id: String,
    /// The comment's id.
    pub comment_id: String,
    /// Its number, if it was ever public.
    pub number: Option<i64>,
    /// Its state before.
    pub state: String,
    /// When it came in.
    pub received_at: Timestamp,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// The author's key, as the desk knows it.
    pub author: String,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Earlier texts: number, text, when it was written.
    pub earlier: Vec<(i64, String, Timestamp)>,
}

impl Envelope {
    /// Reads one back.
    pub fn read(content: &[u8]) -> Option<Self> {
        serde_json::from_slice(content).ok().filter(|envelope: &Self| envelope.shape == SHAPE)
    }

    /// Whose it is.
    pub fn about(&self) -> Option<(StoryId, CommentId)> {
        StoryId::from_short(&self.story_id).zip(CommentId::from_short(&self.comment_id))
    }

    /// The words in it.
    pub fn words(self) -> RestoredWords {
        RestoredWords { name: self.name, text: self.text, earlier: self.earlier }
    }
}

/// A comment to be removed, with its words sealed where there are words and a key.
///
/// # Errors
/// When the store cannot answer, or nothing can be sealed although there is a key.
pub async fn removal(app: &App, order: &Order, entry: &QueueEntry, keys: &[OrderKey]) -> Result<Removal, PageError> {
    let (story, comment) = (entry.story, entry.comment);
    let sealed = match keys.is_empty() || entry.text.is_empty() {
        true => None,
        false => Some(envelope(app, order, entry, keys).await?),
    };
    Ok(Removal { story, comment, read: entry.revision, sealed })
}

async fn envelope(app: &App, order: &Order, entry: &QueueEntry, keys: &[OrderKey]) -> Result<Sealed, PageError> {
    let mut salt = [0_u8; 24];
    getrandom::fill(&mut salt).map_err(|_| PageError::Panicked)?;
    let (id, entered) = (order.id.short(), order.entered.clone());
    let story = entry.slug.as_deref().map(|slug| address::whole(&app.paper, &address::story(slug)));
    let envelope = Envelope {
        shape: SHAPE.to_owned(),
        salt: URL_SAFE_NO_PAD.encode(salt),
        order: (id, entered.authority, entered.country, entered.reference, entered.received_at),
        story: (entry.headline.clone(), story.unwrap_or_default()),
        story_id: entry.story.short(),
        comment_id: entry.comment.short(),
        number: entry.number,
        state: entry.state.key().to_owned(),
        received_at: entry.received_at,
        sealed_at: app.now(),
        author: entry.visitor.short(),
        name: entry.name.clone(),
        text: entry.text.clone(),
        earlier: app.store.earlier_texts((entry.story, entry.comment)).await?,
    };
    let content = serde_json::to_vec(&envelope).map_err(|_| PageError::Panicked)?;
    sealed(keys, &content)
}

/// Something sealed to every key that holds.
///
/// # Errors
/// [`PageError::Panicked`] when it cannot be sealed.
pub fn sealed(keys: &[OrderKey], content: &[u8]) -> Result<Sealed, PageError> {
    let recipients: Vec<String> = keys.iter().map(|key| key.recipient.clone()).collect();
    let bytes = seal(&recipients, content).ok_or(PageError::Panicked)?;
    Ok(Sealed { text: STANDARD.encode(bytes), print: sha256(content) })
}
