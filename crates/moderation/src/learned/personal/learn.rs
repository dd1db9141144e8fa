//! Online logistic regression over what the heads say: each lesson pulls the adjustments of its features towards the
//! desk's answer, each step the smaller the more a feature has moved already (`AdaGrad`: Duchi, Hazan and Singer 2011), and
//! every adjustment is drawn back towards none (L2). The same lessons in the same order make the same layer.

use super::{BITS, MOST, MOST_ADJUSTMENTS, MOST_ALIKE, Personal, ROUTED, Three, odds, places};
use crate::arithmetic::{sigmoid, sqrt};
use crate::learned::features::features;
use crate::learned::heads::{row_length, windows};
use crate::learned::names;
use crate::stance::Rules;
use crate::{Heads, Reading};
use alloc::vec::Vec;

/// How far a feature's first step goes.
const RATE: f32 = 1.0;
/// How strongly a feature that is seen is drawn back towards no adjustment.
const BACK: f32 = 0.002;
/// How far the shift of all answers goes in a step.
const RATE_ALIKE: f32 = 0.02;
/// An adjustment below this is left out.
const LEAST: f32 = 0.002;

/// Yes, no, or not known, for each of [`ROUTED`].
pub type Answers = Three<Option<bool>>;

/// A decision about a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lesson<'a> {
    /// As sent.
    pub text: &'a str,
    /// What the desk decided.
    pub answers: Answers,
    /// How much it counts, 0 to 2.
    pub weight: f32,
}

/// Learns lesson by lesson; holds 2^18 places and no text.
#[derive(Debug, Clone)]
pub struct Learner {
    heads: Heads,
    teach: Three<bool>,
    weights: Vec<Three<f32>>,
    moved: Vec<Three<f32>>,
    alike: Three<f32>,
}

impl Learner {
    /// A learner over these heads. Only the answers of those that are to be taught move.
    pub fn new(heads: &Heads, teach: Three<bool>) -> Self {
        let (weights, moved) =
            (alloc::vec![[0.0; ROUTED.len()]; 1 << BITS], alloc::vec![[1.0; ROUTED.len()]; 1 << BITS]);
        Self { heads: heads.clone(), teach, weights, moved, alike: [0.0; ROUTED.len()] }
    }

    /// Takes one lesson. A long text teaches by the window for which the answer is highest, as it is judged.
    #[expect(clippy::cast_possible_truncation, reason = "a probability")]
    pub fn learn(&mut self, lesson: &Lesson<'_>, rules: &Rules) {
        let reading = Reading::of(lesson.text);
        let names = names(&reading, rules);
        let windows: Vec<(Vec<u32>, Three<f64>)> = windows(reading.words.len())
            .map(|window| {
                let features = features(&reading, window, &names);
                (places(&features), self.heads.routed(&features).map(odds))
            })
            .collect();
        for at in 0..ROUTED.len() {
            let (true, Some(truth)) = (self.teach[at], lesson.answers[at]) else { continue };
            let sums = windows.iter().map(|(places, odds)| (places, odds[at], self.sum(places, at)));
            let loudest =
                sums.max_by(|one, other| (one.1 + f64::from(one.2)).total_cmp(&(other.1 + f64::from(other.2))));
            let Some((places, odds, sum)) = loudest else { continue };
            let off = sigmoid(odds + f64::from(sum.clamp(-MOST, MOST))) as f32 - f32::from(u8::from(truth));
            // Beyond the limit nothing is learned that would lead on beyond it.
            if sum.abs() < MOST || sum.is_sign_positive() == (off > 0.0) {
                self.step(places, at, off * lesson.weight);
            }
        }
    }

    fn sum(&self, places: &[u32], at: usize) -> f32 {
        let sum: f32 = places.iter().map(|place| self.weights[*place as usize][at]).sum();
        self.alike[at] + sum * row_length(u32::try_from(places.len()).unwrap_or(u32::MAX))
    }

    #[expect(clippy::cast_possible_truncation, reason = "a root")]
    fn step(&mut self, places: &[u32], at: usize, off: f32) {
        let length = row_length(u32::try_from(places.len()).unwrap_or(u32::MAX));
        for place in places {
            let weight = &mut self.weights[*place as usize][at];
            let slope = off * length + BACK * *weight;
            let moved = &mut self.moved[*place as usize][at];
            *moved += slope * slope;
            *weight -= RATE * slope / sqrt(f64::from(*moved)) as f32;
        }
        self.alike[at] = (self.alike[at] - RATE_ALIKE * off).clamp(-MOST_ALIKE, MOST_ALIKE);
    }

    /// The layer as it is now: the largest adjustments, in steps of one byte.
    pub fn learned(&self) -> Personal {
        let largest = |at: usize| self.weights.iter().fold(0.0_f32, |most, weights| most.max(weights[at].abs()));
        let scale: Three<f32> = core::array::from_fn(|at| (largest(at) / 127.0).min(1.0));
        let size = |weights: &Three<f32>| weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        let mut kept: Vec<(u32, Three<f32>)> = (0..)
            .zip(&self.weights)
            .filter(|(_, weights)| size(weights) >= LEAST)
            .map(|(place, weights)| (place, *weights))
            .collect();
        kept.sort_by(|one, other| size(&other.1).total_cmp(&size(&one.1)).then(one.0.cmp(&other.0)));
        kept.truncate(MOST_ADJUSTMENTS);
        kept.sort_by_key(|(place, _)| *place);
        let stepped = |weights: Three<f32>| core::array::from_fn(|at| step(weights[at], scale[at]));
        let adjusted = kept.into_iter().map(|(place, weights)| (place, stepped(weights)));
        Personal::of(
            &self.heads,
            scale,
            self.alike,
            adjusted.filter(|(_, steps)| *steps != [0; ROUTED.len()]).collect(),
        )
    }
}

/// A weight in steps of that size.
#[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
fn step(weight: f32, scale: f32) -> i8 {
    if scale <= 0.0 {
        return 0;
    }
    let steps = (weight / scale).clamp(-127.0, 127.0);
    (steps + if steps < 0.0 { -0.5 } else { 0.5 }) as i8
}
