//! What schemathesis counted, read from its report; what it found it has printed itself.

use std::fmt;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::tool;

/// Its report of one description, as far as it is asked.
#[derive(Debug, Deserialize)]
pub struct Report {
    schemathesis_version: String,
    running_time: Option<f64>,
    /// It came to its end.
    complete: bool,
    exit_code: i64,
    operations: Option<Operations>,
    test_cases: Cases,
    failures: Vec<Group>,
    errors: Vec<Group>,
}

#[derive(Debug, Deserialize)]
struct Operations {
    total: usize,
    tested: usize,
}

#[derive(Debug, Deserialize)]
struct Cases {
    generated: usize,
}

/// What was found of one kind.
#[derive(Debug, Deserialize)]
struct Group {
    title: String,
    count: usize,
    #[serde(default)]
    operations: Vec<String>,
}

impl Report {
    /// Reads the file.
    pub fn read(text: &str) -> Result<Self> {
        serde_json::from_str(text).context("schemathesis wrote another report than is known of it")
    }

    /// Every call was tried to the end and nothing was found. Where nothing was tried nothing is good.
    pub fn is_good(&self) -> bool {
        let all = self.operations.as_ref().is_some_and(|calls| calls.tested == calls.total && calls.total > 0);
        let quiet = self.exit_code == 0 && self.failures.is_empty() && self.errors.is_empty();
        self.complete && all && quiet && self.test_cases.generated > 0
    }

    /// Another version may look for more, or for less.
    pub fn warn_of_another_version(&self) {
        let (found, meant) = (&self.schemathesis_version, tool::version());
        if found != meant {
            println!("contract: this is schemathesis {found}; {meant} is meant");
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tested, total) = self.operations.as_ref().map_or((0, 0), |calls| (calls.tested, calls.total));
        let found: usize = self.failures.iter().chain(&self.errors).map(|group| group.count).sum();
        write!(f, "{tested} of {total} calls, {} cases", self.test_cases.generated)?;
        write!(f, " in {:.0} s, {found} findings", self.running_time.unwrap_or_default())?;
        if !self.complete {
            write!(f, ", and it did not come to its end")?;
        }
        for group in self.failures.iter().chain(&self.errors) {
            write!(f, "\n  {} × {}", group.count, group.title)?;
            if !group.operations.is_empty() {
                write!(f, ": {}", group.operations.join(", "))?;
            }
        }
        Ok(())
    }
}
