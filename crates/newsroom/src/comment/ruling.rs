//! What is decided about a comment, by whom, with a reason.

use super::State;
use crate::acting::Acting;
use crate::ids::{CommentId, RulingId, StaffId, StoryId};
use crate::people::Actor;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// House rules that a comment can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalReason {
    /// It insults somebody.
    Insult,
    /// It speaks of something else.
    OffTopic,
    /// It sells something.
    Advertising,
    /// It stands there already.
    Repeated,
    /// It gives away what is nobody's business.
    PrivateData,
    /// It states as fact what cannot be checked and would harm somebody.
    UnverifiedClaim,
    /// It calls for violence or speaks for those who commit it.
    Violence,
    /// Something else, said in words.
    Other,
    /// It is against the law; which one, the paper's words beside this reason say.
    Unlawful,
}

impl RefusalReason {
    /// Every reason, in the order of the desk's keys 1 to 9.
    pub const ALL: [Self; 9] = [
        Self::Insult,
        Self::OffTopic,
        Self::Advertising,
        Self::Repeated,
        Self::PrivateData,
        Self::UnverifiedClaim,
        Self::Violence,
        Self::Other,
        Self::Unlawful,
    ];

    /// The word under which it is stored and translated (`refusal.insult` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Insult => "insult",
            Self::OffTopic => "off-topic",
            Self::Advertising => "advertising",
            Self::Repeated => "repeated",
            Self::PrivateData => "private-data",
            Self::UnverifiedClaim => "unverified-claim",
            Self::Violence => "violence",
            Self::Other => "other",
            Self::Unlawful => "unlawful",
        }
    }

    /// What is written beside it is for the author too: this word alone says neither which rule nor which law.
    pub fn is_explained_to_author(self) -> bool {
        matches!(self, Self::Other | Self::Unlawful)
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "act")]
pub enum Decision {
    /// Public.
    Release {
        /// Folded away until a reader opens it.
        collapsed: bool,
        /// Its links may be followed.
        links: bool,
    },
    /// Not let through.
    Refuse {
        /// By which rule.
        reason: RefusalReason,
    },
    /// Removed from the page after it was public.
    TakeDown {
        /// By which rule.
        reason: RefusalReason,
    },
}

/// Who decided: a person, a rule that a person switched on, or the paper from which a comment came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "id")]
pub enum RuledBy {
    /// A member of the staff, who has seen the comment.
    Staff(StaffId),
    /// A rule, and nobody has seen the comment.
    Rule(Acting),
    /// The old paper, where readers had the comment already: an administrator who moves a whole archive in says that its
    /// decisions hold. Nobody of this paper has seen it.
    OldPaper,
}

impl RuledBy {
    /// The person who decided; none where a rule did.
    pub fn staff(self) -> Option<StaffId> {
        match self {
            Self::Staff(staff) => Some(staff),
            Self::Rule(_) | Self::OldPaper => None,
        }
    }

    /// The rule that decided; none where a person did.
    pub fn rule(self) -> Option<Acting> {
        match self {
            Self::Staff(_) | Self::OldPaper => None,
            Self::Rule(acting) => Some(acting),
        }
    }
}

impl From<RuledBy> for Actor {
    fn from(by: RuledBy) -> Self {
        match by {
            RuledBy::Staff(staff) => Self::Staff(staff),
            RuledBy::Rule(acting) => Self::Rule(acting),
            RuledBy::OldPaper => Self::Program,
        }
    }
}

/// How often its author had rewritten a comment when somebody read it. A ruling is about words, and these are the words: it is
/// carried out only while the comment still has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Revision(pub i64);

impl Revision {
    /// As it was sent first.
    pub const FIRST: Self = Self(0);
}

impl std::str::FromStr for Revision {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A decision with who, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Which ruling.
    pub id: RulingId,
    /// Under which story.
    pub story: StoryId,
    /// On which comment.
    pub comment: CommentId,
    /// What was decided.
    pub decision: Decision,
    /// By whom.
    pub by: RuledBy,
    /// When.
    pub at: Timestamp,
    /// In the moderator's own words; may be empty, and is where a rule decided.
    pub why: String,
}

/// A decision that does not fit the state: a refused comment cannot be taken down, a withdrawn one is its author's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a {} comment cannot be ruled on this way", state.key())]
pub struct Forbidden {
    /// The state it is in.
    pub state: State,
}

impl Decision {
    /// The state that follows, or why it cannot. A comment that its author took back stays taken back.
    pub fn after(self, state: State) -> Result<State, Forbidden> {
        match (state, self) {
            (State::Held | State::Refused | State::TakenDown | State::Released, Self::Release { .. }) => {
                Ok(State::Released)
            }
            (State::Held, Self::Refuse { .. }) => Ok(State::Refused),
            (State::Released, Self::TakeDown { .. }) => Ok(State::TakenDown),
            (state, _) => Err(Forbidden { state }),
        }
    }

    /// The rule that was broken, where one was.
    pub fn reason(self) -> Option<RefusalReason> {
        match self {
            Self::Release { .. } => None,
            Self::Refuse { reason } | Self::TakeDown { reason } => Some(reason),
        }
    }
}
