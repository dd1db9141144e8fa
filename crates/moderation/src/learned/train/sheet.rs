//! All rows as features, and which features are worth a slot.

use super::{Answers, Names, Row};
use crate::learned::features::features;
use crate::learned::table::Owners;
use crate::{Head, Reading};
use alloc::{collections::BTreeMap, vec::Vec};

/// Longer texts are cut to so many words: no comment is longer, and a long one would outweigh hundreds.
const MOST_WORDS: usize = 400;

/// Rows as features.
pub(super) struct Sheet {
    starts: Vec<usize>,
    features: Vec<u32>,
    pub(super) answers: Vec<Answers>,
    pub(super) published: Vec<bool>,
    /// Whether each row names a group.
    pub(super) naming: Vec<bool>,
    /// Whether each row is mostly in Latin letters.
    pub(super) latin: Vec<bool>,
    /// The number of each row's source.
    pub(super) sources: Vec<u32>,
    pub(super) sources_number: u32,
}

/// Rows as slots of a table.
pub(super) struct Slots {
    starts: Vec<usize>,
    slots: Vec<u32>,
    pub(super) number: usize,
}

impl Slots {
    pub(super) fn of(&self, row: usize) -> &[u32] {
        &self.slots[self.starts[row]..self.starts[row + 1]]
    }
}

impl Sheet {
    pub(super) fn read(rows: &[Row<'_>], names: Names<'_>) -> Self {
        let mut known = BTreeMap::new();
        let mut sheet = Self {
            starts: alloc::vec![0],
            features: Vec::new(),
            answers: rows.iter().map(|row| row.answers).collect(),
            published: rows.iter().map(|row| row.published).collect(),
            naming: Vec::new(),
            latin: rows.iter().map(|row| is_latin(row.text)).collect(),
            sources: Vec::new(),
            sources_number: 0,
        };
        for row in rows {
            let reading = Reading::of(row.text);
            let words = reading.words.len().min(MOST_WORDS);
            let names = names(&reading);
            sheet.features.extend(features(&reading, 0..words, &names));
            sheet.naming.push(!names.is_empty());
            sheet.starts.push(sheet.features.len());
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            sheet.sources.push(*known.entry(row.source).or_insert(next));
        }
        sheet.sources_number = u32::try_from(known.len()).unwrap_or(u32::MAX);
        sheet
    }

    /// Rows whose features were found elsewhere, each with whether it is contempt.
    pub(super) fn of_features<'r>(rows: impl Iterator<Item = (bool, &'r [u32])>) -> Self {
        let mut sheet = Self {
            starts: alloc::vec![0],
            features: Vec::new(),
            answers: Vec::new(),
            published: Vec::new(),
            naming: Vec::new(),
            latin: Vec::new(),
            sources: Vec::new(),
            sources_number: 1,
        };
        for (truth, features) in rows {
            let mut answers: Answers = [None; Head::COUNT];
            answers[Head::Hate as usize] = Some(truth);
            sheet.answers.push(answers);
            sheet.sources.push(0);
            sheet.features.extend_from_slice(features);
            sheet.starts.push(sheet.features.len());
        }
        sheet
    }

    pub(super) fn features(&self, row: usize) -> &[u32] {
        &self.features[self.starts[row]..self.starts[row + 1]]
    }

    pub(super) fn slots(&self, owners: &Owners) -> Slots {
        let mut slots = Slots { starts: alloc::vec![0], slots: Vec::new(), number: 1 << owners.bits };
        for row in 0..self.answers.len() {
            let found = self.features(row).iter().filter_map(|feature| owners.slot(*feature));
            slots.slots.extend(found.map(|slot| u32::try_from(slot).unwrap_or(u32::MAX)));
            slots.starts.push(slots.slots.len());
        }
        slots
    }

    /// The features of these rows that tell most for some head, the best first, `most` at most.
    ///
    /// A feature tells the more the further its share of positives is from all rows' share, in standard errors.
    pub(super) fn best(&self, rows: &[usize], least: u32, most: usize) -> Vec<u32> {
        let mut totals = [[0_f32; 2]; Head::COUNT];
        let mut pairs: Vec<u64> = Vec::new();
        for row in rows {
            count(&mut totals, &self.answers[*row]);
            let row_bits = u64::try_from(*row).unwrap_or(0);
            pairs.extend(self.features(*row).iter().map(|feature| u64::from(*feature) << 32 | row_bits));
        }
        pairs.sort_unstable();
        let mut ranked = Vec::new();
        for same in pairs.chunk_by(|one, other| one >> 32 == other >> 32) {
            if same.len() < least as usize {
                continue;
            }
            let mut counts = [[0_f32; 2]; Head::COUNT];
            for pair in same {
                count(&mut counts, &self.answers[(pair & 0xFFFF_FFFF) as usize]);
            }
            let tells = counts.iter().zip(&totals).map(|(counts, totals)| tells(*counts, *totals));
            let best = tells.fold(0.0, f32::max);
            ranked.push((best, u32::try_from(same[0] >> 32).unwrap_or(0)));
        }
        ranked.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        ranked.truncate(most);
        ranked.into_iter().map(|(_, feature)| feature).collect()
    }
}

fn is_latin(text: &str) -> bool {
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    latin > text.chars().filter(|letter| ('\u{600}'..'\u{700}').contains(letter)).count()
}

fn count(counts: &mut [[f32; 2]; Head::COUNT], answers: &Answers) {
    for (counts, answer) in counts.iter_mut().zip(answers) {
        if let Some(answer) = answer {
            counts[usize::from(*answer)] += 1.0;
        }
    }
}

/// The square of how many standard errors the share of positives is away from that of all rows.
fn tells([no, yes]: [f32; 2], [all_no, all_yes]: [f32; 2]) -> f32 {
    let all = all_no + all_yes;
    if all_yes == 0.0 || all_no == 0.0 {
        return 0.0;
    }
    let expected = (no + yes) * all_yes / all;
    let off = yes - expected;
    off * off / ((expected + 0.5) * all_no / all)
}
