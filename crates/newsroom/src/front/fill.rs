//! Which story stands in which slot, of those that are public now.

use super::{Layout, Pin, RowKind};
use crate::ids::{SectionId, StoryId};
use std::collections::{HashMap, HashSet, VecDeque};

/// Where the newest of a row come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// All that is public.
    All,
    /// What is public in a section.
    Section(SectionId),
    /// What is public and is opinion, in whatever section.
    Opinion,
    /// What is public and has a picture.
    Pictured,
}

/// A row with its stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledRow {
    /// What stands in it.
    pub kind: RowKind,
    /// Its slots; none in a ranking, which is counted elsewhere.
    pub slots: Vec<Filled>,
}

/// A slot with its story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The story that stands there; none when there are no more.
    pub story: Option<StoryId>,
    /// What is pinned there, whether it can be shown or not.
    pub pin: Option<Pin>,
}

impl Filled {
    /// What is pinned cannot be shown: it is not public, and another story stands in for it.
    pub fn stands_in(&self) -> bool {
        self.pin.as_ref().is_some_and(|pin| Some(pin.story) != self.story)
    }
}

impl RowKind {
    /// Where the newest of such a row come from; a ranking has none.
    pub fn source(self) -> Option<Source> {
        match self {
            Self::Lead | Self::Secondary => Some(Source::All),
            Self::Section(section) | Self::Opinion(section) => Some(Source::Section(section)),
            Self::OpinionPieces => Some(Source::Opinion),
            Self::Pictures => Some(Source::Pictured),
            Self::MostRead | Self::MostDiscussed => None,
        }
    }
}

impl Layout {
    /// Puts a story into every slot: the pinned one where it is public, else the newest that stands nowhere yet. `public`
    /// are those of the pinned stories that are public, `newest` those of each source, newest first. No story stands twice:
    /// what is pinned lower down is not taken by a slot above it.
    pub fn fill(&self, public: &HashSet<StoryId>, newest: &HashMap<Source, Vec<StoryId>>) -> Vec<FilledRow> {
        let pinned = self.pinned().map(|pin| pin.story).filter(|story| public.contains(story));
        let mut taken: HashSet<StoryId> = pinned.collect();
        let mut shown = HashSet::new();
        let mut left: HashMap<Source, VecDeque<StoryId>> =
            newest.iter().map(|(source, stories)| (*source, stories.iter().copied().collect())).collect();
        let rows = self.rows.iter().map(|row| {
            let slots = row.slots.iter().map(|pin| {
                let held = pin.as_ref().map(|pin| pin.story).filter(|story| public.contains(story));
                let held = held.filter(|story| shown.insert(*story));
                let story = held.or_else(|| next(&mut left, row.kind.source(), &mut taken));
                Filled { story, pin: pin.clone() }
            });
            FilledRow { kind: row.kind, slots: slots.collect() }
        });
        rows.collect()
    }

    /// Stories of a source that are enough to fill every slot, whatever the other rows take of them.
    pub fn enough(&self) -> usize {
        self.rows.iter().map(|row| row.slots.len()).sum()
    }
}

/// The newest of a source that stands nowhere yet.
fn next(
    left: &mut HashMap<Source, VecDeque<StoryId>>,
    source: Option<Source>,
    taken: &mut HashSet<StoryId>,
) -> Option<StoryId> {
    let stories = left.get_mut(&source?)?;
    std::iter::from_fn(|| stories.pop_front()).find(|story| taken.insert(*story))
}
