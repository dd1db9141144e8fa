//! What the encoder makes of a text, and its small form for keeping and for looking through many.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// Numbers of a vector.
pub const DIMENSIONS: usize = 512;

/// What the encoder makes of a text: a unit vector.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector(pub(crate) Vec<f32>);

impl Default for Vector {
    fn default() -> Self {
        Self(vec![0.0; DIMENSIONS])
    }
}

impl Vector {
    /// How near two vectors are: 1 the same, 0 nothing in common (cosine of unit vectors).
    pub fn likeness(&self, other: &Self) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }

    /// The numbers, [`DIMENSIONS`] of them.
    pub fn numbers(&self) -> &[f32] {
        &self.0
    }

    /// The small form, in which likeness is true to some thousandths.
    pub fn pack(&self) -> Packed {
        let largest = self.0.iter().fold(0.0_f32, |largest, number| largest.max(number.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let mut codes = [0; DIMENSIONS];
        for (code, number) in codes.iter_mut().zip(&self.0) {
            *code = (number / scale).round() as i8;
        }
        Packed { codes, scale }
    }
}

/// A vector in 516 bytes: a signed byte for each number, and what one step of it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Packed {
    codes: [i8; DIMENSIONS],
    scale: f32,
}

impl Packed {
    /// Bytes of a vector as it is kept.
    pub const BYTES: usize = DIMENSIONS + 4;

    /// How near two vectors are.
    pub fn likeness(&self, other: &Self) -> f32 {
        product(&self.codes, &other.codes) as f32 * self.scale * other.scale
    }

    /// The bytes to keep: the scale, little endian, and the codes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let codes = self.codes.iter().map(|code| code.cast_unsigned());
        self.scale.to_le_bytes().into_iter().chain(codes).collect()
    }

    /// Reads kept bytes; nothing when they are not as [`Packed::to_bytes`] writes them.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (scale, kept) = bytes.split_first_chunk::<4>()?;
        let kept: &[u8; DIMENSIONS] = kept.try_into().ok()?;
        let scale = f32::from_le_bytes(*scale);
        let codes = kept.map(u8::cast_signed);
        (scale.is_finite() && scale > 0.0).then_some(Self { codes, scale })
    }
}

/// The sum of the products. Written so that a compiler makes wide arithmetic of it: 512 products of bytes fit.
fn product(a: &[i8; DIMENSIONS], b: &[i8; DIMENSIONS]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// One of the nearest, by its place among those that were looked through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// How near it is.
    pub likeness: f32,
    /// Its place.
    pub place: usize,
}

impl Eq for Near {}

impl Ord for Near {
    /// The nearer one is greater; of two as near, the earlier one.
    fn cmp(&self, other: &Self) -> Ordering {
        self.likeness.total_cmp(&other.likeness).then(other.place.cmp(&self.place))
    }
}

impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Looks through all vectors and gives the `most` that are nearest, the nearest first.
pub fn scan(vectors: &[Packed], wanted: &Packed, most: usize) -> Vec<Near> {
    let mut nearest: BinaryHeap<Reverse<Near>> = BinaryHeap::with_capacity(most.min(vectors.len()) + 1);
    let mut least = f32::NEG_INFINITY;
    for (place, vector) in vectors.iter().enumerate() {
        let likeness = wanted.likeness(vector);
        if likeness > least || nearest.len() < most {
            nearest.push(Reverse(Near { likeness, place }));
            if nearest.len() > most {
                nearest.pop();
            }
            if nearest.len() == most {
                least = nearest.peek().map_or(least, |Reverse(near)| near.likeness);
            }
        }
    }
    nearest.into_sorted_vec().into_iter().map(|Reverse(near)| near).collect()
}
