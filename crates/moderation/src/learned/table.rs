//! Where a feature's weights lie: two slots may hold it, and each says by a byte whose it is.
//!
//! A plain hashed table lets every rare feature speak with the weight of a common one. Here a slot belongs to one
//! feature, the best come first, and what has no slot of its own says nothing.

use super::features::spread;
use crate::Head;
use alloc::vec::Vec;

/// Bytes of a slot: a weight for each head, then the owner's mark.
pub(super) const SLOT: usize = Head::COUNT + 1;

/// The two slots that may hold a feature, in a table of 2^`bits` slots.
pub(super) fn places(feature: u32, bits: u32) -> [usize; 2] {
    let mask = (1_u32 << bits) - 1;
    [(feature & mask) as usize, (spread(feature ^ 0x9E37_79B9) & mask) as usize]
}

/// The byte by which a slot knows its owner; never 0, which marks an empty slot.
pub(super) fn mark(feature: u32) -> u8 {
    feature.to_be_bytes()[0].max(1)
}

/// Which slots belong to whom, while a model is being made.
#[derive(Debug, Clone)]
pub(super) struct Owners {
    pub(super) bits: u32,
    pub(super) marks: Vec<u8>,
}

impl Owners {
    /// Seats features, the best first. Who finds both places taken gets none.
    pub(super) fn seat(features: impl IntoIterator<Item = u32>, bits: u32) -> Self {
        let mut owners = Self { bits, marks: alloc::vec![0; 1 << bits] };
        for feature in features {
            let mark = mark(feature);
            let free = |place: &usize| owners.marks[*place] == 0 || owners.marks[*place] == mark;
            if let Some(place) = places(feature, bits).into_iter().find(free) {
                owners.marks[place] = mark;
            }
        }
        owners
    }

    /// The slot that answers to a feature.
    pub(super) fn slot(&self, feature: u32) -> Option<usize> {
        places(feature, self.bits).into_iter().find(|place| self.marks[*place] == mark(feature))
    }
}
