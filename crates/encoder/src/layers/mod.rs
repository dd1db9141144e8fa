//! The arithmetic: pieces to rows, three looks at neighbours, the mean, and a small network.

use std::collections::HashMap;
use std::ops::Range;

use crate::vector::{DIMENSIONS, Vector};
use crate::weights::{NoWeights, Weights};

mod branch;
mod matrix;
mod read;

use branch::{Alone, Branch, Pieces};
use matrix::{Narrow, Wide, WideMatrix};

/// Numbers of a look at neighbours.
const BRANCH: usize = 256;
/// Numbers of the three together.
const BRANCHES: usize = 3 * BRANCH;
/// Numbers of a piece in its place: its own, and those of the three looks.
const WIDTH: usize = DIMENSIONS + BRANCHES;
/// Keeps a division from being one by nought; the model's.
const TINY: f32 = 1e-12;

/// The weights of all layers.
pub struct Layers {
    branches: [Branch; 3],
    gain: Vec<f32>,
    bias: Vec<f32>,
    mean_bias: Vec<f32>,
    matrices: [WideMatrix; 7],
    /// The places of the familiar pieces.
    familiar: HashMap<u32, usize>,
}

impl std::fmt::Debug for Layers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Layers").finish_non_exhaustive()
    }
}

/// Room for what lies between the layers, used again: the machine gives new room slowly. Of the familiar pieces it holds
/// for ever what is the same wherever they stand.
#[derive(Debug, Default)]
pub struct Room {
    look: branch::Room,
    /// A row for each different piece, the familiar ones first.
    rows: Vec<f32>,
    /// What each look makes of it alone.
    alone: [Alone; 3],
    /// What each look makes of each place.
    looks: [Vec<f32>; 3],
}

impl Layers {
    /// The layers, and room in which the familiar pieces are looked up.
    pub fn of(weights: &Weights) -> Result<(Self, Room), NoWeights> {
        let mut layers = read::layers(weights.layers()).ok_or(NoWeights::Damaged)?;
        let mut room = Room::default();
        layers.look_up(&Narrow::new(), weights, &weights.familiar(), &mut room);
        layers.familiar = weights.familiar().into_iter().zip(0..).collect();
        Ok((layers, room))
    }

    /// Gives back what a long text needed.
    pub fn tidy_up(&self, room: &mut Room) {
        let kept = self.familiar.len();
        room.look = branch::Room::default();
        room.looks = Default::default();
        room.alone.iter_mut().for_each(|alone| alone.forget(kept));
        room.rows.truncate(kept * DIMENSIONS);
        room.rows.shrink_to_fit();
    }

    /// Of each text that is cut into pieces the sum of its places.
    pub fn sums(&self, weights: &Weights, texts: &[Vec<u32>], room: &mut Room) -> Vec<f32> {
        let mut strange: HashMap<u32, usize> = HashMap::new();
        let (mut different, mut which) = (Vec::new(), Vec::new());
        let mut ranges = Vec::with_capacity(texts.len());
        for text in texts {
            let start = which.len();
            which.extend(text.iter().map(|piece| {
                let familiar = self.familiar.get(piece).copied();
                familiar.unwrap_or_else(|| {
                    *strange.entry(*piece).or_insert_with(|| {
                        different.push(*piece);
                        self.familiar.len() + different.len() - 1
                    })
                })
            }));
            ranges.push(start..which.len());
        }
        let narrow = Narrow::new();
        self.look_up(&narrow, weights, &different, room);
        let Room { look, rows, alone, looks } = room;
        let pieces = Pieces { which: &which, texts: &ranges };
        for ((branch, alone), out) in self.branches.iter().zip(&*alone).zip(&mut *looks) {
            branch.convolve(&narrow, &pieces, alone, look, out);
        }
        let mut sums = vec![0.0; texts.len() * WIDTH];
        for (range, sum) in ranges.iter().zip(sums.chunks_exact_mut(WIDTH)) {
            let own = |place: usize| &rows[which[place] * DIMENSIONS..][..DIMENSIONS];
            self.sum(range, own, looks, sum);
        }
        sums
    }

    /// The rows of the pieces behind the familiar ones, and what the three looks make of each alone. Rows are whole numbers
    /// and stay so through the multiplication, so that nothing is lost.
    fn look_up(&self, narrow: &Narrow, weights: &Weights, different: &[u32], room: &mut Room) {
        let Room { look, rows, alone, .. } = room;
        let have = self.familiar.len();
        rows.resize((have + different.len()) * DIMENSIONS, 0.0);
        let mut groups = Vec::with_capacity(different.len());
        let plain = look.bytes.room(different.len(), DIMENSIONS);
        let each = plain.chunks_exact_mut(DIMENSIONS).zip(rows[have * DIMENSIONS..].chunks_exact_mut(DIMENSIONS));
        for (piece, (plain, row)) in different.iter().zip(each) {
            let group = weights.row(*piece, plain);
            for (number, byte) in row.iter_mut().zip(plain) {
                *number = f32::from(*byte) * group.step + group.zero;
            }
            groups.push(group);
        }
        look.products.resize(different.len() * BRANCH, 0);
        for (branch, alone) in self.branches.iter().zip(&mut *alone) {
            let matrix = &branch.projection;
            narrow.multiply(&look.bytes, matrix, &mut look.products);
            alone.rows.resize((have + different.len()) * BRANCH, 0.0);
            let new = alone.rows[have * BRANCH..].chunks_exact_mut(BRANCH);
            for ((row, products), group) in new.zip(look.products.chunks_exact(BRANCH)).zip(&groups) {
                let columns = row.iter_mut().zip(products).zip(&matrix.sums).zip(&branch.projection_bias);
                for (((number, product), of_column), bias) in columns {
                    *number = (*product as f32 * group.step + of_column * group.zero) * matrix.step + bias;
                }
            }
        }
        self.even_out(alone.each_mut().map(|alone| &mut alone.rows[have * BRANCH..]));
        for (branch, alone) in self.branches.iter().zip(alone) {
            branch.multiply_alone(narrow, have, alone, look);
        }
    }

    /// The three rows of a piece together get mean nought and variance one, then gain and bias.
    fn even_out(&self, [first, second, third]: [&mut [f32]; 3]) {
        let rows =
            first.chunks_exact_mut(BRANCH).zip(second.chunks_exact_mut(BRANCH)).zip(third.chunks_exact_mut(BRANCH));
        for ((first, second), third) in rows {
            let (mean, over) = spread(&[&*first, &*second, &*third], BRANCHES);
            for (row, branch) in [first, second, third].into_iter().zip(&self.branches) {
                for ((number, gain), bias) in row.iter_mut().zip(&branch.gain).zip(&branch.bias) {
                    *number = (*number - mean) * over * gain + bias;
                }
            }
        }
    }

    /// Adds up a text's places, each evened out; gain and bias come after the sum, which is the same.
    fn sum<'a>(&self, text: &Range<usize>, own: impl Fn(usize) -> &'a [f32], looks: &[Vec<f32>; 3], sum: &mut [f32]) {
        for place in text.clone() {
            let (first, second) = own(place).split_at(BRANCH);
            let [third, fourth, fifth] = looks.each_ref().map(|look| &look[place * BRANCH..][..BRANCH]);
            let parts = [first, second, third, fourth, fifth];
            let (mean, over) = spread(&parts, WIDTH);
            for (sum, part) in sum.chunks_exact_mut(BRANCH).zip(parts) {
                for (sum, number) in sum.iter_mut().zip(part) {
                    *sum += (number - mean) * over;
                }
            }
        }
        let length = text.len() as f32;
        for ((number, gain), bias) in sum.iter_mut().zip(&self.gain).zip(&self.bias) {
            *number = *number * gain + length * bias;
        }
    }

    /// The mean by the root of the length, two layers with ways past them, and the length one: the vectors.
    pub fn network(&self, sums: &[f32], lengths: &[f32]) -> Vec<Vector> {
        let (wide, texts) = (Wide::new(), lengths.len());
        let [mean, first, second, second_past, third, last_past, last] = &self.matrices;
        let mut means = wide.multiply(sums, texts, mean);
        for (row, length) in means.chunks_exact_mut(DIMENSIONS).zip(lengths) {
            for (number, bias) in row.iter_mut().zip(&self.mean_bias) {
                *number = (*number + length * bias) / length.sqrt();
            }
        }
        let one = positive(wide.multiply(&means, texts, first));
        let two = positive(added(wide.multiply(&means, texts, second_past), &wide.multiply(&one, texts, second)));
        let three = positive(wide.multiply(&two, texts, third));
        let four = added(wide.multiply(&two, texts, last_past), &wide.multiply(&three, texts, last));
        four.chunks_exact(DIMENSIONS).map(unit).collect()
    }
}

/// Mean, and one by the deviation, in sixteen sums beside one another.
fn spread(parts: &[&[f32]], many: usize) -> (f32, f32) {
    let mut sums = [0.0_f32; 16];
    for sixteen in parts.iter().flat_map(|part| part.as_chunks::<16>().0) {
        sums.iter_mut().zip(sixteen).for_each(|(sum, number)| *sum += number);
    }
    let mean = sums.iter().sum::<f32>() / many as f32;
    let mut squares = [0.0_f32; 16];
    for sixteen in parts.iter().flat_map(|part| part.as_chunks::<16>().0) {
        squares.iter_mut().zip(sixteen).for_each(|(sum, number)| *sum += (number - mean) * (number - mean));
    }
    let variance = squares.iter().sum::<f32>() / many as f32;
    (mean, 1.0 / (variance + TINY).sqrt())
}

fn positive(mut numbers: Vec<f32>) -> Vec<f32> {
    numbers.iter_mut().for_each(|number| *number = number.max(0.0));
    numbers
}

fn added(mut numbers: Vec<f32>, others: &[f32]) -> Vec<f32> {
    numbers.iter_mut().zip(others).for_each(|(number, other)| *number += other);
    numbers
}

fn unit(row: &[f32]) -> Vector {
    let row: Vec<f32> = row.iter().map(|number| number.tanh()).collect();
    let length = row.iter().map(|number| number * number).sum::<f32>().max(TINY).sqrt();
    Vector(row.into_iter().map(|number| number / length).collect())
}
