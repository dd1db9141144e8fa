//! Right and wrong at one threshold.

use super::Told;

/// The four ways in which an answer can meet the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Said and true.
    pub found: u64,
    /// Said and not true.
    pub false_alarms: u64,
    /// True and not said.
    pub missed: u64,
    /// Neither.
    pub passed: u64,
}

impl Counts {
    /// Counts the answers that reach a threshold as «yes».
    pub fn at(told: &[Told], threshold: f32) -> Self {
        told.iter().fold(Self::default(), |mut counts, told| {
            match (told.said >= threshold, told.truth) {
                (true, true) => counts.found += 1,
                (true, false) => counts.false_alarms += 1,
                (false, true) => counts.missed += 1,
                (false, false) => counts.passed += 1,
            }
            counts
        })
    }

    /// Of those said, the share that is true; 0 where nothing was said.
    pub fn precision(self) -> f64 {
        share(self.found, self.found + self.false_alarms)
    }

    /// Of those true, the share that was said; 0 where nothing is true.
    pub fn recall(self) -> f64 {
        share(self.found, self.found + self.missed)
    }

    /// The harmonic mean of precision and recall; 0 where both are.
    pub fn f1(self) -> f64 {
        share(2 * self.found, 2 * self.found + self.false_alarms + self.missed)
    }

    /// The mean of the F1 of «yes» and that of «no».
    pub fn macro_f1(self) -> f64 {
        let no = Self { found: self.passed, false_alarms: self.missed, missed: self.false_alarms, passed: self.found };
        (self.f1() + no.f1()) / 2.0
    }

    /// The share of all texts that was said.
    pub fn flagged(self) -> f64 {
        let said = self.found + self.false_alarms;
        share(said, said + self.missed + self.passed)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
