//! Whether what is said beside people is contempt for them: a head of its own, asked only where protected people are named.
//!
//! The heads of a whole comment count its words and know nothing of whom they are said. This one never sees whom (every name
//! of people is one and the same token, so that no people is itself a reason) and sees each word with what the rules know of
//! it: denied, in somebody else's mouth, or the visitor's own.

mod features;
#[cfg(test)]
mod tests;

use super::heads::{BadModel, row_length};
use super::table::{mark, places};
use crate::Score;
use crate::arithmetic::sigmoid;
use crate::stance::Scan;

pub(crate) use features::{features, sees_all};

/// Bytes before its table: the size of the table, and the numbers of [`Numbers`].
pub(super) const BEFORE: usize = 24;
/// Bytes of a slot: a weight, then the owner's mark.
pub(super) const SLOT: usize = 2;
/// More slots than this are not read.
const MOST_BITS: u32 = 20;

/// What it knows beside its weights.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Numbers {
    /// What one step of a stored weight is worth.
    pub(crate) scale: f32,
    /// Added to every sum.
    pub(crate) bias: f32,
    /// Turns the sum into the logarithm of the odds: `slope * sum + shift`.
    pub(crate) slope: f32,
    /// See `slope`.
    pub(crate) shift: f32,
    /// From this probability on a person should look.
    pub(crate) look: f32,
}

/// Where it lies in the file of heads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contempt {
    from: usize,
    bits: u32,
    pub(super) numbers: Numbers,
}

impl Contempt {
    /// Reads it from where it begins to the end of the file.
    pub(super) fn of(all: &[u8], from: usize) -> Result<Self, BadModel> {
        let before = all.get(from..from + BEFORE).ok_or(BadModel::Length)?;
        let word = |place: usize| {
            let at = place * 4;
            u32::from_le_bytes([before[at], before[at + 1], before[at + 2], before[at + 3]])
        };
        let bits = word(0);
        if bits > MOST_BITS {
            return Err(BadModel::Strange);
        }
        if all.len() != from + BEFORE + (SLOT << bits) {
            return Err(BadModel::Length);
        }
        let [scale, bias, slope, shift, look] = core::array::from_fn(|place| f32::from_bits(word(place + 1)));
        if ![scale, bias, slope, shift, look].iter().all(|number| number.abs() < 1e9) {
            return Err(BadModel::Unusable);
        }
        Ok(Self { from: from + BEFORE, bits, numbers: Numbers { scale, bias, slope, shift, look } })
    }

    /// The sum for these features, each once.
    pub(super) fn sum(&self, all: &[u8], features: &[u32]) -> f32 {
        let (mut sum, mut known) = (0_i32, 0_u32);
        for feature in features {
            let slots = places(*feature, self.bits).into_iter().filter_map(|place| {
                let at = self.from + place * SLOT;
                all.get(at..at + SLOT)
            });
            if let Some(slot) = slots.into_iter().find(|slot| slot[1] == mark(*feature)) {
                known += 1;
                sum += i32::from(slot[0].cast_signed());
            }
        }
        self.numbers.bias + self.numbers.scale * sum as f32 * row_length(known)
    }

    /// What it says of a text; nothing where no people are named, or where it was not taught.
    pub(super) fn said(&self, all: &[u8], scan: &Scan<'_>) -> Option<Score> {
        let features = features(scan).filter(|_| self.bits > 0)?;
        Some(Score::of(self.numbers.probability(self.sum(all, &features))))
    }
}

impl Numbers {
    /// The probability that belongs to a sum.
    #[expect(clippy::cast_possible_truncation, reason = "a probability")]
    pub(crate) fn probability(&self, sum: f32) -> f32 {
        sigmoid(f64::from(self.slope * sum + self.shift)) as f32
    }
}
