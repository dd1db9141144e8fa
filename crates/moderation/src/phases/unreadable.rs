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
        let letters = reading.word(word).chars().filter(|c| c.is_alphabetic()).count();
        all += letters;
        if is_mash(reading.word(word)) {
            mash += letters;
            places.push(reading.original(word..word + 1));
        }
    }
    let buried = buried(input.submission.text);
    if buried || (mash >= LETTERS && mash * 100 >= all * SHARE) {
        return alloc::vec![Finding::at(Reason::Unreadable, WEIGHT, if buried { Vec::new() } else { places })];
    }
    Vec::new()
}

/// Whether no reader could say this word.
fn is_mash(word: &str) -> bool {
    let letters: Vec<char> = word.chars().take(64).collect();
    if letters.len() < 5 || letters.iter().any(|c| !c.is_alphabetic()) {
        return false;
    }
    let pairs = || letters.windows(2).map(|pair| (pair[0], pair[1]));
    let along = pairs().filter(|(one, next)| are_neighbours(*one, *next)).count();
    if letters.len() >= 7 && along * 5 >= (letters.len() - 1) * 4 {
        return true;
    }
    if letters.iter().all(char::is_ascii_alphabetic) {
        return is_unspeakable(&letters);
    }
    let strange = pairs().filter(|(one, next)| never_meet(*one, *next)).count();
    letters.len() >= 6 && strange * 3 >= letters.len() - 1
}

/// Latin letters without a vowel, or with seven consonants in a row.
fn is_unspeakable(letters: &[char]) -> bool {
    let is_vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    !letters.iter().any(is_vowel) || letters.split(is_vowel).any(|consonants| consonants.len() >= 7)
}

/// Keys beside one another in a row of the Arabic, English or French keyboard.
fn are_neighbours(one: char, next: char) -> bool {
    const ROWS: [&str; 7] =
        ["ضصثقفغعهخحجد", "شسيبلاتنمكط", "ذءرلايهوزظ", "qwertyuiop", "asdfghjklm", "zxcvbnm", "azertyuiop"];
    ROWS.iter().any(|row| {
        let mut keys = row.chars().zip(row.chars().skip(1));
        keys.any(|(left, right)| (left, right) == (one, next) || (right, left) == (one, next))
    })
}

/// Letters of which no Arabic root has the second behind the first: they are spoken at the same place of the mouth. The
/// rule is the grammarians' (Ibn Jinni on the incompatible letters); these pairs were checked against 5.7 million pairs
/// of written Arabic, names and dialects among them, where each is rarer than one in 65,000.
fn never_meet(one: char, next: char) -> bool {
    const PAIRS: [(char, &str); 20] = [
        ('ث', "ثجحخدذزسشصضطظعغف"),
        ('ج', "خشصضطظغق"),
        ('ح', "خعغ"),
        ('خ', "ثجحظعغق"),
        ('د', "ذصضطظ"),
        ('ذ', "ثحدذزسشصضطظعغق"),
        ('ر', "ظ"),
        ('ز', "ثخذسشصضطظ"),
        ('س', "ثذزشصضظغ"),
        ('ش', "ثذزصضظ"),
        ('ص', "ثجذزسشضظ"),
        ('ض', "ثجذزسشصضظق"),
        ('ط', "ثجخدذزسشصضظ"),
        ('ظ', "ثجحخدذزسشصضطظعغق"),
        ('ع', "حخغ"),
        ('غ', "جحخظعغقك"),
        ('ق', "ثخغ"),
        ('ك', "جخصضطظغق"),
        ('ه', "ثحخصطظغ"),
        ('ف', "ث"),
    ];
    PAIRS.iter().any(|(first, never)| *first == one && never.contains(next))
}

/// Whether so many marks stand on the letters that nobody sees them.
fn buried(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}');
    let marks = text.chars().filter(|c| is_mark(*c)).count();
    let letters = text.chars().filter(|c| c.is_alphabetic() && !is_mark(*c)).count();
    letters >= LETTERS && marks >= letters * MARKS
}
