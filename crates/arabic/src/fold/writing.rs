//! The folded text as it is written, with the way back.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::letters::Letter;

/// A folded text that knows where each of its letters came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    pieces: Vec<Piece>,
    /// What is written so far; empty once the text is finished.
    bytes: Vec<u8>,
}

/// A stretch of the folded text: where it starts there, and the bytes it came from.
///
/// It is one letter, or as long as what it came from: then every letter of it is as long as its original, and the
/// distance from the start is the same in both. Most text is a few long pieces of the second kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    at: usize,
    from: usize,
    to: usize,
}

impl Folded {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The smallest range of the original, in bytes, that holds everything the given range of the folded text
    /// came from. A letter's own marks belong to it, so that a highlight never cuts a vowel off its letter.
    ///
    /// Both ends lie on character boundaries of the original, for any range: one that cuts a character is
    /// widened to it, one that reaches too far is cut, an empty or reversed one gives an empty range.
    ///
    /// For other units than bytes see [`crate::places`].
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let end = self.pieces.last().map_or(0, |piece| piece.to);
        if range.start >= self.text.len() {
            return end..end;
        }
        if range.start >= range.end {
            let at = self.start_of(self.text.ceil_char_boundary(range.start)).unwrap_or(end);
            return at..at;
        }
        let first = self.start_of(self.text.floor_char_boundary(range.start));
        let last = self.end_of(self.text.ceil_char_boundary(range.end.min(self.text.len())));
        match (first, last) {
            (Some(first), Some(last)) => first..last,
            _ => end..end,
        }
    }

    /// The same for many ranges, words of the text for example. Where they are in order it is walked through once.
    ///
    /// ```
    /// use arabic::fold::{Level, fold};
    /// let folded = fold("قَال أَحمد", Level::Match);
    /// assert_eq!(folded.originals([0..6, 7..15]), [folded.original(0..6), folded.original(7..15)]);
    /// ```
    pub fn originals(&self, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
        let begins = |piece: usize| self.pieces.get(piece).map_or(usize::MAX, |piece| piece.at);
        // The piece in which the range before begins.
        let mut first = 0;
        let originals = ranges.into_iter().map(|range| {
            let whole = range.start < range.end
                && begins(first) <= range.start
                && self.text.is_char_boundary(range.start)
                && self.text.is_char_boundary(range.end);
            if !whole {
                return self.original(range);
            }
            while begins(first + 1) <= range.start {
                first += 1;
            }
            let mut last = first;
            while begins(last + 1) < range.end {
                last += 1;
            }
            let past = begins(last + 1).min(self.text.len());
            self.pieces[first].from + range.start - self.pieces[first].at..self.pieces[last].to - (past - range.end)
        });
        originals.collect()
    }

    /// The folded text alone.
    pub fn into_string(self) -> String {
        self.text
    }

    /// Where the letter came from that starts here.
    fn start_of(&self, at: usize) -> Option<usize> {
        let piece = self.pieces.get(self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)?)?;
        (at < self.text.len()).then_some(piece.from + at - piece.at)
    }

    /// Where the letter came from that ends here.
    fn end_of(&self, at: usize) -> Option<usize> {
        let next = self.pieces.partition_point(|piece| piece.at < at);
        let piece = self.pieces.get(next.checked_sub(1)?)?;
        let piece_ends = self.pieces.get(next).map_or(self.text.len(), |next| next.at);
        Some(piece.to - (piece_ends - at))
    }
}

/// Where writing stood, to come back to.
pub(super) struct Bookmark {
    bytes: usize,
    pieces: usize,
    last: Option<Piece>,
}

impl Folded {
    /// An empty text with room for so many bytes.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Self { text: String::new(), pieces: Vec::new(), bytes: Vec::with_capacity(bytes) }
    }

    /// Writes one letter.
    pub(crate) fn put(&mut self, letter: Letter) {
        let mut utf8 = [0; 4];
        let sign = letter.sign.encode_utf8(&mut utf8).as_bytes();
        self.note(sign.len(), letter.from, letter.to);
        self.bytes.extend_from_slice(sign);
    }

    /// Writes one letter of one byte.
    #[inline]
    pub(super) fn put_one(&mut self, byte: u8, from: usize, to: usize) {
        self.note(1, from, to);
        self.bytes.push(byte);
    }

    /// Writes one letter of two bytes.
    #[inline]
    pub(super) fn put_two(&mut self, bytes: [u8; 2], from: usize, to: usize) {
        self.note(2, from, to);
        self.bytes.extend_from_slice(&bytes);
    }

    /// Notes where the letter came from that is written next.
    #[inline]
    fn note(&mut self, bytes: usize, from: usize, to: usize) {
        let at = self.bytes.len();
        if let Some(last) = self.pieces.last_mut() {
            let is_even = at - last.at == last.to - last.from;
            if last.to == from && to - from == bytes && is_even {
                last.to = to;
                return;
            }
        }
        self.pieces.push(Piece { at, from, to });
    }

    /// Where the last letter ends in the original.
    #[inline]
    pub(super) fn ends(&self) -> Option<usize> {
        self.pieces.last().map(|piece| piece.to)
    }

    /// Lets the last letter, which is so many bytes long, reach further in the original.
    pub(super) fn lengthen_last(&mut self, bytes: usize, to: usize) {
        let at = self.bytes.len() - bytes.min(self.bytes.len());
        let Some(last) = self.pieces.last_mut() else { return };
        if last.at >= at {
            last.to = to;
            return;
        }
        last.to -= bytes;
        let from = last.to;
        self.pieces.push(Piece { at, from, to });
    }

    /// Where writing stands.
    #[inline]
    pub(super) fn bookmark(&self) -> Bookmark {
        Bookmark { bytes: self.bytes.len(), pieces: self.pieces.len(), last: self.pieces.last().copied() }
    }

    /// Takes back what was written since.
    pub(super) fn back_to(&mut self, mark: &Bookmark) {
        self.bytes.truncate(mark.bytes);
        self.pieces.truncate(mark.pieces);
        if let (Some(last), Some(was)) = (self.pieces.last_mut(), mark.last) {
            *last = was;
        }
    }

    /// Closes the text.
    pub(crate) fn finish(mut self) -> Self {
        let bytes = core::mem::take(&mut self.bytes);
        // Only whole signs were written, so nothing is lost.
        self.text = String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        self
    }
}
