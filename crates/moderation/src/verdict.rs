//! What the engine advises, and why.

use crate::learned::Models;
use crate::places::in_order;
use crate::reason::Reason;
use crate::rulebook::Rulebook;
use crate::scores::Scores;
use alloc::vec::Vec;
use core::ops::Range;
use serde::{Deserialize, Serialize};

/// The engine's advice on one submission. Never final.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Verdict {
    /// What the phases saw, in the order of the phases.
    pub findings: Vec<Finding>,
    /// What the learned heads say; all zero where there were none.
    #[serde(default)]
    pub scores: Scores,
    /// Where it stands in the queue: 0 (nothing seen) to 1,000 (look first).
    pub priority: u16,
    /// What the engine would do if it were asked.
    pub advice: Advice,
    /// By which rules and models; zero in verdicts of before they were noted.
    #[serde(default)]
    pub under: Under,
}

/// The rules and models by which a verdict was made. In JSON both numbers are texts of sixteen hexadecimal digits, since
/// many readers of JSON lose the end of long numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Under {
    /// [`crate::Rulebook::fingerprint`].
    #[serde(with = "hexadecimal")]
    pub rulebook: u64,
    /// [`Models::fingerprint`]: of the heads and of the layer over them; 0 where there were none.
    #[serde(with = "hexadecimal")]
    pub models: u64,
}

impl Under {
    /// Of these rules and models.
    pub fn of(rulebook: &Rulebook, models: &Models) -> Self {
        Self { rulebook: rulebook.fingerprint(), models: models.fingerprint() }
    }
}

impl core::fmt::Display for Under {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "rulebook {:016x}, models {:016x}", self.rulebook, self.models)
    }
}

mod hexadecimal {
    use alloc::{borrow::Cow, format};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(number: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{number:016x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map_err(D::Error::custom)
    }
}

/// What the engine would do. The paper's policy decides what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// Nothing speaks against it.
    Release,
    /// A person should look. Also the advice of an engine that could not answer.
    #[default]
    Look,
    /// A limit is broken, or much speaks against it; a person may still let it through.
    Doubt,
    /// Explicit, unframed, found at exact places and not by one kind of evidence alone: the engine would propose to refuse it.
    /// A person decides.
    Refuse,
}

/// Something that a phase saw, where, and how much it matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Why, as a key with arguments; words are made at the edge.
    pub reason: Reason,
    /// What kind of thing it is.
    pub category: Category,
    /// Byte ranges in the text as sent, on character boundaries, in order, not overlapping. Empty: about the whole comment
    /// or about how it was sent.
    pub ranges: Vec<Range<usize>>,
    /// How much it matters, 0 (information only) to 1,000.
    pub weight: u16,
}

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Length and shape.
    Form,
    /// Addresses.
    Links,
    /// The same words again.
    Copies,
    /// Too much too fast.
    Flood,
    /// Text taken from elsewhere.
    Paste,
    /// Insult, hate, threat or obscene words.
    Abuse,
    /// Support for a violent group.
    Support,
    /// Recruitment, or a call to act.
    Call,
    /// Advertising.
    Spam,
    /// Not about the story. Advice only.
    OffTopic,
    /// Mostly scripture or prayer. Information, weighs nothing.
    Scripture,
    /// The engine itself.
    Engine,
}

impl Advice {
    /// Its name, as it is stored and as the locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Look => "look",
            Self::Doubt => "doubt",
            Self::Refuse => "refuse",
        }
    }
}

impl Finding {
    /// A finding about these places. They are put in order, empty ones go, and those that overlap become one.
    pub fn at(reason: Reason, weight: u16, places: impl IntoIterator<Item = Range<usize>>) -> Self {
        Self { category: reason.category(), reason, ranges: in_order(places), weight }
    }

    /// A finding about the whole comment or about how it was sent.
    pub fn whole(reason: Reason, weight: u16) -> Self {
        Self::at(reason, weight, [])
    }
}

impl Category {
    /// Every one of them.
    pub const ALL: [Self; 12] = [
        Self::Form,
        Self::Links,
        Self::Copies,
        Self::Flood,
        Self::Paste,
        Self::Abuse,
        Self::Support,
        Self::Call,
        Self::Spam,
        Self::OffTopic,
        Self::Scripture,
        Self::Engine,
    ];

    /// Its name, as it is stored and as rulebooks know it.
    pub fn name(self) -> &'static str {
        self.key().strip_prefix("category.").unwrap_or_default()
    }

    /// The key under which the category's name stands in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Form => "category.form",
            Self::Links => "category.links",
            Self::Copies => "category.copies",
            Self::Flood => "category.flood",
            Self::Paste => "category.paste",
            Self::Abuse => "category.abuse",
            Self::Support => "category.support",
            Self::Call => "category.call",
            Self::Spam => "category.spam",
            Self::OffTopic => "category.off-topic",
            Self::Scripture => "category.scripture",
            Self::Engine => "category.engine",
        }
    }
}

impl Verdict {
    /// The verdict when the engine could not answer: held, and it says so.
    pub fn unexamined() -> Self {
        let finding = Finding::whole(Reason::Unexamined, 1_000);
        Self { findings: alloc::vec![finding], priority: 1_000, advice: Advice::Look, ..Self::default() }
    }
}
