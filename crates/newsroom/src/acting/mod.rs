//! The few decisions that an editor may leave to a rule. As shipped every rule is off and people decide everything.

mod settings;

pub use settings::{
    ActingRules, BlockedLinks, LEAST_PERCENT, LEAST_RELEASED, Limits, MOST_DAYS, MOST_HOSTS, NearCopies, Scope,
    TrustedReaders,
};

use crate::ids::ActingId;
use serde::{Deserialize, Serialize};

/// A rule that decides by itself while an editor has it switched on. There are no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActingRule {
    /// Refuses what is nearly the same as a text that a person refused.
    NearCopies,
    /// Refuses what links to a place on the paper's list.
    BlockedLinks,
    /// Refuses what is longer, or sent faster, than the rules of the examination allow.
    Limits,
    /// Releases the clean comments of visitors whose comments were released before.
    TrustedReaders,
}

impl ActingRule {
    /// Every rule, in the order in which they are asked: what refuses stands before what releases.
    pub const ALL: [Self; 4] = [Self::NearCopies, Self::BlockedLinks, Self::Limits, Self::TrustedReaders];

    /// The word under which it is stored and translated (`acting.near-copies` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::NearCopies => "near-copies",
            Self::BlockedLinks => "blocked-links",
            Self::Limits => "limits",
            Self::TrustedReaders => "trusted-readers",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.key() == key)
    }
}

/// A rule at work: which, and under which version of its settings. The version says which editor switched it on, when and
/// why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Acting {
    /// The rule.
    pub rule: ActingRule,
    /// The version.
    pub under: ActingId,
}
