//! The weights as they lie in the file. Damaged bytes are an answer, not a panic.
//!
//! Everything is little endian. A header of 64 bytes, then without gaps: which pieces of the model are kept (a bit
//! each); their scores; their rows' places, bits and smallest numbers; step and zero of the seventeen groups of rows; the
//! familiar pieces, which come most often; the table of pieces; the model's table of characters and what they become; the
//! matrices of the layers in the order in which `layers` reads them; the rows.

use std::borrow::Cow;
use std::ops::Range;

use crate::rows;
use crate::trie::Trie;
use crate::vector::DIMENSIONS;

const MAGIC: &[u8; 8] = b"MIDADENC";
const VERSION: u32 = 1;
const HEADER: usize = 64;

/// Rows are quantised in groups: a piece is of the group that is its number in the model, modulo so many.
const GROUPS: usize = 17;

/// Why there is no encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoWeights {
    /// These bytes are no weights, or those of another version.
    Unknown,
    /// They are cut off or changed.
    Damaged,
    /// The machine gives no thread to work on.
    NoThread,
}

/// The file, and where its parts lie.
#[derive(Debug)]
pub struct Weights {
    bytes: Cow<'static, [u8]>,
    scores: Range<usize>,
    places: Range<usize>,
    bases: Range<usize>,
    familiar: Range<usize>,
    pieces: Range<usize>,
    characters: Range<usize>,
    replacements: Range<usize>,
    layers: Range<usize>,
    rows: Range<usize>,
    /// Of each kept piece its number in the model.
    numbers: Vec<u32>,
    groups: Vec<Group>,
    lowest_score: f32,
}

/// What a step of a row's numbers is worth, and what zero is.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    pub step: f32,
    pub zero: f32,
}

/// By what weights are told apart, without reading them: their checksum as sixteen hexadecimal digits. Nothing where these bytes are
/// no weights.
pub fn fingerprint(bytes: &[u8]) -> Option<String> {
    let said = bytes.starts_with(MAGIC).then(|| bytes.get(48..56)).flatten()?;
    Some(format!("{:016x}", u64::from_le_bytes(said.try_into().ok()?)))
}

impl Weights {
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Self, NoWeights> {
        if bytes.len() < HEADER || !bytes.starts_with(MAGIC) || unit(&bytes, 2) != Some(VERSION) {
            return Err(NoWeights::Unknown);
        }
        let said = bytes.get(48..56).and_then(|eight| eight.try_into().ok()).map(u64::from_le_bytes);
        if said != Some(checksum(&bytes[HEADER..])) {
            return Err(NoWeights::Damaged);
        }
        let read = Self::laid_out(bytes).ok_or(NoWeights::Damaged)?;
        if read.is_whole() { Ok(read) } else { Err(NoWeights::Damaged) }
    }

    fn laid_out(bytes: Cow<'static, [u8]>) -> Option<Self> {
        let says = |at| unit(&bytes, at).map(|number| number as usize);
        let (in_model, kept) = (says(3)?, says(4)?);
        let mut end = HEADER;
        let mut part = |length: usize| {
            let start = end;
            end = end.checked_add(length)?;
            Some(start..end)
        };
        let known = part(in_model.div_ceil(8))?;
        let (scores, places, bases) = (part(kept.checked_mul(4)?)?, part(kept.checked_mul(4)?)?, part(kept)?);
        let groups = part(GROUPS * 8)?;
        let familiar = part(says(11)?.checked_mul(4)?)?;
        let (pieces, characters) = (part(says(5)?.checked_mul(4)?)?, part(says(6)?.checked_mul(4)?)?);
        let (replacements, layers, rows) = (part(says(7)?)?, part(says(8)?)?, part(says(9)?)?);
        if end != bytes.len() {
            return None;
        }
        let known = bytes.get(known)?;
        let is_known = |number: &u32| known[*number as usize / 8] & (1 << (number % 8)) != 0;
        let numbers = (0..u32::try_from(in_model).ok()?).filter(is_known).collect();
        let pair =
            |at| Some(Group { step: float(&bytes[groups.clone()], at)?, zero: float(&bytes[groups.clone()], at + 1)? });
        let groups = (0..GROUPS).map(|group| pair(group * 2)).collect::<Option<_>>()?;
        let lowest_score = float(&bytes, 10)?;
        Some(Self {
            scores,
            places,
            bases,
            familiar,
            pieces,
            characters,
            replacements,
            layers,
            rows,
            numbers,
            groups,
            lowest_score,
            bytes,
        })
    }

    fn is_whole(&self) -> bool {
        let kept = self.bases.len();
        let fits = |piece: u32| {
            let (place, bits) = self.place(piece);
            bits <= 6 && place + rows::packed(bits) <= self.rows.len()
        };
        self.numbers.len() == kept
            && kept > 3
            && (0..self.numbers.len()).all(|piece| u32::try_from(piece).is_ok_and(fits))
    }

    /// A piece's number in the model that these weights were cut from.
    pub fn number(&self, piece: u32) -> u32 {
        self.numbers.get(piece as usize).copied().unwrap_or_default()
    }

    /// The pieces that come most often.
    pub fn familiar(&self) -> Vec<u32> {
        let all = (0..).map_while(|at| unit(&self.bytes[self.familiar.clone()], at));
        all.filter(|piece| (*piece as usize) < self.numbers.len()).collect()
    }

    pub fn score(&self, piece: u32) -> f32 {
        float(&self.bytes[self.scores.clone()], piece as usize).unwrap_or(self.lowest_score)
    }

    /// The lowest score of the whole model.
    pub const fn lowest_score(&self) -> f32 {
        self.lowest_score
    }

    /// The table of pieces.
    pub fn pieces(&self) -> Trie<'_> {
        Trie(&self.bytes[self.pieces.clone()])
    }

    /// The table of characters, and what they become.
    pub fn characters(&self) -> (Trie<'_>, &[u8]) {
        (Trie(&self.bytes[self.characters.clone()]), &self.bytes[self.replacements.clone()])
    }

    /// The bytes of the layers.
    pub fn layers(&self) -> &[u8] {
        &self.bytes[self.layers.clone()]
    }

    /// Unpacks the row of a piece and says what its numbers are worth.
    pub fn row(&self, piece: u32, plain: &mut [u8]) -> Group {
        debug_assert_eq!(plain.len(), DIMENSIONS);
        let (place, bits) = self.place(piece);
        let packed = self.bytes[self.rows.clone()].get(place..place + rows::packed(bits)).unwrap_or_default();
        let base = self.bytes[self.bases.clone()].get(piece as usize).copied().unwrap_or_default();
        rows::unpack(plain, packed, bits, base);
        self.groups[self.number(piece) as usize % GROUPS]
    }

    /// Where a row begins, and its bits.
    fn place(&self, piece: u32) -> (usize, usize) {
        let place = unit(&self.bytes[self.places.clone()], piece as usize).unwrap_or_default();
        ((place & 0x00ff_ffff) as usize * 64, (place >> 24) as usize)
    }
}

/// The four bytes at this place, as a number.
pub fn unit(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at.checked_mul(4)?..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*four))
}

fn float(bytes: &[u8], at: usize) -> Option<f32> {
    unit(bytes, at).map(f32::from_bits).filter(|number| number.is_finite())
}

/// What tells changed bytes; no protection against intent.
pub fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut sum = bytes.len() as u64;
    for word in words {
        sum = (sum ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
    for byte in rest {
        sum = (sum ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
    sum
}
