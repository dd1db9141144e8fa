//! Breaking news: one line over every page, for a while that is said beforehand.

#[cfg(test)]
mod tests;

use crate::ids::StoryId;
use jiff::{SignedDuration, Timestamp};

/// Grapheme clusters of the line at most: two lines on a telephone.
pub const MOST_CLUSTERS: usize = 120;
/// For so long a strip stands at most.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// A line that draws letters out; alone it says nothing.
const TATWEEL: char = '\u{640}';

/// How long a strip is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// A quarter of an hour.
    Quarter,
    /// An hour.
    Hour,
    /// Three hours.
    ThreeHours,
    /// Until a time; none: what was typed is no time.
    Until(Option<Timestamp>),
}

/// A strip as an editor wants it: checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStrip {
    /// What it says, on one line.
    pub text: String,
    /// The story that tells more.
    pub story: Option<StoryId>,
    /// Until when it stands.
    pub until: Timestamp,
}

/// What is wrong with a strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripProblem {
    /// It says nothing.
    NoText,
    /// So many grapheme clusters too many.
    TooLong(usize),
    /// No time that can be read.
    NoEnd,
    /// Its end is over already.
    EndIsPast,
    /// It would stand longer than a day.
    StandsTooLong,
}

impl NewStrip {
    /// Cleans and checks what was typed, and says everything that is wrong at once.
    ///
    /// # Errors
    /// What is wrong, the text first.
    pub fn new(typed: &str, story: Option<StoryId>, stands: Stands, now: Timestamp) -> Result<Self, Vec<StripProblem>> {
        let text = arabic::clean::line(typed);
        let mut problems = Vec::new();
        let clusters = arabic::runs::clusters(&text);
        if !text.chars().any(|c| c.is_alphanumeric() && c != TATWEEL) {
            problems.push(StripProblem::NoText);
        } else if clusters > MOST_CLUSTERS {
            problems.push(StripProblem::TooLong(clusters - MOST_CLUSTERS));
        }
        match stands.end(now) {
            Ok(until) if problems.is_empty() => return Ok(Self { text, story, until }),
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
        Err(problems)
    }
}

impl Stands {
    /// Those that are no time of their own.
    pub const SPANS: [Self; 3] = [Self::Quarter, Self::Hour, Self::ThreeHours];

    /// The word under which forms send it and the locales know it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Hour => "hour",
            Self::ThreeHours => "three-hours",
            Self::Until(_) => "until",
        }
    }

    fn end(self, now: Timestamp) -> Result<Timestamp, StripProblem> {
        let minutes = |minutes| Ok(now.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(now));
        match self {
            Self::Quarter => minutes(15),
            Self::Hour => minutes(60),
            Self::ThreeHours => minutes(180),
            Self::Until(None) => Err(StripProblem::NoEnd),
            Self::Until(Some(until)) if until <= now => Err(StripProblem::EndIsPast),
            Self::Until(Some(until)) if until.duration_since(now) > LONGEST => Err(StripProblem::StandsTooLong),
            Self::Until(Some(until)) => Ok(until),
        }
    }
}

impl StripProblem {
    /// The end of its key in the locales (`breaking.problem.…`).
    pub fn key(self) -> &'static str {
        match self {
            Self::NoText => "no-text",
            Self::TooLong(_) => "too-long",
            Self::NoEnd => "no-end",
            Self::EndIsPast => "end-is-past",
            Self::StandsTooLong => "stands-too-long",
        }
    }

    /// It is about the text, and not about the end.
    pub fn is_of_text(self) -> bool {
        matches!(self, Self::NoText | Self::TooLong(_))
    }
}
