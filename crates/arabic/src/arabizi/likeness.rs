//! Whether a text in Latin letters is Arabic, and not French or English.

use super::is_latin_word;
use super::known::{is_arabizi, is_french_or_english, may_be_arabizi};
use crate::signs::is_letter_or_digit;

/// Longest text that is looked at, in bytes: what comes after does not change the answer.
const MOST_BYTES: usize = 4_000;

/// Whether the Latin words of a text look like Arabizi.
///
/// Small words of the dialects and digits inside words speak for it, small words of French and English against it; a
/// text of both, as people write in the Maghreb, is Arabizi where Arabic has the upper hand. «covid19», «web3», «4x4»
/// and «B2B» say nothing.
///
/// ```
/// use arabic::arabizi::looks_arabizi;
/// assert!(looks_arabizi("wach rak khoya, labas 3lik?"));
/// assert!(!looks_arabizi("Le concert B2B est au 4x4, wallah."));
/// ```
pub fn looks_arabizi(text: &str) -> bool {
    likeness(text) >= 50
}

/// How much the Latin words of a text look like Arabizi: 0 for not at all, 100 for nothing else. [`looks_arabizi`]
/// answers from 50 on. Not a probability. The first 4,000 bytes are looked at.
pub fn likeness(text: &str) -> u8 {
    let start = &text[..text.floor_char_boundary(MOST_BYTES)];
    let (mut words, mut sure, mut maybe, mut foreign) = (0u32, 0u32, 0u32, 0u32);
    for word in start.split(|c: char| !(is_letter_or_digit(c) || matches!(c, '\'' | '’' | '@' | '/' | '.' | '_' | '-')))
    {
        let word = word.trim_matches(['.', '-', '\'', '_', '/']);
        if word.is_empty() || word.contains(['@', '/']) || (word.contains('.') && !word.contains("..")) {
            continue;
        }
        for part in word.split(['.', '-', '_']) {
            let part = part.to_lowercase().replace('’', "'");
            if !part.chars().any(|c| c.is_alphabetic() && !crate::signs::is_arabic_letter(c)) {
                continue;
            }
            words += 1;
            match weight(&part) {
                Weight::Sure => sure += 1,
                Weight::Maybe => maybe += 1,
                Weight::Foreign => foreign += 1,
                Weight::Nothing => {}
            }
        }
    }
    let speaks_for = sure * 2 + maybe;
    // A borrowed «wallah» in a French sentence does not make it Arabic, nor do words that both languages have.
    if sure == 0 || speaks_for <= foreign || speaks_for * 4 < words {
        return (speaks_for * 40 / (speaks_for + foreign + words).max(1)) as u8;
    }
    (50 + speaks_for.min(words) * 50 / (words + foreign).max(1)) as u8
}

enum Weight {
    Sure,
    Maybe,
    Foreign,
    Nothing,
}

/// What one word, in lower case, says.
fn weight(word: &str) -> Weight {
    if is_arabizi(word) {
        return Weight::Sure;
    }
    // Before the words that are in doubt, for «la» and «ma» say less than nothing between French words.
    if is_french_or_english(word) {
        return if may_be_arabizi(word) { Weight::Nothing } else { Weight::Foreign };
    }
    if may_be_arabizi(word) {
        return Weight::Maybe;
    }
    match digits(word) {
        Some(true) => Weight::Sure,
        Some(false) => Weight::Maybe,
        None if word.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) => Weight::Foreign,
        None => Weight::Nothing,
    }
}

/// Whether digits write letters in a word: surely, perhaps, or (none) not.
fn digits(word: &str) -> Option<bool> {
    let bytes = word.as_bytes();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let places = (0..bytes.len()).filter(|&at| is_digit(at));
    let in_a_row = places.clone().any(|at| is_digit(at + 1));
    let count = places.clone().count();
    if !is_latin_word(word) || count == 0 || count > letters || in_a_row || is_measure(word) {
        return None;
    }
    let inside = places.clone().any(|at| at > 0 && at + 1 < bytes.len());
    let first = is_digit(0);
    let sign = places.clone().next().map_or(b' ', |at| bytes[at]);
    match sign {
        // «B2B», «p4p», «k8s»: one letter on each side of a digit that is seldom a letter.
        b'2' | b'4' | b'6' | b'8' if letters <= 2 => None,
        b'4' | b'8' => Some(false),
        _ if inside || count > 1 => Some(letters >= 2),
        _ if first => (letters >= 2).then_some(true),
        // «web3», «ps5»: at the end, a digit may be a number.
        b'3' | b'5' | b'7' | b'9' => (letters >= 2).then_some(false),
        _ => None,
    }
}

/// A number with its unit or its ending («5km», «2nd», «3ème»), and names that are known for their digit.
fn is_measure(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let units = [
        "nd", "rd", "th", "st", "e", "er", "eme", "eur", "usd", "km", "kg", "cm", "mm", "ml", "mo", "go", "gb", "mb",
        "tb", "h", "am", "pm", "min", "ans", "fois", "jours", "da", "dh", "dt", "mad", "ds", "eme", "years", "days",
        "x", "ko", "kb",
    ];
    (unit.len() < word.len() && units.contains(&unit))
        || ["mp3", "mp4", "web3", "web2", "h2o", "co2", "mpeg4", "utf8", "win7", "ipv6", "ipv4", "gta5"].contains(&word)
}
