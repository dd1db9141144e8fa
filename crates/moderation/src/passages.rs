//! What one text has taken from another, word for word.

use crate::Reading;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use arabic::fold::{Level, folded};
use arabic::words::words;
use core::ops::Range;

/// Passages of a text that stand in another one too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Passages {
    /// Words in them, together.
    pub words: usize,
    /// Where each stands, in bytes of the text as sent, in order.
    pub ranges: Vec<Range<usize>>,
}

/// Every passage of at least `shortest` words (at least one) that `text` shares with `source`, spelling aside.
///
/// Both texts become rows of numbered words. All rows of `shortest` words in the source are put in a set, and each such
/// row of the text is looked up in it: the work grows with the two lengths, not with their product.
pub(crate) fn passages(reading: &Reading<'_>, source: &str, shortest: usize) -> Passages {
    let shortest = shortest.max(1);
    let source = folded(source, Level::Match);
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut source_row: Vec<u32> = Vec::new();
    for word in words(&source) {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        source_row.push(*numbers.entry(word.text).or_insert(next));
    }
    if source_row.len() < shortest {
        return Passages::default();
    }
    let known: BTreeSet<&[u32]> = source_row.windows(shortest).collect();

    let row: Vec<Option<u32>> = (0..reading.words.len()).map(|word| numbers.get(reading.word(word)).copied()).collect();
    let mut found = Passages::default();
    for run in shared(&row, &known, shortest) {
        found.words += run.len();
        found.ranges.push(reading.original(run));
    }
    found
}

/// The longest runs of words that are covered by known rows.
fn shared(row: &[Option<u32>], known: &BTreeSet<&[u32]>, shortest: usize) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    // The words since the last one that the source does not have at all.
    let mut latest: Vec<u32> = Vec::new();
    for (at, word) in row.iter().enumerate() {
        let Some(word) = word else {
            latest.clear();
            continue;
        };
        latest.push(*word);
        let Some(from) = latest.len().checked_sub(shortest) else { continue };
        if !known.contains(&latest[from..]) {
            continue;
        }
        let start = at + 1 - shortest;
        match runs.last_mut() {
            // Two passages that follow one another without a word between are shown as one.
            Some(last) if start <= last.end => last.end = at + 1,
            _ => runs.push(start..at + 1),
        }
    }
    runs
}
