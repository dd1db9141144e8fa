//! Texts that stand in other texts: runs of four words, a sample of them for an index, and an exact comparison.

mod compare;
mod near;
mod shingles;

pub(crate) use compare::{Likeness, Run, Source, likeness};
pub use near::{FEWEST_WORDS, nearness};
pub(crate) use shingles::shingles;
pub use shingles::{Sample, probes};
