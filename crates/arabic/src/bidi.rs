//! Direction of a text, isolation, and controls that must not leak.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::signs::{is_bidi_control, is_mark};

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';
const POP_EMBEDDING: char = '\u{202C}';
/// Deepest nesting that [`balanced`] keeps. Unicode allows 125; no honest text needs more than a few.
const DEEPEST: usize = 8;

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Arabic, Hebrew, Syriac, Thaana, N'Ko and the like.
    RightToLeft,
    /// Latin, Greek, Cyrillic, Han and the like.
    LeftToRight,
    /// No letter decides: digits, signs, or nothing.
    Neutral,
}

impl Direction {
    /// The value of HTML's `dir`; none where no letter decides.
    pub fn dir(self) -> Option<&'static str> {
        match self {
            Self::RightToLeft => Some("rtl"),
            Self::LeftToRight => Some("ltr"),
            Self::Neutral => None,
        }
    }
}

/// The direction of the first strong sign, as browsers find it for `dir="auto"`; isolated stretches do not count.
///
/// ```
/// use arabic::bidi::{direction, Direction};
/// assert_eq!(direction("2-1 للضيوف"), Direction::RightToLeft);
/// assert_eq!(direction("2-1"), Direction::Neutral);
/// ```
pub fn direction(text: &str) -> Direction {
    let mut isolates = 0usize;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => isolates += 1,
            POP_ISOLATE => isolates = isolates.saturating_sub(1),
            _ if isolates > 0 => {}
            _ => match strength(c) {
                Direction::Neutral => {}
                strong => return strong,
            },
        }
    }
    Direction::Neutral
}

/// The direction in which most letters of a text run: which way a block of it is to be set, whatever name or abbreviation
/// stands first in it. As many one way as the other, or no letters: [`Direction::Neutral`]. Letters of addresses, which are
/// Latin in every language, do not count.
///
/// ```
/// use arabic::bidi::{majority, Direction};
/// assert_eq!(majority("NATO تجتمع غدًا"), Direction::RightToLeft);
/// assert_eq!(majority("« السلام » est un mot arabe"), Direction::LeftToRight);
/// assert_eq!(majority("انظر https://example.org/a-long-path"), Direction::RightToLeft);
/// assert_eq!(majority("2-1"), Direction::Neutral);
/// ```
pub fn majority(text: &str) -> Direction {
    let (mut right, mut left) = (0usize, 0usize);
    for c in text.split_whitespace().filter(|word| !is_address(word)).flat_map(str::chars) {
        match way_of_letter(c) {
            Direction::RightToLeft => right += 1,
            Direction::LeftToRight => left += 1,
            Direction::Neutral => {}
        }
    }
    match right.cmp(&left) {
        Ordering::Greater => Direction::RightToLeft,
        Ordering::Less => Direction::LeftToRight,
        Ordering::Equal => Direction::Neutral,
    }
}

/// An address of the web or of mail, or a name by which people are called there.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.contains("www.")
}

/// A text between first-strong isolate and its end, its own controls stripped: for plain-text notices, where no
/// markup can isolate a name or a quotation.
pub fn isolate(text: &str) -> String {
    let mut isolated = String::with_capacity(text.len() + 6);
    isolated.push(FIRST_STRONG_ISOLATE);
    isolated.extend(text.chars().filter(|&c| !is_bidi_control(c)));
    isolated.push(POP_ISOLATE);
    isolated
}

/// A text without direction controls: marks, embeddings, overrides and isolates.
pub fn without_controls(text: &str) -> String {
    text.chars().filter(|&c| !is_bidi_control(c)).collect()
}

/// A text of several lines whose direction controls cannot reach beyond it: what was opened is closed by the end
/// of its line, what closes nothing is gone, and nesting deeper than eight is gone with its ends. What opens and closes nothing, as
/// nearly every text, is handed back as it is.
pub fn balanced(text: &str) -> Cow<'_, str> {
    if !has_levels(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut open = Open::default();
    for c in text.chars() {
        match c {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push(c, POP_EMBEDDING, &mut out),
            '\u{2066}'..='\u{2068}' => open.push(c, POP_ISOLATE, &mut out),
            POP_EMBEDDING => open.pop_embedding(&mut out),
            POP_ISOLATE => open.pop_isolate(&mut out),
            // Unicode ends every level at these signs; so do we, visibly.
            '\n' | '\r' | '\u{85}' | '\u{1C}'..='\u{1E}' | '\u{2029}' => {
                open.pop_all(&mut out);
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    open.pop_all(&mut out);
    Cow::Owned(out)
}

/// Whether anything in a text opens or closes a level. All these signs begin with the same byte, which few texts hold at all.
fn has_levels(text: &str) -> bool {
    text.as_bytes().contains(&0xE2) && text.contains(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
}

/// What is open: the sign that ends each level, and whether its beginning was written.
#[derive(Default)]
struct Open {
    levels: Vec<(char, bool)>,
    isolates: usize,
}

impl Open {
    fn push(&mut self, beginning: char, end: char, out: &mut String) {
        let written = self.levels.len() < DEEPEST;
        if written {
            out.push(beginning);
        }
        self.isolates += usize::from(end == POP_ISOLATE);
        self.levels.push((end, written));
    }

    /// Ends an embedding, unless an isolate stands around this point: its inside cannot end what is outside.
    fn pop_embedding(&mut self, out: &mut String) {
        if self.levels.last().is_some_and(|level| level.0 == POP_EMBEDDING) {
            self.pop(out);
        }
    }

    /// Ends an isolate and every embedding left open inside it.
    fn pop_isolate(&mut self, out: &mut String) {
        if self.isolates > 0 {
            while self.pop(out) == Some(POP_EMBEDDING) {}
        }
    }

    fn pop_all(&mut self, out: &mut String) {
        while self.pop(out).is_some() {}
    }

    fn pop(&mut self, out: &mut String) -> Option<char> {
        let (end, written) = self.levels.pop()?;
        if written {
            out.push(end);
        }
        self.isolates -= usize::from(end == POP_ISOLATE);
        Some(end)
    }
}

fn strength(c: char) -> Direction {
    match c {
        '\u{200E}' => Direction::LeftToRight,
        '\u{200F}' | '\u{61C}' => Direction::RightToLeft,
        // Full stop, question mark and the like of Arabic are strong; its comma and digits are not.
        '\u{608}' | '\u{60B}' | '\u{60D}' | '\u{61B}'..='\u{61F}' | '\u{66D}' | '\u{6D4}' => Direction::RightToLeft,
        _ => way_of_letter(c),
    }
}

/// Which way a letter runs, by its block; what is no letter is neutral.
fn way_of_letter(c: char) -> Direction {
    match c {
        // Most letters of most texts, without a look into Unicode's tables.
        '\u{620}'..='\u{64A}' => Direction::RightToLeft,
        'a'..='z' | 'A'..='Z' => Direction::LeftToRight,
        '\0'..='\u{7F}' => Direction::Neutral,
        _ if is_mark(c) || !c.is_alphabetic() => Direction::Neutral,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => Direction::RightToLeft,
        '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}' => Direction::RightToLeft,
        _ => Direction::LeftToRight,
    }
}
