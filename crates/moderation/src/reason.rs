//! Why a finding stands: keys and facts, no words.

use crate::scores::Head;
use crate::verdict::Category;
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

pub use crate::kinds::{Cue, Evidence, Frame, List, Origin};

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
    /// A word of the house's lists, with its clitics, not inside another word and not in a context the list allows.
    Listed {
        /// The entry as the list writes it.
        entry: String,
        /// Which list: its category and, for abuse, its kind.
        list: List,
    },
    /// Words for a group, said in the visitor's own voice.
    Supports {
        /// The group, as the rulebook names it.
        group: String,
        /// What kind of words.
        cue: Cue,
    },
    /// A call to join, to pay or to act for a group, or to act against people.
    Calls {
        /// The group, as the rulebook names it; empty where none is named.
        group: String,
        /// What kind of words.
        cue: Cue,
    },
    /// Contempt for people because of what they are.
    Derogates {
        /// The people, as the rulebook names them.
        group: String,
        /// What kind of words.
        cue: Cue,
    },
    /// A group's name beside words that could be for it, inside a frame (reported, quoted, asked, denied), or too little to
    /// tell. Information.
    Framed {
        /// The group, as the rulebook names it.
        group: String,
        /// What frames it.
        frame: Frame,
    },
    /// A learned head finds it likely; the ranges are the words that speak most for it.
    Likely {
        /// Which head.
        head: Head,
        /// In hundredths, 0 to 100.
        percent: u64,
    },
    /// The paper's own decisions moved what a head finds likely; the ranges are the words that moved it most. Weighs
    /// nothing: what the answer weighs stands beside it.
    OwnDecisions {
        /// Which head.
        head: Head,
        /// What it says without them, in hundredths.
        was: u64,
        /// What it says with them, in hundredths.
        now: u64,
    },
    /// Taken from a text that the paper knows.
    Pasted {
        /// From what.
        from: Origin,
        /// Its headline, or the name of its author; empty where it has none or may not be named.
        title: String,
        /// How much of the comment stands there too, in hundredths.
        percent: u64,
    },
    /// Taken from a text that the paper knows, and changed.
    Altered {
        /// From what.
        from: Origin,
        /// What shows the change.
        evidence: Evidence,
        /// How often.
        times: u64,
    },
    /// Signs of a text written elsewhere, from an article that the paper does not know.
    Foreign {
        /// What shows it.
        evidence: Evidence,
        /// How often.
        times: u64,
    },
    /// Words that offer goods, money or contacts.
    Advertises {
        /// What is offered: a key of the rulebook.
        what: String,
    },
    /// Mostly scripture or prayer. Weighs nothing.
    Scripture {
        /// Words of it.
        words: u64,
    },
    /// Shares no word of weight with the story. Advice only.
    OffTopic,
    /// Letters, but no words that anybody could read.
    Unreadable,
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
    /// A key of the locales; its words are put in.
    Key(String),
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
            Self::Listed { list, .. } => list.category(),
            Self::Supports { .. } | Self::Framed { .. } => Category::Support,
            Self::Calls { .. } => Category::Call,
            Self::Derogates { .. } => Category::Abuse,
            Self::Likely { head, .. } | Self::OwnDecisions { head, .. } => head.category(),
            Self::Pasted { .. } | Self::Altered { .. } | Self::Foreign { .. } => Category::Paste,
            Self::Advertises { .. } => Category::Spam,
            Self::Scripture { .. } => Category::Scripture,
            Self::OffTopic => Category::OffTopic,
            Self::Unreadable => Category::Form,
            Self::Unexamined => Category::Engine,
        }
    }

    /// Whether it is a learned answer, or about one.
    pub fn is_learned(&self) -> bool {
        matches!(self, Self::Likely { .. } | Self::OwnDecisions { .. })
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
            Self::Listed { .. } => "finding.listed",
            Self::Supports { .. } => "finding.supports",
            Self::Calls { group, .. } if group.is_empty() => "finding.calls",
            Self::Calls { .. } => "finding.calls-for",
            Self::Derogates { .. } => "finding.derogates",
            Self::Framed { .. } => "finding.framed",
            Self::Likely { .. } => "finding.likely",
            Self::OwnDecisions { was, now, .. } if now < was => "finding.own-decisions-lower",
            Self::OwnDecisions { .. } => "finding.own-decisions",
            Self::Pasted { title, .. } if title.is_empty() => "finding.pasted",
            Self::Pasted { .. } => "finding.pasted-from",
            Self::Altered { .. } => "finding.altered",
            Self::Foreign { .. } => "finding.foreign",
            Self::Advertises { .. } => "finding.advertises",
            Self::Scripture { .. } => "finding.scripture",
            Self::OffTopic => "finding.off-topic",
            Self::Unreadable => "finding.unreadable",
            Self::Unexamined => "finding.unexamined",
        }
    }

    /// Named arguments; the one called `n` chooses the plural form.
    pub fn arguments(&self) -> Vec<(&'static str, Argument)> {
        use Argument::{Count, Key, Text};
        let key = |kind: &str, name: &str| Key(alloc::format!("{kind}.{name}"));
        match self {
            Self::Empty | Self::OffTopic | Self::Unreadable | Self::Unexamined => Vec::new(),
            Self::TooLong { length, limit } => alloc::vec![("n", Count(*length)), ("limit", Count(*limit))],
            Self::Link { host } => alloc::vec![("host", Text(host.clone()))],
            Self::RepeatedByVisitor { times } | Self::RepeatedOnStory { times } | Self::RepeatedToday { times } => {
                alloc::vec![("n", Count(*times))]
            }
            Self::Rush { sent, minutes } => alloc::vec![("n", Count(*sent)), ("minutes", Count(*minutes))],
            Self::Run { letter, times } => alloc::vec![("n", Count(*times)), ("letter", Text(String::from(*letter)))],
            Self::FromTheStory { words } => alloc::vec![("n", Count(*words))],
            Self::LongPaste { length } => alloc::vec![("n", Count(*length))],
            Self::Listed { entry, list } => {
                alloc::vec![("entry", Text(entry.clone())), ("list", key("list", list.name()))]
            }
            Self::Calls { group, cue } if group.is_empty() => alloc::vec![("cue", key("cue", cue.name()))],
            Self::Supports { group, cue } | Self::Calls { group, cue } | Self::Derogates { group, cue } => {
                alloc::vec![("group", Text(group.clone())), ("cue", key("cue", cue.name()))]
            }
            Self::Framed { group, frame } => {
                alloc::vec![("group", Text(group.clone())), ("frame", key("frame", frame.name()))]
            }
            Self::Likely { head, percent } => {
                alloc::vec![("percent", Count(*percent)), ("head", key("head", head.name()))]
            }
            Self::OwnDecisions { head, was, now } => {
                alloc::vec![("was", Count(*was)), ("now", Count(*now)), ("head", key("head", head.name()))]
            }
            Self::Pasted { from, title, percent } => alloc::vec![
                ("percent", Count(*percent)),
                ("from", key("origin", from.name())),
                ("title", Text(title.clone())),
            ],
            Self::Altered { from, evidence, times } => alloc::vec![
                ("times", Count(*times)),
                ("from", key("origin", from.name())),
                ("evidence", key("evidence", evidence.name())),
            ],
            Self::Foreign { evidence, times } => {
                alloc::vec![("times", Count(*times)), ("evidence", key("evidence", evidence.name()))]
            }
            Self::Advertises { what } => alloc::vec![("what", Text(what.clone()))],
            Self::Scripture { words } => alloc::vec![("n", Count(*words))],
        }
    }
}
