//! Comments as they come in, and what their authors may do with them. What readers see is in [`crate::thread`].
use crate::{Store, StoreError};
use moderation::{Repeats, Verdict};
use newsroom::comment::{Held, RefusalReason, State};
use newsroom::happening::Happening;
use newsroom::people::Visitor;
use newsroom::{CommentId, StoryId, Timestamp};

/// What the store knows about a submission before it is judged.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// Copies seen before.
    pub repeats: Repeats,
    /// Comments of this visitor in the last minute.
    pub sent_last_minute: u32,
    /// And in the last hour.
    pub sent_last_hour: u32,
    /// Headline, standfirst and body of the story without form.
    pub story_text: String,
}

/// A visitor's own comment, for that visitor only.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnComment {
    /// Which comment.
    pub id: CommentId,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Its state.
    pub state: State,
    /// By which rule it was refused or taken down.
    pub reason: Option<RefusalReason>,
    /// When it was sent.
    pub received_at: Timestamp,
    /// Its number, if it was ever public.
    pub number: Option<i64>,
    /// The comment it answers.
    pub reply_to: Option<CommentId>,
}

impl Store {
    /// Everything the engine is told about a text before it judges it: one read. `print` is `arabic::fold::print` of it.
    pub async fn facts_about(
        &self,
        story: StoryId,
        visitor: Visitor,
        print: i64,
        now: Timestamp,
    ) -> Result<Gathered, StoreError> {
        todo!()
    }
    /// Keeps a comment with its verdict, its happening, its search row and every counter: one transaction.
    /// Keeping the same id twice changes nothing and gives the first happening back.
    pub async fn keep_comment(&self, held: &Held) -> Result<Happening, StoreError> {
        todo!()
    }
    /// Replaces the text of the visitor's own waiting comment; the earlier text is kept as a revision.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not theirs or no longer waits.
    pub async fn rewrite_comment(&self, held: &Held) -> Result<Happening, StoreError> {
        todo!()
    }
    /// The visitor takes the comment back, waiting or public.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not theirs or is neither waiting nor public.
    pub async fn withdraw_comment(
        &self,
        story: StoryId,
        comment: CommentId,
        visitor: Visitor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        todo!()
    }
    /// The visitor's own comments under a story that are not public (waiting, and those refused in the last 30 days),
    /// newest first, at most 50.
    pub async fn own_comments(
        &self,
        story: StoryId,
        visitor: Visitor,
        now: Timestamp,
    ) -> Result<Vec<OwnComment>, StoreError> {
        todo!()
    }
    /// One comment of the visitor's own, in whatever state.
    pub async fn own_comment(
        &self,
        story: StoryId,
        comment: CommentId,
        visitor: Visitor,
    ) -> Result<OwnComment, StoreError> {
        todo!()
    }
    /// The verdict that stands beside a comment.
    pub async fn verdict_of(&self, story: StoryId, comment: CommentId) -> Result<Verdict, StoreError> {
        todo!()
    }
}
