//! The paper as it is printed: its issues, each with the number and the day that stand on its first page.

#[cfg(test)]
mod tests;

use jiff::ToSpan;
use jiff::civil::Date;

/// Grapheme clusters of a number at most: «عدد خاص 3» has nine.
pub const MOST_CLUSTERS: usize = 20;
/// Grapheme clusters of a reason at most.
pub const MOST_REASON: usize = 500;
/// No paper of ours was printed before.
const FIRST_YEAR: i16 = 1_700;

/// Stands before a number while its address is made: [`arabic::slug::slug`] makes none without a letter.
const LETTER: &str = "a ";

/// The number of an issue as it is printed, letters and all; and what it is known by in addresses. «٤٥٠١» and «4501» are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueNumber {
    text: String,
    slug: String,
}

/// An issue as an editor wants it: checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIssue {
    /// Its number.
    pub number: IssueNumber,
    /// The day that stands on it.
    pub day: Date,
}

/// What is wrong with an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueProblem {
    /// No number, or one without a letter or digit.
    NoNumber,
    /// So many grapheme clusters too many.
    NumberTooLong(usize),
    /// No day that can be read.
    NoDay,
    /// A day of another century, or more than a year ahead.
    DayFarOff,
    /// No reason where one is asked for.
    NoReason,
    /// So many grapheme clusters too many.
    ReasonTooLong(usize),
}

impl IssueNumber {
    /// Cleans and checks what was typed.
    ///
    /// # Errors
    /// [`IssueProblem::NoNumber`], [`IssueProblem::NumberTooLong`].
    pub fn new(typed: &str) -> Result<Self, IssueProblem> {
        let text = arabic::clean::line(typed);
        let clusters = arabic::runs::clusters(&text);
        if clusters > MOST_CLUSTERS {
            return Err(IssueProblem::NumberTooLong(clusters - MOST_CLUSTERS));
        }
        let slug = arabic::slug::slug(&format!("{LETTER}{text}"), MOST_CLUSTERS * 2);
        let slug = slug.as_deref().and_then(|slug| slug.strip_prefix("a-")).unwrap_or_default();
        if slug.is_empty() {
            return Err(IssueProblem::NoNumber);
        }
        Ok(Self { slug: slug.to_owned(), text })
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As addresses have it: digits 0–9, hyphens between words.
    pub fn slug(&self) -> &str {
        &self.slug
    }
}

impl NewIssue {
    /// Checks what was typed, and says everything that is wrong at once. The day is as browsers send it: `2026-11-29`, in
    /// whatever digits.
    ///
    /// # Errors
    /// What is wrong, the number first.
    pub fn new(number: &str, day: &str, today: Date) -> Result<Self, Vec<IssueProblem>> {
        match (IssueNumber::new(number), read_day(day, today)) {
            (Ok(number), Ok(day)) => Ok(Self { number, day }),
            (number, day) => Err([number.err(), day.err()].into_iter().flatten().collect()),
        }
    }
}

fn read_day(typed: &str, today: Date) -> Result<Date, IssueProblem> {
    let day: Date = arabic::digits::to_western(typed).trim().parse().map_err(|_| IssueProblem::NoDay)?;
    let last = today.checked_add(1.year()).unwrap_or(today);
    if day.year() < FIRST_YEAR || day > last { Err(IssueProblem::DayFarOff) } else { Ok(day) }
}

/// Cleans a reason: of a withdrawal readers are told it, of another file the desk is.
///
/// # Errors
/// [`IssueProblem::NoReason`], [`IssueProblem::ReasonTooLong`].
pub fn reason(typed: &str) -> Result<String, IssueProblem> {
    let text = arabic::clean::line(typed);
    match arabic::runs::clusters(&text) {
        _ if !text.chars().any(char::is_alphanumeric) => Err(IssueProblem::NoReason),
        clusters if clusters > MOST_REASON => Err(IssueProblem::ReasonTooLong(clusters - MOST_REASON)),
        _ => Ok(text),
    }
}

impl IssueProblem {
    /// The end of its key in the locales (`issue.problem.…`).
    pub fn key(self) -> &'static str {
        match self {
            Self::NoNumber => "no-number",
            Self::NumberTooLong(_) => "number-too-long",
            Self::NoDay => "no-day",
            Self::DayFarOff => "day-far-off",
            Self::NoReason => "no-reason",
            Self::ReasonTooLong(_) => "reason-too-long",
        }
    }

    /// The count that goes with it.
    pub fn count(self) -> usize {
        match self {
            Self::NumberTooLong(over) | Self::ReasonTooLong(over) => over,
            _ => 1,
        }
    }

    /// It is about the number, and not about the day.
    pub fn is_of_number(self) -> bool {
        matches!(self, Self::NoNumber | Self::NumberTooLong(_))
    }
}
