//! What a colleague ticks and types on the page of notices.

use newsroom::notices::{Choices, DeskNotice, MOST_WAITING_HOURS, Quiet, QuietProblem, Way};
use newsroom::people::Role;

/// The choices as the form holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// What is ticked.
    pub choices: Choices,
    /// From when to when they are left in peace, as typed.
    pub quiet: (String, String),
    /// Hours that comments may wait, as typed.
    pub hours: String,
}

/// What is wrong with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypedProblem {
    Quiet(QuietProblem),
    /// No number of hours from 1 to a week.
    Hours,
}

impl Typed {
    /// As they are kept.
    pub fn kept(choices: Choices) -> Self {
        let quiet =
            choices.quiet.map_or_else(Default::default, |quiet| (Quiet::clock(quiet.from), Quiet::clock(quiet.to)));
        Self { quiet, hours: choices.waiting_hours.to_string(), choices }
    }

    /// As they were sent; a box that is not ticked is not sent. What cannot concern somebody of this role is left out.
    pub fn sent(pairs: &[(String, String)], role: Role) -> Self {
        let value = |name: &str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let ticked = pairs.iter().filter(|(key, _)| key == "want").filter_map(|(_, value)| {
            let (what, way) = value.split_once(':')?;
            DeskNotice::from_key(what).filter(|what| what.is_for(role)).zip(Way::from_key(way))
        });
        let choices = ticked.fold(Choices::default(), |choices, (what, way)| choices.and(what, way));
        Self { choices, quiet: (value("quiet_from"), value("quiet_to")), hours: value("hours") }
    }

    /// Checked. Hours are asked for only of those whom waiting comments concern.
    ///
    /// # Errors
    /// What is wrong, the quiet hours first.
    pub fn read(&self, role: Role) -> Result<Choices, TypedProblem> {
        let quiet = Quiet::read(&self.quiet.0, &self.quiet.1).map_err(TypedProblem::Quiet)?;
        let waiting_hours = match DeskNotice::Waiting.is_for(role) {
            true => {
                let hours = arabic::digits::to_western(self.hours.trim()).parse().ok();
                hours.filter(|hours| (1..=MOST_WAITING_HOURS).contains(hours)).ok_or(TypedProblem::Hours)?
            }
            false => Choices::default().waiting_hours,
        };
        Ok(Choices { quiet, waiting_hours, ..self.choices.clone() })
    }
}

impl TypedProblem {
    /// The field in which it is.
    pub fn field(self) -> &'static str {
        match self {
            Self::Quiet(_) => "quiet",
            Self::Hours => "hours",
        }
    }

    /// Its key in the locales.
    pub fn key(self) -> String {
        match self {
            Self::Quiet(problem) => format!("notice.quiet.{}", problem.key()),
            Self::Hours => "notice.hours.wrong".to_owned(),
        }
    }
}
