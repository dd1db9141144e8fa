//! One of the three looks at neighbouring pieces: two, three or five of them at a time.

use std::ops::Range;

use super::BRANCH;
use super::matrix::{Bytes, Narrow, NarrowMatrix};

/// The weights of one look.
pub struct Branch {
    /// Pieces of the window that stand before the piece it is about.
    pub before: usize,
    /// Pieces of the window.
    pub order: usize,
    pub projection: NarrowMatrix,
    pub projection_bias: Vec<f32>,
    pub gain: Vec<f32>,
    pub bias: Vec<f32>,
    pub first: NarrowMatrix,
    pub first_bias: Vec<f32>,
    pub second: NarrowMatrix,
    pub second_bias: Vec<f32>,
}

/// The pieces of some texts: each different one once, and which of them stands where.
pub struct Pieces<'a> {
    /// Of each place its piece among the different ones.
    pub which: &'a [usize],
    /// The places of each text.
    pub texts: &'a [Range<usize>],
}

/// What a look makes of each different piece alone, wherever it stands.
#[derive(Debug, Default)]
pub struct Alone {
    pub rows: Vec<f32>,
    products: Vec<i32>,
    zeros: Vec<f32>,
    steps: Vec<f32>,
}

impl Alone {
    /// Forgets all pieces but the first so many, and gives their room back.
    pub fn forget(&mut self, kept: usize) {
        let each = self.products.len() / self.steps.len().max(1);
        self.rows.truncate(kept * BRANCH);
        self.products.truncate(kept * each);
        self.zeros.truncate(kept);
        self.steps.truncate(kept);
        self.rows.shrink_to_fit();
        self.products.shrink_to_fit();
    }
}

/// Room that the looks use one after the other.
#[derive(Debug, Default)]
pub struct Room {
    pub bytes: Bytes,
    pub products: Vec<i32>,
    once: Vec<f32>,
}

impl Branch {
    /// The first convolution's products of all pieces but the first so many, which have theirs.
    pub fn multiply_alone(&self, narrow: &Narrow, have: usize, alone: &mut Alone, room: &mut Room) {
        let width = self.first.columns;
        room.bytes.make(&alone.rows[have * BRANCH..], BRANCH, narrow.largest());
        alone.zeros.truncate(have);
        alone.zeros.extend_from_slice(&room.bytes.zeros);
        alone.steps.truncate(have);
        alone.steps.extend_from_slice(&room.bytes.steps);
        alone.products.resize(alone.steps.len() * width, 0);
        narrow.multiply(&room.bytes, &self.first, &mut alone.products[have * width..]);
    }

    /// Both convolutions with what goes past them: a row for each place.
    pub fn convolve(&self, narrow: &Narrow, pieces: &Pieces<'_>, alone: &Alone, room: &mut Room, out: &mut Vec<f32>) {
        let Room { bytes, products, once } = room;
        let places = pieces.which.len();
        once.resize(places * BRANCH, 0.0);
        let Alone { rows, products: of_pieces, zeros, steps } = alone;
        let window =
            Window { branch: self, zeros, steps, products: of_pieces, matrix: &self.first, bias: &self.first_bias };
        window.slide(pieces.texts, |place| pieces.which[place], rows, once);
        bytes.make(once, BRANCH, narrow.largest());
        products.resize(places * self.second.columns, 0);
        narrow.multiply(bytes, &self.second, products);
        out.resize(places * BRANCH, 0.0);
        let (zeros, steps) = (&bytes.zeros, &bytes.steps);
        let window = Window { branch: self, zeros, steps, products, matrix: &self.second, bias: &self.second_bias };
        window.slide(pieces.texts, |place| place, once, out);
    }
}

/// A window over products that are made.
struct Window<'a> {
    branch: &'a Branch,
    zeros: &'a [f32],
    steps: &'a [f32],
    products: &'a [i32],
    matrix: &'a NarrowMatrix,
    bias: &'a [f32],
}

impl Window<'_> {
    /// For every place of every text the sum over its window, what is under nought cut off, and the place's own row.
    /// Neighbours outside of the text are nought.
    fn slide(&self, texts: &[Range<usize>], row_of: impl Fn(usize) -> usize, own: &[f32], out: &mut [f32]) {
        for text in texts {
            for place in text.clone() {
                let sum = &mut out[place * BRANCH..][..BRANCH];
                sum.copy_from_slice(self.bias);
                for slot in 0..self.branch.order {
                    let neighbour = (place + slot).checked_sub(self.branch.before).filter(|other| text.contains(other));
                    if let Some(row) = neighbour.map(&row_of) {
                        self.add(row, slot, sum);
                    }
                }
                for (number, own) in sum.iter_mut().zip(&own[row_of(place) * BRANCH..][..BRANCH]) {
                    *number = number.max(0.0) + own;
                }
            }
        }
    }

    /// Adds the products of one row at one slot of the window.
    fn add(&self, row: usize, slot: usize, sum: &mut [f32]) {
        let step = self.steps[row] * self.matrix.step;
        let zero = self.zeros[row] * step;
        let products = &self.products[(row * self.branch.order + slot) * BRANCH..][..BRANCH];
        let sums = &self.matrix.sums[slot * BRANCH..][..BRANCH];
        for ((number, product), of_column) in sum.iter_mut().zip(products).zip(sums) {
            *number += *product as f32 * step - of_column * zero;
        }
    }
}
