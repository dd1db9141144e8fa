//! What the engine advises, and why.

use crate::places::in_order;
use alloc::{string::String, vec::Vec};
use core::ops::Range;
use serde::{Deserialize, Serialize};

/// The engine's advice on one submission. Never final.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Verdict {
    /// What the phases saw, in the order of the phases.
    pub findings: Vec<Finding>,
    /// Where it stands in the queue: 0 (nothing seen) to 1,000 (look first).
    pub priority: u16,
    /// What the engine would do if it were asked.
    pub advice: Advice,
}

/// What the engine would do. The paper's policy decides what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// Nothing speaks against it.
    Release,
    /// A person should look. Also the advice of an engine that could not answer.
    #[default]
    Look,
    /// A mechanical limit is broken; a person may still let it through.
    Doubt,
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
    /// The engine itself.
    Engine,
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
    /// The key under which the category's name stands in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Form => "category.form",
            Self::Links => "category.links",
            Self::Copies => "category.copies",
            Self::Flood => "category.flood",
            Self::Paste => "category.paste",
            Self::Engine => "category.engine",
        }
    }
}

/// Why a finding stands. Carries facts, no words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "key")]
pub enum Reason {
    /// Nothing readable is left once spaces, marks and invisible characters are taken away.
    Empty,
    /// Longer than the house allows.
    TooLong {
        /// Grapheme clusters sent.
        length: u64,
        /// Grapheme clusters allowed.
        limit: u64,
    },
    /// An address to somewhere. One finding for each host; the ranges are all the addresses that lead there.
    Link {
        /// The host it leads to, lower-case, without `www.`.
        host: String,
    },
    /// This visitor sent the same text before.
    RepeatedByVisitor {
        /// Times before this one.
        times: u64,
    },
    /// The same text stands under this story already.
    RepeatedOnStory {
        /// Times before this one.
        times: u64,
    },
    /// The same text came in somewhere in the paper today.
    RepeatedToday {
        /// Times before this one.
        times: u64,
    },
    /// This visitor sends faster than people write.
    Rush {
        /// Comments in the span, this one counted.
        sent: u64,
        /// The span in minutes: 1 or 60.
        minutes: u64,
    },
    /// One character over and over.
    Run {
        /// The character.
        letter: char,
        /// How often it stands there; where there are several runs of it, in the longest.
        times: u64,
    },
    /// Copied out of the story itself. Information: quoting the story is free.
    FromTheStory {
        /// Words copied.
        words: u64,
    },
    /// As long and as unbroken as something pasted.
    LongPaste {
        /// Grapheme clusters.
        length: u64,
    },
    /// The engine could not answer; a person must look.
    Unexamined,
}

/// One argument of a reason, for the sentence made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A count; it chooses the plural form.
    Count(u64),
    /// A text that is put in as it is, isolated.
    Text(String),
}

impl Reason {
    /// What kind of thing it is.
    pub fn category(&self) -> Category {
        match self {
            Self::Empty | Self::TooLong { .. } => Category::Form,
            Self::Link { .. } => Category::Links,
            Self::RepeatedByVisitor { .. } | Self::RepeatedOnStory { .. } | Self::RepeatedToday { .. } => {
                Category::Copies
            }
            Self::Rush { .. } | Self::Run { .. } => Category::Flood,
            Self::FromTheStory { .. } | Self::LongPaste { .. } => Category::Paste,
            Self::Unexamined => Category::Engine,
        }
    }

    /// The key of the sentence in the locales.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "finding.empty",
            Self::TooLong { .. } => "finding.too-long",
            Self::Link { .. } => "finding.link",
            Self::RepeatedByVisitor { .. } => "finding.repeated-by-visitor",
            Self::RepeatedOnStory { .. } => "finding.repeated-on-story",
            Self::RepeatedToday { .. } => "finding.repeated-today",
            Self::Rush { .. } => "finding.rush",
            Self::Run { .. } => "finding.run",
            Self::FromTheStory { .. } => "finding.from-the-story",
            Self::LongPaste { .. } => "finding.long-paste",
            Self::Unexamined => "finding.unexamined",
        }
    }

    /// Named arguments; the one called `n` chooses the plural form.
    pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
        use Argument::{Count, Text};
        match self {
            Self::Empty | Self::Unexamined => Vec::new(),
            Self::TooLong { length, limit } => alloc::vec![("n", Count(*length)), ("limit", Count(*limit))],
            Self::Link { host } => alloc::vec![("host", Text(host.clone()))],
            Self::RepeatedByVisitor { times } | Self::RepeatedOnStory { times } | Self::RepeatedToday { times } => {
                alloc::vec![("n", Count(*times))]
            }
            Self::Rush { sent, minutes } => alloc::vec![("n", Count(*sent)), ("minutes", Count(*minutes))],
            Self::Run { letter, times } => alloc::vec![("n", Count(*times)), ("letter", Text(String::from(*letter)))],
            Self::FromTheStory { words } => alloc::vec![("n", Count(*words))],
            Self::LongPaste { length } => alloc::vec![("n", Count(*length))],
        }
    }
}

impl Verdict {
    /// The verdict when the engine could not answer: held, and it says so.
    pub fn unexamined() -> Self {
        let finding = Finding::whole(Reason::Unexamined, 1_000);
        Self { findings: alloc::vec![finding], priority: 1_000, advice: Advice::Look }
    }
}
