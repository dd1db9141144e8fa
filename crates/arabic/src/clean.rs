//! For keeping: headlines, names and tags on one clean line.
//!
//! Cleaning changes nothing a reader sees, apart from white space and heaps of marks. Letters, vowels, tatweel
//! and digits stay as typed.

use alloc::borrow::Cow;
use alloc::string::String;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::signs::{
    TATWEEL, is_invisible, is_joiner, is_mark, is_of_joining_script, is_space, is_variation_selector, simple,
};

/// Marks that a letter may carry beside one shadda and one vowel.
const MORE_MARKS: usize = 2;
/// Marks without a place above or below (Indic vowels, Thai tones, Hebrew points) that a letter may carry.
const SPELLING_MARKS: usize = 6;
const SHADDA: char = '\u{651}';

/// A one-line text as it is kept: composed (NFC), without direction controls, zero-width signs and stray
/// joiners, with one plain space for every stretch of white space, new lines and controls, and trimmed.
///
/// The joiners U+200C and U+200D stay between letters of scripts that join, where they are spelling; a picture
/// made of several joined pictures comes apart. A letter keeps its shadda, a vowel and two more marks at most.
///
/// ```
/// assert_eq!(arabic::clean::line("  افتتاح\u{202E} المكتبة\n الجديدة\u{200B} "), "افتتاح المكتبة الجديدة");
/// ```
pub fn line(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut space_due = false;
    for c in seen_signs(text) {
        if is_space(c) || c.is_control() {
            space_due = !kept.is_empty();
            continue;
        }
        if space_due {
            kept.push(' ');
            space_due = false;
        }
        kept.push(c);
    }
    let mut heap = Heap::default();
    kept.nfc().filter(|&c| heap.bears(c)).collect()
}

/// A text of many lines as it may be shown to anyone: each line as [`line`] leaves it, and at most one empty line
/// between two others. Nothing in it can turn the direction of what stands around it, hide, or climb into it.
///
/// ```
/// assert_eq!(arabic::clean::lines("\n مرحبا\u{202E} بكم\r\n\n\n\nسلام \n"), "مرحبا بكم\n\nسلام");
/// ```
pub fn lines(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut empty = 0;
    for one in text.split('\n').map(line) {
        if one.is_empty() {
            empty += 1;
            continue;
        }
        if !kept.is_empty() {
            kept.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        kept.push_str(&one);
        empty = 0;
    }
    kept
}

/// A text in which no letter carries more marks than [`line`] leaves it: heaps of marks cannot climb into the lines
/// around them. Nothing else is changed, and a text without heaps is handed back as it is.
///
/// ```
/// let heap = format!("ب{} سَلّام", "\u{64E}".repeat(40));
/// assert_eq!(arabic::clean::without_heaps(&heap), format!("ب{} سَلّام", "\u{64E}".repeat(3)));
/// ```
pub fn without_heaps(text: &str) -> Cow<'_, str> {
    if !has_heaps(text) {
        return Cow::Borrowed(text);
    }
    let mut heap = Heap::default();
    Cow::Owned(text.chars().filter(|&c| heap.bears(c)).collect())
}

/// Whether more marks stand on one letter than every letter may carry, whichever they are.
fn has_heaps(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some(length) = simple(rest) {
        rest = &rest[length..];
    }
    // All before is no mark.
    let text = &text[text.len() - rest.len()..];
    let mut marks = 0;
    text.chars().any(|c| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        marks > MORE_MARKS
    })
}

/// Whether a text holds signs without ink that [`line()`] would take out: direction controls, zero-width signs,
/// joiners outside words, controls other than tabs and new lines.
///
/// For names this is a reason to refuse, not to repair.
pub fn has_invisibles(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || seen_signs(text).count() != text.chars().count()
}

/// Whether a reader would see anything: a sign that is not white space, not a control or invisible, not a mark
/// alone and not tatweel.
pub fn visible(text: &str) -> bool {
    text.chars()
        .any(|c| !(is_space(c) || c.is_control() || is_invisible(c) || is_joiner(c) || is_mark(c) || c == TATWEEL))
}

/// The signs of a text without invisible ones, and with joiners and selectors only where they do something.
fn seen_signs(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = None;
    let mut rest = text.chars().filter(|&c| !is_invisible(c)).peekable();
    core::iter::from_fn(move || {
        loop {
            let c = rest.next()?;
            let keep = if is_joiner(c) {
                before.is_some_and(is_of_joining_script) && rest.peek().copied().is_some_and(is_of_joining_script)
            } else {
                !is_variation_selector(c) || before.is_some_and(takes_selector)
            };
            if keep {
                // A vowel does not hide the letter under it from a joiner that follows.
                let on_letter = is_mark(c) && before.is_some_and(is_of_joining_script);
                before = if on_letter { before } else { Some(c) };
                return Some(c);
            }
        }
    })
}

/// Whether a sign has a text form and a picture form: symbols and digits, not letters.
fn takes_selector(c: char) -> bool {
    !(c.is_alphabetic() || is_space(c) || c.is_control() || is_mark(c) || is_joiner(c))
}

/// Counts the marks on the letter being written.
#[derive(Default)]
struct Heap {
    shadda: bool,
    vowel: bool,
    more: usize,
    spelling: usize,
}

impl Heap {
    /// Whether the letter still bears this mark; a letter starts anew.
    fn bears(&mut self, c: char) -> bool {
        if !is_mark(c) {
            *self = Self::default();
            return true;
        }
        let class = canonical_combining_class(c);
        let is_vowel = (27..=32).contains(&class) || class == 34 || class == 35;
        if c == SHADDA && !self.shadda {
            self.shadda = true;
            true
        } else if is_vowel && !self.vowel {
            self.vowel = true;
            true
        } else if is_vowel || c == SHADDA || class >= 200 {
            self.more += 1;
            self.more <= MORE_MARKS
        } else {
            self.spelling += 1;
            self.spelling <= SPELLING_MARKS
        }
    }
}
