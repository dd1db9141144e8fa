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

/// One policy. It holds where the rulebook's `active` names it, and under stories of its sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Slugs of the sections under which it holds without being named.
    pub sections: Vec<String>,
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
    /// Lays another policy over this one.
    pub(super) fn overlay(&mut self, other: &Self) {
        self.changes.overlay(&other.changes);
        self.at_most.extend(other.at_most.iter().map(|(category, advice)| (*category, *advice)));
        self.percent.extend(other.percent.iter().map(|(category, percent)| (*category, *percent)));
    }

    pub(super) fn take_print(&self, print: &mut Fingerprint) {
        print.texts(&self.sections);
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
