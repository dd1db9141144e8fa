//! What readers count: signs as they see them, and stretched letters.

use alloc::vec::Vec;
use core::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::signs::{is_invisible, is_joiner, is_mark, is_space, simple};

/// How many signs a reader sees: a letter with its marks is one (grapheme clusters of UAX 29).
pub fn clusters(text: &str) -> usize {
    counted(text, usize::MAX).0
}

/// Where the sign of this number (from 1) ends, in bytes: 0 for number 0, the end of the text beyond the last. What lies
/// behind it is not looked at.
///
/// ```
/// assert_eq!(arabic::runs::end_of_clusters("مُدُن", 2), "مُدُ".len());
/// ```
pub fn end_of_clusters(text: &str, number: usize) -> usize {
    counted(text, number).1
}

/// How many clusters there are, `most` at most, and where the last of them ends.
///
/// Letters of Arabic and ASCII with their marks, which are nearly all that is written, are known by their bytes; only
/// what stands between them goes through the tables of Unicode.
fn counted(text: &str, most: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut count, mut at) = (0, 0);
    while at < bytes.len() && count < most {
        if let Some(length) = plain_cluster(&bytes[at..]) {
            (count, at) = (count + 1, at + length);
            continue;
        }
        for cluster in text[at..next_edge(bytes, at)].graphemes(true).take(most - count) {
            (count, at) = (count + 1, at + cluster.len());
        }
    }
    (count, at)
}

/// The bytes of the cluster at the very start, where it is a plain sign with Arabic marks and another plain sign, a line's
/// end or nothing follows: no rule of UAX 29 joins these. None where the tables must say.
fn plain_cluster(bytes: &[u8]) -> Option<usize> {
    if bytes.first() == Some(&b'\n') {
        return Some(1);
    }
    let mut length = plain(bytes)?;
    while let [0xD9, 0x8B..=0x9F, ..] | [0xD9, 0xB0, ..] = bytes[length..] {
        length += 2;
    }
    let rest = &bytes[length..];
    (rest.is_empty() || rest[0] == b'\n' || plain(rest).is_some()).then_some(length)
}

/// The bytes of a sign that every rule of UAX 29 treats alike: printable ASCII, and the letters ء to ي.
fn plain(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b' '..=b'~', ..] => Some(1),
        [0xD8, 0xA0..=0xBF, ..] | [0xD9, 0x80..=0x8A, ..] => Some(2),
        _ => None,
    }
}

/// The next place behind which a plain sign stands and before which one stands too, so that a cluster ends there; the end
/// of the text where there is none.
fn next_edge(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() {
        let Some(length) = plain(&bytes[at..]) else {
            at += 1;
            continue;
        };
        at += length;
        if at < bytes.len() && plain(&bytes[at..]).is_some() {
            return at;
        }
    }
    bytes.len()
}

/// One sign written several times in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The sign.
    pub letter: char,
    /// How often it stands there, marks and invisible signs between not counted.
    pub times: usize,
    /// Where, in bytes, from the first one to the end of the last with its marks.
    pub range: Range<usize>,
}

/// The longest possible runs of one sign, at least so many times; spaces make none. Marks and invisible signs
/// between are passed over.
///
/// ```
/// let found = arabic::runs::runs("رااائع!!!", 3);
/// assert_eq!((found[0].letter, found[0].times), ('ا', 3));
/// assert_eq!((found[1].letter, found[1].times), ('!', 3));
/// ```
pub fn runs(text: &str, at_least: usize) -> Vec<Run> {
    if longest_simple(text.as_bytes()).is_some_and(|longest| longest < at_least) {
        return Vec::new();
    }
    let mut found: Vec<Run> = Vec::new();
    let mut current: Option<Run> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_invisible(c) || is_joiner(c) {
            continue;
        }
        match &mut current {
            Some(run) if is_mark(c) => run.range.end = end,
            None if is_mark(c) => {}
            Some(run) if run.letter == c => {
                run.times += 1;
                run.range.end = end;
            }
            _ => {
                let next = (!is_space(c)).then_some(Run { letter: c, times: 1, range: at..end });
                found.extend(core::mem::replace(&mut current, next).filter(|run| run.times >= at_least));
            }
        }
    }
    found.extend(current.filter(|run| run.times >= at_least));
    found
}

/// Whether a text is of simple signs and line ends alone, none of them so many times in a row: no mark stands in it, nothing without
/// ink, nothing that steers direction, and [`runs`] finds nothing in any of its lines. Most texts are known by this one look.
///
/// ```
/// assert!(arabic::runs::is_plain("سطر،\nوسطر آخر", 12));
/// assert!(!arabic::runs::is_plain("مُدُن", 12) && !arabic::runs::is_plain("هههههههههههههه", 12));
/// ```
pub fn is_plain(text: &str, at_least: usize) -> bool {
    text.split('\n').all(|line| longest_simple(line.as_bytes()).is_some_and(|longest| longest < at_least))
}

/// The longest run of a text that is made of simple signs alone; none of any other, where each sign has to be looked at.
fn longest_simple(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut last, mut times, mut longest) = (0, 0_u32, 0, 0);
    while at < bytes.len() {
        // Its bytes as one number: compared at once.
        let (sign, length) = match bytes[at..] {
            [byte @ b' '..=b'~', ..] => (u32::from(byte), 1),
            [first @ (0xD8 | 0xD9), second, ..] if SIMPLE_ARABIC[usize::from(first & 1)][usize::from(second & 63)] => {
                (u32::from(first) << 8 | u32::from(second), 2)
            }
            ref rest => {
                let length = simple(rest)?;
                (rest[..length].iter().fold(0, |sign, byte| (sign << 8) | u32::from(*byte)), length)
            }
        };
        times = if sign == last && sign != u32::from(b' ') { times + 1 } else { 1 };
        (last, longest, at) = (sign, longest.max(times), at + length);
    }
    Some(longest)
}

/// Which second bytes behind 0xD8 and 0xD9 make a [`simple`] sign, by the lower six bits of it.
const SIMPLE_ARABIC: [[bool; 64]; 2] = [simple_behind(0xD8), simple_behind(0xD9)];

const fn simple_behind(first: u8) -> [bool; 64] {
    let (mut is_simple, mut at) = ([false; 64], 0);
    while at < 64 {
        is_simple[at as usize] = matches!(simple(&[first, 0x80 | at]), Some(2));
        at += 1;
    }
    is_simple
}
