//! The table of pieces: 512 small numbers each, packed into as few bits as the piece needs.
//!
//! A row is its smallest number and the distances from it in planes of four, two and one bits, as many of them as the
//! largest distance asks for. In a plane of `n` bits, byte `i` holds the numbers `i`, `i + 64 n`, `i + 128 n` and so on,
//! the first in its lowest bits: so each step is the same for many bytes at once.

use crate::vector::DIMENSIONS;

/// The bytes of a row of so many bits.
pub const fn packed(bits: usize) -> usize {
    bits * DIMENSIONS / 8
}

/// Unpacks one row.
pub fn unpack(plain: &mut [u8], packed_row: &[u8], bits: usize, base: u8) {
    plain.fill(base);
    let (mut rest, mut shift) = (packed_row, 0);
    for plane in [4, 2, 1].into_iter().filter(|plane| bits & plane != 0) {
        let Some((this, others)) = rest.split_at_checked(packed(plane)) else { return };
        spread(plain, this, plane, shift);
        (rest, shift) = (others, shift + plane);
    }
}

fn spread(plain: &mut [u8], plane: &[u8], bits: usize, shift: usize) {
    let mask = (1_u8 << bits) - 1;
    for (part, numbers) in plain.chunks_exact_mut(plane.len()).enumerate() {
        for (number, byte) in numbers.iter_mut().zip(plane) {
            *number = number.wrapping_add(((byte >> (part * bits)) & mask) << shift);
        }
    }
}
