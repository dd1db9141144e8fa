//! What was counted and is not written down yet. It holds no more than it says here, however many come.

use super::country::Country;
use super::source::{Source, SourceKind};
use crate::ids::{SectionId, StoryId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Different counts that are held; then single stories and sites are counted no more until these are written down.
const MOST_COUNTS: usize = 20_000;
/// Marks that are held.
const MOST_MARKS: usize = 50_000;

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// The front page.
    Front,
    /// A section's list.
    Section(SectionId),
    /// A story, and its section.
    Story(StoryId, Option<SectionId>),
    /// Any other page of readers.
    Other,
}

/// A reader opened a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The paper's day.
    pub day: Date,
    /// The paper's hour, 0 to 23.
    pub hour: i8,
    /// Which page.
    pub page: Opened,
    /// From where; nothing when from another page of the paper.
    pub source: Option<Source>,
    /// From which country; nothing where nobody looks for it.
    pub country: Option<Country>,
    /// The reader's mark of the day, where one could be made.
    pub mark: Option<i64>,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// A story.
    Story(StoryId),
    /// A section: its list and its stories.
    Section(SectionId),
    /// Pages of a kind: `front`, `section`, `story`, `other`.
    Pages(&'static str),
    /// Pages in an hour.
    Hour(i8),
    /// Pages to which a link of elsewhere led.
    Source(Source),
    /// Pages read in a country.
    Country(Country),
    /// Readers, each once a day.
    Readers,
}

/// Counts and marks, by day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<(Date, Count), i64>,
    marks: BTreeSet<(Date, i64)>,
}

impl Opened {
    /// Its kind, as it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Section(_) => "section",
            Self::Story(..) => "story",
            Self::Other => "other",
        }
    }
}

impl Tally {
    /// Counts a page that was opened.
    pub fn open(&mut self, opening: Opening) {
        let Opening { day, hour, page, source, country, mark } = opening;
        self.add(day, Count::Pages(page.key()), 1);
        self.add(day, Count::Hour(hour), 1);
        let (story, section) = match page {
            Opened::Story(story, section) => (Some(story), section),
            Opened::Section(section) => (None, Some(section)),
            Opened::Front | Opened::Other => (None, None),
        };
        story.into_iter().for_each(|story| self.add(day, Count::Story(story), 1));
        section.into_iter().for_each(|section| self.add(day, Count::Section(section), 1));
        source.into_iter().for_each(|source| self.add(day, Count::Source(source), 1));
        country.into_iter().for_each(|country| self.add(day, Count::Country(country), 1));
        if let Some(mark) = mark.filter(|_| self.marks.len() < MOST_MARKS) {
            self.marks.insert((day, mark));
        }
    }

    /// Adds so many of something.
    pub fn add(&mut self, day: Date, count: Count, times: i64) {
        let mut key = (day, count);
        if self.counts.len() >= MOST_COUNTS && !self.counts.contains_key(&key) {
            key.1 = match key.1 {
                Count::Story(_) => return,
                Count::Source(_) => Count::Source(Source::of(SourceKind::Others, "")),
                kept => kept,
            };
        }
        *self.counts.entry(key).or_default() += times;
    }

    /// Adds what could not be written down.
    pub fn put_back(&mut self, unwritten: Self) {
        for ((day, count), times) in unwritten.counts {
            self.add(day, count, times);
        }
        let free = MOST_MARKS.saturating_sub(self.marks.len());
        self.marks.extend(unwritten.marks.into_iter().take(free));
    }

    /// Nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.marks.is_empty()
    }

    /// The counts, in one order.
    pub fn counts(&self) -> impl Iterator<Item = (Date, &Count, i64)> {
        self.counts.iter().map(|((day, count), times)| (*day, count, *times))
    }

    /// The marks, in one order.
    pub fn marks(&self) -> impl Iterator<Item = (Date, i64)> {
        self.marks.iter().copied()
    }
}
