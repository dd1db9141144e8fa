//! How often stories are read, for "most read": counted in memory, written down by the clock in one batch.

use newsroom::StoryId;
use std::collections::HashMap;
use std::sync::Mutex;

/// Reads since they were last written down. Nothing about the reader is kept.
#[derive(Debug, Default)]
pub struct ReadCounter {
    reads: Mutex<HashMap<StoryId, i64>>,
}

impl ReadCounter {
    /// One more read.
    pub fn count(&self, story: StoryId) {
        if let Ok(mut reads) = self.reads.lock() {
            *reads.entry(story).or_default() += 1;
        }
    }

    /// What was counted since the last time; begins anew.
    pub fn take(&self) -> Vec<(StoryId, i64)> {
        self.reads.lock().map(|mut reads| reads.drain().collect()).unwrap_or_default()
    }

    /// What could not be written down is counted on.
    pub fn put_back(&self, unwritten: &[(StoryId, i64)]) {
        if let Ok(mut reads) = self.reads.lock() {
            for (story, times) in unwritten {
                *reads.entry(*story).or_default() += times;
            }
        }
    }
}
