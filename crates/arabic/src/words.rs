//! Word edges, and words as search looks for them.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::fold::{Level, folded};
use crate::signs::{TATWEEL, is_arabic_letter, is_arabic_mark, is_letter_or_digit};

pub use crate::clitics::{contracted, is_enclitic, is_ending, is_proclitic};
pub use crate::small::{article, says_little};
pub use crate::stems::{splice, stem};

/// A word where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// As written, with its marks and tatweel.
    pub text: &'a str,
    /// Where, in bytes.
    pub range: Range<usize>,
}

/// The words of a text in order: stretches with a letter or a digit (UAX 29). Rules and rows of tatweel are none.
///
/// Beyond UAX 29, Arabic words end at a full stop, colon, apostrophe or underscore even without a space after it,
/// and where a digit is glued to them: «25نوفمبر» is two words, «covid19» one.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    let chunks = core::iter::from_fn(move || {
        let chunk = at..chunk_end(text, at)?;
        at = chunk.end;
        Some(chunk)
    });
    chunks.flat_map(|chunk| {
        let plain = plain_word(text, chunk.clone());
        let by_rule = if plain.is_none() { text.get(chunk.clone()) } else { None };
        let words = by_rule.into_iter().flat_map(words_by_rule);
        plain.into_iter().chain(
            words.map(move |word| Word { range: word.range.start + chunk.start..word.range.end + chunk.start, ..word }),
        )
    })
}

/// The words of a text by the rules alone, without the short way of [`words`].
pub(crate) fn words_by_rule(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.unicode_word_indices()
        .flat_map(|(at, word)| cut(word).map(move |part| (at + part.start, &word[part])))
        .filter(|(_, word)| word.chars().any(is_letter_or_digit))
        .map(|(at, word)| Word { text: word, range: at..at + word.len() })
}

/// Where the chunk ends that begins here: behind a space before a plain letter. No rule of UAX 29 reaches across one.
fn chunk_end(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let Some(space) = rest.iter().position(|byte| *byte == b' ') else { return Some(bytes.len()) };
        at += space + 1;
        match bytes.get(at..) {
            Some([]) | None => return Some(bytes.len()),
            Some([first, ..]) if first.is_ascii_alphanumeric() => return Some(at),
            // A first byte of 0xD8 or 0xD9 may also begin a mark, which would belong to the space.
            Some(next) if next.get(..2).is_some_and(is_arabic_start) => return Some(at),
            Some(_) => {}
        }
    }
}

/// The two bytes of ء to غ or of ف to ي.
fn is_arabic_start(bytes: &[u8]) -> bool {
    matches!(bytes, [0xD8, 0xA1..=0xBA] | [0xD9, 0x81..=0x8A])
}

/// The one word of a chunk that holds nothing but plain Arabic letters with their marks, or ASCII letters and digits,
/// and signs around them that are never part of a word. None for any other chunk.
fn plain_word(text: &str, chunk: Range<usize>) -> Option<Word<'_>> {
    let whole = text[chunk.clone()].trim_end_matches(is_closing);
    let word = whole.trim_start_matches(['«', '(', '"', '[']);
    let start = chunk.start + (whole.len() - word.len());
    let bytes = word.as_bytes();
    let first = *bytes.first()?;
    let is_plain = if first.is_ascii_alphanumeric() {
        bytes.iter().all(u8::is_ascii_alphanumeric)
    } else {
        let is_part = |pair: &[u8]| is_arabic_start(pair) || matches!(pair, [0xD9, 0x80 | 0x8B..=0x95]);
        let (pairs, rest) = bytes.as_chunks::<2>();
        rest.is_empty() && is_arabic_start(&pairs[0]) && pairs.iter().all(|pair| is_part(pair))
    };
    is_plain.then(|| Word { text: word, range: start..start + word.len() })
}

fn is_closing(c: char) -> bool {
    matches!(c, ' ' | '\n' | '.' | '،' | '؛' | '؟' | ',' | ':' | '!' | '?' | '»' | ')' | '"' | ']')
}

/// The words by which a text is found, in order, one for each word of it: folded for search, Arabic ones cut to
/// their [`stem`], digits 0–9 without separators of thousands, accents gone, and French «l'», «qu'» and the like
/// left out.
///
/// Both the text and the query go through here; a query matches where its terms are among the text's.
///
/// ```
/// use arabic::words::search_terms;
/// assert_eq!(search_terms("القاهرة ٢٠٢٥"), search_terms("قاهره 2025"));
/// assert_eq!(search_terms("L'École"), ["ecole"]);
/// ```
pub fn search_terms(text: &str) -> Vec<String> {
    let folded = folded(text, Level::Search);
    words(&folded).map(|word| term(word.text)).filter(|term| !term.is_empty()).collect()
}

fn term(word: &str) -> String {
    if word.contains(is_arabic_letter) {
        return stem(word);
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return without_thousands(word);
    }
    match word.split_once(is_apostrophe) {
        Some((elided, rest)) if elided.len() <= 2 && !rest.is_empty() => rest.replace(is_apostrophe, ""),
        _ => word.replace(is_apostrophe, ""),
    }
}

/// A number without the signs between its thousands: a comma before three digits, and U+066C anywhere. The
/// Arabic decimal sign U+066B becomes a point.
fn without_thousands(number: &str) -> String {
    let mut plain = String::with_capacity(number.len());
    for (at, c) in number.char_indices() {
        let digits_after = || number[at + 1..].chars().take_while(char::is_ascii_digit).count();
        match c {
            '٬' => {}
            ',' if digits_after() == 3 => {}
            '٫' => plain.push('.'),
            _ => plain.push(c),
        }
    }
    plain
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2BC}')
}

/// Cuts a UAX 29 word where Arabic writing ends a word and UAX 29 does not.
fn cut(word: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    let mut before = Kind::Sign;
    let mut signs = word.char_indices();
    core::iter::from_fn(move || {
        for (at, c) in signs.by_ref() {
            let kind = Kind::of(c).unwrap_or(before);
            let edge = before != kind && (before == Kind::Arabic || kind == Kind::Arabic);
            before = kind;
            if edge && at > from {
                return Some(core::mem::replace(&mut from, at)..at);
            }
        }
        (from < word.len()).then(|| core::mem::replace(&mut from, word.len())..word.len())
    })
}

/// What a sign is to the cutting of words.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Arabic,
    /// Letters of other scripts, and digits: «covid19» stays whole.
    Other,
    Sign,
}

impl Kind {
    /// None for marks and joiners, which go with what stands before them.
    fn of(c: char) -> Option<Self> {
        if c == TATWEEL || is_arabic_letter(c) {
            Some(Self::Arabic)
        } else if is_combining_mark(c)
            || is_arabic_mark(c)
            || crate::signs::is_joiner(c)
            || crate::signs::is_invisible(c)
        {
            None
        } else if is_letter_or_digit(c) {
            Some(Self::Other)
        } else {
            Some(Self::Sign)
        }
    }
}
