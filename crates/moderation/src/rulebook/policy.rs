//! What differs under one section or during one event: elections, a trial, war dead, condolences.

use super::Thresholds;
use super::fingerprint::Fingerprint;
use crate::{Advice, Category, Head};
use alloc::{collections::BTreeMap, string::String, vec::Vec};

/// Switches and thresholds that a rulebook or one of its policies sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Whether a phase looks, by its name. A phase that is not named looks.
    pub phases: BTreeMap<&'static str, bool>,
    /// From where a learned head's answer counts.
    pub heads: BTreeMap<Head, Thresholds>,
}

/// A minute of the paper's own clock: the digits of `YYYY-MM-DDThh:mm` as one number. The engine has no clock; whoever calls it
/// says what minute it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute(pub u64);

impl Minute {
    /// Reads `YYYY-MM-DD` (its first minute) or `YYYY-MM-DDThh:mm`; none for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let (day, clock) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
        let numbers = |text: &str, mark: char, lengths: &[usize]| {
            let parts: Vec<&str> = text.split(mark).collect();
            let fit = parts.len() == lengths.len()
                && parts
                    .iter()
                    .zip(lengths)
                    .all(|(part, length)| part.len() == *length && part.bytes().all(|digit| digit.is_ascii_digit()));
            fit.then(|| parts.iter().filter_map(|part| part.parse().ok()).collect::<Vec<u64>>())
        };
        let (day, clock) = (numbers(day, '-', &[4, 2, 2])?, numbers(clock, ':', &[2, 2])?);
        match (&day[..], &clock[..]) {
            (&[year, month @ 1..=12, day], &[hour @ ..24, minute @ ..60]) if day >= 1 && day <= days(year, month) => {
                Some(Self((((year * 100 + month) * 100 + day) * 100 + hour) * 100 + minute))
            }
            _ => None,
        }
    }
}

impl core::fmt::Display for Minute {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let at = |place: u64| self.0 / place % 100;
        let (year, month, day) = (self.0 / 100_000_000, at(1_000_000), at(10_000));
        write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}", at(100), at(1))
    }
}

fn days(year: u64, month: u64) -> u64 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// One policy. It holds where the rulebook's `active` names it, and under stories of its sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Slugs of the sections under which it holds without being named.
    pub sections: Vec<String>,
    /// Not before this minute.
    pub from: Option<Minute>,
    /// And not from this minute on.
    pub until: Option<Minute>,
    /// What it switches and sets.
    pub changes: Changes,
    /// The most that a finding of a category may advise, by the category's name.
    pub at_most: BTreeMap<&'static str, Advice>,
    /// What findings of a category weigh, in hundredths of what they weigh elsewhere, by the category's name; 0 to 300.
    pub percent: BTreeMap<&'static str, u16>,
}

impl Changes {
    /// Whether a phase looks.
    pub fn runs(&self, phase: &str) -> bool {
        self.phases.get(phase).copied().unwrap_or(true)
    }

    /// Lays other changes over these.
    pub(super) fn overlay(&mut self, other: &Self) {
        self.phases.extend(other.phases.iter().map(|(phase, on)| (*phase, *on)));
        self.heads.extend(other.heads.iter().map(|(head, thresholds)| (*head, *thresholds)));
    }
}

impl Policy {
    /// Whether its time has come and is not over.
    pub fn holds_at(&self, now: Minute) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    /// Lays another policy over this one.
    pub(super) fn overlay(&mut self, other: &Self) {
        self.changes.overlay(&other.changes);
        self.at_most.extend(other.at_most.iter().map(|(category, advice)| (*category, *advice)));
        self.percent.extend(other.percent.iter().map(|(category, percent)| (*category, *percent)));
    }

    pub(super) fn take_print(&self, print: &mut Fingerprint) {
        print.texts(&self.sections);
        // Rulebooks without times keep the number that they had.
        for (name, minute) in [("from", self.from), ("until", self.until)] {
            if let Some(minute) = minute {
                print.text(name).number(minute.0);
            }
        }
        for (phase, on) in &self.changes.phases {
            print.text(phase).number(u64::from(*on));
        }
        for (head, thresholds) in &self.changes.heads {
            let points = [thresholds.hold, thresholds.propose].map(|score| u64::from(score.points()));
            print.text(head.name()).number(points[0]).number(points[1]);
        }
        for (category, advice) in &self.at_most {
            print.text(category).number(*advice as u64);
        }
        for (category, percent) in &self.percent {
            print.text(category).number(u64::from(*percent));
        }
    }

    /// The most that a finding of this category may advise.
    pub(crate) fn cap(&self, category: Category) -> Advice {
        self.at_most.get(category.name()).copied().unwrap_or(Advice::Refuse)
    }

    /// What a finding of this category weighs here, 1,000 at most.
    pub(crate) fn scaled(&self, category: Category, weight: u16) -> u16 {
        let percent = self.percent.get(category.name()).copied().unwrap_or(100);
        u16::try_from((u32::from(weight) * u32::from(percent) / 100).min(1_000)).unwrap_or(1_000)
    }
}
