//! What is typed about an issue, and what is wrong with it.

use crate::app::App;
use crate::words::Words;
use newsroom::Timestamp;
use newsroom::printed::{IssueProblem, NewIssue};

/// When readers get an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// At once.
    Now,
    /// At a minute, by the clock.
    At(Timestamp),
    /// Nobody has said yet.
    NotYet,
}

/// What is wrong, as sentences beside their fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) number: Option<String>,
    pub(super) day: Option<String>,
    pub(super) file: Option<String>,
    pub(super) time: Option<String>,
    pub(super) why: Option<String>,
}

impl Wrong {
    /// Anything is.
    pub(super) fn any(&self) -> bool {
        *self != Self::default()
    }

    /// What is wrong with number and day.
    pub(super) fn of(t: &Words, problems: &[IssueProblem]) -> Self {
        let mut wrong = Self::default();
        for problem in problems {
            let place = if problem.is_of_number() { &mut wrong.number } else { &mut wrong.day };
            *place = Some(sentence(t, *problem));
        }
        wrong
    }

    /// Another issue has the number.
    pub(super) fn taken(t: &Words) -> Self {
        Self { number: Some(t.s("issue.problem.taken")), ..Self::default() }
    }
}

/// A problem in words.
pub(super) fn sentence(t: &Words, problem: IssueProblem) -> String {
    t.n(&format!("issue.problem.{}", problem.key()), u64::try_from(problem.count()).unwrap_or(u64::MAX))
}

/// The number and the day as typed: checked, or what is wrong with them.
pub(super) fn issue(app: &App, t: &Words, number: &str, day: &str) -> Result<NewIssue, Wrong> {
    NewIssue::new(number, day, app.today()).map_err(|problems| Wrong::of(t, &problems))
}

/// When readers get it: `now`, `later` with a minute of the paper's clock, or anything else for not yet.
pub(super) fn when(app: &App, t: &Words, when: &str, goes_at: &str) -> Result<When, Wrong> {
    let wrong = |key: &str| Wrong { time: Some(t.s(key)), ..Wrong::default() };
    match (when, app.at_local(goes_at)) {
        ("now", _) => Ok(When::Now),
        ("later", None) => Err(wrong("issue.problem.no-time")),
        ("later", Some(at)) if at <= app.now() => Err(wrong("issue.problem.time-is-past")),
        ("later", Some(at)) => Ok(When::At(at)),
        _ => Ok(When::NotYet),
    }
}
