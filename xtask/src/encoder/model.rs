//! The list of pieces and the table of characters out of a SentencePiece model.

use anyhow::{Context, Result, ensure};

/// What is read of it.
pub struct Model {
    /// Every piece with its score; its place is its number.
    pub pieces: Vec<(String, f32)>,
    /// A double array of what characters are replaced.
    pub characters: Vec<u8>,
    /// What they are replaced by, each with a nought behind it.
    pub replacements: Vec<u8>,
}

impl Model {
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let (mut pieces, mut table) = (Vec::new(), Vec::new());
        for (name, value) in fields(bytes)? {
            match (name, value) {
                (1, Value::Bytes(piece)) => pieces.push(piece_of(piece)?),
                (3, Value::Bytes(normalizer)) => {
                    for (name, value) in fields(normalizer)? {
                        if let (2, Value::Bytes(found)) = (name, value) {
                            table = found.to_vec();
                        }
                    }
                }
                _ => {}
            }
        }
        let (size, rest) = table.split_first_chunk::<4>().context("no table of characters")?;
        let units = u32::from_le_bytes(*size) as usize;
        let (characters, replacements) = rest.split_at_checked(units).context("the table of characters is cut off")?;
        ensure!(!pieces.is_empty() && units.is_multiple_of(4), "no model");
        Ok(Self { pieces, characters: characters.to_vec(), replacements: replacements.to_vec() })
    }
}

fn piece_of(bytes: &[u8]) -> Result<(String, f32)> {
    let (mut text, mut score) = (String::new(), 0.0);
    for (name, value) in fields(bytes)? {
        match (name, value) {
            (1, Value::Bytes(found)) => text = String::from_utf8(found.to_vec()).context("a piece is no text")?,
            (2, Value::Four(found)) => score = f32::from_le_bytes(found),
            _ => {}
        }
    }
    Ok((text, score))
}

enum Value<'a> {
    Other,
    Four([u8; 4]),
    Bytes(&'a [u8]),
}

/// The fields of a message of protocol buffers.
fn fields(mut bytes: &[u8]) -> Result<Vec<(u64, Value<'_>)>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes)?;
        let value = match tag & 7 {
            0 => {
                varint(&mut bytes)?;
                Value::Other
            }
            1 => {
                bytes = bytes.get(8..).context("cut off")?;
                Value::Other
            }
            2 => {
                let long = usize::try_from(varint(&mut bytes)?)?;
                let (value, rest) = bytes.split_at_checked(long).context("cut off")?;
                bytes = rest;
                Value::Bytes(value)
            }
            5 => {
                let (four, rest) = bytes.split_first_chunk::<4>().context("cut off")?;
                bytes = rest;
                Value::Four(*four)
            }
            other => anyhow::bail!("a field of kind {other}"),
        };
        found.push((tag >> 3, value));
    }
    Ok(found)
}

fn varint(bytes: &mut &[u8]) -> Result<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first().context("cut off")?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    anyhow::bail!("a number without end")
}
