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

/// Recall and precision at the thresholds from the highest down, `most` of them at equal steps of recall, for a drawing. Empty
/// where nothing is true.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and `most`")]
pub fn curve(told: &[Told], most: usize) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut drawn = None;
    for (_, counts) in steps(told) {
        let step = (counts.recall() * most.saturating_sub(1) as f64) as usize;
        if counts.found > 0 && drawn != Some(step) && most > 0 {
            drawn = Some(step);
            points.push((counts.recall(), counts.precision()));
        }
    }
    points
}

/// Ten bins of equal width by what was said: the mean of what was said, the share of the true, the number of texts. Bins
/// without a text are left out.
pub fn calibration(told: &[Told]) -> Vec<(f64, f64, u64)> {
    let full = bins(told).into_iter().filter(|bin| bin.2 > 0);
    full.map(|(said, truth, texts)| (said / texts as f64, truth / texts as f64, texts)).collect()
}

/// Expected calibration error: how far probability and share of the true lie apart, on average over ten bins of equal
/// width, each by its number of texts.
pub fn calibration_error(told: &[Told]) -> f64 {
    let off: f64 = bins(told).iter().map(|(said, truth, _)| (said - truth).abs()).sum();
    if told.is_empty() { 0.0 } else { off / told.len() as f64 }
}

/// By what was said, in tenths: the sum of what was said, the number of the true, the number of all.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 9")]
fn bins(told: &[Told]) -> [(f64, f64, u64); 10] {
    let mut bins = [(0.0, 0.0, 0); 10];
    for told in told {
        let bin = &mut bins[((told.said.clamp(0.0, 1.0) * 10.0) as usize).min(9)];
        bin.0 += f64::from(told.said);
        bin.1 += f64::from(u8::from(told.truth));
        bin.2 += 1;
    }
    bins
}
