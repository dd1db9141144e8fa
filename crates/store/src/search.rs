//! Words to find things by: folded and lightly stemmed by `arabic`, written in the same transaction as the text. SQLite
//! keeps them in FTS5, PostgreSQL in a tsvector of the configuration 'simple': the two texts that are written twice.
use crate::listings::StoryCard;
use crate::{Store, StoreError};
use newsroom::{CommentId, StoryId};

impl Store {
    /// Published stories that hold every word asked for, newest first, at most `limit`.
    pub async fn find_stories(&self, words: &str, limit: u32) -> Result<Vec<StoryCard>, StoreError> {
        todo!()
    }
    /// Comments in any state that hold every word asked for, newest first. For the staff only.
    pub async fn find_comments(&self, words: &str, limit: u32) -> Result<Vec<(StoryId, CommentId)>, StoreError> {
        todo!()
    }
}
