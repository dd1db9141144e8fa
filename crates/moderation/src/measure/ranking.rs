//! What an order of answers is worth, and where to cut it.

use super::{Counts, Told};
use alloc::vec::Vec;

/// What has been passed after each threshold, from the highest down; answers alike are passed together.
fn steps(told: &[Told]) -> Vec<(f32, Counts)> {
    let mut sorted = told.to_vec();
    sorted.sort_by(|one, other| other.said.total_cmp(&one.said));
    let mut counts = Counts::at(told, f32::INFINITY);
    let mut steps = Vec::new();
    for alike in sorted.chunk_by(|one, other| one.said.total_cmp(&other.said).is_eq()) {
        for told in alike {
            if told.truth {
                counts.found += 1;
                counts.missed = counts.missed.saturating_sub(1);
            } else {
                counts.false_alarms += 1;
                counts.passed = counts.passed.saturating_sub(1);
            }
        }
        steps.push((alike[0].said, counts));
    }
    steps
}

/// Average precision: the sum of precision times gained recall over all thresholds, without interpolation. 0 where nothing
/// is true.
pub fn average_precision(told: &[Told]) -> f64 {
    let mut before = 0.0;
    let mut sum = 0.0;
    for (_, counts) in steps(told) {
        sum += counts.precision() * (counts.recall() - before);
        before = counts.recall();
    }
    sum
}

/// The probability that a true text is put above one that is not, those alike counted half. 0.5 where one kind is missing.
pub fn area_under_curve(told: &[Told]) -> f64 {
    let (mut sum, mut found, mut alarms) = (0.0, 0, 0);
    for (_, counts) in steps(told) {
        let (yes, no) = (counts.found - found, counts.false_alarms - alarms);
        sum += no as f64 * (found as f64 + yes as f64 / 2.0);
        (found, alarms) = (counts.found, counts.false_alarms);
    }
    if found == 0 || alarms == 0 { 0.5 } else { sum / (found as f64 * alarms as f64) }
}

/// The lowest threshold from which on precision is reached, so that the most is found; none where it never is.
pub fn threshold_for_precision(told: &[Told], precision: f64) -> Option<f32> {
    steps(told).into_iter().rev().find(|(_, counts)| counts.precision() >= precision).map(|(threshold, _)| threshold)
}

/// The highest recall at which precision is reached; 0 where it never is.
pub fn recall_at_precision(told: &[Told], precision: f64) -> f64 {
    threshold_for_precision(told, precision).map_or(0.0, |threshold| Counts::at(told, threshold).recall())
}

/// The threshold at which macro-F1 is highest, and that macro-F1.
pub fn best_macro_f1(told: &[Told]) -> (f32, f64) {
    let all = steps(told).into_iter().map(|(threshold, counts)| (threshold, counts.macro_f1()));
    all.fold((0.5, 0.0), |best, next| if next.1 > best.1 { next } else { best })
}

/// Expected calibration error: how far probability and share of the true lie apart, on average over ten bins of equal
/// width, each by its number of texts.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 9")]
pub fn calibration_error(told: &[Told]) -> f64 {
    let mut bins = [(0.0_f64, 0.0_f64); 10];
    for told in told {
        let bin = &mut bins[((told.said.clamp(0.0, 1.0) * 10.0) as usize).min(9)];
        bin.0 += f64::from(told.said);
        bin.1 += f64::from(u8::from(told.truth));
    }
    let off: f64 = bins.iter().map(|(said, truth)| (said - truth).abs()).sum();
    if told.is_empty() { 0.0 } else { off / told.len() as f64 }
}
