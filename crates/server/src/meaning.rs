//! By what texts are read for their meaning: the encoder's weights, compiled in. They stay where they lie in the program's file,
//! and a page of it comes into memory when it is read first.

/// The weights, as `models/README.md` describes them.
pub static WEIGHTS: &[u8] = include_bytes!("../../../models/encoder.midad");
