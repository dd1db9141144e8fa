//! How often stories are read, for "most read": counted in memory, written down by the clock in one batch.

use crate::app::App;
use newsroom::StoryId;
use std::collections::HashMap;
use std::sync::Mutex;
use store::StoreError;

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

    fn take(&self) -> Vec<(StoryId, i64)> {
        self.reads.lock().map(|mut reads| reads.drain().collect()).unwrap_or_default()
    }

    fn give_back(&self, untold: Vec<(StoryId, i64)>) {
        if let Ok(mut reads) = self.reads.lock() {
            for (story, times) in untold {
                *reads.entry(story).or_default() += times;
            }
        }
    }
}

impl App {
    /// Writes down what was read since the last time; how many stories. What could not be written is counted on.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn write_down_reads(&self) -> Result<usize, StoreError> {
        let reads = self.reads.take();
        if reads.is_empty() {
            return Ok(0);
        }
        match self.store.add_reads(&reads, self.now()).await {
            Ok(()) => Ok(reads.len()),
            Err(problem) => {
                self.reads.give_back(reads);
                Err(problem)
            }
        }
    }
}
