//! What word lists see through: stretched words, split words, letters of other alphabets inside a word.

use alloc::vec::Vec;

use super::letters::Letter;
use crate::confusables::{arabic_look, latin_twin};
use crate::signs::{is_arabic_letter, is_letter, is_letter_or_digit};

/// Takes every disguise off letters that are folded for search.
pub(super) fn take_off(letters: &mut Vec<Letter>) {
    for letter in letters.iter_mut() {
        letter.sign = own_letter(letter.sign);
    }
    // Each step makes work for the next: «ممم ر ح» has pieces of one letter only once reduced, and a joined word may
    // be of two alphabets.
    reduce_repeats(letters);
    put_back_looks(letters);
    reduce_repeats(letters);
    join_split_words(letters);
    put_back_looks(letters);
    reduce_repeats(letters);
}

/// The Arabic letter that other languages made this one of: for Kurdish, Pashto, Sindhi, Urdu and Uyghur a letter of
/// its own, in an Arabic word a disguise. گ پ چ ڤ stay, they write sounds of the dialects, and so does every letter
/// whose dots make another one of it. Chosen by hand from the charts of the Arabic blocks.
fn own_letter(c: char) -> char {
    match c {
        'ٲ' | 'ٳ' | '\u{773}' | '\u{774}' => 'ا',
        'ٮ' | 'ٻ' | 'ڀ' => 'ب',
        'ټ' | 'ٹ' | 'ٺ' | 'ٿ' | 'ٽ' => 'ت',
        'ځ' | 'څ' => 'ح',
        'ڈ' | 'ډ' | 'ڊ' | 'ڍ' | 'ڎ' | 'ڏ' | 'ڐ' => 'د',
        'ڑ' | 'ڒ' | 'ړ' | 'ڔ' | 'ڕ' | 'ږ' | 'ۯ' => 'ر',
        'ښ' | 'ڛ' | 'ڜ' => 'س',
        'ڝ' | 'ڞ' => 'ص',
        'ڟ' => 'ط',
        'ڠ' => 'ع',
        'ڡ' | 'ڢ' | 'ڣ' => 'ف',
        'ٯ' | 'ڧ' => 'ق',
        'ڪ' | 'ګ' | 'ڬ' | 'ڮ' => 'ك',
        'ڭ' | 'ݣ' | 'ڨ' | 'ڴ' => 'گ',
        'ڵ' | 'ڶ' | 'ڷ' | 'ڸ' | 'ݪ' => 'ل',
        '\u{765}' | '\u{766}' => 'م',
        'ں' | 'ڹ' | 'ڻ' | 'ڼ' | 'ڽ' => 'ن',
        'ۿ' => 'ه',
        'ۄ' | 'ۅ' | 'ۆ' | 'ۇ' | 'ۈ' | 'ۉ' | 'ۊ' | 'ۋ' | 'ۏ' => 'و',
        'ۍ' | 'ێ' | 'ې' | 'ۑ' | 'ؠ' | 'ؽ' | 'ؾ' | 'ؿ' | '\u{775}'..='\u{777}' => 'ي',
        other => other,
    }
}

/// Three or more of one letter become one, which points at all of them.
pub(super) fn reduce_repeats(letters: &mut Vec<Letter>) {
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

/// Joins single letters that stand one sign apart: three Arabic ones, or four of other alphabets («il y a à» has
/// three).
fn join_split_words(letters: &mut Vec<Letter>) {
    let mut kept = 0;
    let mut at = 0;
    while at < letters.len() {
        let pieces = split_pieces(letters, at);
        let least = if is_arabic_letter(letters[at].sign) { 3 } else { 4 };
        // Fewer are written as they stand, so that the same row is not counted again from its second letter.
        let (step, length) = if pieces >= least { (2, pieces * 2 - 1) } else { (1, pieces.max(1) * 2 - 1) };
        for piece in (at..at + length).step_by(step) {
            letters[kept] = letters[piece];
            kept += 1;
        }
        at += length;
    }
    letters.truncate(kept);
}

/// How many single letters, all Arabic or none, follow one another from here, each one sign from the next.
fn split_pieces(letters: &[Letter], at: usize) -> usize {
    let arabic = is_arabic_letter(letters[at].sign);
    let is_part = |at: usize| letters.get(at).is_some_and(|letter| is_letter_or_digit(letter.sign));
    let alone = |at: usize| {
        let sign = letters[at].sign;
        is_arabic_letter(sign) == arabic
            && (arabic || is_cased(sign))
            && !(at > 0 && is_part(at - 1))
            && !is_part(at + 1)
    };
    let mut pieces = 0;
    let mut next = at;
    while next < letters.len() && alone(next) {
        pieces += 1;
        match letters.get(next + 1) {
            Some(gap) if is_gap(gap.sign) => next += 2,
            _ => break,
        }
    }
    pieces
}

/// Signs that people put between the letters of a word to split it. Commas, slashes and brackets make lists.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '_' | '*' | '+' | '~' | '|' | '·' | '•' | '‐' | '–' | '—' | '−')
}

/// Letters of Latin, Greek or Cyrillic.
fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

/// Puts letters of another alphabet inside a word back.
fn put_back_looks(letters: &mut [Letter]) {
    let words = letters.split_mut(|letter| !is_letter_or_digit(letter.sign));
    for word in words {
        let count = |of: fn(char) -> bool| word.iter().filter(|letter| of(letter.sign)).count();
        let arabic = count(is_arabic_letter);
        if arabic == word.len() {
            continue;
        }
        let (cased, ascii) = (count(is_cased), count(is_latin));
        if arabic > 0 && cased > 0 && arabic >= cased {
            read_as_arabic(word, arabic);
        } else if arabic > 0 && cased > 0 {
            read_arabic_as_latin(word);
        }
        if ascii > 0 && ascii < cased {
            read_as_latin(word);
        }
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
}

/// In an Arabic word: one or two letters that look like Arabic ones, between Arabic letters, or one at an end.
fn read_as_arabic(word: &mut [Letter], arabic: usize) {
    let mut at = 0;
    while at < word.len() {
        let strangers = word[at..].iter().take_while(|letter| is_cased(letter.sign)).count();
        let inside = at > 0
            && is_arabic_letter(word[at - 1].sign)
            && word.get(at + strangers).is_some_and(|letter| is_arabic_letter(letter.sign));
        let at_end = (at == 0 || at + strangers == word.len()) && strangers == 1 && arabic >= 2;
        let all_look = word[at..at + strangers].iter().all(|letter| arabic_look(letter.sign).is_some());
        if all_look && ((inside && strangers <= 2) || at_end) {
            for letter in &mut word[at..at + strangers] {
                letter.sign = arabic_look(letter.sign).unwrap_or(letter.sign);
            }
        }
        at += strangers.max(1);
    }
}

/// In a Latin word: one ا or ه between Latin letters.
fn read_arabic_as_latin(word: &mut [Letter]) {
    for at in 1..word.len().saturating_sub(1) {
        let look = match word[at].sign {
            'ا' => 'l',
            'ه' => 'o',
            _ => continue,
        };
        if is_cased(word[at - 1].sign) && is_cased(word[at + 1].sign) {
            word[at].sign = look;
        }
    }
}

/// In a word of Latin and other letters, all of which look Latin.
fn read_as_latin(word: &mut [Letter]) {
    let looks = |letter: &Letter| !is_cased(letter.sign) || is_latin(letter.sign) || latin_twin(letter.sign).is_some();
    if word.iter().all(looks) {
        for letter in word {
            letter.sign = latin_twin(letter.sign).unwrap_or(letter.sign);
        }
    }
}
