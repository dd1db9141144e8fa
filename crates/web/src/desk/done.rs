//! What was decided, in words, and the way back.

use crate::words::Words;
use askama::Template;
use newsroom::comment::{Decision, Ruling};
use newsroom::{RulingId, StoryId};

/// A line that says what was done, with the way back.
#[derive(Debug, Template)]
#[template(path = "desk/done.html")]
pub struct Done {
    t: Words,
    ruling: RulingId,
    story: StoryId,
    words: String,
}

impl Done {
    /// What was done, to whose comment.
    pub fn new(t: Words, ruling: &Ruling, name: &str) -> Self {
        Self { t, ruling: ruling.id, story: ruling.story, words: said(&t, &ruling.decision, name) }
    }
}

/// A decision in words.
pub fn said(t: &Words, decision: &Decision, name: &str) -> String {
    let key = match decision {
        Decision::Release { links: true, .. } => "log.released-links",
        Decision::Release { collapsed: true, .. } => "log.released-collapsed",
        Decision::Release { .. } => "log.released",
        Decision::Refuse { .. } => "log.refused",
        Decision::TakeDown { .. } => "log.taken-down",
    };
    let reason = decision.reason().map(|reason| t.s(&format!("refusal.{}", reason.key()))).unwrap_or_default();
    t.with(key, 1, &[("name", name), ("reason", &reason)])
}
