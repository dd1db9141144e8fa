//! A text as the model was taught to see it: its own table of characters, then blanks.
//!
//! The table is close to NFKC with some of its own: it takes harakat as they are, makes one digit of many, and drops
//! controls. It is part of the weights, so nothing is decided here.

use crate::trie::Trie;
use crate::weights::Weights;

/// What stands for a blank.
const BLANK: &[u8] = "▁".as_bytes();

/// The text in the model's characters; empty when nothing is left of it.
pub fn normalise(weights: &Weights, text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let (trie, replacements) = weights.characters();
    let mut at = 0;
    while let Some((b" ", read)) = next(trie, replacements, bytes, at) {
        at += read;
    }
    if at >= bytes.len() {
        return Vec::new();
    }
    let mut normal = Vec::with_capacity(bytes.len() + bytes.len() / 4);
    normal.extend_from_slice(BLANK);
    let mut after_blank = true;
    while let Some((mut becomes, read)) = next(trie, replacements, bytes, at) {
        at += read;
        while after_blank && let Some(rest) = becomes.strip_prefix(b" ") {
            becomes = rest;
        }
        for byte in becomes {
            match byte {
                b' ' => normal.extend_from_slice(BLANK),
                other => normal.push(*other),
            }
        }
        after_blank = becomes.last().map_or(after_blank, |last| *last == b' ');
    }
    while normal.ends_with(BLANK) {
        normal.truncate(normal.len() - BLANK.len());
    }
    normal
}

/// What the text at this place becomes, and how many bytes of it that is; the longest entry of the table that fits.
fn next<'a>(trie: Trie<'_>, replacements: &'a [u8], bytes: &'a [u8], at: usize) -> Option<(&'a [u8], usize)> {
    let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
    let mut longest = None;
    trie.words(rest, |length, value| longest = Some((length, value)));
    let replaced = longest.and_then(|(length, value)| {
        let from = replacements.get(value as usize..).filter(|from| !from.is_empty())?;
        Some((from.split(|byte| *byte == 0).next()?, length))
    });
    Some(
        replaced.unwrap_or_else(|| {
            rest.split_at_checked(letter(rest)).map_or((rest, rest.len()), |(one, _)| (one, one.len()))
        }),
    )
}

/// Bytes of the first letter of what is UTF-8.
pub fn letter(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        Some(0xc0..) => 2,
        _ => 1,
    }
}
