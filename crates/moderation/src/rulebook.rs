//! House rules as numbers. Parsing text into them is the caller's affair until the rulebook has a language of its own.

use serde::{Deserialize, Serialize};

/// The limits a paper sets. All lengths count grapheme clusters (what a reader calls a letter), not bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rulebook {
    /// A text longer than this is noted. As shipped 2,000.
    pub long_text: usize,
    /// A single paste-like text (few line breaks, article length) longer than this is noted. As shipped 1,200.
    pub long_paste: usize,
    /// Links allowed without a finding. As shipped 0: every link is shown to the moderator.
    pub links_allowed: usize,
    /// Copies of the same text allowed before it is noted. As shipped 0.
    pub repeats_allowed: u32,
    /// Comments a visitor may send in a minute before it is noted. As shipped 3.
    pub per_minute: u32,
    /// Comments a visitor may send in an hour before it is noted. As shipped 20.
    pub per_hour: u32,
    /// A run of one character at least this long is noted. As shipped 12.
    pub flood_run: usize,
    /// Consecutive words shared with the story before a passage counts as copied from it. As shipped 12.
    pub story_paste_words: usize,
    /// Groups, people, cues and frames.
    #[serde(skip)]
    pub stance: crate::stance::Rules,
}

impl Default for Rulebook {
    fn default() -> Self {
        Self {
            long_text: 2_000,
            long_paste: 1_200,
            links_allowed: 0,
            repeats_allowed: 0,
            per_minute: 3,
            per_hour: 20,
            flood_run: 12,
            story_paste_words: 12,
            stance: crate::stance::Rules::shipped(),
        }
    }
}

/// Learned models. None exist yet; the type stands in the signature so that callers need not change when they come.
#[derive(Debug, Clone, Copy, Default)]
pub struct Models {}
