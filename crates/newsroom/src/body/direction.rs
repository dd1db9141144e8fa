//! Which way a block runs: as its story does, unless most of its own letters run the other way. The editor goes by the same
//! rule, so that who writes sees what readers will.

use super::{Block, Span, plain};
use arabic::bidi::{Direction, majority};

impl Block {
    /// The direction of most of its letters; [`Direction::Neutral`] where it goes with its story. Pictures have none of their
    /// own: each caption goes by itself.
    pub fn direction(&self) -> Direction {
        match self {
            Self::Paragraph { text }
            | Self::Heading { text, .. }
            | Self::Quote { text, .. }
            | Self::Note { text }
            | Self::Correction { text } => direction_of(text),
            // One for all entries, so that their marks stand on one side.
            Self::List { entries, .. } => of_all(entries.iter()),
            Self::Table { rows, .. } => of_all(rows.iter().flatten()),
            Self::LinkCard { title, description, .. } => {
                majority(&format!("{title}\n{}", description.as_deref().unwrap_or_default()))
            }
            Self::Picture(_) | Self::Gallery { .. } | Self::Separator => Direction::Neutral,
        }
    }
}

/// The direction of most letters of some words.
pub fn direction_of(words: &[Span]) -> Direction {
    majority(&plain(words))
}

fn of_all<'s>(words: impl Iterator<Item = &'s Vec<Span>>) -> Direction {
    majority(&words.map(|words| plain(words)).collect::<Vec<_>>().join("\n"))
}
