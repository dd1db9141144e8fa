//! Learning the layer: all heads at once, row by row, each step the smaller the more a feature has moved already
//! (`AdaGrad`: Duchi, Hazan and Singer 2011). In each row some features are left out, so that none relies on another.

use super::draw::Draw;
use super::sheet::Slots;
use super::{Answers, Settings};
use crate::Head;
use crate::arithmetic::{sigmoid, sqrt};
use crate::learned::heads::row_length;
use crate::learned::layer::{Turns, WIDE};
use alloc::vec::Vec;

/// The places of all slots, and the numbers beside them.
pub(super) struct Layer {
    pub(super) places: Vec<[f32; WIDE]>,
    pub(super) turns: Turns,
}

/// One feature in so many is left out of a row while learning.
const LEFT_OUT: u32 = 3;

#[expect(clippy::cast_possible_truncation, reason = "steps and probabilities")]
pub(super) fn learn(slots: &Slots, answers: &[Answers], rows: &[usize], settings: &Settings) -> Layer {
    let mut draw = Draw::new(settings.seed ^ 0x1A7E);
    let mut any = |size: f32| (draw.below(20_001) as f32 / 10_000.0 - 1.0) * size;
    let mut places: Vec<[f32; WIDE]> = (0..slots.number).map(|_| core::array::from_fn(|_| any(0.05))).collect();
    let mut turns = Turns {
        scale: 1.0,
        shift: [0.0; WIDE],
        weights: core::array::from_fn(|_| core::array::from_fn(|_| any(0.5))),
        bias: [-2.0; Head::COUNT],
    };
    let mut moved = alloc::vec![0.05_f32; slots.number];
    let mut turned = [[1.0_f32; WIDE]; Head::COUNT];
    let mut order: Vec<usize> = rows.iter().copied().filter(|row| answers[*row].iter().any(Option::is_some)).collect();
    let mut seen: Vec<u32> = Vec::new();
    for round in 0..settings.layer_rounds {
        let rate = settings.layer_rate * (1.0 - round as f32 / settings.layer_rounds as f32);
        draw.shuffle(&mut order);
        for row in &order {
            seen.clear();
            seen.extend(slots.of(*row).iter().filter(|_| draw.below(LEFT_OUT) != 0));
            let length = row_length(u32::try_from(seen.len()).unwrap_or(u32::MAX));
            let mut sum = [0.0_f32; WIDE];
            for slot in &seen {
                sum.iter_mut().zip(&places[*slot as usize]).for_each(|(sum, place)| *sum += place);
            }
            let bent = turns.bent(&sum, length);
            let odds = turns.odds(&bent);
            let mut back = [0.0_f32; WIDE];
            for head in Head::ALL.map(|head| head as usize) {
                let Some(truth) = answers[*row][head] else { continue };
                let off = sigmoid(f64::from(odds[head])) as f32 - f32::from(u8::from(truth));
                turns.bias[head] -= rate * 0.1 * off;
                for d in 0..WIDE {
                    back[d] += off * turns.weights[head][d];
                    let slope = off * bent[d];
                    turned[head][d] += slope * slope;
                    turns.weights[head][d] -= rate * slope / sqrt(f64::from(turned[head][d])) as f32;
                }
            }
            let mut size = 0.0;
            for d in 0..WIDE {
                back[d] *= (1.0 - bent[d] * bent[d]) * length;
                size += back[d] * back[d];
            }
            size /= WIDE as f32;
            for slot in &seen {
                let moved = &mut moved[*slot as usize];
                *moved += size;
                let step = rate / sqrt(f64::from(*moved)) as f32;
                places[*slot as usize].iter_mut().zip(&back).for_each(|(place, back)| *place -= step * back);
            }
        }
    }
    Layer { places, turns }
}
