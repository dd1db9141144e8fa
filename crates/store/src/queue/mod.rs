//! What waits for a person, and what persons decided.
use crate::{Store, StoreError};
use moderation::Verdict;
use newsroom::comment::{Ruling, State};
use newsroom::happening::Happening;
use newsroom::people::Actor;
use newsroom::{CommentId, RulingId, StoryId, Timestamp};

/// A comment as the desk sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueEntry {
    /// Which comment.
    pub comment: CommentId,
    /// Under which story.
    pub story: StoryId,
    /// Its headline.
    pub headline: String,
    /// Its slug, once it has one.
    pub slug: Option<String>,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Its state.
    pub state: State,
    /// Its number, if it was ever public.
    pub number: Option<i64>,
    /// When it came in.
    pub received_at: Timestamp,
    /// What the engine advises.
    pub verdict: Verdict,
    /// The comment it answers: name and text, as the desk may see them.
    pub answers: Option<(String, String)>,
    /// Released and refused comments of this visitor so far.
    pub standing: (i64, i64),
    /// Readers' reports of it.
    pub reports: i64,
}

/// Which part of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Queue {
    /// Waiting: highest priority first, then oldest.
    #[default]
    Waiting,
    /// Waiting under one story.
    Story(StoryId),
    /// Public and reported by readers, most recently reported first.
    Reported,
}

/// A place in a queue: (priority, received in ms, comment).
pub type Place = (i64, i64, CommentId);

/// A decision in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct RulingLine {
    /// The ruling.
    pub ruling: Ruling,
    /// The moderator's name.
    pub by_name: String,
    /// The story's headline.
    pub headline: String,
    /// The comment's name.
    pub name: String,
    /// The comment's text.
    pub text: String,
    /// When and by whom it was undone.
    pub undone: Option<(Timestamp, String)>,
    /// It is the last ruling on its comment and can be undone.
    pub can_be_undone: bool,
}

impl Store {
    /// A page of a queue from after `after`.
    pub async fn queue(&self, queue: Queue, after: Option<Place>, limit: u32) -> Result<Vec<QueueEntry>, StoreError> {
        todo!()
    }
    /// One comment as the desk sees it, in whatever state.
    pub async fn queue_entry(&self, story: StoryId, comment: CommentId) -> Result<QueueEntry, StoreError> {
        todo!()
    }
    /// How many wait, and how many are reported.
    pub async fn queue_counts(&self) -> Result<(i64, i64), StoreError> {
        todo!()
    }
    /// Carries a ruling out: state, number at first release, counters, standing, happening, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with the word of the present state when the decision does not fit it (somebody else was
    /// faster, the author took it back); [`StoreError::NotFound`].
    pub async fn rule(&self, ruling: &Ruling) -> Result<Happening, StoreError> {
        todo!()
    }
    /// Undoes the last ruling on a comment: it is again what it was before. Its number, once given, stays its own.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not the last one or was undone already; [`StoreError::NotFound`].
    pub async fn undo(
        &self,
        ruling: RulingId,
        story: StoryId,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        todo!()
    }
    /// The log of rulings, newest first.
    pub async fn rulings(&self, before: Option<RulingId>, limit: u32) -> Result<Vec<RulingLine>, StoreError> {
        todo!()
    }
}
