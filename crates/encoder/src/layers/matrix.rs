//! The two kinds of matrices, over the one crate that multiplies them.
//!
//! Weights are signed bytes with one step, as the model has them. What is multiplied with a [`Narrow`] one is made
//! bytes first, row by row; a [`Wide`] one is for the few rows at the end.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

/// Rows of bytes: a number is `(byte - zero) * step`, each row with its own.
#[derive(Debug, Default)]
pub struct Bytes {
    pub numbers: Vec<u8>,
    columns: usize,
    pub zeros: Vec<f32>,
    pub steps: Vec<f32>,
}

impl Bytes {
    /// Room for so many rows, which are still to be filled.
    pub fn room(&mut self, rows: usize, columns: usize) -> &mut [u8] {
        self.numbers.resize(rows * columns, 0);
        self.columns = columns;
        &mut self.numbers
    }

    /// Makes bytes of rows of floats. `largest` is the largest byte that may be used.
    pub fn make(&mut self, rows: &[f32], columns: usize, largest: f32) {
        self.room(rows.len() / columns, columns);
        self.zeros.clear();
        self.steps.clear();
        for (bytes, row) in self.numbers.chunks_exact_mut(columns).zip(rows.chunks_exact(columns)) {
            let (low, high) = ends(row);
            let step = ((high - low) / largest).max(f32::MIN_POSITIVE);
            let (zero, one) = ((-low / step).round(), 1.0 / step);
            for (byte, number) in bytes.iter_mut().zip(row) {
                *byte = nearest((number * one + zero).clamp(0.0, largest));
            }
            self.zeros.push(zero);
            self.steps.push(step);
        }
    }
}

/// The least and the greatest number, nought among them; eight beside one another.
fn ends(row: &[f32]) -> (f32, f32) {
    let (mut low, mut high) = ([0.0_f32; 8], [0.0_f32; 8]);
    for eight in row.as_chunks::<8>().0 {
        for at in 0..8 {
            low[at] = if eight[at] < low[at] { eight[at] } else { low[at] };
            high[at] = if eight[at] > high[at] { eight[at] } else { high[at] };
        }
    }
    (low.into_iter().fold(0.0, f32::min), high.into_iter().fold(0.0, f32::max))
}

/// The nearest whole number of one between 0 and 255: at 2^23 the last bits of a float are its whole part.
fn nearest(number: f32) -> u8 {
    const WHOLE: f32 = 8_388_608.0;
    ((number + WHOLE).to_bits() & 0xff) as u8
}

/// Multiplies bytes. It is made where it is used: the crate's own may not go from thread to thread, and is cheap.
pub struct Narrow {
    with: GemmExecutor<u8, i8, i32>,
}

/// A matrix of signed bytes with one step.
pub struct NarrowMatrix {
    packed: PackedBMatrix<i8>,
    pub columns: usize,
    /// What one step is worth.
    pub step: f32,
    /// The sums of the columns, for what the zeros of the left side add.
    pub sums: Vec<f32>,
}

impl Narrow {
    pub fn new() -> Self {
        Self { with: GemmExecutor::default() }
    }

    /// The largest byte that may stand on the left: some processors add two products in sixteen bits.
    pub fn largest(&self) -> f32 {
        if self.with.may_saturate() { 127.0 } else { 255.0 }
    }

    pub fn pack(&self, rows: usize, columns: usize, weights: &[i8], step: f32) -> NarrowMatrix {
        let packed = self.with.prepack_b(NdTensorView::from_data([rows, columns], weights));
        let mut sums = vec![0.0; columns];
        for row in weights.chunks_exact(columns) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += f32::from(*weight);
            }
        }
        NarrowMatrix { packed, columns, step, sums }
    }

    /// The bytes of `left` times `right`. The zeros are left to the caller: the crate takes them by rows, and has only the
    /// first rows' right (0.27).
    pub fn multiply(&self, left: &Bytes, right: &NarrowMatrix, out: &mut [i32]) {
        let rows = left.numbers.len() / left.columns.max(1);
        let view = NdTensorView::from_data([rows, left.columns], &left.numbers[..]);
        let options = GemmOptions::default();
        let done = self.with.gemm(out, GemmInputA::Unpacked(view), GemmInputB::Packed(&right.packed), options);
        debug_assert!(done.is_ok(), "the shapes are the model's own");
    }
}

/// Multiplies floats.
pub struct Wide {
    with: GemmExecutor<f32, f32, f32>,
}

/// A matrix of floats.
pub struct WideMatrix {
    packed: PackedBMatrix<f32>,
    columns: usize,
}

impl Wide {
    pub fn new() -> Self {
        Self { with: GemmExecutor::default() }
    }

    pub fn pack(&self, rows: usize, columns: usize, weights: &[i8], step: f32) -> WideMatrix {
        let weights: Vec<f32> = weights.iter().map(|weight| f32::from(*weight) * step).collect();
        let packed = self.with.prepack_b(NdTensorView::from_data([rows, columns], &weights[..]));
        WideMatrix { packed, columns }
    }

    /// `left · right`.
    pub fn multiply(&self, left: &[f32], rows: usize, right: &WideMatrix) -> Vec<f32> {
        let mut out = vec![0.0; rows * right.columns];
        let view = NdTensorView::from_data([rows, left.len() / rows.max(1)], left);
        let right = GemmInputB::Packed(&right.packed);
        let done = self.with.gemm(&mut out, GemmInputA::Unpacked(view), right, GemmOptions::default());
        debug_assert!(done.is_ok(), "the shapes are the model's own");
        out
    }
}
