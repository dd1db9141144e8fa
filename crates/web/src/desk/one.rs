//! One card on a page of its own: where a browser without scripts goes on, and where links to a comment lead.

use super::as_sent::{Bit, Stretch, stretches};
use super::bulk::reasons;
use super::shell::Shell;
use crate::layout::Frame;
use crate::rendered::Rendered;
use askama::Template;
use store::queue::QueueEntry;

/// A page with one card.
#[derive(Template)]
#[template(path = "desk/one.html")]
pub struct One {
    /// The paper around it.
    pub frame: Frame,
    /// The desk around it.
    pub shell: Shell,
    /// The card.
    pub card: Rendered,
    /// Waiting comments that are near to it in meaning.
    near: Vec<Line>,
    /// The house's reasons, for a decision about some of them.
    reasons: Vec<(&'static str, String)>,
}

/// One of them: all of its words, for they may be decided about.
struct Line {
    entry: QueueEntry,
    text: Vec<Stretch>,
}

impl One {
    /// A card, and nothing near it.
    pub fn new(frame: Frame, shell: Shell, card: Rendered) -> Self {
        Self { frame, shell, card, near: Vec::new(), reasons: Vec::new() }
    }

    /// With waiting comments that are near to it in meaning.
    pub fn beside(self, near: Vec<QueueEntry>) -> Self {
        let line = |entry: QueueEntry| Line { text: stretches(&entry.text, &[]), entry };
        Self { reasons: reasons(&self.frame.t), near: near.into_iter().map(line).collect(), ..self }
    }
}
