use super::Input;
use crate::{Finding, Reason};
use alloc::vec::Vec;

/// Worth a look: it may be a language that the engine does not know.
const WEIGHT: u16 = 250;
/// Hundredths of the letters that must stand in words nobody could read, and how many letters at least.
const SHARE: usize = 60;
const LETTERS: usize = 6;
/// From so many marks a letter on, over at least [`LETTERS`] letters, nothing can be read under them. Careful Arabic
/// bears two on a letter at most, and no word has them on all.
const MARKS: usize = 3;

/// Letters, but no words: keys pressed along a row or at random, and letters buried under marks. Words of other
/// languages, abbreviations, laughter and names are let pass.
///
/// Caught: «قغفعهخت ضصثقفغع شسيبلاتنم sdfghjkl»
/// Not caught: «هههههه واشنطن وستراسبورغ، rhythm mdr lol BMW»
pub(super) fn unreadable(input: &Input<'_>) -> Vec<Finding> {
    let reading = input.reading;
    let (mut all, mut mash) = (0, 0);
    let mut places = Vec::new();
    for word in 0..reading.words.len() {
        let letters = reading.word(word).chars().filter(|c| is_letter(*c)).count();
        all += letters;
        if is_mash(reading.word(word)) {
            mash += letters;
            places.push(word);
        }
    }
    if buried(input.submission.text) {
        return alloc::vec![Finding::whole(Reason::Unreadable, WEIGHT)];
    }
    if mash < LETTERS || mash * 100 < all * SHARE {
        return Vec::new();
    }
    let places = places.into_iter().map(|word| reading.original(word..word + 1));
    alloc::vec![Finding::at(Reason::Unreadable, WEIGHT, places)]
}

/// Most letters are known by their place alone.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{620}'..='\u{64A}' => true,
        '\0'..='\u{7F}' => false,
        c => c.is_alphabetic(),
    }
}

/// As many letters of a word as are looked at.
const LOOKED_AT: usize = 64;

/// Whether no reader could say this word.
fn is_mash(word: &str) -> bool {
    let (mut letters, mut count) = (['\0'; LOOKED_AT], 0);
    for (letter, place) in word.chars().zip(&mut letters) {
        if !is_letter(letter) {
            return false;
        }
        (*place, count) = (letter, count + 1);
    }
    let letters = &letters[..count];
    if letters.len() < 5 {
        return false;
    }
    if letters.len() >= 7 && runs_along_a_row(letters) {
        return true;
    }
    if letters.iter().all(char::is_ascii_alphabetic) {
        return is_unspeakable(letters);
    }
    let strange = letters.windows(2).filter(|pair| never_behind(pair[0]).contains(pair[1])).count();
    letters.len() >= 6 && strange * 3 >= letters.len() - 1
}

/// Whether four in five letters lie beside the one before them on a keyboard. Most words are through after two pairs.
fn runs_along_a_row(letters: &[char]) -> bool {
    let mut spare = (letters.len() - 1) / 5;
    for pair in letters.windows(2) {
        if !are_neighbours(pair[0], pair[1]) {
            let Some(less) = spare.checked_sub(1) else { return false };
            spare = less;
        }
    }
    true
}

/// Latin letters without a vowel, or with seven consonants in a row.
fn is_unspeakable(letters: &[char]) -> bool {
    let is_vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    !letters.iter().any(is_vowel) || letters.split(is_vowel).any(|consonants| consonants.len() >= 7)
}

/// Keys beside one another in a row of the Arabic or the English keyboard; the French one has the same rows but for four
/// letters.
fn are_neighbours(one: char, next: char) -> bool {
    let (one, next) = (key(one), key(next));
    one > 0 && next > 0 && one.abs_diff(next) == 1
}

/// The place of a letter on its keyboard, twenty to a row; 0 where it has none.
fn key(letter: char) -> u8 {
    match letter {
        'ض' => 1,
        'ص' => 2,
        'ث' => 3,
        'ق' => 4,
        'ف' => 5,
        'غ' => 6,
        'ع' => 7,
        'ه' => 8,
        'خ' => 9,
        'ح' => 10,
        'ج' => 11,
        'د' => 12,
        'ش' => 21,
        'س' => 22,
        'ي' => 23,
        'ب' => 24,
        'ل' => 25,
        'ا' => 26,
        'ت' => 27,
        'ن' => 28,
        'م' => 29,
        'ك' => 30,
        'ط' => 31,
        'ذ' => 41,
        'ء' => 42,
        'ر' => 43,
        'و' => 48,
        'ز' => 49,
        'ظ' => 50,
        'q' => 101,
        'w' => 102,
        'e' => 103,
        'r' => 104,
        't' => 105,
        'y' => 106,
        'u' => 107,
        'i' => 108,
        'o' => 109,
        'p' => 110,
        'a' => 121,
        's' => 122,
        'd' => 123,
        'f' => 124,
        'g' => 125,
        'h' => 126,
        'j' => 127,
        'k' => 128,
        'l' => 129,
        'z' => 141,
        'x' => 142,
        'c' => 143,
        'v' => 144,
        'b' => 145,
        'n' => 146,
        'm' => 147,
        _ => 0,
    }
}

/// The letters that no Arabic root has behind this one: they are spoken at the same place of the mouth. The rule is the
/// grammarians' (Ibn Jinni on the incompatible letters); these pairs were checked against 5.7 million pairs of written
/// Arabic, names and dialects among them, where each is rarer than one in 65,000.
fn never_behind(letter: char) -> &'static str {
    match letter {
        'ث' => "ثجحخدذزسشصضطظعغف",
        'ج' => "خشصضطظغق",
        'ح' => "خعغ",
        'خ' => "ثجحظعغق",
        'د' => "ذصضطظ",
        'ذ' => "ثحدذزسشصضطظعغق",
        'ر' => "ظ",
        'ز' => "ثخذسشصضطظ",
        'س' => "ثذزشصضظغ",
        'ش' => "ثذزصضظ",
        'ص' => "ثجذزسشضظ",
        'ض' => "ثجذزسشصضظق",
        'ط' => "ثجخدذزسشصضظ",
        'ظ' => "ثجحخدذزسشصضطظعغق",
        'ع' => "حخغ",
        'غ' => "جحخظعغقك",
        'ق' => "ثخغ",
        'ك' => "جخصضطظغق",
        'ه' => "ثحخصطظغ",
        'ف' => "ث",
        _ => "",
    }
}

/// Whether so many marks stand on the letters that nobody sees them.
fn buried(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}');
    let (mut letters, mut marks) = (0, 0);
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{620}'..='\u{64A}' => letters += 1,
            '\0'..='\u{7F}' => {}
            c if is_mark(c) => marks += 1,
            c => letters += usize::from(c.is_alphabetic()),
        }
    }
    letters >= LETTERS && marks >= letters * MARKS
}
