//! The layer as bytes: a head of 64 bytes, then for each place its number (four bytes) and a step for each head.

use super::{BITS, MOST_ADJUSTMENTS, MOST_ALIKE, Personal, ROUTED, Three};
use crate::learned::features;
use crate::learned::heads::checksum_of;
use crate::{BadModel, Heads};
use alloc::vec::Vec;

/// What the bytes begin with.
const MAGIC: [u8; 8] = *b"midad\x1aow";
/// The version of their layout.
const LAYOUT: u32 = 1;
/// Bytes before the places.
const BEFORE: usize = 64;
/// Where the checksum of everything after it stands.
const CHECKSUM: usize = 16;
/// Where scales and shifts stand.
const NUMBERS: usize = 36;
/// Bytes of a place.
const EACH: usize = 4 + ROUTED.len();
/// A step is never worth more.
const LARGEST_SCALE: f32 = 1.0;

impl Personal {
    /// Reads a layer. Whatever the bytes are, nothing panics, and no more is kept than they are long.
    ///
    /// # Errors
    /// Where the bytes are no layer of this version, or break one of its limits.
    pub fn read(bytes: &[u8]) -> Result<Self, BadModel> {
        let before = bytes.get(..BEFORE).ok_or(BadModel::Length)?;
        let word = |at: usize| u32::from_le_bytes([before[at], before[at + 1], before[at + 2], before[at + 3]]);
        let long = |at: usize| u64::from(word(at)) | u64::from(word(at + 4)) << 32;
        if before[..8] != MAGIC || word(8) != LAYOUT {
            return Err(BadModel::Strange);
        }
        if word(12) != features::VERSION {
            return Err(BadModel::OtherFeatures);
        }
        let count = usize::try_from(word(32)).unwrap_or(usize::MAX);
        if count > MOST_ADJUSTMENTS || bytes.len() != BEFORE + count * EACH {
            return Err(BadModel::Length);
        }
        let checksum = long(CHECKSUM);
        if checksum != checksum_of(&bytes[CHECKSUM + 8..]) {
            return Err(BadModel::Damaged);
        }
        let number = |at: usize| f32::from_bits(word(NUMBERS + 4 * at));
        let scale: Three<f32> = core::array::from_fn(|at| number(2 * at));
        let alike: Three<f32> = core::array::from_fn(|at| number(2 * at + 1));
        let usable = scale.iter().all(|scale| (0.0..=LARGEST_SCALE).contains(scale))
            && alike.iter().all(|alike| alike.abs() <= MOST_ALIKE);
        let (places, steps): (Vec<u32>, Vec<Three<i8>>) = bytes[BEFORE..].chunks_exact(EACH).map(entry).unzip();
        let in_order = places.windows(2).all(|two| two[0] < two[1]) && places.iter().all(|place| place >> BITS == 0);
        if !usable || !in_order {
            return Err(BadModel::Unusable);
        }
        Ok(Self { heads: long(24), checksum, scale, alike, places, steps })
    }

    /// The layer's bytes: what [`Personal::read`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = alloc::vec![0; BEFORE];
        let mut put = |at: usize, what: &[u8]| bytes[at..at + what.len()].copy_from_slice(what);
        put(0, &MAGIC);
        put(8, &LAYOUT.to_le_bytes());
        put(12, &features::VERSION.to_le_bytes());
        put(24, &self.heads.to_le_bytes());
        put(32, &u32::try_from(self.places.len()).unwrap_or(u32::MAX).to_le_bytes());
        for (at, (scale, alike)) in self.scale.iter().zip(&self.alike).enumerate() {
            put(NUMBERS + 8 * at, &scale.to_le_bytes());
            put(NUMBERS + 8 * at + 4, &alike.to_le_bytes());
        }
        for (place, steps) in self.places.iter().zip(&self.steps) {
            bytes.extend(place.to_le_bytes());
            bytes.extend(steps.iter().map(|step| step.cast_unsigned()));
        }
        let sum = checksum_of(&bytes[CHECKSUM + 8..]);
        bytes[CHECKSUM..CHECKSUM + 8].copy_from_slice(&sum.to_le_bytes());
        bytes
    }

    /// A layer of these parts, places in order.
    pub(super) fn of(heads: &Heads, scale: Three<f32>, alike: Three<f32>, adjusted: Vec<(u32, Three<i8>)>) -> Self {
        let (places, steps) = adjusted.into_iter().unzip();
        let mut layer = Self { heads: heads.fingerprint(), checksum: 0, scale, alike, places, steps };
        layer.checksum = checksum_of(&layer.to_bytes()[CHECKSUM + 8..]);
        layer
    }
}

fn entry(bytes: &[u8]) -> (u32, Three<i8>) {
    let place = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    (place, core::array::from_fn(|at| bytes[4 + at].cast_signed()))
}
