//! Learned heads: linear, small, calibrated, and only ever one voice among the phases.
//!
//! A text is seen as pieces of words, words, pairs of words, consonants, signs and shape ([`features`]); a table gives
//! each feature one byte for every head; a sum, a slope and a shift make a probability of it ([`Heads::scores`]). Names of
//! groups are one and the same token here, whatever the group: a head that sees names learns names, and calls every report
//! about a group support for it.
//!
//! Training ([`train()`]) is as pure as judging: rows in, bytes out, the same bytes for the same rows and settings.

pub mod features;
pub mod train;

mod heads;
mod layer;
mod names;
pub(crate) mod sounds;
mod table;
mod tokens;

#[cfg(test)]
mod tests;

use alloc::boxed::Box;
use once_cell::race::OnceBox;

pub(crate) use heads::Heard;
pub use heads::{BadModel, Heads, Made, Numbers};
pub(crate) use names::names_in;
pub use names::{names, renamed};
pub use train::{Learner, Row, Settings, Trained, train};

/// The learned part of the judgement.
#[derive(Debug, Clone, Default)]
pub struct Models {
    /// The heads; without them all scores are zero.
    pub heads: Option<Heads>,
}

/// The heads as shipped, on the border of a cache line so that no slot lies across two.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static SHIPPED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../../models/heads.midad"));

impl Models {
    /// The models that are part of the program, checked once.
    pub fn shipped() -> Self {
        static READ: OnceBox<Models> = OnceBox::new();
        READ.get_or_init(|| Box::new(Self { heads: Heads::read(&SHIPPED.0).ok() })).clone()
    }
}
