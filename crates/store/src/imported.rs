//! What was brought in from elsewhere, so that bringing it in again changes nothing.
use crate::{Store, StoreError};
use moderation::Verdict;
use newsroom::comment::Held;
use newsroom::people::Actor;
use newsroom::story::Draft;
use newsroom::{CommentId, StoryId, Timestamp};

impl Store {
    /// Which story came from a source (`page:…`, `wxr:…`), if it did.
    pub async fn imported_story(&self, source: &str) -> Result<Option<StoryId>, StoreError> {
        todo!()
    }
    /// Which comment came from a source, if it did.
    pub async fn imported_comment(&self, source: &str) -> Result<Option<(StoryId, CommentId)>, StoreError> {
        todo!()
    }
    /// Keeps an imported draft with its source in one transaction; `false` when it is there already.
    pub async fn import_draft(
        &self,
        source: &str,
        draft: &Draft,
        by: Actor,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        todo!()
    }
    /// Keeps imported comments, each with its source, in one transaction; those that are there already are left out.
    /// How many were new. They wait, like every other.
    pub async fn import_comments(&self, comments: &[(String, Held)]) -> Result<u64, StoreError> {
        todo!()
    }
    /// Replaces the verdict beside a waiting comment (a replay with new rules).
    pub async fn keep_verdict(&self, story: StoryId, comment: CommentId, verdict: &Verdict) -> Result<(), StoreError> {
        todo!()
    }
}
