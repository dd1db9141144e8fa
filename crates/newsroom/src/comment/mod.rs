//! A reader's comment: submitted → held → what a person rules.
//!
//! Nothing here becomes public without a [`Ruling`]: there is no other step from held to released.

mod appeal;
mod name;
mod report;
mod ruling;
mod statement;
mod submitted;

#[cfg(test)]
mod tests;

pub use appeal::{AppealState, Side, open_until};
pub use name::{DisplayName, NameProblem};
pub use report::{Ground, NewReport, ReportOutcome};
pub use ruling::{Decision, Forbidden, RefusalReason, Revision, RuledBy, Ruling};
pub use statement::{KnownOf, Source, Statement};
pub use submitted::{Held, MOST_TEXT_CLUSTERS, Submitted, TextProblem, check_text};

use serde::{Deserialize, Serialize};

/// The states of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Waits for a person.
    Held,
    /// Public.
    Released,
    /// Not let through.
    Refused,
    /// Taken back by its author.
    Withdrawn,
    /// Was public, and was removed.
    TakenDown,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Held, Self::Released, Self::Refused, Self::Withdrawn, Self::TakenDown];

    /// The word under which it is stored and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Released => "released",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::TakenDown => "taken-down",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}
