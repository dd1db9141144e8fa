//! What the key of a program opens. A key never opens more than the member of the staff may, for whom it was made.

use super::May;
use serde::{Deserialize, Serialize};

/// A part of the paper that a key opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Verdicts on comments of other systems; the only one for which nobody of the staff is needed.
    #[serde(rename = "verdicts")]
    Verdicts,
    /// Stories in whatever state, as far as the member of the staff sees them.
    #[serde(rename = "stories:read")]
    StoriesRead,
    /// Writing, changing, publishing and withdrawing them.
    #[serde(rename = "stories:write")]
    StoriesWrite,
    /// Comments that are public.
    #[serde(rename = "comments:read")]
    CommentsRead,
    /// Comments that wait, with their words; rulings, and undoing them.
    #[serde(rename = "comments:moderate")]
    CommentsModerate,
    /// Who works here.
    #[serde(rename = "administration")]
    Administration,
}

impl Scope {
    /// Every part.
    pub const ALL: [Self; 6] = [
        Self::Verdicts,
        Self::StoriesRead,
        Self::StoriesWrite,
        Self::CommentsRead,
        Self::CommentsModerate,
        Self::Administration,
    ];

    /// Its word, as keys and the description have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verdicts => "verdicts",
            Self::StoriesRead => "stories:read",
            Self::StoriesWrite => "stories:write",
            Self::CommentsRead => "comments:read",
            Self::CommentsModerate => "comments:moderate",
            Self::Administration => "administration",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }

    /// What somebody must be allowed for whom such a key is made; nothing where whoever works here may.
    pub fn asks(self) -> &'static [May] {
        match self {
            Self::Verdicts | Self::StoriesRead | Self::CommentsRead => &[],
            Self::StoriesWrite => &[May::WriteStories],
            Self::CommentsModerate => &[May::Moderate],
            Self::Administration => &[May::ManageStaff],
        }
    }
}
