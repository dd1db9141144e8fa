//! Byte ranges of a text: put in order, and what lies between them.

use alloc::vec::Vec;
use core::ops::Range;

/// The same places in order; empty ones go, and those that overlap become one.
pub(crate) fn in_order(places: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = places.into_iter().filter(|place| !place.is_empty()).collect();
    places.sort_unstable_by_key(|place| place.start);
    let mut kept: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match kept.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => kept.push(place),
        }
    }
    kept
}

/// What of `whole` lies in none of `taken`, which are in order.
pub(crate) fn outside(whole: &Range<usize>, taken: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut free = Vec::new();
    let mut from = whole.start;
    let first = taken.partition_point(|place| place.end <= whole.start);
    for place in taken[first..].iter().take_while(|place| place.start < whole.end) {
        free.push(from..place.start.max(from));
        from = place.end.min(whole.end);
    }
    free.push(from..whole.end);
    free.retain(|place| !place.is_empty());
    free
}
