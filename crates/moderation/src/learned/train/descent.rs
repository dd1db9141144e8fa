//! Dual coordinate descent: one row at a time is given exactly the say that is best for it while the others keep theirs.
//!
//! Hsieh et al. 2008 (squared hinge) and Yu, Huang and Lin 2011 (logistic).

use super::draw::Draw;
use super::sheet::{Sheet, Slots};
use super::{Lesson, Settings};
use crate::Head;
use crate::arithmetic::{ln, sigmoid};
use crate::learned::heads::row_length;
use alloc::vec::Vec;

/// The loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learner {
    /// The logarithm of the probability given to the truth.
    Logistic,
    /// The square of how far a row falls short of a margin of 1.
    Hinge,
}

/// A slot's weight times its measure, and the square of that measure.
#[derive(Clone, Copy)]
struct Weight {
    sum: f32,
    square: f32,
}

/// The weights of one head, one for each slot, and what is added to every sum.
pub(super) fn descend(
    slots: &Slots,
    sheet: &Sheet,
    rows: &[Lesson],
    head: Head,
    settings: &Settings,
) -> (Vec<f32>, f32) {
    let mut weights: Vec<Weight> = measures(slots, rows, settings.bayes[head as usize])
        .into_iter()
        .map(|square| Weight { sum: 0.0, square })
        .collect();
    let mut of_source = alloc::vec![0.0_f32; sheet.sources_number as usize];
    let mut bias = 0.0_f32;
    let mut says = alloc::vec![0.0_f32; rows.len()];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut draw = Draw::new(settings.seed.wrapping_add(head as u64));
    for _ in 0..settings.rounds {
        draw.shuffle(&mut order);
        for place in &order {
            let Lesson { row, truth, cost } = rows[*place];
            let sign = if truth { 1.0 } else { -1.0 };
            let found = slots.of(row);
            let length = row_length(u32::try_from(found.len()).unwrap_or(u32::MAX));
            let (mut sum, mut square) = (0.0, 0.0);
            for slot in found {
                let weight = weights[*slot as usize];
                sum += weight.sum;
                square += weight.square;
            }
            let source = &mut of_source[sheet.sources[row] as usize];
            let margin = sign * (sum * length + bias + *source * settings.sources);
            let square = square * length * length + 1.0 + settings.sources * settings.sources;
            let before = says[*place];
            let after = match settings.learner {
                Learner::Logistic => logistic(before, margin, square, cost),
                Learner::Hinge => (before - (margin - 1.0 + before / (2.0 * cost)) / (square + 0.5 / cost)).max(0.0),
            };
            says[*place] = after;
            let change = sign * (after - before);
            if change != 0.0 {
                bias += change;
                *source += change * settings.sources;
                for slot in found {
                    let weight = &mut weights[*slot as usize];
                    weight.sum += change * length * weight.square;
                }
            }
        }
    }
    (weights.into_iter().map(|weight| weight.sum).collect(), bias)
}

/// The say, between 0 and `cost`, at which the dual of the logistic loss is least: the zero of
/// `square * (say - before) + margin + ln(say / (cost - say))`, found by Newton's steps on the logarithm of the odds.
#[expect(clippy::cast_possible_truncation, reason = "f32 is enough for a say")]
fn logistic(before: f32, margin: f32, square: f32, cost: f32) -> f32 {
    let (before, margin, square, cost) = (f64::from(before), f64::from(margin), f64::from(square), f64::from(cost));
    let share = (before / cost).clamp(1e-6, 1.0 - 1e-6);
    let mut odds = if before == 0.0 { -margin } else { ln(share / (1.0 - share)) };
    for _ in 0..8 {
        let share = sigmoid(odds);
        let off = square * (cost * share - before) + margin + odds;
        let step = off / (square * cost * share * (1.0 - share) + 1.0);
        odds = (odds - step).clamp(-40.0, 40.0);
        if step.abs() < 1e-4 {
            break;
        }
    }
    (cost * sigmoid(odds)) as f32
}

/// The square of each slot's measure: 1, or by how unevenly it stands in positives and negatives.
#[expect(clippy::cast_possible_truncation, reason = "a logarithm")]
fn measures(slots: &Slots, rows: &[Lesson], bayes: f32) -> Vec<f32> {
    let mut counts = alloc::vec![[0.5_f64; 2]; slots.number];
    let mut totals = [1.0_f64; 2];
    for Lesson { row, truth, .. } in rows {
        let side = usize::from(*truth);
        totals[side] += 1.0;
        slots.of(*row).iter().for_each(|slot| counts[*slot as usize][side] += 1.0);
    }
    let measure = |[no, yes]: [f64; 2]| {
        let ratio = ln((yes / totals[1]) / (no / totals[0])) as f32;
        let measure = 1.0 - bayes + bayes * ratio.abs();
        measure * measure
    };
    counts.into_iter().map(measure).collect()
}
