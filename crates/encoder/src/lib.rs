//! A small multilingual sentence encoder: text → vector. No I/O; its weights are data handed in.
//!
//! The face stands so that callers need not change; there are no weights yet, and without weights there is no harm: every
//! caller works whole when [`Encoder::from_bytes`] answers [`NoWeights`].

/// The weights handed in are none that this version can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoWeights;

/// What the encoder makes of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector(Vec<f32>);

impl Vector {
    /// How near two vectors are: 1 the same, 0 nothing in common (cosine of unit vectors).
    pub fn likeness(&self, other: &Self) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }
}

/// A sentence encoder with its weights.
#[derive(Debug)]
pub struct Encoder {
    never: std::convert::Infallible,
}

impl Encoder {
    /// Reads weights. This version knows no format, so it always answers [`NoWeights`].
    ///
    /// # Errors
    /// [`NoWeights`], always.
    pub fn from_bytes(_weights: &[u8]) -> Result<Self, NoWeights> {
        Err(NoWeights)
    }

    /// The vector of a text. Cannot be reached: there is no encoder yet.
    pub fn encode(&self, _text: &str) -> Vector {
        match self.never {}
    }
}
