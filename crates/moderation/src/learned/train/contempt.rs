//! The head for contempt beside people: taught by sentences of our own, and by the rows that name people.

use super::sheet::Sheet;
use super::{Lesson, Row, Settings, calibrate, descent};
use crate::learned::contempt::{Numbers, features};
use crate::learned::heads::{Sums, row_length};
use crate::learned::table::Owners;
use crate::stance::{Rules, Scan};
use crate::{Head, Reading};
use alloc::vec::Vec;

/// The source of sentences of our own. They teach this head alone: the others learn from what people wrote.
pub const OWN_SENTENCES: &str = "sentences on people";
/// The table has 2^this slots.
const BITS: u32 = 16;
/// What a mistake costs beside the size of the weights: on a sentence of our own, on a row that people judged, on a comment
/// that a newspaper published. Found by trying; see docs/moderation-experiments.md.
const OWN: f32 = 0.03;
const JUDGED: f32 = 0.03;
const PUBLISHED: f32 = 3.0;
/// How far features are scaled by how unevenly they stand in both kinds.
const BAYES: f32 = 0.6;
/// From this probability on a look is worth it: of the thresholds in steps of .05 the lowest at which, crossed on what was learned
/// from, at most one in twenty published comments that name people is marked. See docs/moderation-experiments.md.
const LOOK: f32 = 0.25;
/// Fewer rows of either kind teach nothing.
const FEWEST: usize = 50;

/// Its table, and its numbers.
pub(super) struct Part {
    pub(super) bits: u32,
    /// A weight in steps of the scale, and the owner's mark, slot by slot.
    pub(super) slots: Vec<(i8, u8)>,
    pub(super) numbers: Numbers,
}

/// A row that names people.
struct Naming<'r> {
    row: &'r Row<'r>,
    truth: bool,
    features: Vec<u32>,
}

/// Teaches it; nothing where there is too little to learn from.
pub(super) fn taught(rows: &[Row<'_>], settings: &Settings) -> Option<Part> {
    let rules = Rules::shipped();
    let naming: Vec<Naming<'_>> = rows.iter().filter_map(|row| Naming::of(row, &rules)).collect();
    if naming.iter().filter(|one| one.truth).count() < FEWEST || naming.iter().filter(|one| !one.truth).count() < FEWEST
    {
        return None;
    }
    let sheet = Sheet::of_features(naming.iter().map(|one| (one.truth, one.features.as_slice())));
    let all: Vec<usize> = (0..naming.len()).collect();
    let mut part = fit(&sheet, &naming, &all, settings);
    let mut told: Vec<(Sums, bool)> = Vec::new();
    for fold in 0..settings.folds.max(2) as usize {
        let others: Vec<usize> = all.iter().copied().filter(|row| part_of(*row, settings) != fold).collect();
        let crossed = fit(&sheet, &naming, &others, settings);
        for row in all.iter().copied().filter(|row| part_of(*row, settings) == fold) {
            let sum = crossed.sum(sheet.features(row));
            told.push((Sums { words: sum, layer: 0.0 }, naming[row].truth));
        }
    }
    let [slope, _, shift] = calibrate::line(&told);
    part.numbers = Numbers { slope, shift, look: LOOK, ..part.numbers };
    Some(part)
}

/// In which part a row is, of as many as there are folds: sentences of our own stand in the order of their patterns, so that
/// neighbours, which are alike, stay together.
fn part_of(row: usize, settings: &Settings) -> usize {
    row / 64 % settings.folds.max(2) as usize
}

fn fit(sheet: &Sheet, naming: &[Naming<'_>], rows: &[usize], settings: &Settings) -> Part {
    let owners = Owners::seat(sheet.best(rows, 2, 8 << BITS), BITS);
    let slots = sheet.slots(&owners);
    let lesson = |row: &usize| {
        let Naming { row: from, truth, .. } = naming[*row];
        let cost = match from {
            Row { source: OWN_SENTENCES, .. } => OWN,
            Row { published: true, .. } => PUBLISHED,
            _ => JUDGED,
        };
        Lesson { row: *row, truth, cost }
    };
    let mut settings = settings.clone();
    settings.bayes[Head::Hate as usize] = BAYES;
    let lessons: Vec<Lesson> = rows.iter().map(lesson).collect();
    let (weights, bias) = descent::descend(&slots, sheet, &lessons, Head::Hate, &settings);
    let scale = calibrate::scale(&weights);
    let steps = weights.iter().map(|weight| calibrate::step(*weight, scale));
    let slots = steps.zip(owners.marks.iter().copied()).collect();
    Part { bits: BITS, slots, numbers: Numbers { scale, bias, slope: 1.0, look: 1.0, ..Numbers::default() } }
}

impl<'r> Naming<'r> {
    fn of(row: &'r Row<'r>, rules: &Rules) -> Option<Self> {
        let truth = row.answers[Head::Hate as usize].or(row.published.then_some(false))?;
        let reading = Reading::of(row.text);
        let features = features(&Scan::of(&reading, rules))?;
        Some(Self { row, truth, features })
    }
}

impl Part {
    /// The sum for these features, as the file will give it.
    fn sum(&self, features: &[u32]) -> f32 {
        let own = |feature: &u32| {
            let places = crate::learned::table::places(*feature, self.bits);
            let mark = crate::learned::table::mark(*feature);
            places.into_iter().map(|place| self.slots[place]).find(|slot| slot.1 == mark)
        };
        let steps: Vec<i32> = features.iter().filter_map(own).map(|slot| i32::from(slot.0)).collect();
        let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
        self.numbers.bias + self.numbers.scale * steps.into_iter().sum::<i32>() as f32 * row_length(known)
    }
}
