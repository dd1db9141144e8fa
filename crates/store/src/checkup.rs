//! Looks whether the data agree with themselves.
use crate::{Store, StoreError};

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// What was looked at: `integrity`, `counters.waiting`, `counters.released`, `numbers`, `search`, `foreign-keys` …
    pub what: String,
    /// Where and how, in technical words: for an administrator's report.
    pub detail: String,
}

impl Store {
    /// Verifies the file (SQLite) and every counter, number and search row against the rows themselves.
    pub async fn check(&self) -> Result<Vec<Disagreement>, StoreError> {
        todo!()
    }
    /// Comments in each state, for a report.
    pub async fn tally(&self) -> Result<Vec<(String, i64)>, StoreError> {
        todo!()
    }
}
