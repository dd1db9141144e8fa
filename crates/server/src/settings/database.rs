//! Settings of the database: how long a statement may take untold, and a copy that is read beside it.

use super::{Settings, within};
use anyhow::Result;
use std::time::Duration;
use web::Words;

/// An hour, in milliseconds: what takes longer is broken off elsewhere.
const MOST_SLOW: u32 = 60 * 60 * 1_000;

impl Settings {
    /// Statements that take longer are told in the log; no time at all: none are.
    pub fn slow_beyond(&self, t: &Words) -> Result<Duration> {
        let ms = self.read("store.slow-milliseconds", t, |text| within(text, 0, MOST_SLOW))?;
        Ok(Duration::from_millis(ms.into()))
    }

    /// The address of a copy of the PostgreSQL server, which answers for pages that are the same for everybody.
    pub fn replica(&self) -> Option<&str> {
        Some(self.text("store.replica")).filter(|address| !address.is_empty())
    }
}
