//! Folding sign by sign: decomposition, spelling, marks, white space. Exact for any text.

use alloc::vec::Vec;

use unicode_normalization::char::{canonical_combining_class, compose, decompose_compatible};

use crate::signs::{
    TATWEEL, is_accent, is_arabic_divider, is_arabic_mark, is_invisible, is_joiner, is_space, is_variation_selector,
};

/// One letter after folding, and the bytes of the original it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) sign: char,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// Adds the letters of a text, folded for search, to a list that is empty. The text stands `before` bytes into the
/// original.
pub(crate) fn search_letters(text: &str, before: usize, letters: &mut Vec<Letter>) {
    let mut folding = Folding { letters, marks: Vec::new() };
    for (at, c) in text.char_indices() {
        let (from, to) = (before + at, before + at + c.len_utf8());
        if c.is_ascii_alphanumeric() || is_plain_arabic(c) {
            folding.settle_marks();
            folding.letters.push(Letter { sign: spelling(c.to_ascii_lowercase()), from, to });
        } else if is_space(c) || is_arabic_divider(c) {
            folding.put_space(from, to);
        } else if is_arabic_mark(c) {
            folding.drop_mark(from, to);
        } else {
            decompose_compatible(c, |part| folding.put_part(part, from, to));
        }
    }
    folding.settle_marks();
}

/// Letters that are already apart and have no case: the greater part of any Arabic text.
fn is_plain_arabic(c: char) -> bool {
    matches!(c, '\u{621}' | '\u{627}'..='\u{63A}' | '\u{641}'..='\u{64A}')
}

/// The folded text as it grows. Marks that stay wait until the next letter, to be put in canonical order.
struct Folding<'a> {
    letters: &'a mut Vec<Letter>,
    marks: Vec<Letter>,
}

impl Folding<'_> {
    /// Takes one sign of the decomposed text.
    fn put_part(&mut self, part: char, from: usize, to: usize) {
        if is_space(part) {
            self.put_space(from, to);
        } else if is_arabic_mark(part) || is_accent(part) {
            self.drop_mark(from, to);
        } else if !is_unread(part) {
            for lower in part.to_lowercase() {
                // Lower case may bring an accent of its own: İ is i with a dot above.
                if !is_accent(lower) {
                    self.put(Letter { sign: spelling(lower), from, to });
                }
            }
        }
    }

    fn put(&mut self, letter: Letter) {
        if canonical_combining_class(letter.sign) == 0 {
            self.settle_marks();
            // Some letters join the one before them: Hangul syllables, a few Indic vowels.
            if !self.compose_with(self.letters.len(), letter) {
                self.letters.push(letter);
            }
        } else {
            self.marks.push(letter);
        }
    }

    fn put_space(&mut self, from: usize, to: usize) {
        self.settle_marks();
        match self.letters.last_mut() {
            Some(last) if last.sign == ' ' => last.to = to,
            _ => self.letters.push(Letter { sign: ' ', from, to }),
        }
    }

    /// Drops a mark, which still belongs to the letter it stands on.
    fn drop_mark(&mut self, from: usize, to: usize) {
        let under = self.marks.last_mut().or(self.letters.last_mut());
        if let Some(letter) = under.filter(|letter| letter.to == from) {
            letter.to = to;
        }
    }

    /// Puts the waiting marks in canonical order and joins each with its letter if Unicode has one sign for both.
    fn settle_marks(&mut self) {
        if self.marks.is_empty() {
            return;
        }
        let mut marks = core::mem::take(&mut self.marks);
        if marks.len() > 1 {
            let (from, to) = (marks[0].from, marks[marks.len() - 1].to);
            marks.sort_by_key(|mark| canonical_combining_class(mark.sign));
            // Order may change, so each of them points at all of them: places never run backwards.
            marks.iter_mut().for_each(|mark| (mark.from, mark.to) = (from, to));
        }
        let base = self.letters.len();
        let mut last_class = 0;
        for mark in marks.drain(..) {
            let class = canonical_combining_class(mark.sign);
            let free = self.letters.len() == base || last_class != class;
            if !(free && self.compose_with(base, mark)) {
                self.letters.push(mark);
                last_class = class;
            }
        }
        self.marks = marks;
    }

    /// Joins a sign with the last letter before `base` where Unicode has one sign for both.
    fn compose_with(&mut self, base: usize, mark: Letter) -> bool {
        let Some(letter) = base.checked_sub(1).and_then(|last| self.letters.get_mut(last)) else { return false };
        let Some(sign) = compose(letter.sign, mark.sign) else { return false };
        letter.sign = sign;
        letter.to = letter.to.max(mark.to);
        true
    }
}

/// Signs that leave nothing: invisible ones, tatweel, and controls that are not white space.
fn is_unread(c: char) -> bool {
    c == TATWEEL || is_invisible(c) || is_joiner(c) || is_variation_selector(c) || c.is_control()
}

/// The one form that all spellings of a letter or digit share.
pub(super) fn spelling(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | '\u{672}' | '\u{673}' => 'ا',
        'ى' | 'ئ' | 'ی' | 'ے' => 'ي',
        'ؤ' => 'و',
        'ة' | 'ہ' | 'ھ' | 'ە' | 'ۃ' | 'ۀ' => 'ه',
        'ک' | 'ڪ' => 'ك',
        '٠'..='٩' | '۰'..='۹' => crate::digits::western_digit(c),
        'ς' => 'σ',
        other => other,
    }
}
