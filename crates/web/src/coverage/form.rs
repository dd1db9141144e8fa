//! What an editor types about live coverage.

use newsroom::live::{EntryProblem, Hours, NewEntry};
use serde::Deserialize;

/// For how many hours.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct HoursForm {
    hours: String,
    /// The end that stood on the page, in milliseconds.
    pub(super) seen: String,
}

/// An update as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    pub(super) headline: String,
    pub(super) text: String,
    /// `yes`, or empty.
    pub(super) important: String,
    /// The number of the text that is put right.
    pub(super) read: String,
}

/// Why an update is removed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RemovalForm {
    pub(super) why: String,
}

impl HoursForm {
    pub(super) fn hours(&self) -> Option<Hours> {
        arabic::digits::to_western(&self.hours).trim().parse().ok().and_then(Hours::new)
    }
}

impl EntryForm {
    /// Checked.
    pub(super) fn check(&self) -> Result<NewEntry, Vec<EntryProblem>> {
        NewEntry::new(&self.headline, &self.text, self.is_important())
    }

    pub(super) fn is_important(&self) -> bool {
        self.important == "yes"
    }

    /// Something was typed.
    pub(super) fn is_begun(&self) -> bool {
        !(self.headline.trim().is_empty() && self.text.trim().is_empty())
    }
}
