//! Why no certificate was given the last time, kept beside it: for `midad doctor` and the desk's page, which are asked later or
//! elsewhere.

use super::Certifier;
use crate::files;
use newsroom::Timestamp;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};

/// The file, in the folder of account and certificate.
const FILE: &str = "refused.txt";

/// Why no certificate was given, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When.
    pub at: Timestamp,
    /// In the words of the certifier or of the line to it.
    pub why: String,
}

impl Refusal {
    /// The last one, where nothing was given since.
    pub fn last(folder: &Path) -> Option<Self> {
        let kept = std::fs::read_to_string(file(folder)).ok()?;
        let (at, why) = kept.split_once('\n')?;
        Some(Self { at: at.parse().ok()?, why: why.to_owned() })
    }
}

impl Certifier {
    pub(super) fn keep_refusal(&self, refusal: &Refusal) -> Result<()> {
        self.private_folder()?;
        files::replace_file(&file(&self.folder), format!("{}\n{}", refusal.at, refusal.why).as_bytes())
    }

    pub(super) fn forget_refusal(&self) {
        match std::fs::remove_file(file(&self.folder)) {
            Err(problem) if problem.kind() != ErrorKind::NotFound => {
                tracing::warn!(%problem, "an old refusal stays beside the certificate");
            }
            _ => {}
        }
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}
