//! How far a measured number can be trusted.

use super::Told;
use crate::arithmetic::sqrt;
use crate::learned::train::Draw;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// The ends of a 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The 95 % interval of a share (Wilson 1927). From 0 to 1 where nothing was counted.
pub fn wilson(part: u64, whole: u64) -> Interval {
    if whole == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    const Z: f64 = 1.959_963_984_540_054;
    let (part, whole) = (part as f64, whole as f64);
    let share = part / whole;
    let middle = share + Z * Z / (2.0 * whole);
    let reach = Z * sqrt(share * (1.0 - share) / whole + Z * Z / (4.0 * whole * whole));
    let below = 1.0 + Z * Z / whole;
    Interval { low: ((middle - reach) / below).max(0.0), high: ((middle + reach) / below).min(1.0) }
}

/// The 95 % interval of any number made of answers: from the 2.5th to the 97.5th of a hundred as many `times` as the rows
/// were drawn anew with replacement. The same seed draws the same.
pub fn bootstrap(told: &[Told], seed: u64, times: u32, number: impl Fn(&[Told]) -> f64) -> Interval {
    let size = u32::try_from(told.len()).unwrap_or(u32::MAX);
    let mut draw = Draw::new(seed);
    let mut numbers: Vec<f64> = Vec::new();
    for _ in 0..times.max(1) {
        let drawn: Vec<Told> = (0..size).map(|_| told[draw.below(size) as usize]).collect();
        numbers.push(number(&drawn));
    }
    numbers.sort_by(f64::total_cmp);
    let last = numbers.len() - 1;
    Interval { low: numbers[last * 25 / 1_000], high: numbers[last - last * 25 / 1_000] }
}
