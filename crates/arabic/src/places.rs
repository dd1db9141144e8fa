//! The same place in other units: UTF-16 for JavaScript and its services, clusters for what readers count.
//!
//! Everything in this crate counts in bytes of UTF-8. These functions turn ranges of bytes into ranges of another unit
//! in one pass over the text, however many ranges there are.

use alloc::vec::Vec;
use core::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The ranges, given in bytes, in UTF-16 code units, as JavaScript, Java and most browsers count; in the order given.
///
/// An end that cuts a character is moved out to its edge, one that lies behind the text to the end of the text, and a
/// reversed range is empty, at its start.
///
/// ```
/// // A picture is four bytes and two units.
/// assert_eq!(arabic::places::utf16("🌹 سلام", &[5..13]), [3..7]);
/// ```
pub fn utf16(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    in_units(text.char_indices().map(|(at, c)| (at, c.len_utf16())), text.len(), ranges)
}

/// The ranges, given in bytes, in grapheme clusters (UAX 29): a letter with its marks is one, as readers count; in the
/// order given. Ends are moved as by [`utf16`], to the edges of clusters.
///
/// ```
/// assert_eq!(arabic::places::clusters("سَلَام", &[4..8]), [1..2]);
/// ```
pub fn clusters(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    in_units(text.grapheme_indices(true).map(|(at, _)| (at, 1)), text.len(), ranges)
}

/// An end of a range that waits for its place.
#[derive(Clone, Copy)]
struct End {
    byte: usize,
    range: usize,
    is_start: bool,
}

/// Walks over signs, each with its first byte and its length in the unit, and settles every end on the way.
fn in_units(signs: impl Iterator<Item = (usize, usize)>, bytes: usize, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut ends = Vec::with_capacity(ranges.len() * 2);
    for (range, Range { start, end }) in ranges.iter().cloned().enumerate() {
        ends.push(End { byte: start, range, is_start: true });
        ends.push(End { byte: end.max(start), range, is_start: false });
    }
    ends.sort_by_key(|end| end.byte);
    let mut placed = alloc::vec![0..0; ranges.len()];
    let mut waiting = ends.into_iter().peekable();
    let (mut before, mut units) = (0, 0);
    for (at, length) in signs.chain([(bytes, 0)]) {
        // Ends inside the sign before this one: a start goes back to its beginning, an end on to here.
        while let Some(end) = waiting.next_if(|end| end.byte <= at) {
            let inside = end.byte < at;
            let is_empty = ranges[end.range].start >= ranges[end.range].end;
            let place = if inside && (end.is_start || is_empty) { before } else { units };
            put(&mut placed[end.range], end.is_start, place);
        }
        before = units;
        units += length;
    }
    for end in waiting {
        put(&mut placed[end.range], end.is_start, units);
    }
    placed
}

fn put(range: &mut Range<usize>, is_start: bool, place: usize) {
    if is_start {
        range.start = place;
    } else {
        range.end = place;
    }
}
