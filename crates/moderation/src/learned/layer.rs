//! A small layer beside the sums: every feature has a place in sixteen dimensions, a text is the mean of its features'
//! places, bent once, and each head weighs the sixteen numbers. It sees what single features cannot add up.

use crate::Head;
use crate::arithmetic::exp;
use alloc::vec::Vec;

/// Dimensions.
pub(super) const WIDE: usize = 16;
/// Numbers beside the places: the size of a step, a shift for each dimension, and weights and a shift for each head.
pub(super) const TURNS: usize = 1 + WIDE + Head::COUNT * (WIDE + 1);

/// The numbers beside the places.
#[derive(Debug, Clone)]
pub(super) struct Turns {
    /// What one step of a stored place is worth.
    pub(super) scale: f32,
    pub(super) shift: [f32; WIDE],
    pub(super) weights: [[f32; WIDE]; Head::COUNT],
    pub(super) bias: [f32; Head::COUNT],
}

impl Turns {
    /// In the order of the file.
    pub(super) fn of(numbers: &[f32; TURNS]) -> Self {
        let at = |place: usize| numbers[place];
        Self {
            scale: at(0),
            shift: core::array::from_fn(|dimension| at(1 + dimension)),
            weights: core::array::from_fn(|head| core::array::from_fn(|d| at(1 + WIDE + head * WIDE + d))),
            bias: core::array::from_fn(|head| at(1 + WIDE + Head::COUNT * WIDE + head)),
        }
    }

    /// In the order of the file.
    pub(super) fn numbers(&self) -> Vec<f32> {
        let mut numbers = alloc::vec![self.scale];
        numbers.extend(self.shift);
        numbers.extend(self.weights.iter().flatten());
        numbers.extend(self.bias);
        numbers
    }

    /// The bent dimensions of a text whose features' places sum to `sum`, each step worth `step`.
    pub(super) fn bent(&self, sum: &[f32; WIDE], step: f32) -> [f32; WIDE] {
        core::array::from_fn(|d| bent(sum[d] * step + self.shift[d]))
    }

    /// What each head makes of it.
    pub(super) fn odds(&self, bent: &[f32; WIDE]) -> [f32; Head::COUNT] {
        core::array::from_fn(|head| {
            self.bias[head] + self.weights[head].iter().zip(bent).map(|(weight, number)| weight * number).sum::<f32>()
        })
    }
}

/// The hyperbolic tangent.
#[expect(clippy::cast_possible_truncation, reason = "between -1 and 1")]
fn bent(x: f32) -> f32 {
    (1.0 - 2.0 / (1.0 + exp(2.0 * f64::from(x)))) as f32
}
