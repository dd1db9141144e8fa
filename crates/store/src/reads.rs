//! How often stories were read, per day, for "most read". Counted in memory, written in batches.

use crate::engine::values;
use crate::{Store, StoreError};
use newsroom::{StoryId, Timestamp};
use std::sync::Arc;

impl Store {
    /// Adds reads of the day of `at` (UTC).
    pub async fn add_reads(&self, reads: &[(StoryId, i64)], at: Timestamp) -> Result<(), StoreError> {
        let mut reads = reads.to_vec();
        // In one order, so that two processes that write at the same moment do not wait for each other in a circle.
        reads.sort_unstable();
        let (reads, day) = (Arc::new(reads), at.strftime("%Y-%m-%d").to_string());
        let write = self.engine.write(move |tx| {
            let (reads, day) = (Arc::clone(&reads), day.clone());
            Box::pin(async move {
                for (story, times) in reads.iter() {
                    tx.run(
                        "insert into story_reads (day, story_id, reads) values ($1, $2, $3)
                         on conflict (day, story_id) do update set reads = story_reads.reads + excluded.reads",
                        values![&day, *story, *times],
                    )
                    .await?;
                }
                Ok(())
            })
        });
        write.await
    }
}
