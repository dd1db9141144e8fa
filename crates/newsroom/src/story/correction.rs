//! A dated, visible change to a published story.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What was wrong and is now right, in words for readers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// When.
    pub at: Timestamp,
    /// The words.
    pub words: String,
}
