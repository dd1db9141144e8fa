//! The parts of an archive that we know by its checksum, and the arrays in it.

use std::io::Read;

use anyhow::{Context, Result, bail, ensure};
use flate2::read::DeflateDecoder;

/// The part of this name.
pub fn part(archive: &[u8], name: &str) -> Result<Vec<u8>> {
    let end = archive.windows(4).rposition(|four| four == b"PK\x05\x06").context("no archive")?;
    let (parts, mut at) = (number(archive, end + 10, 2)?, number(archive, end + 16, 4)?);
    for _ in 0..parts {
        ensure!(archive.get(at..at + 4) == Some(b"PK\x01\x02"), "the archive's list is broken");
        let (long, extra, remark) =
            (number(archive, at + 28, 2)?, number(archive, at + 30, 2)?, number(archive, at + 32, 2)?);
        if archive.get(at + 46..at + 46 + long) == Some(name.as_bytes()) {
            return unpacked(archive, at).with_context(|| name.to_owned());
        }
        at += 46 + long + extra + remark;
    }
    bail!("the archive has no {name}")
}

fn unpacked(archive: &[u8], at: usize) -> Result<Vec<u8>> {
    let (way, packed, size) =
        (number(archive, at + 10, 2)?, number(archive, at + 20, 4)?, number(archive, at + 24, 4)?);
    let head = number(archive, at + 42, 4)?;
    let from = head + 30 + number(archive, head + 26, 2)? + number(archive, head + 28, 2)?;
    let bytes = archive.get(from..from + packed).context("cut off")?;
    let mut plain = Vec::with_capacity(size);
    match way {
        0 => plain.extend_from_slice(bytes),
        8 => {
            DeflateDecoder::new(bytes).read_to_end(&mut plain)?;
        }
        other => bail!("packed in way {other}"),
    }
    ensure!(plain.len() == size, "{} bytes instead of {size}", plain.len());
    Ok(plain)
}

/// An array of numpy's: its kind of number, its shape as written, and its bytes.
pub struct Array {
    pub kind: String,
    pub shape: String,
    pub bytes: Vec<u8>,
}

/// The array of this name in an archive of arrays.
pub fn array(archive: &[u8], name: &str) -> Result<Array> {
    let bytes = part(archive, &format!("{name}.npy"))?;
    ensure!(bytes.starts_with(b"\x93NUMPY\x01"), "{name} is no array");
    let head = number(&bytes, 8, 2)?;
    let says = String::from_utf8_lossy(bytes.get(10..10 + head).context("cut off")?).into_owned();
    ensure!(says.contains("'fortran_order': False") || !says.contains(", "), "{name} lies by columns");
    let between = |from: &str, to: &str| Some(says.split_once(from)?.1.split_once(to)?.0.to_owned());
    let kind = between("'descr': '", "'").context("no kind")?;
    let shape = between("'shape': (", ")").context("no shape")?;
    Ok(Array { kind, shape, bytes: bytes[10 + head..].to_vec() })
}

impl Array {
    /// The floats of an array of floats.
    pub fn floats(&self) -> Result<Vec<f32>> {
        ensure!(self.kind == "<f4", "numbers of kind {}", self.kind);
        Ok(self.bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }
}

fn number(bytes: &[u8], at: usize, long: usize) -> Result<usize> {
    let bytes = bytes.get(at..at + long).context("cut off")?;
    Ok(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}
