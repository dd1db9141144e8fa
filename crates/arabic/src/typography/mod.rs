//! A reader for the newsroom's proofs: what Arabic typography would have otherwise.
//!
//! Suggestions only. Addresses, e-mail, numbers such as 3,14 and Latin passages are never touched, and neither is
//! tatweel where it belongs (هـ, الـ25, بـ«المدينة», هـٰذا, a rule).

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use proof::Proof;

mod digits;
mod hamza;
mod proof;
mod signs;

/// One thing that could be set better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// What.
    pub kind: Kind,
    /// What would stand there instead; empty to take it away.
    pub replacement: String,
}

/// What a suggestion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Straight quotation marks around Arabic: « ».
    Quotes,
    /// A comma, semicolon or question mark of Latin writing behind Arabic: ، ؛ ؟.
    Punctuation,
    /// More than one space between words.
    DoubleSpace,
    /// A space between a word and the sign that closes it.
    SpaceBefore,
    /// A tatweel that only stretches a word.
    Tatweel,
    /// Digits of another set than most of the text.
    MixedDigits,
    /// A control of direction, or a space of no width.
    Control,
    /// A frequent word without the hamza it is written with.
    Hamza,
}

/// Everything in a text that could be set better, in order; no two suggestions overlap.
///
/// ```
/// use arabic::typography::{applied, lint};
/// let text = "قال \"نعم\" , ثم ذهب الى السوق";
/// let found = lint(text);
/// assert_eq!(found.len(), 5);
/// assert_eq!(applied(text, &found), "قال «نعم»، ثم ذهب إلى السوق");
/// ```
pub fn lint(text: &str) -> Vec<Suggestion> {
    let proof = Proof::of(text);
    let mut found = Vec::new();
    signs::quotes(&proof, &mut found);
    signs::punctuation(&proof, &mut found);
    signs::spaces(&proof, &mut found);
    signs::tatweel(&proof, &mut found);
    signs::controls(&proof, &mut found);
    digits::mixed(&proof, &mut found);
    hamza::missing(&proof, &mut found);
    found.sort_by_key(|suggestion| (suggestion.range.start, suggestion.range.end));
    let mut end = 0;
    found.retain(|suggestion| {
        let free = suggestion.range.start >= end;
        end = if free { suggestion.range.end } else { end };
        free
    });
    found
}

/// The text with suggestions of [`lint`] followed, in their order. One that overlaps the one before it or does not
/// lie in the text is passed over.
pub fn applied(text: &str, suggestions: &[Suggestion]) -> String {
    let mut set = String::with_capacity(text.len());
    let mut at = 0;
    for Suggestion { range, replacement, .. } in suggestions {
        let Some(before) = text.get(at..range.start).filter(|_| text.get(range.clone()).is_some()) else { continue };
        set.push_str(before);
        set.push_str(replacement);
        at = range.end;
    }
    set.push_str(&text[at..]);
    set
}
