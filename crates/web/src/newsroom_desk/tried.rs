//! What somebody tried at a story's page and could not be done: the page comes back with what was typed, and says at the
//! field what is wrong.

use crate::app::App;
use newsroom::Timestamp;
use newsroom::story::TimeProblem;

/// Everything that a form of the page can send.
#[derive(Debug, Clone, Default)]
pub(super) struct Tried {
    /// The story is kept back: what stands in the way is read out.
    pub refused: bool,
    /// The section in which it was to be published; the draft has none yet.
    pub section: Option<newsroom::SectionId>,
    pub goes_at: TriedField,
    pub embargo: TriedField,
    pub to: TriedField,
    pub due: TriedField,
    /// Why it will not be printed.
    pub why: TriedField,
    pub correction: TriedField,
    /// The reason of law.
    pub hold: TriedField,
    /// A note, or an answer to the one that `answers` names.
    pub note: TriedField,
    pub quote: TriedField,
    /// How the block begins that was chosen.
    pub passage: TriedField,
    /// The block as the form sends it.
    pub block: String,
    pub answers: Option<newsroom::NoteId>,
}

/// A field as it was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct TriedField {
    /// What was typed; nothing: the form was not sent.
    pub typed: Option<String>,
    /// The key of what is wrong with it.
    pub problem: Option<&'static str>,
}

impl TriedField {
    /// What is typed, with what is wrong with it.
    pub(super) fn wrong(typed: &str, problem: &'static str) -> Self {
        Self::checked(typed, Some(problem))
    }

    /// What is typed, in order or not.
    pub(super) fn checked(typed: &str, problem: Option<&'static str>) -> Self {
        Self { typed: Some(typed.to_owned()), problem }
    }

    /// What stands in the field: what was typed, or else what is kept.
    pub(super) fn or(&self, kept: String) -> String {
        self.typed.clone().unwrap_or(kept)
    }

    /// What was typed.
    pub(super) fn text(&self) -> &str {
        self.typed.as_deref().unwrap_or_default()
    }
}

/// The most grapheme clusters of a reason: it stands on one line of every list.
const MOST_REASON: usize = 300;

/// A reason on one line as it is kept, or the key of what is wrong with it: `missing` where there is none.
pub(super) fn reason(typed: &str, missing: Option<&'static str>) -> Result<String, &'static str> {
    let why = arabic::clean::line(typed);
    match missing {
        Some(missing) if why.is_empty() => Err(missing),
        _ if arabic::runs::clusters(&why) > MOST_REASON => Err("reason.too-long"),
        _ => Ok(why),
    }
}

/// A day and a time in the paper's zone as a browser sends it, with or without seconds; empty: none.
pub(super) fn minute(app: &App, text: &str) -> Result<Option<Timestamp>, TimeProblem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    app.at_local(text).map(Some).ok_or(TimeProblem::Unread)
}
