//! What was found by words and what was found by meaning, as one list.
//!
//! Reciprocal rank fusion: G. V. Cormack, C. L. A. Clarke, S. Büttcher, «Reciprocal Rank Fusion outperforms Condorcet and
//! individual Rank Learning Methods», SIGIR 2009. It takes places alone and no values, which could not be compared.

use super::rank::Rank;
use crate::StoryId;

/// The constant `k` of the paper.
const K: Rank = 60;
/// What stands for 1 in a sum of parts.
const ONE: Rank = 1_000_000_000_000;
/// Added to what has every word: it goes before everything else. No rank reaches it.
const EVERY_WORD: Rank = 1 << 50;

/// What was found by words (`words`, the nearest first) and by meaning (`near`, the nearest first), each story once, with the rank
/// by which the whole stands in order. Where words say that they are `all` there, what has them keeps its order and goes
/// first, and what was found by meaning alone follows. Else each list gives a story a part of 1 / (60 + its place), and
/// the sum counts. Without anything found by meaning, ranks stay as they are.
pub fn fused(words: &[(Rank, StoryId)], near: &[StoryId], all: bool) -> Vec<(Rank, StoryId)> {
    if near.is_empty() {
        return words.to_vec();
    }
    let by_words = |story: &StoryId| words.iter().position(|(_, other)| other == story);
    let by_meaning = |story: &StoryId| near.iter().position(|other| other == story);
    let of_words = words.iter().enumerate().map(|(place, (rank, story))| {
        let rank = if all { rank + EVERY_WORD } else { part(place) + by_meaning(story).map_or(0, part) };
        (rank, *story)
    });
    let alone = near.iter().enumerate().filter(|(_, story)| by_words(story).is_none());
    of_words.chain(alone.map(|(place, story)| (part(place), *story))).collect()
}

/// What a list gives to what stands at a place in it; the first has 0.
fn part(place: usize) -> Rank {
    ONE / (K + 1 + Rank::try_from(place).unwrap_or(Rank::MAX / 2))
}
