//! A small multilingual sentence encoder: text → vector. No I/O; its weights are data handed in.
//!
//! Texts that mean like things have vectors that lie near, in whichever of sixteen languages they are. What a nearness
//! is worth is for the caller to say: there is no threshold here. `models/README.md` says where the weights come from,
//! and `docs/decisions/0020-sentence-encoder.md` why they lie as they do.
//!
//! Any text has a vector, and time is bounded: of a text the first [`LONGEST`] bytes are read, and of these the first
//! [`MOST_PIECES`] pieces. The arithmetic runs on one thread of the encoder's own, so that it never takes more than
//! one core, however many ask.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

mod layers;
mod normal;
mod pieces;
mod rows;
mod trie;
mod vector;
mod weights;

pub use vector::{DIMENSIONS, Near, Packed, Vector, scan};
pub use weights::{NoWeights, fingerprint};

use layers::{Layers, Room};
use weights::Weights;

/// Where the weights lie, for whoever compiles them in.
pub const WEIGHTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/encoder.midad");

/// Bytes of a text that are read; what is beyond them does not count.
pub const LONGEST: usize = 32 * 1024;

/// Pieces of a text that are read, its beginning and its end among them.
pub const MOST_PIECES: usize = 2048;

/// Pieces that go through the layers at once; a longer text goes alone.
const AT_ONCE: usize = 512;

/// Texts that go through the network at the end at once.
const TEXTS_AT_ONCE: usize = 64;

/// A sentence encoder with its weights.
#[derive(Debug)]
pub struct Encoder {
    weights: Weights,
    layers: Layers,
    thread: rayon::ThreadPool,
    room: Mutex<Room>,
}

impl Encoder {
    /// Reads weights. The table of pieces, by far the most of them, stays where it is.
    ///
    /// # Errors
    /// [`NoWeights`] when the bytes are damaged or of another version, or when the machine gives no thread.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, NoWeights> {
        let weights = Weights::read(bytes.into())?;
        let thread = rayon::ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "encoder".to_owned());
        let thread = thread.build().map_err(|_| NoWeights::NoThread)?;
        let (layers, room) = thread.install(|| Layers::of(&weights))?;
        Ok(Self { weights, layers, thread, room: Mutex::new(room) })
    }

    /// The vector of a text.
    pub fn encode(&self, text: &str) -> Vector {
        self.encode_batch(&[text]).pop().unwrap_or_default()
    }

    /// The vectors of many texts, each as if it were alone; faster than one after the other.
    pub fn encode_batch(&self, texts: &[&str]) -> Vec<Vector> {
        let mut vectors = Vec::with_capacity(texts.len());
        for texts in texts.chunks(TEXTS_AT_ONCE) {
            let texts: Vec<Vec<u32>> = texts.iter().map(|text| self.in_file(text)).collect();
            let mut sums = Vec::new();
            for together in together(&texts) {
                sums.extend(self.thread.install(|| self.sums(together)));
            }
            let lengths: Vec<f32> = texts.iter().map(|text| text.len() as f32).collect();
            vectors.extend(self.thread.install(|| self.layers.network(&sums, &lengths)));
        }
        vectors
    }

    /// The pieces of a text by their numbers in the model that the weights were cut from, for comparing with others.
    pub fn pieces(&self, text: &str) -> Vec<u32> {
        self.in_file(text).into_iter().map(|piece| self.weights.number(piece)).collect()
    }

    fn in_file(&self, text: &str) -> Vec<u32> {
        let read = &text[..text.floor_char_boundary(LONGEST)];
        pieces::cut(&self.weights, &normal::normalise(&self.weights, read), MOST_PIECES)
    }

    fn sums(&self, texts: &[Vec<u32>]) -> Vec<f32> {
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        let sums = self.layers.sums(&self.weights, texts, &mut room);
        if texts.iter().any(|text| text.len() > AT_ONCE) {
            self.layers.tidy_up(&mut room);
        }
        sums
    }
}

/// Texts in their order, as many together as have [`AT_ONCE`] pieces, and one at least.
fn together(texts: &[Vec<u32>]) -> impl Iterator<Item = &[Vec<u32>]> {
    let mut rest = texts;
    std::iter::from_fn(move || {
        let mut pieces = 0;
        let fitting = rest.iter().take_while(|text| {
            pieces += text.len();
            pieces <= AT_ONCE
        });
        let (these, others) = rest.split_at(fitting.count().max(1).min(rest.len()));
        rest = others;
        (!these.is_empty()).then_some(these)
    })
}
