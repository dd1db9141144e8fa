//! Whether the paper takes what readers write, as its editors chose.

use serde::{Deserialize, Serialize};

/// The longest note to readers, in characters.
pub const MOST_NOTE: usize = 300;

/// The paper's doors: open, or for reading only while it is under attack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Doors {
    /// No comments, reports, new accounts or subscriptions are taken. What is somebody's right (to withdraw, to have erased, to
    /// appeal, to leave a list) goes on, and so does the staff's work.
    pub reading_only: bool,
    /// What readers are told meanwhile; empty: the program's own words. At most [`MOST_NOTE`] characters, on one line.
    pub note: String,
}

impl Doors {
    /// As they were typed; none: the note is too long.
    pub fn read(reading_only: bool, note: &str) -> Option<Self> {
        let note = arabic::clean::line(&note.replace('\0', ""));
        (note.chars().count() <= MOST_NOTE).then_some(Self { reading_only, note })
    }
}
