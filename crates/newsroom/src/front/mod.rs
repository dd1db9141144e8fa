//! The front page as an editor lays it out: rows in an order, slots in each, and in a slot a pinned story or, by itself, the
//! newest. The layout names stories and holds none: what readers see of it is filled in when it is shown.

mod change;
mod fill;

#[cfg(test)]
mod tests;

pub use change::{Change, Impossible};
pub use fill::{Filled, FilledRow, Source};

use crate::body::Picture;
use crate::ids::{SectionId, StoryId};
use serde::{Deserialize, Serialize};

/// Rows of a front page at most.
pub const MOST_ROWS: usize = 24;
/// Slots of a row at most.
pub const MOST_SLOTS: usize = 12;

/// A front page laid out: the lead first, no kind of row twice, no story pinned twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// From the top.
    pub rows: Vec<Row>,
}

/// A row of the front page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What stands in it.
    pub kind: RowKind,
    /// What is pinned in each slot; nothing: the newest stands there by itself. A ranking has no slots.
    pub slots: Vec<Option<Pin>>,
}

/// What stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "section")]
pub enum RowKind {
    /// The story at the head.
    Lead,
    /// Those beside it.
    Secondary,
    /// Stories of a section.
    Section(SectionId),
    /// Stories of a section by who wrote them.
    Opinion(SectionId),
    /// Opinion of every section, by who wrote it.
    OpinionPieces,
    /// Stories by their pictures.
    Pictures,
    /// What was read most: counted, never pinned.
    MostRead,
    /// What has most public comments: counted, never pinned.
    MostDiscussed,
}

/// A story that an editor put into a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// Which story.
    pub story: StoryId,
    /// What it is called here; empty: by its own headline.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub headline: String,
    /// The picture it has here; none: its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
}

/// A slot: its row, and the how manieth it is from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// In which row.
    pub row: RowKind,
    /// From 0.
    pub slot: usize,
}

impl Layout {
    /// The front page while nobody has laid one out: the lead, the latest, the most read, a row of each section.
    pub fn standard(sections: &[SectionId]) -> Self {
        let top = [RowKind::Lead, RowKind::Secondary, RowKind::MostRead];
        let sections = sections.iter().map(|section| RowKind::Section(*section));
        Self { rows: top.into_iter().chain(sections).map(Row::empty).take(MOST_ROWS).collect() }
    }

    /// The row of a kind.
    pub fn row(&self, kind: RowKind) -> Option<&Row> {
        self.rows.iter().find(|row| row.kind == kind)
    }

    /// What is pinned in a slot.
    pub fn pin(&self, at: At) -> Option<&Pin> {
        self.row(at.row)?.slots.get(at.slot)?.as_ref()
    }

    /// Where a story is pinned.
    pub fn place_of(&self, story: StoryId) -> Option<At> {
        self.places().find(|at| self.pin(*at).is_some_and(|pin| pin.story == story))
    }

    /// Whether readers see a picture in a slot.
    pub fn shows_picture(&self, at: At) -> bool {
        let is_second = self.rows.get(1).is_some_and(|row| row.kind == at.row);
        at.row.shows_picture(at.slot, is_second)
    }

    /// Every slot, from the top.
    pub fn places(&self) -> impl Iterator<Item = At> {
        self.rows.iter().flat_map(|row| (0..row.slots.len()).map(|slot| At { row: row.kind, slot }))
    }

    /// Every story that is pinned somewhere.
    pub fn pinned(&self) -> impl Iterator<Item = &Pin> {
        self.rows.iter().flat_map(|row| row.slots.iter().flatten())
    }

    /// The same page with another story at its head.
    #[must_use]
    pub fn led_by(self, story: StoryId) -> Self {
        let pin = Pin { story, headline: String::new(), picture: None };
        let lead = Change::Pin { at: At { row: RowKind::Lead, slot: 0 }, pin };
        self.clone().with(lead).unwrap_or(self)
    }

    /// The same page without rows of sections that are there no more.
    #[must_use]
    pub fn of_sections(mut self, sections: &[SectionId]) -> Self {
        self.rows.retain(|row| row.kind.section().is_none_or(|section| sections.contains(&section)));
        self
    }
}

impl Row {
    /// A row of a kind with as many slots as it usually has, and nothing pinned.
    pub fn empty(kind: RowKind) -> Self {
        Self { kind, slots: vec![None; kind.usual_slots()] }
    }
}

impl RowKind {
    /// The section that it shows, if it shows one.
    pub fn section(self) -> Option<SectionId> {
        match self {
            Self::Section(section) | Self::Opinion(section) => Some(section),
            _ => None,
        }
    }

    /// It is counted: nothing can be pinned in it.
    pub fn is_ranking(self) -> bool {
        matches!(self, Self::MostRead | Self::MostDiscussed)
    }

    /// Slots of a new row.
    pub fn usual_slots(self) -> usize {
        match self {
            Self::Lead => 1,
            Self::Secondary => 6,
            Self::Section(_) | Self::Opinion(_) | Self::OpinionPieces | Self::Pictures => 4,
            Self::MostRead | Self::MostDiscussed => 0,
        }
    }

    /// Whether readers see a picture in a slot. Stories beside the lead are lines alone; in a row of their own they have one.
    pub fn shows_picture(self, slot: usize, is_beside_lead: bool) -> bool {
        match self {
            Self::Lead | Self::Section(_) => slot == 0,
            Self::Secondary => !is_beside_lead,
            Self::Pictures => true,
            _ => false,
        }
    }

    /// Its word without a section: the end of its key in the locales.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Secondary => "secondary",
            Self::Section(_) => "section",
            Self::Opinion(_) => "opinion",
            Self::OpinionPieces => "opinion-pieces",
            Self::Pictures => "pictures",
            Self::MostRead => "most-read",
            Self::MostDiscussed => "most-discussed",
        }
    }

    /// Its word in addresses and forms: `lead`, `section.2n…`.
    pub fn key(self) -> String {
        match self.section() {
            Some(section) => format!("{}.{section}", self.word()),
            None => self.word().to_owned(),
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        match key.split_once('.') {
            Some(("section", id)) => SectionId::from_short(id).map(Self::Section),
            Some(("opinion", id)) => SectionId::from_short(id).map(Self::Opinion),
            Some(_) => None,
            None => {
                let plain = [
                    Self::Lead,
                    Self::Secondary,
                    Self::OpinionPieces,
                    Self::Pictures,
                    Self::MostRead,
                    Self::MostDiscussed,
                ];
                plain.into_iter().find(|kind| kind.word() == key)
            }
        }
    }
}
