//! Entries found in a text, each at its longest, and whether the text speaks of what they plainly mean.

use super::Entry;
use crate::matcher::{Clitics, Hit, Matcher};
use crate::{Reading, StoryFacts};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::ops::Range;

/// How many words away a context still counts.
const NEAR: usize = 4;
/// What is read of a story to know what it is about, in bytes: its headline and its beginning.
const STORY: usize = 4_096;

/// Entries, ready to be looked for.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    entries: Vec<Entry>,
    matcher: Matcher,
    /// The words of all contexts.
    contexts: Matcher,
    /// Which contexts clear an entry when they stand near it, and when they stand in the story; in order.
    near: Vec<Vec<usize>>,
    story: Vec<Vec<usize>>,
}

/// An entry in a text.
#[derive(Debug, Clone)]
pub(crate) struct Found<'l> {
    pub entry: &'l Entry,
    /// Which words of the reading.
    pub words: Range<usize>,
    /// Something near it or in the story gives it its plain meaning.
    pub plain: bool,
}

impl Lists {
    pub fn of(entries: Vec<Entry>) -> Self {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut numbered = |words: &[String]| {
            let mut row = Vec::with_capacity(words.len());
            for word in words {
                let next = numbers.len();
                row.push(*numbers.entry(word.clone()).or_insert(next));
            }
            row.sort_unstable();
            row
        };
        // A word is no context of itself.
        let others = |entry: &Entry| -> Vec<String> {
            entry.unless_near.iter().filter(|near| **near != entry.phrase).cloned().collect()
        };
        let near = entries.iter().map(|entry| numbered(&others(entry))).collect();
        let story = entries.iter().map(|entry| numbered(&entry.unless_story)).collect();
        let mut words: Vec<(String, usize)> = numbers.into_iter().collect();
        words.sort_unstable_by_key(|(_, number)| *number);
        let contexts = Matcher::new(words.into_iter().map(|(word, _)| (word, Clitics::Stem)));
        let matcher = Matcher::new(entries.iter().map(|entry| (&entry.phrase, entry.clitics)));
        Self { entries, matcher, contexts, near, story }
    }

    /// Every entry in a text, in its order; of two that lie in one another only the longer one.
    pub fn find<'l>(&'l self, reading: &Reading<'_>, story: &StoryFacts<'_>) -> Vec<Found<'l>> {
        let hits = longest(self.matcher.hits(reading));
        if hits.is_empty() {
            return Vec::new();
        }
        let has_context = |lists: &[Vec<usize>]| hits.iter().any(|hit| !lists[hit.entry].is_empty());
        let near = if has_context(&self.near) { self.contexts.hits(reading) } else { Vec::new() };
        let story = if has_context(&self.story) { self.contexts_of(story) } else { Vec::new() };
        let found = hits.into_iter().map(|hit| {
            let here =
                near_words(&near, &hit.words).any(|context| self.near[hit.entry].binary_search(&context).is_ok());
            let there = story.iter().any(|context| self.story[hit.entry].binary_search(context).is_ok());
            Found { entry: &self.entries[hit.entry], words: hit.words, plain: here || there }
        });
        found.collect()
    }

    /// Which contexts stand in the headline or the beginning of a story.
    fn contexts_of(&self, story: &StoryFacts<'_>) -> Vec<usize> {
        let beginning = &story.text[..story.text.floor_char_boundary(STORY)];
        let mut contexts: Vec<usize> = [story.headline, beginning]
            .into_iter()
            .flat_map(|text| self.contexts.hits(&Reading::of(text)))
            .map(|hit| hit.entry)
            .collect();
        contexts.sort_unstable();
        contexts.dedup();
        contexts
    }
}

/// The contexts at most [`NEAR`] words away.
fn near_words<'h>(contexts: &'h [Hit], words: &Range<usize>) -> impl Iterator<Item = usize> + 'h {
    let (from, to) = (words.start.saturating_sub(NEAR), words.end.saturating_add(NEAR));
    let first = contexts.partition_point(|hit| hit.words.start < from);
    contexts[first..].iter().take_while(move |hit| hit.words.start < to).map(|hit| hit.entry)
}

/// Without the hits that lie inside a longer one.
fn longest(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.words.start, usize::MAX - hit.words.end, hit.entry));
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    // Of all before, the one that reaches farthest; at the same start the longest came first.
    let mut widest = 0..0;
    for hit in hits {
        if hit.words != widest && hit.words.end <= widest.end {
            continue;
        }
        widest = hit.words.clone();
        kept.push(hit);
    }
    kept
}
