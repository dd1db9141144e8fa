//! How much of a text stands in another one, where, and in which order.

use super::shingles::{SHINGLE, shingles};
use alloc::vec::Vec;
use arabic::fold::{Level, folded};
use arabic::words::words;
use core::ops::Range;

/// A known text, ready to be looked up in.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its shingles in order.
    shingles: Vec<u64>,
    /// The same with their places, sorted.
    places: Vec<(u64, usize)>,
}

/// What one text shares with a source.
#[derive(Debug, Default)]
pub(crate) struct Likeness {
    /// Shingles of the text that count, and those of them that stand in the source.
    pub counted: usize,
    pub shared: usize,
    /// The passages, in the order of the text.
    pub runs: Vec<Run>,
}

/// A passage: which words of the text, and from which word of the source on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub here: Range<usize>,
    pub there: Range<usize>,
}

impl Source {
    /// Folds and cuts a text.
    pub(crate) fn of(text: &str) -> Self {
        let folded = folded(text, Level::Match);
        let shingles = shingles(words(&folded).map(|word| word.text));
        let mut places: Vec<(u64, usize)> = shingles.iter().enumerate().map(|(at, shingle)| (*shingle, at)).collect();
        places.sort_unstable();
        Self { shingles, places }
    }

    /// Whether it has the shingle anywhere.
    pub(crate) fn has(&self, shingle: u64) -> bool {
        self.place(shingle, 0).is_some()
    }

    /// Where it has the shingle: at `next` or the first place after it, or else the first place at all.
    fn place(&self, shingle: u64, next: usize) -> Option<usize> {
        if self.shingles.get(next) == Some(&shingle) {
            return Some(next);
        }
        let at = |from: usize| {
            let (found, place) = self.places.get(self.places.partition_point(|place| *place < (shingle, from)))?;
            (*found == shingle).then_some(*place)
        };
        at(next).or_else(|| at(0))
    }
}

impl Likeness {
    /// Shared of counted, in hundredths.
    pub(crate) fn percent(&self) -> usize {
        self.shared * 100 / self.counted.max(1)
    }

    /// Words in the passages, together.
    pub(crate) fn words(&self) -> usize {
        let mut end = 0;
        let mut words = 0;
        for run in &self.runs {
            words += run.here.end.saturating_sub(run.here.start.max(end));
            end = end.max(run.here.end);
        }
        words
    }
}

/// Compares a text, given as its shingles, with a source. Shingles that are `free` (of the story itself, of the comment
/// that is answered, in everybody's mouth) count on neither side.
pub(crate) fn likeness(text: &[u64], free: &[bool], source: &Source) -> Likeness {
    let mut found = Likeness::default();
    let mut next = 0;
    for (at, shingle) in text.iter().enumerate() {
        if free.get(at).copied().unwrap_or(false) {
            continue;
        }
        found.counted += 1;
        let Some(place) = source.place(*shingle, next) else { continue };
        found.shared += 1;
        next = place + 1;
        let run = Run { here: at..at + SHINGLE, there: place..place + SHINGLE };
        match found.runs.last_mut() {
            Some(last) if follows(last, &run) => (last.here.end, last.there.end) = (run.here.end, run.there.end),
            _ => found.runs.push(run),
        }
    }
    found
}

/// The next shingle on both sides.
fn follows(last: &Run, run: &Run) -> bool {
    run.here.start + SHINGLE == last.here.end + 1 && run.there.start + SHINGLE == last.there.end + 1
}
