//! How often stories were read, per day, for "most read". Counted in memory, written in batches.
use crate::{Store, StoreError};
use newsroom::{StoryId, Timestamp};

impl Store {
    /// Adds reads of the day of `at` (UTC).
    pub async fn add_reads(&self, reads: &[(StoryId, i64)], at: Timestamp) -> Result<(), StoreError> {
        todo!()
    }
}
