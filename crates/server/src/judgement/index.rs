//! An index of known texts as the store keeps one, in memory.

use moderation::paste::{Sample, probes};
use std::collections::BTreeMap;

/// As in the store: a probe in so many sources belongs to none of them.
const UBIQUITOUS: usize = 4;
/// As in the store: so many likely sources are handed to the engine.
const MOST_TEXTS: usize = 5;

/// Which sources have a probe.
#[derive(Default)]
pub struct Index {
    sources: BTreeMap<i64, Vec<usize>>,
    /// Probes kept, once for each source.
    pub rows: usize,
}

impl Index {
    /// Keeps a sample of a text.
    pub fn keep(&mut self, source: usize, text: &str, sample: Sample) {
        for probe in probes(text, sample) {
            let sources = self.sources.entry(probe).or_default();
            if sources.len() < UBIQUITOUS {
                sources.push(source);
                self.rows += 1;
            }
        }
    }

    /// The likeliest sources of a text, but not itself.
    pub fn alike(&self, text: &str, but: usize) -> Vec<usize> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let found = probes(text, Sample::Question).into_iter().filter_map(|probe| self.sources.get(&probe));
        for source in found.filter(|sources| sources.len() < UBIQUITOUS).flatten().filter(|source| **source != but) {
            *shared.entry(*source).or_default() += 1;
        }
        let mut sources: Vec<_> = shared.into_iter().collect();
        sources.sort_by_key(|(source, shared)| (std::cmp::Reverse(*shared), *source));
        sources.into_iter().take(MOST_TEXTS).map(|(source, _)| source).collect()
    }
}
