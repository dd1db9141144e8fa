//! For finding: one spelling for many.
//!
//! Text is stored as it was sent and folded inside every comparison. Folding takes a text apart by Unicode's
//! compatibility decomposition, drops what nobody reads, and gives each letter the one form that all its
//! spellings share. Because the hamza seats أ إ آ ؤ ئ lose their hamza at every [`Level`], the order in which
//! marks were typed and whether the text arrived composed or decomposed make no difference.
//!
//! A fold is made for candidates: «علي» and «على» are one here. Rank the exact spelling above it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::confusables::latin_look;
use crate::signs::{is_letter, is_letter_or_digit};

mod disguise;
mod letters;
mod plain;
mod writing;

pub(crate) use letters::{Letter, search_letters};
pub use writing::Folded;

/// How far a text is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// For search: compatibility forms unified, marks, tatweel and invisible signs dropped, أ إ آ ٱ → ا,
    /// ى ئ → ي, ؤ → و, ة → ه, Persian and Urdu letter forms unified, digits to 0–9, accents dropped, lower case,
    /// white space of every kind to one space. Hamza standing alone (ء) and گ پ چ stay: they are letters.
    Search,
    /// For word lists: [`Level::Search`], and
    /// * three or more single Arabic letters in a row, one sign apart, joined («م ر ح ب ا», «م.ر.ح», «م-ر-ح», «م*ر*ح»,
    ///   «م_ر_ح»), and four or more Latin ones («s p a m»); «أ. ب. ج.» has two signs between and stays a list;
    /// * three or more of one letter («مبرووووك») reduced to one; two of a letter stay, as in «الله»;
    /// * letters of other alphabets inside a word put back («مدlد», «sаlut» with a Cyrillic а), where they look like
    ///   letters of the word's own: the words «الiPhone» and «covid19» hold none;
    /// * letters of Arabic script that other languages made out of one of ours (ڪ ڑ ښ ۆ) read as that one, and the
    ///   ways to write g in the Maghreb (ڭ ݣ ڨ) as گ.
    Match,
    /// For unique names: [`Level::Search`], look-alikes of Latin, Cyrillic and Greek unified, and everything
    /// that is neither letter nor digit dropped. Empty for a name of pictures alone.
    Name,
}

/// Folds a text and keeps the way back to the original.
///
/// ```
/// use arabic::fold::{fold, Level};
/// let sent = "مبرووووك!";
/// let found = fold(sent, Level::Match);
/// assert_eq!(found.as_str(), "مبروك!");
/// assert_eq!(&sent[found.original(6..8)], "وووو");
/// ```
pub fn fold(text: &str, level: Level) -> Folded {
    let mut out = Folded::with_room(text.len());
    let mut letters = Vec::new();
    let mut at = 0;
    while at < text.len() {
        // A name is short, and nothing in it is plain: it is folded in one piece.
        let (from, end) = match level {
            Level::Name => (at, text.len()),
            Level::Search | Level::Match => plain::fold_plain_words(text, at, level, &mut out),
        };
        letters.clear();
        letters_of(&text[from..end], from, level, &mut letters);
        letters.iter().for_each(|letter| out.put(*letter));
        at = end;
    }
    out.finish()
}

/// Folds a text without the way back: the same text as [`fold`] gives.
pub fn folded(text: &str, level: Level) -> String {
    fold(text, level).into_string()
}

/// A number that is the same for copies of a text which differ in spelling, spacing and punctuation only.
///
/// The FNV-1a hash (64 bits, offset basis 0xcbf29ce484222325, prime 0x100000001b3) of the UTF-8 bytes of the
/// folded letters and digits, repeated letters reduced as in [`Level::Match`] after the spaces are gone; its
/// highest bit is cleared, so that it fits a signed column, and a hash of 0 becomes 1. The result is part of
/// stored data and must not change. 0 means that nothing was left: no letter and no digit.
pub fn print(text: &str) -> i64 {
    let folded = folded(text, Level::Search);
    let mut letters = folded.chars().filter(|c| is_letter_or_digit(*c)).peekable();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    if letters.peek().is_none() {
        return 0;
    }
    while let Some(sign) = letters.next() {
        let mut times = 1;
        while letters.next_if_eq(&sign).is_some() {
            times += 1;
        }
        let written = if times >= 3 && is_letter(sign) { 1 } else { times };
        let mut bytes = [0; 4];
        let bytes = sign.encode_utf8(&mut bytes).as_bytes();
        for byte in core::iter::repeat_n(bytes, written).flatten() {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    i64::try_from(hash & (u64::MAX >> 1)).unwrap_or(i64::MAX).max(1)
}

/// The plain rule of every level, sign by sign, for a stretch that nothing outside it has a part in.
fn letters_of(text: &str, before: usize, level: Level, letters: &mut Vec<Letter>) {
    search_letters(text, before, letters);
    match level {
        Level::Search => {}
        Level::Match => disguise::take_off(letters),
        Level::Name => {
            letters.retain(|letter| is_letter_or_digit(letter.sign));
            for letter in letters {
                letter.sign = latin_look(letter.sign);
            }
        }
    }
}

#[cfg(test)]
pub(crate) use plain::table_keeps_the_rules;

/// Folds without the short ways of [`fold`]: the tests compare the two.
#[cfg(test)]
pub(crate) fn fold_sign_by_sign(text: &str, level: Level) -> Folded {
    let mut letters = Vec::new();
    letters_of(text, 0, level, &mut letters);
    let mut out = Folded::with_room(text.len());
    letters.iter().for_each(|letter| out.put(*letter));
    out.finish()
}
