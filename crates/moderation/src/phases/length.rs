use super::Input;
use crate::{Finding, Reason};
use alloc::vec::Vec;
use arabic::runs::{clusters, end_of_clusters};

/// One letter too long.
const WEIGHT: u64 = 300;
/// What twice the limit adds; from then on it stays.
const WEIGHT_OF_TWICE: u64 = 400;

/// Longer than the house allows; the range is what lies beyond. (The test sets the limit to 20.)
///
/// Caught: «وصلت الحافلة متأخرة ساعة كاملة»
/// Not caught: «وَصَلَتِ الحافِلَةُ الآنَ»
pub(super) fn length(input: &Input<'_>) -> Vec<Finding> {
    let (text, limit) = (input.submission.text, input.rulebook.long_text);
    // A cluster has at least one byte, so a text of few bytes need not be counted.
    if text.len() <= limit {
        return Vec::new();
    }
    let length = clusters(text);
    if length <= limit {
        return Vec::new();
    }
    let (length, beyond) = (length as u64, end_of_clusters(text, limit)..text.len());
    let limit = limit as u64;
    let grown = (length - limit).saturating_mul(WEIGHT_OF_TWICE) / limit.max(1);
    let weight = u16::try_from(WEIGHT + grown.min(WEIGHT_OF_TWICE)).unwrap_or(u16::MAX);
    alloc::vec![Finding::at(Reason::TooLong { length, limit }, weight, [beyond])]
}
