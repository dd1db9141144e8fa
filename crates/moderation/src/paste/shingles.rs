//! Runs of four words as numbers, and a sample of them by which an index finds the texts that share some.

use crate::courtesy::is_courtesy;
use alloc::{
    collections::{BTreeSet, VecDeque},
    vec::Vec,
};
use arabic::fold::{Level, folded};
use arabic::words::words;

/// Words in a shingle. With three, one published comment in 2,700 shared a third of its shingles with an article that it
/// had not been taken from; with four, none.
pub(crate) const SHINGLE: usize = 4;
/// A text of fewer words has no probes: many say the same in so few.
const FEWEST_WORDS: usize = 12;

/// What a text's probes are wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// A comment that goes into the index: about one shingle in three, 64 at most.
    Comment,
    /// A story or an article that goes into the index: about one shingle in three, 256 at most.
    Article,
    /// A text whose likes are looked for: every shingle of a short text, 64 at most. Asking densely costs a look-up each
    /// and finds reworded texts that a sparse question would miss; keeping densely would cost space for ever.
    Question,
}

impl Sample {
    /// Probes at most.
    pub fn most(self) -> usize {
        match self {
            Self::Comment | Self::Question => 64,
            Self::Article => 256,
        }
    }

    fn smallest_window(self) -> usize {
        match self {
            Self::Question => 1,
            Self::Comment | Self::Article => 5,
        }
    }
}

/// A sample of a text's shingles, without repeats, smallest first: numbers from 0 to 2^48. None for a text of fewer than
/// twelve words and for a courtesy of any length.
///
/// Winnowing (Schleimer, Wilkerson, Aiken, SIGMOD 2003): of each window of `w` neighbouring shingles the smallest is kept,
/// and `w` doubles until few enough are. What a wide window keeps, every narrower one inside it keeps too; so two texts
/// that share a run of `w` + 3 words, `w` the wider of their windows, share a probe, wherever the run stands in them. Up to
/// 190 words `w` of a kept comment is 5.
///
/// The numbers are part of stored data and must not change.
pub fn probes(text: &str, sample: Sample) -> Vec<i64> {
    let folded = folded(text, Level::Match);
    let shingles = shingles(words(&folded).map(|word| word.text));
    if shingles.len() + SHINGLE - 1 < FEWEST_WORDS || is_courtesy(text) {
        return Vec::new();
    }
    let mut window = sample.smallest_window();
    loop {
        let kept = smallest_of_windows(&shingles, window);
        if kept.len() <= sample.most() || window >= shingles.len() {
            let mut probes: Vec<i64> =
                kept.into_iter().filter_map(|shingle| i64::try_from(shingle >> 16).ok()).collect();
            probes.dedup();
            return probes;
        }
        window *= 2;
    }
}

/// The smallest of each window, each number once. The queue holds the places that may still become the smallest, so every
/// place goes in and out once.
fn smallest_of_windows(shingles: &[u64], window: usize) -> BTreeSet<u64> {
    let window = window.clamp(1, shingles.len().max(1));
    let (mut kept, mut queue) = (BTreeSet::new(), VecDeque::new());
    for (at, shingle) in shingles.iter().enumerate() {
        while queue.back().is_some_and(|(_, waiting)| *waiting >= shingle) {
            queue.pop_back();
        }
        queue.push_back((at, shingle));
        while queue.front().is_some_and(|(first, _)| first + window <= at) {
            queue.pop_front();
        }
        if at + 1 >= window {
            kept.extend(queue.front().map(|(_, smallest)| **smallest));
        }
    }
    kept
}

/// A number for each run of four words; the one at `n` stands for the words `n` to `n + 3`.
pub(crate) fn shingles<'a>(words: impl Iterator<Item = &'a str>) -> Vec<u64> {
    let words: Vec<u64> = words.map(number).collect();
    let joined = |run: &[u64]| run.iter().fold(0, |joined: u64, word| joined.wrapping_mul(FACTOR).wrapping_add(*word));
    words.windows(SHINGLE).map(|run| mixed(joined(run))).collect()
}

/// Odd and without a pattern: 2^64 divided by the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// FNV-1a, 64 bits.
fn number(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The last steps of SplitMix64: every bit of the number has its say in every bit of what comes out, so that "the
/// smallest" is a choice by chance.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
