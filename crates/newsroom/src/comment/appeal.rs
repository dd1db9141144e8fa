//! An objection to a ruling, by the comment's author or by somebody whose report changed nothing. Another person decides it.

use super::{Decision, RefusalReason, State};
use jiff::{SignedDuration, Timestamp};

/// For so long a ruling can be objected to: six months, in days.
const OPEN_DAYS: i64 = 183;

/// Who objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The comment's author, to what was done to it.
    Author,
    /// A reporter, to what was not done.
    Reporter,
}

/// How an appeal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AppealState {
    /// Nobody has decided it yet.
    Open,
    /// The ruling stands.
    Upheld,
    /// The ruling was reversed.
    Reversed,
    /// The ruling was taken back or overtaken by another one before the appeal was decided.
    Settled,
}

impl Side {
    /// The word under which it is stored and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Reporter => "reporter",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Author, Self::Reporter].into_iter().find(|side| side.key() == key)
    }

    /// The ruling that gives this side what it asks for.
    pub fn reversal(self, reason: RefusalReason) -> Decision {
        match self {
            Self::Author => Decision::Release { collapsed: false, links: false },
            Self::Reporter => Decision::TakeDown { reason },
        }
    }

    /// Whether a ruling that holds can be objected to by this side: something was restricted, or nothing was done.
    pub fn may_object_to(self, decision: Decision, state: State) -> bool {
        match (self, decision) {
            (Self::Author, Decision::Refuse { .. }) => state == State::Refused,
            (Self::Author, Decision::TakeDown { .. }) => state == State::TakenDown,
            (Self::Author, Decision::Release { collapsed, .. }) => collapsed && state == State::Released,
            (Self::Reporter, Decision::Release { .. }) => state == State::Released,
            (Self::Reporter, Decision::Refuse { .. } | Decision::TakeDown { .. }) => false,
        }
    }
}

impl AppealState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Upheld, Self::Reversed, Self::Settled];

    /// The word under which it is stored and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld => "upheld",
            Self::Reversed => "reversed",
            Self::Settled => "settled",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// Until when a ruling can be objected to.
pub fn open_until(ruled_at: Timestamp) -> Timestamp {
    ruled_at.saturating_add(SignedDuration::from_hours(OPEN_DAYS * 24)).unwrap_or(ruled_at)
}
