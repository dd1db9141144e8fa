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
use core::ops::Range;

use unicode_normalization::char::{canonical_combining_class, compose, decompose_compatible};

use crate::confusables::latin_look;
use crate::signs::{
    TATWEEL, is_accent, is_arabic_divider, is_arabic_letter, is_arabic_mark, is_invisible, is_joiner, is_letter,
    is_letter_or_digit, is_space, is_variation_selector,
};

/// How far a text is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// For search: compatibility forms unified, marks, tatweel and invisible signs dropped, أ إ آ ٱ → ا,
    /// ى ئ → ي, ؤ → و, ة → ه, Persian and Urdu letter forms unified, digits to 0–9, accents dropped, lower case,
    /// white space of every kind to one space. Hamza standing alone (ء) and گ پ چ stay: they are letters.
    Search,
    /// For word lists: [`Level::Search`], and letters split by spaces or dots joined again («م ر ح ب ا»), and
    /// three or more of one letter («مبرووووك») reduced to one. Two of a letter stay, as in «الله».
    Match,
    /// For unique names: [`Level::Search`], look-alikes of Latin, Cyrillic and Greek unified, and everything
    /// that is neither letter nor digit dropped. Empty for a name of pictures alone.
    Name,
}

/// A folded text that knows where each of its letters came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    places: Vec<Place>,
}

/// One letter of the folded text: where it starts there, and the bytes it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    at: usize,
    from: usize,
    to: usize,
}

impl Folded {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The smallest range of the original, in bytes, that holds everything the given range of the folded text
    /// came from. A letter's own marks belong to it, so that a highlight never cuts a vowel off its letter.
    ///
    /// Both ends lie on character boundaries of the original, for any range: one that cuts a character is
    /// widened to it, one that reaches too far is cut, an empty or reversed one gives an empty range.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let end = self.places.last().map_or(0, |place| place.to);
        if range.start >= range.end {
            let after = self.places.partition_point(|place| place.at < range.start);
            let at = self.places.get(after).map_or(end, |place| place.from);
            return at..at;
        }
        let first = self.places.partition_point(|place| place.at <= range.start).saturating_sub(1);
        let past = self.places.partition_point(|place| place.at < range.end);
        if range.start >= self.text.len() {
            return end..end;
        }
        match (self.places.get(first), self.places.get(past.saturating_sub(1))) {
            (Some(first), Some(last)) => first.from..last.to,
            _ => end..end,
        }
    }

    /// The folded text alone.
    pub fn into_string(self) -> String {
        self.text
    }
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
    let letters = letters_at(text, level);
    let mut folded = Folded { text: String::with_capacity(text.len()), places: Vec::with_capacity(letters.len()) };
    for letter in &letters {
        folded.places.push(Place { at: folded.text.len(), from: letter.from, to: letter.to });
        folded.text.push(letter.sign);
    }
    folded
}

/// Folds a text without the way back: the same text as [`fold`] gives, for less.
pub fn folded(text: &str, level: Level) -> String {
    letters_at(text, level).iter().map(|letter| letter.sign).collect()
}

/// A number that is the same for copies of a text which differ in spelling, spacing and punctuation only.
///
/// The FNV-1a hash (64 bits, offset basis 0xcbf29ce484222325, prime 0x100000001b3) of the UTF-8 bytes of the
/// folded letters and digits, repeated letters reduced as in [`Level::Match`] after the spaces are gone; its
/// highest bit is cleared, so that it fits a signed column, and a hash of 0 becomes 1. The result is part of
/// stored data and must not change. 0 means that nothing was left: no letter and no digit.
pub fn print(text: &str) -> i64 {
    let mut letters = search_letters(text);
    letters.retain(|letter| is_letter_or_digit(letter.sign));
    reduce_repeats(&mut letters);
    if letters.is_empty() {
        return 0;
    }
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut bytes = [0; 4];
    for letter in &letters {
        for byte in letter.sign.encode_utf8(&mut bytes).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    i64::try_from(hash & (u64::MAX >> 1)).unwrap_or(i64::MAX).max(1)
}

/// One letter after folding, and the bytes of the original it came from.
#[derive(Debug, Clone, Copy)]
struct Letter {
    sign: char,
    from: usize,
    to: usize,
}

fn letters_at(text: &str, level: Level) -> Vec<Letter> {
    let mut letters = search_letters(text);
    match level {
        Level::Search => {}
        Level::Match => {
            // Reduced before and after: «ممم ر ح» has pieces of one letter only once reduced.
            reduce_repeats(&mut letters);
            join_split_words(&mut letters);
            reduce_repeats(&mut letters);
        }
        Level::Name => {
            letters.retain(|letter| is_letter_or_digit(letter.sign));
            for letter in &mut letters {
                letter.sign = latin_look(letter.sign);
            }
        }
    }
    letters
}

fn search_letters(text: &str) -> Vec<Letter> {
    let mut folding = Folding { letters: Vec::with_capacity(text.len() / 2), marks: Vec::new() };
    for (from, c) in text.char_indices() {
        let to = from + c.len_utf8();
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
    folding.letters
}

/// Letters that are already apart and have no case: the greater part of any Arabic text.
fn is_plain_arabic(c: char) -> bool {
    matches!(c, '\u{621}' | '\u{627}'..='\u{63A}' | '\u{641}'..='\u{64A}')
}

/// The folded text as it grows. Marks that stay wait until the next letter, to be put in canonical order.
struct Folding {
    letters: Vec<Letter>,
    marks: Vec<Letter>,
}

impl Folding {
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
fn spelling(c: char) -> char {
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

/// Three or more of one letter become one, which points at all of them.
fn reduce_repeats(letters: &mut Vec<Letter>) {
    let mut kept = 0;
    let mut at = 0;
    while at < letters.len() {
        let first = letters[at];
        let times = letters[at..].iter().take_while(|letter| letter.sign == first.sign).count();
        if times >= 3 && is_letter(first.sign) {
            letters[kept] = Letter { to: letters[at + times - 1].to, ..first };
            kept += 1;
        } else {
            letters.copy_within(at..at + times, kept);
            kept += times;
        }
        at += times;
    }
    letters.truncate(kept);
}

/// Joins three or more single Arabic letters that stand one space or dot apart.
fn join_split_words(letters: &mut Vec<Letter>) {
    let mut kept = 0;
    let mut at = 0;
    while at < letters.len() {
        let pieces = split_pieces(letters, at);
        if pieces >= 3 {
            for piece in 0..pieces {
                letters[kept] = letters[at + piece * 2];
                kept += 1;
            }
            at += pieces * 2 - 1;
        } else {
            letters[kept] = letters[at];
            kept += 1;
            at += 1;
        }
    }
    letters.truncate(kept);
}

/// How many single letters follow one another from here, each a space or dot from the next.
fn split_pieces(letters: &[Letter], at: usize) -> usize {
    let alone = |at: usize| {
        let is_part = |at: usize| letters.get(at).is_some_and(|letter| is_letter_or_digit(letter.sign));
        is_arabic_letter(letters[at].sign) && !(at > 0 && is_part(at - 1)) && !is_part(at + 1)
    };
    let mut pieces = 0;
    let mut next = at;
    while next < letters.len() && alone(next) {
        pieces += 1;
        match letters.get(next + 1) {
            Some(gap) if matches!(gap.sign, ' ' | '.') => next += 2,
            _ => break,
        }
    }
    pieces
}
