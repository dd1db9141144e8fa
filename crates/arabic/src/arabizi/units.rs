//! A word of Latin letters and digits cut into the units that write one Arabic letter, or none.

use alloc::vec::Vec;
use core::ops::Range;

/// Some bytes of a word and what they may write, the likeliest first, each with what it costs to believe it.
pub(super) struct Unit {
    pub(super) range: Range<usize>,
    pub(super) spellings: Spellings,
}

pub(super) type Spellings = &'static [(&'static str, u16)];

/// Cuts a word, in lower case, into units. Each byte is in exactly one.
pub(super) fn units(word: &str) -> Vec<Unit> {
    let bytes = word.as_bytes();
    let mut units = Vec::with_capacity(bytes.len());
    let mut at = article(bytes, &mut units);
    while at < bytes.len() {
        let (length, spellings) = several(&bytes[at..]).unwrap_or_else(|| (1, one(bytes, at)));
        let length = with_doubles(bytes, at, length);
        units.push(Unit { range: at..at + length, spellings });
        at += length;
    }
    units
}

/// The article in front: el, al, il, l before a consonant, and «en-nas», «er-rajel» with the letter that took it in.
fn article(bytes: &[u8], units: &mut Vec<Unit>) -> usize {
    const ARTICLE: Spellings = &[("ال", 0)];
    let length = match bytes {
        // «ella», «alla»: an l of the word's own.
        [b'e' | b'a' | b'i', b'l', next, _, _, ..] if is_consonant(*next) && *next != b'l' => 2,
        [b'l', next, _, _, ..] if is_consonant(*next) && *next != b'l' => 1,
        [b'e', sun, next, _, _, ..] if sun == next && b"ntdrsz".contains(sun) => 1,
        _ => return 0,
    };
    units.push(Unit { range: 0..length, spellings: ARTICLE });
    length
}

/// Two or three signs that write one letter.
fn several(rest: &[u8]) -> Option<(usize, Spellings)> {
    let found: (usize, Spellings) = match rest {
        [b't', b'c', b'h', ..] => (3, &[("تش", 0)]),
        [b's', b'h' | b'7', b'h', ..] | [b's', b'c', b'h', ..] => (3, &[("ش", 0)]),
        [b'c' | b's', b'h', ..] => (2, &[("ش", 0)]),
        [b'k', b'h', ..] | [b'7', b'\'', ..] => (2, &[("خ", 0)]),
        [b'g', b'h', ..] | [b'3', b'\'', ..] => (2, &[("غ", 0)]),
        [b't', b'h', ..] => (2, &[("ث", 0), ("ذ", 2), ("ت", 4)]),
        [b'd', b'h', ..] => (2, &[("ذ", 0), ("ض", 2), ("ظ", 3)]),
        [b'd', b'j', ..] => (2, &[("ج", 0)]),
        [b'6', b'\'', ..] => (2, &[("ظ", 0)]),
        [b'9', b'\'', ..] => (2, &[("ض", 0)]),
        [b'p', b'h', ..] => (2, &[("ف", 0)]),
        [b'o', b'u' | b'o', ..] | [b'u', b'u', ..] => (2, &[("و", 0), ("", 3)]),
        [b'e', b'e' | b'i' | b'y', ..] | [b'i', b'i' | b'y', ..] => (2, &[("ي", 0)]),
        [b'a', b'i' | b'y', ..] => (2, &[("ي", 0), ("اي", 1)]),
        [b'a', b'u' | b'w', ..] => (2, &[("و", 0), ("او", 1)]),
        [b'a', b'a', ..] => (2, &[("ا", 0)]),
        _ => return None,
    };
    Some(found)
}

/// One sign, by what it is and where it stands.
fn one(bytes: &[u8], at: usize) -> Spellings {
    if is_vowel(bytes[at]) {
        return vowel(bytes, at);
    }
    match bytes[at] {
        b'b' | b'p' => &[("ب", 0)],
        b't' => &[("ت", 0), ("ط", 3)],
        b'j' => &[("ج", 0)],
        b'7' => &[("ح", 0)],
        b'5' | b'x' => &[("خ", 0)],
        b'd' => &[("د", 0), ("ض", 3), ("ذ", 4)],
        b'r' => &[("ر", 0)],
        b'z' => &[("ز", 0), ("ظ", 4), ("ذ", 4)],
        b's' => &[("س", 0), ("ص", 3)],
        b'c' => &[("س", 0), ("ك", 1)],
        b'4' => &[("ش", 0), ("ذ", 2)],
        b'6' => &[("ط", 0)],
        b'3' => &[("ع", 0)],
        b'8' => &[("غ", 0), ("ق", 1), ("ه", 2)],
        b'f' | b'v' => &[("ف", 0)],
        b'9' => &[("ق", 0), ("ص", 3)],
        b'q' => &[("ق", 0)],
        b'g' => &[("ق", 0), ("ج", 1), ("گ", 2), ("غ", 4)],
        b'k' => &[("ك", 0), ("ق", 5)],
        b'l' => &[("ل", 0)],
        b'm' => &[("م", 0)],
        b'n' => &[("ن", 0)],
        b'h' => &[("ه", 0), ("ح", 2)],
        b'w' => &[("و", 0)],
        b'y' => &[("ي", 0)],
        b'2' if at == 0 => &[("ا", 0), ("ق", 2)],
        b'2' if at + 1 == bytes.len() => &[("ء", 0), ("ق", 1)],
        b'2' => &[("ا", 0), ("ق", 1), ("ي", 2), ("ء", 3)],
        _ => &[("", 0)],
    }
}

/// Vowels are written where they are long, and where a word begins or ends with one: «salam» is سلام, «kalb» كلب.
fn vowel(bytes: &[u8], at: usize) -> Spellings {
    let after = &bytes[at + 1..];
    let consonants = after.iter().take_while(|byte| is_consonant(**byte)).count();
    let one_last =
        consonants > 0 && consonants == after.len() && several(after).map_or(1, |(length, _)| length) == consonants;
    match (bytes[at], at == 0, after.is_empty()) {
        (b'a', true, _) => &[("ا", 0), ("ع", 5)],
        (b'a', _, true) => &[("ا", 0), ("ه", 1), ("ي", 3)],
        (b'a', ..) if one_last => &[("ا", 0), ("", 1)],
        (b'a', ..) if consonants == 1 => &[("", 0), ("ا", 1)],
        (b'a', ..) => &[("", 0), ("ا", 2)],
        (b'e' | b'i', true, _) => &[("ا", 0), ("ي", 3), ("ع", 5)],
        (b'i', _, true) => &[("ي", 0)],
        (b'e', _, true) => &[("ه", 0), ("ي", 1), ("", 2)],
        (b'i', ..) if one_last => &[("ي", 0), ("", 1)],
        (b'i', ..) if consonants == 1 => &[("ي", 0), ("", 1)],
        (b'i', ..) => &[("", 0), ("ي", 2)],
        (b'e', ..) => &[("", 0), ("ي", 2), ("ا", 3)],
        (b'o' | b'u', true, _) => &[("ا", 0), ("و", 1), ("ع", 5)],
        (b'o' | b'u', _, true) => &[("و", 0), ("ه", 2)],
        (b'o' | b'u', ..) if one_last || consonants <= 1 => &[("و", 0), ("", 1)],
        _ => &[("", 0), ("و", 2)],
    }
}

/// The length of a unit with the same unit written again behind it: «bezzaf», «habbibiiii».
fn with_doubles(bytes: &[u8], at: usize, length: usize) -> usize {
    let unit = &bytes[at..at + length];
    let mut all = length;
    while bytes[at + all..].starts_with(unit) && !unit[0].is_ascii_digit() {
        all += length;
    }
    // A vowel drawn out: «salaaam» has one unit aa and an a behind it.
    let last = unit[length - 1];
    while is_vowel(last) && bytes.get(at + all) == Some(&last) {
        all += 1;
    }
    all
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn is_consonant(byte: u8) -> bool {
    !is_vowel(byte) && byte != b'\''
}
