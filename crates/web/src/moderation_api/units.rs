//! Places in UTF-16 units, by which JavaScript and Java count.

use std::ops::Range;

/// Bytes between two counts that are kept.
const BLOCK: usize = 64;

/// A text in which places can be counted in UTF-16 units without going through all of it each time.
#[derive(Debug)]
pub struct Units<'t> {
    text: &'t [u8],
    /// Units before each block.
    before: Vec<usize>,
}

impl<'t> Units<'t> {
    /// Counts once through the text.
    pub fn of(text: &'t str) -> Self {
        let (mut before, mut so_far) = (Vec::with_capacity(text.len() / BLOCK + 1), 0);
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(so_far);
            so_far += units(block);
        }
        Self { text: text.as_bytes(), before }
    }

    /// A range of bytes, on character boundaries, as a range of units.
    pub fn range(&self, bytes: &Range<usize>) -> Range<usize> {
        self.at(bytes.start)..self.at(bytes.end)
    }

    fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let block = (byte / BLOCK).min(self.before.len().saturating_sub(1));
        self.before.get(block).copied().unwrap_or_default() + units(&self.text[block * BLOCK..byte])
    }
}

/// UTF-8 says with its first byte how many units a character takes: two from U+10000 on, else one.
fn units(bytes: &[u8]) -> usize {
    let first = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80);
    first.map(|byte| if *byte >= 0xF0 { 2 } else { 1 }).sum()
}
