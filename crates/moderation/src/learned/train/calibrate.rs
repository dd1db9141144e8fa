//! From sums to probabilities, and from weights to bytes.

use crate::arithmetic::{sigmoid, sqrt};
use alloc::vec::Vec;

/// The slope and shift that make sums the logarithms of odds (Platt 1999, with the targets of Lin, Lin and Weng 2007).
#[expect(clippy::cast_possible_truncation, reason = "two small numbers")]
pub(super) fn line(told: &[(f64, bool)]) -> (f32, f32) {
    let yes = told.iter().filter(|(_, truth)| *truth).count() as f64;
    let no = told.len() as f64 - yes;
    let (high, low) = ((yes + 1.0) / (yes + 2.0), 1.0 / (no + 2.0));
    let (mut slope, mut shift) = (1.0, 0.0);
    for _ in 0..60 {
        // Newton's method; the small terms keep it from leaping where all rows are alike.
        let (mut g0, mut g1, mut h00, mut h01, mut h11) = (0.0, 0.0, 1e-6, 0.0, 1e-6);
        for (sum, truth) in told {
            let given = sigmoid(slope * sum + shift);
            let off = given - if *truth { high } else { low };
            let spread = given * (1.0 - given);
            g0 += off * sum;
            g1 += off;
            h00 += spread * sum * sum;
            h01 += spread * sum;
            h11 += spread;
        }
        let determinant = h00 * h11 - h01 * h01;
        if determinant.abs() < 1e-12 {
            break;
        }
        let steps = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant);
        slope -= steps.0.clamp(-2.0, 2.0);
        shift -= steps.1.clamp(-2.0, 2.0);
        if steps.0.abs() + steps.1.abs() < 1e-9 {
            break;
        }
    }
    (slope.clamp(0.0, 1e6) as f32, shift.clamp(-1e6, 1e6) as f32)
}

#[expect(clippy::cast_possible_truncation, reason = "a probability")]
pub(super) fn probability(odds: f64) -> f32 {
    sigmoid(odds) as f32
}

/// What a step of a stored weight should be worth: the candidate with which the steps are least wrong.
#[expect(clippy::cast_possible_truncation, reason = "a weight")]
pub(super) fn scale(weights: &[f32]) -> f32 {
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let spread =
        sqrt(weights.iter().map(|weight| f64::from(weight * weight)).sum::<f64>() / weights.len().max(1) as f64);
    let mut candidates: Vec<f32> =
        [4.0, 6.0, 8.0, 12.0, 16.0].iter().map(|times| spread as f32 * times / 127.0).collect();
    candidates.push(largest / 127.0);
    let wrong = |scale: f32| {
        weights
            .iter()
            .map(|weight| f64::from(weight - scale * f32::from(step(*weight, scale))))
            .map(|off| off * off)
            .sum()
    };
    let errors: Vec<(f64, f32)> = candidates.into_iter().map(|scale| (wrong(scale), scale)).collect();
    errors.into_iter().min_by(|one, other| one.0.total_cmp(&other.0)).map_or(1.0, |(_, scale)| scale)
}

/// A weight in steps of that size.
#[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
pub(super) fn step(weight: f32, scale: f32) -> i8 {
    if scale <= 0.0 {
        return 0;
    }
    let steps = (weight / scale).clamp(-127.0, 127.0);
    (steps + if steps < 0.0 { -0.5 } else { 0.5 }) as i8
}
