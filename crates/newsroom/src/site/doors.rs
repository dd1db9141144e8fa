//! Whether the paper takes what readers write, as its editors chose.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The longest note to readers, in characters.
pub const MOST_NOTE: usize = 300;

/// The paper's doors: open, or for reading only while it is under attack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Doors {
    /// No comments, reports, new accounts or subscriptions are taken. What is somebody's right (to withdraw, to have erased, to
    /// appeal, to leave a list) goes on, and so does the staff's work.
    pub reading_only: bool,
    /// When that ends by itself; none: when an editor ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// What readers are told meanwhile; empty: the program's own words. At most [`MOST_NOTE`] characters, on one line.
    pub note: String,
}

/// How long the doors are to be shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// Until an editor opens them.
    UntilOpened,
    /// An hour.
    Hour,
    /// Three hours.
    ThreeHours,
    /// Until a time; none: what was typed is no time.
    Until(Option<Timestamp>),
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoorsProblem {
    /// The note is too long.
    NoteTooLong,
    /// No time that can be read.
    NoEnd,
    /// The end is over already.
    EndIsPast,
}

impl Doors {
    /// As they were typed: shut for so long, or open.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn read(shut: Option<Shut>, note: &str, now: Timestamp) -> Result<Self, DoorsProblem> {
        let note = arabic::clean::line(&note.replace('\0', ""));
        if note.chars().count() > MOST_NOTE {
            return Err(DoorsProblem::NoteTooLong);
        }
        let until = shut.map_or(Ok(None), |shut| shut.end(now))?;
        Ok(Self { reading_only: shut.is_some(), until, note })
    }

    /// The paper is for reading only now.
    pub fn are_shut(&self, now: Timestamp) -> bool {
        self.reading_only && self.until.is_none_or(|until| now < until)
    }
}

impl Shut {
    fn end(self, now: Timestamp) -> Result<Option<Timestamp>, DoorsProblem> {
        let hours = |hours| Ok(now.checked_add(SignedDuration::from_hours(hours)).ok());
        match self {
            Self::UntilOpened => Ok(None),
            Self::Hour => hours(1),
            Self::ThreeHours => hours(3),
            Self::Until(None) => Err(DoorsProblem::NoEnd),
            Self::Until(Some(until)) if until <= now => Err(DoorsProblem::EndIsPast),
            Self::Until(Some(until)) => Ok(Some(until)),
        }
    }
}
