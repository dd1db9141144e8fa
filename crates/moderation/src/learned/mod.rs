//! Learned heads: linear, small, calibrated, and only ever one voice among the phases.
//!
//! A text is seen as pieces of words, words, pairs of words, consonants, signs and shape ([`features`]); a table gives
//! each feature one byte for every head; a sum, a slope and a shift make a probability of it ([`Heads::scores`]). Names of
//! groups are one and the same token here, whatever the group: a head that sees names learns names, and calls every report
//! about a group support for it.
//!
//! Training ([`train()`]) is as pure as judging: rows in, bytes out, the same bytes for the same rows and settings.

pub(crate) mod contempt;
pub mod features;
pub mod personal;
pub mod train;

mod heads;
mod layer;
mod names;
pub(crate) mod sounds;
mod table;
mod tokens;

#[cfg(test)]
mod tests;

use crate::stance::Scan;
use crate::{Reading, Score, Thresholds};
use alloc::{boxed::Box, sync::Arc};
use core::ops::Range;
use once_cell::race::OnceBox;

pub(crate) use heads::Heard;
pub use heads::{BadModel, Heads, Made, Numbers};
pub(crate) use names::names_in;
pub use names::{names, renamed};
pub use personal::Personal;
pub use train::{Learner, Row, Settings, Trained, train};

/// The learned part of the judgement.
#[derive(Debug, Clone, Default)]
pub struct Models {
    /// The heads; without them all scores are zero.
    pub heads: Option<Heads>,
    /// What the paper's own decisions taught; without heads it says nothing.
    pub own: Option<Arc<Personal>>,
}

/// The heads as shipped, on the border of a cache line so that no slot lies across two.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static SHIPPED: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../../models/heads.midad"));

impl Models {
    /// The models that are part of the program, checked once.
    pub fn shipped() -> Self {
        static READ: OnceBox<Models> = OnceBox::new();
        READ.get_or_init(|| Box::new(Self { heads: Heads::read(&SHIPPED.0).ok(), own: None })).clone()
    }

    /// The same heads with a layer of the paper's own over them. One that was taught over other heads is left out.
    pub fn with_own(&self, own: Option<Arc<Personal>>) -> Self {
        let own = own.filter(|own| self.heads.as_ref().is_some_and(|heads| own.fits(heads)));
        Self { heads: self.heads.clone(), own }
    }

    /// A number that is another for other heads or another layer over them; 0 where there are no heads.
    pub fn fingerprint(&self) -> u64 {
        let heads = self.heads.as_ref().map_or(0, Heads::fingerprint);
        self.own.as_ref().map_or(heads, |own| (heads ^ own.fingerprint()).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// How likely what is said beside people is contempt, in whichever reading of the text it is likelier; nothing where
    /// nobody is named, and from where on it is worth a look.
    pub(crate) fn contempt(&self, scans: [Option<&Scan<'_>>; 2]) -> Option<(Score, f32)> {
        let heads = self.heads.as_ref()?;
        let said = scans.into_iter().flatten().filter_map(|scan| heads.contempt(scan));
        said.max_by_key(|(score, _)| *score)
    }

    /// What they say of a text, and where. From which answers on a finding stands bounds what the layer may move.
    pub(crate) fn heard(
        &self,
        reading: &Reading<'_>,
        names: &[Range<usize>],
        thresholds: impl Fn(crate::Head) -> Thresholds,
    ) -> Heard {
        let Some(heads) = &self.heads else { return Heard::default() };
        heads.heard(reading, names, self.own.as_deref().map(|own| (own, personal::ROUTED.map(thresholds))))
    }
}
