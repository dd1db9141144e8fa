//! What an editor types to raise a strip.

use crate::app::App;
use newsroom::breaking::{NewStrip, Stands, StripProblem};
use newsroom::{StoryId, Timestamp};
use serde::Deserialize;

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

/// What is wrong, as keys of the locales with the count that goes with them.
pub(super) fn counted(problem: StripProblem) -> (String, u64) {
    let count = match problem {
        StripProblem::TooLong(over) => u64::try_from(over).unwrap_or_default(),
        _ => 1,
    };
    (format!("breaking.problem.{}", problem.key()), count)
}
