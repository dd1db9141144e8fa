//! What this newspaper's own decisions teach: a thin layer over the shipped heads, of signed adjustments to the same
//! features, names masked alike. It moves an answer and makes none.
//!
//! Four limits hold wherever an answer is moved, whatever the layer was taught:
//!
//! * it adds at most [`MOST`] to the logarithm of the odds, or takes so much away;
//! * what the heads are sure of stays a look, and what they do not even look at is never doubted: one step at most;
//! * it touches [`ROUTED`] alone, and no list, no rule and no limit of the rulebook;
//! * like every learned answer it never proposes to refuse.

mod file;
mod learn;

#[cfg(test)]
mod tests;

use super::features::seen;
use super::heads::row_length;
use crate::arithmetic::{ln, sigmoid};
use crate::{Head, Heads, Reading, Score, Thresholds};
use alloc::{collections::BTreeMap, vec::Vec};
use core::ops::Range;

pub use learn::{Answers, Learner, Lesson};

/// The heads that decide whether there is a finding; only they are moved.
pub const ROUTED: [Head; 3] = [Head::Abuse, Head::Support, Head::Spam];
/// The most that an answer is moved, in units of the logarithm of its odds: the odds become 6 times what they were, or a
/// sixth.
pub const MOST: f32 = 1.8;
/// The most that every answer is moved alike, whatever the text says.
pub const MOST_ALIKE: f32 = 0.5;
/// More adjustments than this are not kept: the file stays below half a megabyte.
pub const MOST_ADJUSTMENTS: usize = 65_536;
/// Features share 2^18 places.
const BITS: u32 = 18;
/// The most words that are shown for a move.
const WORDS: usize = 4;

/// One number for each of [`ROUTED`].
pub(super) type Three<T> = [T; ROUTED.len()];

/// The layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Personal {
    /// The heads over which it was taught.
    heads: u64,
    checksum: u64,
    /// What a step is worth.
    scale: Three<f32>,
    /// Added to every sum.
    alike: Three<f32>,
    /// The places that are adjusted, in order.
    places: Vec<u32>,
    steps: Vec<Three<i8>>,
}

/// How far one head's answer was moved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Move {
    /// What the shipped heads say.
    pub(crate) was: Score,
    /// The same with the layer.
    pub(crate) now: Score,
    /// The window that decided.
    pub(crate) window: Range<usize>,
}

impl Move {
    /// Takes one window's answer; the highest counts.
    pub(super) fn take(&mut self, was: Score, now: Score, window: &Range<usize>) {
        self.was = self.was.max(was);
        if now >= self.now {
            self.now = now;
            self.window = window.clone();
        }
    }
}

impl Personal {
    /// A number that is another for every other layer.
    pub fn fingerprint(&self) -> u64 {
        self.checksum
    }

    /// Whether it was taught over these heads. Over others its adjustments mean nothing.
    pub fn fits(&self, heads: &Heads) -> bool {
        self.heads == heads.fingerprint()
    }

    /// How many places it adjusts.
    pub fn adjustments(&self) -> usize {
        self.places.len()
    }

    /// Whether it moves a head's answers at all: it does not where too little was decided about that.
    pub fn moves(&self, head: Head) -> bool {
        let number = ROUTED.iter().position(|routed| *routed == head);
        number.is_some_and(|at| self.alike[at] != 0.0 || self.steps.iter().any(|steps| steps[at] != 0))
    }

    /// How far it moves each head's odds for these features, at most [`MOST`] either way.
    pub(super) fn sums(&self, features: &[u32]) -> Three<f32> {
        let places = places(features);
        let mut sums = [0_i32; ROUTED.len()];
        for steps in places.iter().filter_map(|place| self.steps(*place)) {
            sums.iter_mut().zip(steps).for_each(|(sum, step)| *sum += i32::from(*step));
        }
        let length = row_length(u32::try_from(places.len()).unwrap_or(u32::MAX));
        core::array::from_fn(|at| limited(self.alike[at] + self.scale[at] * sums[at] as f32 * length))
    }

    fn steps(&self, place: u32) -> Option<&Three<i8>> {
        self.places.binary_search(&place).ok().and_then(|at| self.steps.get(at))
    }

    /// The words that moved an answer most into the direction in which it went, at most four, as numbers of words in order.
    pub(crate) fn moving_words(
        &self,
        reading: &Reading<'_>,
        names: &[Range<usize>],
        moved: &Move,
        head: Head,
    ) -> Vec<usize> {
        let Some(at) = ROUTED.iter().position(|routed| *routed == head) else { return Vec::new() };
        let sign = if moved.now > moved.was { 1.0 } else { -1.0 };
        let mut by_word: BTreeMap<usize, f32> = BTreeMap::new();
        for seen in seen(reading, moved.window.clone(), names) {
            let Some(steps) = self.steps(place(seen.feature)) else { continue };
            let words = seen.words.0..seen.words.1;
            let share = sign * f32::from(steps[at]) / words.len().max(1) as f32;
            words.for_each(|word| *by_word.entry(word).or_default() += share);
        }
        let mut loudest: Vec<(usize, f32)> = by_word.into_iter().filter(|(_, sum)| *sum > 0.0).collect();
        loudest.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let most = loudest.first().map_or(0.0, |first| first.1);
        loudest.retain(|(_, sum)| *sum >= most / 4.0);
        loudest.truncate(WORDS);
        loudest.sort_by_key(|(word, _)| *word);
        loudest.into_iter().map(|(word, _)| word).collect()
    }
}

/// An answer moved by so much, and by one step of the thresholds at most.
pub(super) fn moved(probability: f32, by: f32, thresholds: Thresholds) -> Score {
    let was = Score::of(probability);
    if by == 0.0 {
        return was;
    }
    let now = Score::of(shifted(probability, by));
    if was >= thresholds.propose {
        now.max(thresholds.hold.min(was))
    } else if was < thresholds.hold {
        now.min(thresholds.propose.before()).max(if by < 0.0 { Score::default() } else { was })
    } else {
        now
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a probability")]
fn shifted(probability: f32, by: f32) -> f32 {
    sigmoid(odds(probability) + f64::from(limited(by))) as f32
}

/// The logarithm of a probability's odds; a certain one is as certain as a score can say.
fn odds(probability: f32) -> f64 {
    let probability = f64::from(probability).clamp(0.000_05, 0.999_95);
    ln(probability / (1.0 - probability))
}

fn limited(sum: f32) -> f32 {
    if sum.is_nan() { 0.0 } else { sum.clamp(-MOST, MOST) }
}

/// The place of a feature.
fn place(feature: u32) -> u32 {
    feature >> (u32::BITS - BITS)
}

/// The places of features in order, each once and in order.
fn places(features: &[u32]) -> Vec<u32> {
    let mut places: Vec<u32> = features.iter().map(|feature| place(*feature)).collect();
    places.dedup();
    places
}
