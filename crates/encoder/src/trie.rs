//! Words by their first letters: a double array, read where it lies.
//!
//! A unit is four bytes: the label in the low eight bits, bit 8 when a word ends here, bits 10 to 30 the way to its
//! children, bit 9 when that way is in steps of 256. The unit that holds a word's value has bit 31. So the model's own
//! table of characters and the table of pieces are one format.

use crate::weights::unit;

/// A view of the units of a double array.
#[derive(Clone, Copy)]
pub struct Trie<'a>(pub &'a [u8]);

impl Trie<'_> {
    /// Calls `found` with length and value of every word that `bytes` begins with, the shortest first.
    pub fn words(self, bytes: &[u8], mut found: impl FnMut(usize, u32)) {
        let Some(root) = unit(self.0, 0) else { return };
        let mut place = children(root);
        for (at, byte) in bytes.iter().enumerate() {
            place ^= usize::from(*byte);
            let Some(here) = unit(self.0, place) else { return };
            if here & 0x8000_00ff != u32::from(*byte) {
                return;
            }
            place ^= children(here);
            if here & 0x100 != 0
                && let Some(leaf) = unit(self.0, place)
            {
                found(at + 1, leaf & 0x7fff_ffff);
            }
        }
    }
}

fn children(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 0x200) >> 6)) as usize
}
