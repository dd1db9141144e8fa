//! A comment as sent, and as it waits.

use super::DisplayName;
use crate::ids::{CommentId, StoryId};
use crate::people::Visitor;
use jiff::Timestamp;
use moderation::Verdict;

/// Most grapheme clusters of a comment.
pub const MOST_TEXT_CLUSTERS: usize = 5_000;
/// Most bytes of a comment: marks stacked on few letters must not make a megabyte.
const MOST_TEXT_BYTES: usize = 40_000;

/// A comment as sent: checked for form, not for what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// Which comment.
    pub id: CommentId,
    /// Under which story.
    pub story: StoryId,
    /// From which device.
    pub visitor: Visitor,
    /// Signed with.
    pub name: DisplayName,
    /// Byte for byte as sent.
    pub text: String,
    /// The comment it answers.
    pub reply_to: Option<CommentId>,
    /// When it came in.
    pub at: Timestamp,
}

/// A comment that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What was sent.
    pub submitted: Submitted,
    /// What the engine advises.
    pub verdict: Verdict,
}

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextProblem {
    /// Nothing was written.
    Missing,
    /// More than [`MOST_TEXT_CLUSTERS`], or so many marks that it is more than 40,000 bytes.
    TooLong {
        /// Grapheme clusters sent.
        length: usize,
    },
}

impl TextProblem {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "text.missing",
            Self::TooLong { .. } => "text.too-long",
        }
    }
}

/// Checks the form of a text. White space alone is nothing; a text of invisible characters passes here and is a finding.
pub fn check_text(text: &str) -> Result<(), TextProblem> {
    if text.trim().is_empty() {
        return Err(TextProblem::Missing);
    }
    let length = if text.len() > MOST_TEXT_BYTES * 4 { text.len() } else { arabic::runs::clusters(text) };
    if length > MOST_TEXT_CLUSTERS || text.len() > MOST_TEXT_BYTES {
        return Err(TextProblem::TooLong { length });
    }
    Ok(())
}
