//! What readers have of a story beside its text, or will have: its place and its days, its corrections, the note in its place;
//! in the paper's language, whoever looks at it.

use crate::app::App;
use crate::layout::Frame;
use newsroom::Timestamp;
use newsroom::profile::Language;
use newsroom::story::{Story, StoryText};

/// It, in words.
pub(super) struct ForReaders {
    /// The paper's language.
    pub language: Language,
    /// The day it went public.
    pub published: Option<String>,
    pub hijri: Option<String>,
    /// When it was last updated.
    pub updated: Option<String>,
    pub corrections_title: String,
    /// Day and words, the first first.
    pub corrections: Vec<(String, String)>,
    /// The note of one that was withdrawn.
    pub note: String,
}

impl ForReaders {
    /// Of a story, with the text that is written on it.
    pub(super) fn of(app: &App, story: &Story, text: &StoryText) -> Self {
        let frame = Frame::bare(&app.to_readers(), app.now());
        let (public, note) = match story {
            Story::Draft(_) => (None, String::new()),
            Story::Published(published) => (Some(published), String::new()),
            Story::Withdrawn(withdrawn) => (Some(&withdrawn.was), withdrawn.note.clone()),
        };
        let day = |at: Timestamp| frame.date(at);
        let updated = public.and_then(|public| public.updated_at);
        Self {
            language: frame.paper().writing.language,
            published: public.map(|public| day(public.published_at)),
            hijri: public.and_then(|public| frame.hijri(public.published_at)),
            updated: updated.map(|at| frame.t.with("story.updated", 1, &[("date", &day(at))])),
            corrections_title: frame.t.s("story.corrections"),
            corrections: text.corrections.iter().map(|one| (day(one.at), one.words.clone())).collect(),
            note,
        }
    }

    /// Readers are told of a correction, or were.
    pub(super) fn is_corrected(&self) -> bool {
        self.published.is_some() && !self.corrections.is_empty()
    }
}
