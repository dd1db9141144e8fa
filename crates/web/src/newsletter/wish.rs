//! What a reader ticks: how often, which sections, which language.

use crate::layout::Frame;
use newsroom::SectionId;
use newsroom::followers::{Rhythm, Wish};
use newsroom::profile::Language;

/// The first of the pairs of a form that has this name; empty where there is none.
pub(super) fn value<'f>(pairs: &'f [(String, String)], name: &str) -> &'f str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// The wish of a form. Sections that are not there any more are left out; with none ticked it is the whole paper.
pub(super) fn read(pairs: &[(String, String)], frame: &Frame) -> Wish {
    let sections = match value(pairs, "all") {
        "" => ticked(pairs, frame),
        _ => Vec::new(),
    };
    Wish {
        rhythm: Rhythm::from_key(value(pairs, "rhythm")).unwrap_or_default(),
        sections,
        language: Language::from_tag(value(pairs, "language")).unwrap_or(frame.paper().writing.language),
    }
}

fn ticked(pairs: &[(String, String)], frame: &Frame) -> Vec<SectionId> {
    let sent = pairs.iter().filter(|(key, _)| key == "section").filter_map(|(_, id)| SectionId::from_short(id));
    let known = |id: &SectionId| frame.sections.iter().any(|section| section.id == *id);
    let mut sections: Vec<SectionId> = sent.filter(known).collect();
    sections.sort_unstable();
    sections.dedup();
    sections
}

/// The choices as a page shows them.
#[derive(Debug)]
pub(super) struct WishView {
    /// Key, words, and whether it is chosen.
    pub rhythms: Vec<(&'static str, String, bool)>,
    /// Short id, name, and whether it is ticked.
    pub sections: Vec<(String, String, bool)>,
    /// Tag, name in itself, and whether it is chosen.
    pub languages: Vec<(&'static str, String, bool)>,
    /// Of the whole paper.
    pub all: bool,
}

impl WishView {
    /// A wish in the words of a page.
    pub fn new(frame: &Frame, wish: &Wish) -> Self {
        let rhythm =
            |one: Rhythm| (one.key(), frame.t.s(&format!("newsletter.rhythm.{}", one.key())), one == wish.rhythm);
        let sections = frame.sections.iter();
        let language = |one: Language| (one.tag(), frame.t.s(&format!("language.{}", one.tag())), one == wish.language);
        Self {
            rhythms: Rhythm::ALL.into_iter().map(rhythm).collect(),
            sections: sections
                .map(|section| (section.id.short(), section.name.clone(), wish.sections.contains(&section.id)))
                .collect(),
            languages: Language::ALL.into_iter().map(language).collect(),
            all: wish.sections.is_empty(),
        }
    }
}
