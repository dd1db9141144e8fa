use super::Input;
use crate::{Finding, Reason};
use alloc::{collections::BTreeMap, vec::Vec};
use arabic::runs::{Run, runs};

/// The stroke that stretches words. Readers draw rules with it and stretch words for joy: it is decoration.
const TATWEEL: char = 'ـ';
/// What any run weighs, and the most that its length adds: ugly, never a broken limit.
const WEIGHT: u16 = 50;
const MOST_FOR_LENGTH: usize = 150;

/// One character over and over. One finding for each character, with all its runs. A row of tatweel is named, so that a
/// page can shorten it, and weighs nothing.
///
/// Caught: «يا سلاااااااااااااااااام»
/// Not caught: «يا سلاااام!!! هههههه»
pub(super) fn flood(input: &Input<'_>) -> Vec<Finding> {
    // A run of one is no run, whatever the rulebook says.
    let found = runs(input.submission.text, input.rulebook.flood_run.max(2));
    let mut by_letter: BTreeMap<char, Vec<Run>> = BTreeMap::new();
    for run in found {
        by_letter.entry(run.letter).or_default().push(run);
    }
    let mut letters: Vec<_> = by_letter.into_iter().collect();
    letters.sort_by_key(|(_, runs)| runs.first().map(|run| run.range.start));
    letters.into_iter().map(|(letter, runs)| finding(letter, runs)).collect()
}

fn finding(letter: char, runs: Vec<Run>) -> Finding {
    let longest = runs.iter().map(|run| run.times).max().unwrap_or(0);
    let weight = if letter == TATWEEL { 0 } else { WEIGHT + u16::try_from(longest.min(MOST_FOR_LENGTH)).unwrap_or(0) };
    Finding::at(Reason::Run { letter, times: longest as u64 }, weight, runs.into_iter().map(|run| run.range))
}
