//! A text laid out for reading: each sign with what stands around it.

use alloc::vec::Vec;
use core::ops::Range;

use super::{Kind, Suggestion};
use crate::signs::{is_arabic_letter, is_arabic_mark, is_invisible, is_letter};

/// A sign and its neighbours.
pub(super) struct Sign {
    pub(super) c: char,
    /// Bytes.
    pub(super) range: Range<usize>,
    /// Part of an address, an e-mail or a handle: not to be touched.
    pub(super) fixed: bool,
    /// What the nearest sign before is, spaces, marks, brackets and quotation marks passed over.
    pub(super) before: Side,
    /// The same after.
    pub(super) after: Side,
}

/// What stands on one side of a sign, on the same line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Side {
    #[default]
    Nothing,
    Arabic,
    OtherLetter,
    Digit,
    Sign,
}

pub(super) struct Proof<'a> {
    pub(super) text: &'a str,
    pub(super) signs: Vec<Sign>,
}

impl<'a> Proof<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut signs = Vec::with_capacity(text.len() / 2);
        let mut at = 0;
        for chunk in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '،' | '؛' | '«' | '»')) {
            let fixed = is_address(chunk);
            for (in_chunk, c) in chunk.char_indices() {
                let range = at + in_chunk..at + in_chunk + c.len_utf8();
                let fixed = fixed && !c.is_whitespace();
                signs.push(Sign { c, range, fixed, before: Side::Nothing, after: Side::Nothing });
            }
            at += chunk.len();
        }
        let mut side = Side::Nothing;
        for sign in &mut signs {
            sign.before = side;
            side = side_behind(side, sign.c);
        }
        side = Side::Nothing;
        for sign in signs.iter_mut().rev() {
            sign.after = side;
            side = side_behind(side, sign.c);
        }
        Self { text, signs }
    }

    /// The sign at a place in the list.
    pub(super) fn c(&self, at: Option<usize>) -> Option<char> {
        at.and_then(|at| self.signs.get(at)).map(|sign| sign.c)
    }

    /// Suggests something for the signs of a range of the list.
    pub(super) fn suggest(&self, signs: Range<usize>, kind: Kind, with: &str, found: &mut Vec<Suggestion>) {
        let (Some(first), Some(last)) = (self.signs.get(signs.start), self.signs.get(signs.end.saturating_sub(1)))
        else {
            return;
        };
        found.push(Suggestion { range: first.range.start..last.range.end, kind, replacement: with.into() });
    }
}

/// What the next sign has beside it, given what this one has.
fn side_behind(side: Side, c: char) -> Side {
    match c {
        '\n' | '\r' => Side::Nothing,
        _ if is_arabic_letter(c) || c == 'ـ' => Side::Arabic,
        _ if is_letter(c) => Side::OtherLetter,
        _ if c.is_numeric() => Side::Digit,
        '"' | '«' | '»' | '(' | ')' | '[' | ']' | '”' | '“' => side,
        _ if c.is_whitespace() || is_arabic_mark(c) || is_invisible(c) => side,
        _ => Side::Sign,
    }
}

/// Whether a word holds an address, an e-mail, a handle or a file name.
fn is_address(chunk: &str) -> bool {
    let dotted = || {
        let bytes = chunk.as_bytes();
        bytes.windows(3).any(|at| at[1] == b'.' && at[0].is_ascii_alphanumeric() && at[2].is_ascii_alphabetic())
    };
    chunk.contains("://") || chunk.contains('@') || chunk.contains("www.") || dotted()
}
