//! From sums to probabilities, and from weights to bytes.

use crate::arithmetic::{exp, ln, sigmoid, sqrt};
use crate::learned::heads::Sums;
use alloc::vec::Vec;

/// The weights and the shift that make the two sums the logarithm of odds (Platt 1999, with the targets of Lin, Lin and
/// Weng 2007), by Newton's method.
#[expect(clippy::cast_possible_truncation, reason = "small numbers")]
pub(super) fn line(told: &[(Sums, bool)]) -> [f32; 3] {
    let yes = told.iter().filter(|(_, truth)| *truth).count() as f64;
    let no = told.len() as f64 - yes;
    let (high, low) = ((yes + 1.0) / (yes + 2.0), 1.0 / (no + 2.0));
    let off = |line: &[f64; 3]| -> f64 {
        let odds = |sums: &Sums| f64::from(sums.words) * line[0] + f64::from(sums.layer) * line[1] + line[2];
        told.iter().map(|(sums, truth)| loss(odds(sums), if *truth { high } else { low })).sum()
    };
    let mut line = [0.0, 0.0, ln((yes + 1.0) / (no + 1.0))];
    let mut best = off(&line);
    for _ in 0..60 {
        // What stands on the diagonal keeps it from leaping where all rows are alike.
        let mut rows = [[1e-3, 0.0, 0.0, 0.0], [0.0, 1e-3, 0.0, 0.0], [0.0, 0.0, 1e-3, 0.0]];
        for (sums, truth) in told {
            let at = [f64::from(sums.words), f64::from(sums.layer), 1.0];
            let given = sigmoid(at.iter().zip(&line).map(|(at, weight)| at * weight).sum());
            let off = given - if *truth { high } else { low };
            for (row, one) in rows.iter_mut().zip(at) {
                row.iter_mut().zip(at).for_each(|(cell, other)| *cell += given * (1.0 - given) * one * other);
                row[3] += off * one;
            }
        }
        // Too long a step is halved until it leads down.
        let mut steps = solved(rows);
        let mut next = [line[0] - steps[0], line[1] - steps[1], line[2] - steps[2]];
        for _ in 0..30 {
            if off(&next) <= best {
                break;
            }
            steps = steps.map(|step| step / 2.0);
            next = [line[0] - steps[0], line[1] - steps[1], line[2] - steps[2]];
        }
        let now = off(&next);
        if now >= best - 1e-9 * best.abs() {
            break;
        }
        (line, best) = (next, now);
    }
    line.map(|weight| weight.clamp(-1e6, 1e6) as f32)
}

/// The logistic loss of odds against a target.
fn loss(odds: f64, target: f64) -> f64 {
    let far = if odds > 0.0 { odds } else { 0.0 };
    far + ln(1.0 + exp(-odds.abs())) - target * odds
}

/// Solves three equations whose diagonal is above zero.
fn solved(mut rows: [[f64; 4]; 3]) -> [f64; 3] {
    for pivot in 0..3 {
        let row = rows[pivot].map(|cell| cell / rows[pivot][pivot]);
        rows[pivot] = row;
        for (_, other) in rows.iter_mut().enumerate().filter(|(number, _)| *number != pivot) {
            let times = other[pivot];
            other.iter_mut().zip(row).for_each(|(cell, taken)| *cell -= times * taken);
        }
    }
    rows.map(|row| row[3])
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
