//! Reads the layers, in the order in which they lie in the file.

use std::collections::HashMap;

use super::branch::Branch;
use super::matrix::{Narrow, NarrowMatrix, Wide, WideMatrix};
use super::{BRANCH, Layers, WIDTH};
use crate::vector::DIMENSIONS;

/// Hidden numbers of the network at the end.
const HIDDEN: usize = 320;

/// What is left to read.
pub struct Reader<'a> {
    rest: &'a [u8],
    pub narrow: &'a Narrow,
    pub wide: &'a Wide,
}

/// The layers, or nothing when there is more or less than they take.
pub fn layers(bytes: &[u8]) -> Option<Layers> {
    let (narrow, wide) = (Narrow::new(), Wide::new());
    let mut reader = Reader { rest: bytes, narrow: &narrow, wide: &wide };
    let branches = [reader.branch(2, 0)?, reader.branch(3, 1)?, reader.branch(5, 2)?];
    let (gain, bias) = (reader.floats(WIDTH)?, reader.floats(WIDTH)?);
    let (mean, mean_bias) = (reader.wide(WIDTH, DIMENSIONS)?, reader.floats(DIMENSIONS)?);
    let first = reader.wide(DIMENSIONS, HIDDEN)?;
    let (second, second_past) = (reader.wide(HIDDEN, HIDDEN)?, reader.wide(DIMENSIONS, HIDDEN)?);
    let third = reader.wide(HIDDEN, DIMENSIONS)?;
    let (last_past, last) = (reader.wide(HIDDEN, DIMENSIONS)?, reader.wide(DIMENSIONS, DIMENSIONS)?);
    let whole = reader.rest.is_empty();
    let matrices = [mean, first, second, second_past, third, last_past, last];
    whole.then_some(Layers { branches, gain, bias, mean_bias, matrices, familiar: HashMap::new() })
}

impl Reader<'_> {
    fn branch(&mut self, order: usize, before: usize) -> Option<Branch> {
        let projection = self.narrow(DIMENSIONS, 1)?;
        let (projection_bias, gain, bias) = (self.floats(BRANCH)?, self.floats(BRANCH)?, self.floats(BRANCH)?);
        let (first, first_bias) = (self.narrow(BRANCH, order)?, self.floats(BRANCH)?);
        let (second, second_bias) = (self.narrow(BRANCH, order)?, self.floats(BRANCH)?);
        Some(Branch { before, order, projection, projection_bias, gain, bias, first, first_bias, second, second_bias })
    }

    fn take(&mut self, length: usize) -> Option<&[u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn floats(&mut self, many: usize) -> Option<Vec<f32>> {
        let floats: Vec<f32> =
            self.take(many * 4)?.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        floats.iter().all(|float| float.is_finite()).then_some(floats)
    }

    fn bytes(&mut self, many: usize) -> Option<(f32, Vec<i8>)> {
        let step = *self.floats(1)?.first()?;
        Some((step, self.take(many)?.iter().map(|byte| byte.cast_signed()).collect()))
    }

    /// A matrix of a convolution lies as one block for each place of its window; the blocks are set side by side, so that
    /// one multiplication serves all places.
    fn narrow(&mut self, rows: usize, order: usize) -> Option<NarrowMatrix> {
        let (step, lying) = self.bytes(order * rows * BRANCH)?;
        let mut beside = Vec::with_capacity(lying.len());
        for row in 0..rows {
            for place in 0..order {
                let from = (place * rows + row) * BRANCH;
                beside.extend_from_slice(&lying[from..from + BRANCH]);
            }
        }
        Some(self.narrow.pack(rows, order * BRANCH, &beside, step))
    }

    fn wide(&mut self, rows: usize, columns: usize) -> Option<WideMatrix> {
        let (step, weights) = self.bytes(rows * columns)?;
        Some(self.wide.pack(rows, columns, &weights, step))
    }
}
