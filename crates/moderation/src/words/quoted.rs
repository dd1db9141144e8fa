//! What stands in quotation marks.

use crate::Reading;
use alloc::vec::Vec;
use core::ops::Range;

/// A quotation is no longer than this, in bytes; whatever is longer is a sign that somebody forgot.
const QUOTATION: usize = 600;

/// Words between quotation marks that face each other, or between two plain ones.
pub(super) fn quoted(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let text = reading.folded.as_str();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        let closes = match c {
            '»' => '«',
            '”' => '“',
            '"' => '"',
            '«' | '“' => {
                open = Some((at, c));
                continue;
            }
            _ => continue,
        };
        match open {
            Some((from, sign)) if sign == closes && at - from <= QUOTATION => {
                let first = reading.words.partition_point(|word| word.start < from);
                let past = reading.words.partition_point(|word| word.start < at);
                found.push(first..past);
                open = None;
            }
            _ if c == '"' => open = Some((at, c)),
            _ => {}
        }
    }
    found.retain(|words| !words.is_empty());
    found
}
