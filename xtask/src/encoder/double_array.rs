//! Builds a double array in the format in which the model's own table of characters is; `crates/encoder/src/trie.rs`
//! reads both and describes it.

use std::collections::HashSet;

use anyhow::{Context, Result, ensure};

/// No word has such a unit on its way, not even one with U+0000.
const FREE: u32 = 0xffff_fc00;
/// A way to children takes 21 bits.
const MOST: usize = 1 << 21;

/// The units of these words, which must be sorted and different, each with its value.
pub fn build(words: &[(&[u8], u32)]) -> Result<Vec<u32>> {
    ensure!(words.is_sorted_by(|a, b| a.0 < b.0), "words are not sorted");
    let mut builder = Builder { units: vec![FREE; 256], taken: vec![false; 256], bases: HashSet::new(), first_free: 1 };
    builder.units[0] = 0;
    builder.taken[0] = true;
    builder.node(words, 0, 0)?;
    Ok(builder.units)
}

struct Builder {
    units: Vec<u32>,
    taken: Vec<bool>,
    bases: HashSet<usize>,
    first_free: usize,
}

impl Builder {
    /// Lays out the children of the node at `place`: words that have the same first `depth` letters.
    fn node(&mut self, words: &[(&[u8], u32)], depth: usize, place: usize) -> Result<()> {
        let label = |word: &(&[u8], u32)| word.0.get(depth).copied();
        let parts: Vec<&[(&[u8], u32)]> = words.chunk_by(|a, b| label(a) == label(b)).collect();
        let labels: Vec<u8> =
            parts.iter().filter_map(|part| part.first()).map(|word| label(word).unwrap_or(0)).collect();
        ensure!(labels.is_sorted_by(|a, b| a < b), "a word with U+0000");
        let base = self.room_for(&labels)?;
        let way = u32::try_from(place ^ base).context("too many units")?;
        self.units[place] |= way << 10;
        for label in &labels {
            let child = base ^ usize::from(*label);
            self.taken[child] = true;
            self.units[child] = u32::from(*label);
        }
        for (part, child) in parts.iter().zip(labels.iter().map(|label| base ^ usize::from(*label))) {
            match part {
                [(word, value)] if word.len() == depth => {
                    self.units[child] = 0x8000_0000 | value;
                    self.units[place] |= 0x100;
                }
                longer => self.node(longer, depth + 1, child)?,
            }
        }
        Ok(())
    }

    /// A base that no other node has, and at which the places of all labels are free.
    fn room_for(&mut self, labels: &[u8]) -> Result<usize> {
        let first = usize::from(*labels.first().context("a node without children")?);
        while self.taken.get(self.first_free).copied().unwrap_or(false) {
            self.first_free += 1;
        }
        let (mut at, mut tried) = (self.first_free, 0);
        loop {
            if at >= self.units.len() {
                ensure!(self.units.len() < MOST, "too many units");
                self.units.resize(self.units.len() + 256, FREE);
                self.taken.resize(self.units.len(), false);
            }
            if !self.taken[at] {
                let base = at ^ first;
                let free = |label: &u8| !self.taken[base ^ usize::from(*label)];
                if !self.bases.contains(&base) && labels.iter().all(free) {
                    self.bases.insert(base);
                    return Ok(base);
                }
                tried += 1;
                if tried == 4096 {
                    // What is this full is not looked at again.
                    self.first_free = at;
                }
            }
            at += 1;
        }
    }
}
