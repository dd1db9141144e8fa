//! What an editor types to raise a strip.

use crate::app::App;
use jiff::SignedDuration;
use newsroom::breaking::{NewStrip, Stands, StripProblem};
use newsroom::{StaffId, StoryId, Timestamp};
use serde::Deserialize;
use store::strips::Strip;

/// A strip as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StripForm {
    /// `look`, `raise`, or `change` to go on typing.
    pub(super) act: String,
    /// The strip that stood there when the page was made.
    pub(super) seen: String,
    pub(super) text: String,
    /// In short; empty: none.
    pub(super) story: String,
    /// How long it stands.
    pub(super) stands: String,
    /// A minute of the paper's clock.
    pub(super) until: String,
}

impl StripForm {
    /// A form that somebody begins: an hour, unless they say another time.
    pub(super) fn begun(text: String, story: Option<StoryId>) -> Self {
        let story = story.map(StoryId::short).unwrap_or_default();
        Self { text, story, stands: Stands::Hour.key().to_owned(), ..Self::default() }
    }

    pub(super) fn story(&self) -> Option<StoryId> {
        StoryId::from_short(&self.story)
    }

    /// Checked.
    pub(super) fn read(&self, app: &App, now: Timestamp) -> Result<NewStrip, Vec<StripProblem>> {
        let span = Stands::SPANS.into_iter().find(|span| span.key() == self.stands);
        let stands = span.unwrap_or_else(|| Stands::Until(app.at_local(&self.until)));
        NewStrip::new(&self.text, self.story(), stands, now)
    }
}

/// The strip that stands is the one that is to be raised: the same press came twice. A span counts from each press.
pub(super) fn stands_already(strip: &Strip, new: &NewStrip, by: StaffId) -> bool {
    let apart = strip.until.duration_since(new.until).abs();
    let says_the_same = strip.text == new.text && strip.story == new.story;
    strip.by.0 == by && says_the_same && apart < SignedDuration::from_mins(1)
}

/// What is wrong, as keys of the locales with the count that goes with them.
pub(super) fn counted(problem: StripProblem) -> (String, u64) {
    let count = match problem {
        StripProblem::TooLong(over) => u64::try_from(over).unwrap_or_default(),
        _ => 1,
    };
    (format!("breaking.problem.{}", problem.key()), count)
}
