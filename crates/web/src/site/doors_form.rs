//! What an editor types at the doors.

use crate::app::App;
use newsroom::site::{Doors, DoorsProblem, MOST_NOTE, Shut};
use serde::Deserialize;

/// How long, as forms send it and the locales know it.
pub(super) const LENGTHS: [(&str, &str); 5] = [
    ("opened", "site-desk.doors.for.opened"),
    ("hour", "site-desk.doors.for.hour"),
    ("three-hours", "site-desk.doors.for.three-hours"),
    (MORNING, "site-desk.doors.for.morning"),
    ("until", "site-desk.doors.for.until"),
];
/// The one that is told with its time.
pub(super) const MORNING: &str = "morning";

/// What was chosen, and the version that was seen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DoorsForm {
    pub(super) doors: String,
    /// How long; none of them: until an editor opens them.
    pub(super) lasts: String,
    /// A minute of the paper's clock.
    pub(super) until: String,
    pub(super) note: String,
    pub(super) seen: String,
}

impl DoorsForm {
    /// As the doors stand.
    pub(super) fn of(app: &App, doors: &Doors, seen: String) -> Self {
        let are_shut = doors.are_shut(app.now());
        let local =
            |at: newsroom::Timestamp| at.to_zoned(app.paper.zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
        let until = doors.until.filter(|_| are_shut).map(local);
        Self {
            doors: if are_shut { "reading" } else { "open" }.to_owned(),
            lasts: if until.is_some() { "until" } else { "opened" }.to_owned(),
            until: until.unwrap_or_default(),
            note: doors.note.clone(),
            seen,
        }
    }

    /// Checked.
    pub(super) fn read(&self, app: &App) -> Result<Doors, DoorsProblem> {
        let shut = (self.doors == "reading").then(|| match self.lasts.as_str() {
            "hour" => Shut::Hour,
            "three-hours" => Shut::ThreeHours,
            MORNING => Shut::Until(Some(app.next_morning())),
            "until" => Shut::Until(app.at_local(&self.until)),
            _ => Shut::UntilOpened,
        });
        Doors::read(shut, &self.note, app.now())
    }

    /// This is how long, among those that are offered.
    pub(super) fn lasts(&self, length: &str) -> bool {
        let is_offered = LENGTHS.iter().any(|(offered, _)| *offered == self.lasts);
        self.lasts == length || (!is_offered && length == LENGTHS[0].0)
    }
}

/// What is wrong, in words.
pub(super) fn problem_words(app: &App, problem: DoorsProblem) -> String {
    let t = app.words();
    match problem {
        DoorsProblem::NoteTooLong => t.n("site-desk.doors.too-long", MOST_NOTE as u64),
        DoorsProblem::NoEnd => t.s("site-desk.doors.no-end"),
        DoorsProblem::EndIsPast => t.s("site-desk.doors.end-is-past"),
    }
}
