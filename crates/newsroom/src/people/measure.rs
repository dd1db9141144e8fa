//! What the staff does about a reader, and what it writes down about one. A measure has a reason that the reader is told, it
//! says by whom and until when, and it can be taken back. It is about a device key or an account and never about a name.

use crate::ids::{MeasureId, StaffId, VisitorId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Most grapheme clusters of a reason or a note.
const MOST_CLUSTERS: usize = 1_000;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureKind {
    /// A word to the reader, who says that it was read before the next comment is taken.
    Warn,
    /// A mark for the desk: no rule may release a comment of theirs, a person reads every one.
    Review,
    /// No comments until a time.
    Pause,
    /// No comments, until a time or until somebody takes it back.
    Ban,
}

impl MeasureKind {
    /// Every kind, the mildest first.
    pub const ALL: [Self; 4] = [Self::Warn, Self::Review, Self::Pause, Self::Ban];

    /// The word under which it is stored, sent and translated (`measure.warn` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Review => "review",
            Self::Pause => "pause",
            Self::Ban => "ban",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A measure on a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Which one.
    pub id: MeasureId,
    /// On whom.
    pub visitor: VisitorId,
    /// What.
    pub kind: MeasureKind,
    /// Why, in words that the reader is told.
    pub why: String,
    /// By whom.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
    /// Until when; none: until somebody takes it back.
    pub until: Option<Timestamp>,
    /// When the reader said that the warning was read.
    pub acknowledged: Option<Timestamp>,
}

/// What keeps a measure from being taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasureProblem {
    /// The reader has to be told why.
    NoReason,
    /// The reason is longer than 1,000 grapheme clusters.
    TooLong,
    /// A pause needs an end.
    NoEnd,
}

impl MeasureProblem {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoReason => "measure.no-reason",
            Self::TooLong => "measure.too-long",
            Self::NoEnd => "measure.no-end",
        }
    }
}

impl Measure {
    /// Whether it may be taken as it stands.
    ///
    /// # Errors
    /// What keeps it from being taken.
    pub fn checked(self) -> Result<Self, MeasureProblem> {
        if self.why.trim().is_empty() {
            return Err(MeasureProblem::NoReason);
        }
        if too_long(&self.why) {
            return Err(MeasureProblem::TooLong);
        }
        if self.kind == MeasureKind::Pause && self.until.is_none() {
            return Err(MeasureProblem::NoEnd);
        }
        Ok(self)
    }
}

/// More than a note or a reason holds.
pub fn too_long(words: &str) -> bool {
    words.len() > MOST_CLUSTERS * 16 || arabic::runs::clusters(words) > MOST_CLUSTERS
}

/// The measures in force on one reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measures(pub Vec<Measure>);

impl Measures {
    /// What keeps the reader from commenting: a ban before a pause, and of two the one that lasts longer.
    pub fn bar(&self) -> Option<&Measure> {
        let bars = self.0.iter().filter(|measure| matches!(measure.kind, MeasureKind::Pause | MeasureKind::Ban));
        bars.max_by_key(|measure| {
            (measure.kind == MeasureKind::Ban, measure.until.unwrap_or(Timestamp::MAX), measure.id)
        })
    }

    /// The oldest warning that the reader has not acknowledged yet.
    pub fn warning(&self) -> Option<&Measure> {
        let warnings = self.0.iter().filter(|measure| measure.kind == MeasureKind::Warn);
        warnings.filter(|measure| measure.acknowledged.is_none()).min_by_key(|measure| measure.id)
    }

    /// A person reads every comment of theirs: no rule may release one.
    pub fn always_reviewed(&self) -> bool {
        !self.0.is_empty()
    }
}
