//! Minutes that somebody types for a story: whether they can be meant.

use jiff::{SignedDuration, Timestamp};

/// Whoever types the minute that runs means now.
const RUNNING: SignedDuration = SignedDuration::from_secs(60);

/// Why a minute cannot be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeProblem {
    /// It is no day and time.
    Unread,
    /// It is over.
    Past,
    /// The story would go public before it may.
    UnderEmbargo,
}

impl TimeProblem {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unread => "time.unread",
            Self::Past => "time.past",
            Self::UnderEmbargo => "time.under-embargo",
        }
    }
}

/// When the clock publishes a story, and before which minute nobody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timing {
    /// The minute of the clock.
    pub goes_at: Option<Timestamp>,
    /// The end of the embargo.
    pub embargo: Option<Timestamp>,
}

/// What is wrong with it, field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimingProblems {
    /// With the minute of the clock.
    pub goes_at: Option<TimeProblem>,
    /// With the end of the embargo.
    pub embargo: Option<TimeProblem>,
}

impl Timing {
    /// What is wrong with it; `was`: what stands there, of which nothing is asked again.
    pub fn problems(&self, was: &Self, now: Timestamp) -> TimingProblems {
        let under = self.goes_at.zip(self.embargo).is_some_and(|(goes_at, embargo)| goes_at < embargo);
        TimingProblems {
            goes_at: past(self.goes_at, was.goes_at, now).or_else(|| under.then_some(TimeProblem::UnderEmbargo)),
            embargo: past(self.embargo, was.embargo, now),
        }
    }
}

/// A time that is over, unless it stood there before.
pub fn past(at: Option<Timestamp>, was: Option<Timestamp>, now: Timestamp) -> Option<TimeProblem> {
    // Boxes for a time hold no parts of a second.
    let stood = at.map(Timestamp::as_second) == was.map(Timestamp::as_second);
    let over = at.is_some_and(|at| now.duration_since(at) > RUNNING);
    (over && !stood).then_some(TimeProblem::Past)
}
