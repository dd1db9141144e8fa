//! A reader says that a public comment breaks a house rule or a law.

use super::{Decision, RefusalReason};
use serde::{Deserialize, Serialize};

/// What a report says that a comment breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// A house rule.
    Rule(RefusalReason),
    /// A law, in the reporter's words.
    Law(String),
}

impl Ground {
    /// The word under which a report of what is against the law is stored, beside those of the house rules.
    pub const LAW: &'static str = "law";

    /// The word under which it is stored and translated.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.key(),
            Self::Law(_) => Self::LAW,
        }
    }

    /// Which law; empty where it is a house rule.
    pub fn law(&self) -> &str {
        match self {
            Self::Rule(_) => "",
            Self::Law(law) => law,
        }
    }
}

/// A report as it is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// What it says is broken.
    pub ground: Ground,
    /// Why, in the reporter's words; may be empty where a house rule says it all.
    pub words: String,
    /// Who reports; may be empty.
    pub name: String,
    /// Where an answer reaches them; may be empty.
    pub email: String,
    /// They have said that they believe it to be true and complete.
    pub good_faith: bool,
}

impl From<&str> for NewReport {
    /// A report in bare words, of some rule.
    fn from(words: &str) -> Self {
        let ground = Ground::Rule(RefusalReason::Other);
        Self { ground, words: words.to_owned(), name: String::new(), email: String::new(), good_faith: false }
    }
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportOutcome {
    /// Nobody has decided yet.
    Open,
    /// A person read the comment again, and it stays.
    Kept,
    /// A person read it again, and it stays folded. Stored as [`ReportOutcome::Kept`] with the ruling that folded it.
    Folded,
    /// A person took it down.
    TakenDown,
    /// Its author took it back first.
    Withdrawn,
}

impl ReportOutcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [Self::Open, Self::Kept, Self::Folded, Self::TakenDown, Self::Withdrawn];

    /// The word under which it is stored and translated (`report.outcome.kept` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Kept => "kept",
            Self::Folded => "folded",
            Self::TakenDown => "taken-down",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }

    /// The outcome that this decision made: what it kept folded was not simply kept.
    pub fn by(self, decision: Decision) -> Self {
        match (self, decision) {
            (Self::Kept, Decision::Release { collapsed: true, .. }) => Self::Folded,
            (outcome, _) => outcome,
        }
    }

    /// The comment is public still, folded or not: whoever reported it may object to that.
    pub fn left_it_public(self) -> bool {
        matches!(self, Self::Kept | Self::Folded)
    }
}
