//! What texts mean, in this process: the encoder with its weights, once somebody needs it, and the vectors of public stories.
//!
//! Without weights everything here is empty, and the paper is whole all the same: related stories are those of the same tags, a
//! search goes by words. A likeness orders and groups; it refuses nothing and publishes nothing.

mod comments;
mod heard;
mod held;
mod making;
mod together;

#[cfg(test)]
mod tests;

pub use comments::{is_near_the_story, near_comments};
pub use held::StoriesByMeaning;
pub use making::make;

use crate::traced;
use encoder::{Encoder, Packed};
use heard::Heard;
use newsroom::StoryId;
use newsroom::meaning::FOUND_FROM;
use newsroom::search::Query;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use together::Waiting;

/// Stories found by meaning that a search takes up.
const MOST_FOUND: usize = 50;
/// Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Meaning(Arc<Parts>);

#[derive(Debug, Default)]
struct Parts {
    weights: OnceLock<Weights>,
    /// Opened where it is needed first, on a blocking thread; none where the weights are damaged.
    encoder: OnceLock<Option<Encoder>>,
    /// That a text could not be read was said.
    failed: AtomicBool,
    /// That what other weights made is due was written down.
    renewed: AtomicBool,
    stories: StoriesByMeaning,
    heard: Heard,
    waiting: Waiting,
}

#[derive(Debug)]
struct Weights {
    bytes: &'static [u8],
    fingerprint: String,
}

impl Meaning {
    /// From now on texts are read by these weights. Said once, when the program starts; bytes that are no weights change nothing.
    pub fn open_with(&self, bytes: &'static [u8]) {
        match encoder::fingerprint(bytes) {
            Some(fingerprint) => drop(self.0.weights.set(Weights { bytes, fingerprint })),
            None => tracing::error!("the encoder's weights cannot be read; nothing goes by meaning"),
        }
    }

    /// The fingerprint of the weights; none where there are none, or none that can be used.
    pub fn weights(&self) -> Option<&str> {
        let usable = self.0.encoder.get().is_none_or(Option::is_some);
        self.0.weights.get().filter(|_| usable).map(|weights| weights.fingerprint.as_str())
    }

    /// The vectors of public stories that this process holds.
    pub fn stories(&self) -> &StoriesByMeaning {
        &self.0.stories
    }

    /// Something to be done with the encoder on a thread of its own; nothing without one.
    pub async fn with<T: Send + 'static>(&self, work: impl FnOnce(&Self) -> T + Send + 'static) -> Option<T> {
        self.weights()?;
        let (here, part_of) = (self.clone(), store::traced::here());
        let working = move || part_of.in_scope(|| here.encoder().is_some().then(|| work(&here)));
        tokio::task::spawn_blocking(working).await.ok().flatten()
    }

    /// The vectors of texts, in their order; none of a text that the encoder fails at. Not on a thread that answers requests.
    fn read(&self, texts: &[&str]) -> Vec<Option<Packed>> {
        let Some(encoder) = self.encoder() else { return vec![None; texts.len()] };
        let _span = traced::encoding(texts.len());
        let at_once = catch_unwind(AssertUnwindSafe(|| encoder.encode_batch(texts)));
        if let Ok(vectors) = at_once
            && vectors.len() == texts.len()
        {
            return vectors.iter().map(|vector| Some(vector.pack())).collect();
        }
        let one = |text: &&str| catch_unwind(AssertUnwindSafe(|| encoder.encode(text).pack())).ok();
        if !self.0.failed.swap(true, Ordering::Relaxed) {
            tracing::error!("the encoder failed at a text, which goes without a vector; of others it is not said");
        }
        texts.iter().map(one).collect()
    }

    /// Public stories that are near to what was asked, the nearest first; none where meaning is not asked or is not there.
    pub async fn found(&self, query: &Query) -> Vec<StoryId> {
        if !query.is_of_words_alone() || self.stories().is_empty() {
            return Vec::new();
        }
        let typed = query.typed.clone();
        let near = self.with(move |here| {
            let wanted = here.read(&[&typed]).pop().flatten()?;
            Some(here.stories().nearest(&wanted, MOST_FOUND, FOUND_FROM))
        });
        let near = near.await.flatten().unwrap_or_default();
        near.into_iter().map(|(story, _)| story).collect()
    }

    fn encoder(&self) -> Option<&Encoder> {
        let weights = self.0.weights.get()?;
        let open = || {
            let opened = Encoder::from_bytes(weights.bytes);
            opened.inspect_err(|why| tracing::error!(?why, "the encoder cannot be used; nothing goes by meaning")).ok()
        };
        self.0.encoder.get_or_init(open).as_ref()
    }
}
