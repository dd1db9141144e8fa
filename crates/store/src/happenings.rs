//! What has happened, to be read on from a cursor: the truth between processes.
use crate::{Store, StoreError};
use newsroom::happening::Happening;
use newsroom::{HappeningId, Timestamp};

impl Store {
    /// Happenings after a cursor, oldest first.
    pub async fn happenings_after(&self, after: HappeningId, limit: u32) -> Result<Vec<Happening>, StoreError> {
        todo!()
    }
    /// The newest happening; where a follower that has nothing to catch up on begins.
    pub async fn newest_happening(&self) -> Result<HappeningId, StoreError> {
        todo!()
    }
    /// Where a follower stopped.
    pub async fn cursor(&self, follower: &str) -> Result<Option<HappeningId>, StoreError> {
        todo!()
    }
    /// Notes where a follower stopped.
    pub async fn keep_cursor(&self, follower: &str, at: HappeningId) -> Result<(), StoreError> {
        todo!()
    }
    /// The whole log, newest first.
    pub async fn log(&self, before: Option<HappeningId>, limit: u32) -> Result<Vec<Happening>, StoreError> {
        todo!()
    }
    /// Writes a happening that belongs to no other row (an import, a sign-in).
    pub async fn note(
        &self,
        by: newsroom::people::Actor,
        what: newsroom::happening::What,
        why: &str,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        todo!()
    }
}
