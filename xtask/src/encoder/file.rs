//! The file of weights, part by part; `crates/encoder/src/weights.rs` reads it and describes it.

use anyhow::{Context, Result, ensure};

use super::model::Model;
use super::rows::{self, ROW};
use super::{double_array, scripts, zip};

const MAGIC: &[u8; 8] = b"MIDADENC";
const VERSION: u32 = 1;
const HEADER: usize = 64;
/// The package quantises its table in so many groups: a piece's group is its number modulo this.
const GROUPS: usize = 17;
/// Of pieces that come often the encoder holds what it makes of them alone: 15 KB for each.
const FAMILIAR_ARABIC: usize = 640;
const FAMILIAR_OTHERS: usize = 384;

/// The file, and how many pieces are in it.
pub struct Made {
    pub bytes: Vec<u8>,
    pub kept: usize,
}

pub fn make(model: &Model, weights: &[u8]) -> Result<Made> {
    let kept: Vec<usize> =
        (0..model.pieces.len()).filter(|number| scripts::is_kept(&model.pieces[*number].0)).collect();
    let mut body = Vec::new();
    let mut known = vec![0_u8; model.pieces.len().div_ceil(8)];
    kept.iter().for_each(|number| known[number / 8] |= 1 << (number % 8));
    body.extend(known);
    body.extend(kept.iter().flat_map(|number| model.pieces[*number].1.to_le_bytes()));
    let rows = table(&mut body, &kept, weights)?;
    for (step, zero) in floats(weights, "scale")?.into_iter().zip(floats(weights, "lo")?) {
        body.extend([step, zero].into_iter().flat_map(f32::to_le_bytes));
    }
    let familiar = familiar(model, &kept);
    body.extend(familiar.iter().flat_map(|piece| piece.to_le_bytes()));
    let pieces = pieces(model, &kept)?;
    body.extend(pieces.iter().flat_map(|unit| unit.to_le_bytes()));
    body.extend_from_slice(&model.characters);
    body.extend_from_slice(&model.replacements);
    let layers = layers(weights)?;
    body.extend_from_slice(&layers);
    body.extend_from_slice(&rows);
    let lowest = model.pieces.iter().fold(0.0_f32, |lowest, piece| lowest.min(piece.1));
    let says = [
        model.pieces.len(),
        kept.len(),
        pieces.len(),
        model.characters.len() / 4,
        model.replacements.len(),
        layers.len(),
        rows.len(),
    ];
    let bytes = with_header(&says, [lowest.to_bits(), u32::try_from(familiar.len())?], &body)?;
    Ok(Made { bytes, kept: kept.len() })
}

fn with_header(says: &[usize], last: [u32; 2], body: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    for number in says {
        bytes.extend(u32::try_from(*number)?.to_le_bytes());
    }
    bytes.extend(last.into_iter().flat_map(u32::to_le_bytes));
    bytes.resize(48, 0);
    bytes.extend(checksum(body).to_le_bytes());
    bytes.resize(HEADER, 0);
    bytes.extend_from_slice(body);
    Ok(bytes)
}

/// Writes places, bits and smallest numbers of the rows, and answers the rows.
fn table(body: &mut Vec<u8>, kept: &[usize], weights: &[u8]) -> Result<Vec<u8>> {
    let groups = (1..=GROUPS).map(|group| zip::array(weights, &format!("q{group}"))).collect::<Result<Vec<_>>>()?;
    ensure!(groups.iter().all(|group| group.kind == "|u1"), "the table is not of bytes");
    let (mut packed, mut bases) = (Vec::new(), Vec::new());
    for number in kept {
        let from = number / GROUPS * ROW;
        let row = groups[number % GROUPS].bytes.get(from..from + ROW).context("the table is cut off")?;
        let row = rows::pack(row);
        let place = u32::try_from(packed.len() / 64)?;
        ensure!(place < 1 << 24 && row.bits <= 6, "a row has no place");
        body.extend((place | row.bits << 24).to_le_bytes());
        bases.push(row.base);
        packed.extend(row.planes);
    }
    body.extend(bases);
    Ok(packed)
}

/// The pieces that come most often: the model has them in that order, over all of its languages.
fn familiar(model: &Model, kept: &[usize]) -> Vec<u32> {
    let pieces = || (0..).zip(kept.iter().map(|number| &model.pieces[*number].0));
    let arabic = |(_, piece): &(u32, &String)| scripts::is_arabic(piece);
    let others = pieces().filter(|piece| !arabic(piece)).take(FAMILIAR_OTHERS);
    pieces().filter(arabic).take(FAMILIAR_ARABIC).chain(others).map(|(place, _)| place).collect()
}

fn pieces(model: &Model, kept: &[usize]) -> Result<Vec<u32>> {
    let mut words = Vec::with_capacity(kept.len());
    for (place, number) in kept.iter().enumerate() {
        words.push((model.pieces[*number].0.as_bytes(), u32::try_from(place)?));
    }
    words.sort_unstable();
    double_array::build(&words)
}

/// The matrices and vectors in the order in which `crates/encoder/src/layers/read.rs` reads them.
fn layers(weights: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for order in [2, 3, 5] {
        matrix(&mut bytes, weights, &format!("proj{order}"), ROW)?;
        for name in ["proj_b", "ln_g", "ln_b"] {
            vector(&mut bytes, weights, &format!("{name}{order}"))?;
        }
        for layer in [1, 2] {
            matrix(&mut bytes, weights, &format!("w{layer}_{order}"), order * 256)?;
            vector(&mut bytes, weights, &format!("b{layer}_{order}"))?;
        }
    }
    vector(&mut bytes, weights, "ln_g")?;
    vector(&mut bytes, weights, "ln_b")?;
    matrix(&mut bytes, weights, "cnn_W", 1280)?;
    vector(&mut bytes, weights, "cnn_b")?;
    for (name, rows) in [("d0", 512), ("d1", 320), ("p1", 512), ("d2", 320), ("p3", 320), ("d3", 512)] {
        matrix(&mut bytes, weights, name, rows)?;
    }
    Ok(bytes)
}

fn floats(weights: &[u8], name: &str) -> Result<Vec<f32>> {
    zip::array(weights, name)?.floats().with_context(|| name.to_owned())
}

fn vector(bytes: &mut Vec<u8>, weights: &[u8], name: &str) -> Result<()> {
    bytes.extend(floats(weights, name)?.into_iter().flat_map(f32::to_le_bytes));
    Ok(())
}

/// A matrix as its step and signed bytes. The model was made of such, so that nothing is lost; it is checked.
fn matrix(bytes: &mut Vec<u8>, weights: &[u8], name: &str, rows: usize) -> Result<()> {
    let array = zip::array(weights, name)?;
    ensure!(array.shape.starts_with(&format!("{rows}, ")), "{name} is of shape {}", array.shape);
    let numbers = array.floats()?;
    let step = step(&numbers);
    bytes.extend((step as f32).to_le_bytes());
    for number in &numbers {
        let steps = (f64::from(*number) / step).round();
        ensure!((-127.0..=127.0).contains(&steps), "{name} does not fit into bytes");
        ensure!((steps * step - f64::from(*number)).abs() < step * 1e-3, "{name} is not made of steps");
        bytes.push((steps as i8).cast_unsigned());
    }
    Ok(())
}

/// The smallest distance between two of the numbers, measured over their whole range.
fn step(numbers: &[f32]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    sorted.dedup();
    let between = |pair: &[f32]| f64::from(pair[1]) - f64::from(pair[0]);
    let smallest = sorted.windows(2).map(between).fold(f64::INFINITY, f64::min);
    let range = sorted.last().zip(sorted.first()).map_or(0.0, |(last, first)| f64::from(*last) - f64::from(*first));
    range / (range / smallest).round()
}

fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut sum = bytes.len() as u64;
    let rest = rest.iter().map(|byte| u64::from(*byte));
    for word in words.iter().map(|word| u64::from_le_bytes(*word)).chain(rest) {
        sum = (sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
    sum
}
