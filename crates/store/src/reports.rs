//! Readers' reports of public comments.
use crate::{Store, StoreError};
use newsroom::happening::Happening;
use newsroom::people::Visitor;
use newsroom::{CommentId, StoryId, Timestamp};

impl Store {
    /// Records a report of a public comment; a second one by the same visitor changes nothing (and gives `None`).
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the comment is not public.
    pub async fn report_comment(
        &self,
        story: StoryId,
        comment: CommentId,
        by: Visitor,
        why: &str,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        todo!()
    }
}
