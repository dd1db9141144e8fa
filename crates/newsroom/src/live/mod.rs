//! Live coverage: short updates under a public story, each with its minute, for a while that is said beforehand.

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

/// Grapheme clusters of an update at most.
pub const MOST_CLUSTERS: usize = 2_000;
/// The same of its headline: one line.
pub const MOST_HEADLINE: usize = 120;
/// The same of why one was removed.
pub const MOST_REASON: usize = 300;
/// Hours that can be chosen at once.
pub const MOST_HOURS: u8 = 24;
/// For so long one coverage is open at most, however often it is prolonged. A new one may begin after it.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(72);

/// A line that draws letters out; alone it says nothing.
const TATWEEL: char = '\u{640}';

/// For how many hours a coverage is opened or prolonged: from one to [`MOST_HOURS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours(u8);

/// What is wrong with the time of a coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanProblem {
    /// No number of hours that can be chosen.
    NoHours,
    /// It would be open longer than [`LONGEST`].
    TooLong,
}

/// An update as an editor wants it: checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// On one line; empty: it has none.
    pub headline: String,
    /// Plain paragraphs: an empty line parts two of them.
    pub text: String,
    /// Readers are to see it among the others.
    pub important: bool,
}

/// What is wrong with an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryProblem {
    /// So many grapheme clusters too many in its headline.
    HeadlineTooLong(usize),
    /// It says nothing.
    NoText,
    /// So many grapheme clusters too many.
    TextTooLong(usize),
}

/// What is wrong with the reason for which one is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonProblem {
    /// There is none.
    NoReason,
    /// So many grapheme clusters too many.
    TooLong(usize),
}

impl Hours {
    /// Those that can be chosen, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=MOST_HOURS).map(Self)
    }

    /// As many as somebody chose.
    pub fn new(hours: u8) -> Option<Self> {
        (1..=MOST_HOURS).contains(&hours).then_some(Self(hours))
    }

    /// How many.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Until when a coverage is open that begins now.
    pub fn end(self, now: Timestamp) -> Timestamp {
        now.saturating_add(SignedDuration::from_hours(i64::from(self.0))).unwrap_or(now)
    }

    /// The end of a coverage that was opened at a time and was to end at another, when these hours are added.
    ///
    /// # Errors
    /// [`SpanProblem::TooLong`] when it would be open longer than [`LONGEST`].
    pub fn added(self, opened: Timestamp, until: Timestamp) -> Result<Timestamp, SpanProblem> {
        let end = self.end(until);
        if end.duration_since(opened) > LONGEST { Err(SpanProblem::TooLong) } else { Ok(end) }
    }
}

impl SpanProblem {
    /// The end of its key in the locales (`coverage.problem.…`).
    pub fn key(self) -> &'static str {
        match self {
            Self::NoHours => "no-hours",
            Self::TooLong => "open-too-long",
        }
    }
}

impl NewEntry {
    /// Cleans and checks what was typed, and says everything that is wrong at once.
    ///
    /// # Errors
    /// What is wrong, the headline first.
    pub fn new(headline: &str, text: &str, important: bool) -> Result<Self, Vec<EntryProblem>> {
        let (headline, text) = (arabic::clean::line(headline), arabic::clean::lines(text));
        let mut problems = Vec::new();
        if let Some(over) = over(&headline, MOST_HEADLINE) {
            problems.push(EntryProblem::HeadlineTooLong(over));
        }
        if !says_something(&text) {
            problems.push(EntryProblem::NoText);
        } else if let Some(over) = over(&text, MOST_CLUSTERS) {
            problems.push(EntryProblem::TextTooLong(over));
        }
        if problems.is_empty() { Ok(Self { headline, text, important }) } else { Err(problems) }
    }
}

impl EntryProblem {
    /// The end of its key in the locales (`coverage.problem.…`).
    pub fn key(self) -> &'static str {
        match self {
            Self::HeadlineTooLong(_) => "headline-too-long",
            Self::NoText => "no-text",
            Self::TextTooLong(_) => "text-too-long",
        }
    }

    /// By how many grapheme clusters it is too long.
    pub fn over(self) -> usize {
        match self {
            Self::HeadlineTooLong(over) | Self::TextTooLong(over) => over,
            Self::NoText => 0,
        }
    }

    /// It is about the headline, and not about the text.
    pub fn is_of_headline(self) -> bool {
        matches!(self, Self::HeadlineTooLong(_))
    }
}

/// Why an update is removed, on one line: colleagues read it.
///
/// # Errors
/// What is wrong with it.
pub fn reason(typed: &str) -> Result<String, ReasonProblem> {
    let why = arabic::clean::line(typed);
    match over(&why, MOST_REASON) {
        _ if !says_something(&why) => Err(ReasonProblem::NoReason),
        Some(over) => Err(ReasonProblem::TooLong(over)),
        None => Ok(why),
    }
}

impl ReasonProblem {
    /// The end of its key in the locales (`coverage.problem.…`).
    pub fn key(self) -> &'static str {
        match self {
            Self::NoReason => "no-reason",
            Self::TooLong(_) => "reason-too-long",
        }
    }

    /// By how many grapheme clusters it is too long.
    pub fn over(self) -> usize {
        match self {
            Self::NoReason => 0,
            Self::TooLong(over) => over,
        }
    }
}

fn says_something(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() && c != TATWEEL)
}

/// By how many grapheme clusters a text is too long.
fn over(text: &str, most: usize) -> Option<usize> {
    let clusters = arabic::runs::clusters(text);
    (clusters > most).then(|| clusters - most)
}
