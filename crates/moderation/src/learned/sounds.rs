//! The consonants of a word, the same for Arabic letters and for Arabic written in Latin letters and digits.
//!
//! Vowels and the weak letters go, letters that Latin writing does not tell apart become one. What is learned of a word
//! in one script so reaches the other, and many spellings of a dialect word are one.

use alloc::vec::Vec;

/// The consonants of a word, a byte each, none twice in a row. Empty for a word of another script.
pub(crate) fn sounds(word: &str, into: &mut Vec<u8>) {
    into.clear();
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let (sound, both) = match (letter, next) {
            ('c' | 's', Some('h')) => (b'C', true),
            ('k', Some('h')) | ('5', _) => (b'x', letter == 'k'),
            ('g', Some('h')) => (b'g', true),
            ('t', Some('h')) => (b't', true),
            ('d', Some('h')) => (b'd', true),
            ('3', Some('\'')) => (b'g', true),
            ('7', Some('\'')) => (b'x', true),
            _ => (sound(letter), false),
        };
        if both {
            letters.next();
        }
        if sound != 0 && into.last() != Some(&sound) {
            into.push(sound);
        }
    }
    // «ه» at the end is mostly «ة», which Latin writing leaves out.
    if into.len() > 2 && into.last() == Some(&b'h') {
        into.pop();
    }
}

fn sound(letter: char) -> u8 {
    match letter {
        'ب' | 'پ' | 'b' | 'p' => b'b',
        'ت' | 'ط' | 'ث' | 't' | '6' => b't',
        'ج' | 'چ' | 'j' | 'g' => b'j',
        'ح' | 'ه' | 'h' | '7' => b'h',
        'خ' | 'x' => b'x',
        'د' | 'ض' | 'ذ' | 'd' => b'd',
        'ر' | 'r' => b'r',
        'ز' | 'ظ' | 'z' => b'z',
        'س' | 'ص' | 's' => b's',
        'ش' | '$' => b'C',
        'ع' | '3' => b'3',
        'غ' => b'g',
        'ف' | 'ڤ' | 'f' | 'v' => b'f',
        'ق' | 'q' | '9' | '8' => b'q',
        'ك' | 'گ' | 'k' | 'c' => b'k',
        'ل' | 'l' => b'l',
        'م' | 'm' => b'm',
        'ن' | 'n' => b'n',
        _ => 0,
    }
}

/// The commonest short words of English and French that are no Arabic in Latin letters, sorted.
const FOREIGN: [&str; 76] = [
    "a", "about", "all", "and", "are", "au", "aux", "avec", "be", "but", "c", "can", "ce", "ces", "cest", "dans", "de",
    "des", "do", "du", "elle", "en", "est", "et", "for", "get", "have", "he", "i", "if", "il", "in", "is", "it", "j",
    "je", "just", "la", "le", "les", "like", "lol", "me", "mes", "moi", "my", "not", "nous", "of", "on", "ou", "par",
    "pas", "plus", "pour", "que", "qui", "rt", "she", "so", "sur", "te", "that", "the", "they", "this", "to", "toi",
    "tu", "une", "vous", "was", "we", "with", "you", "your",
];

/// No word of them has more letters.
const LONGEST_FOREIGN: usize = 5;

/// Whether a Latin word is one of the short words by which English and French are known.
pub(super) fn is_foreign(word: &str) -> bool {
    word.len() <= LONGEST_FOREIGN && FOREIGN.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{FOREIGN, LONGEST_FOREIGN, sounds};
    use alloc::{string::String, vec::Vec};

    fn heard(word: &str) -> String {
        let mut into = Vec::new();
        sounds(word, &mut into);
        String::from_utf8(into).unwrap()
    }

    #[test]
    fn a_word_sounds_the_same_in_both_scripts() {
        for (arabic, latin) in
            [("كلب", "kalb"), ("خروف", "5arouf"), ("عيب", "3ayb"), ("شكرا", "chokran"), ("حمار", "7mar")]
        {
            let (arabic, latin) = (heard(arabic), heard(latin));
            assert!(latin.starts_with(&arabic), "{arabic} {latin}");
        }
        assert_ne!(heard("قلب"), heard("كلب"));
    }

    #[test]
    fn the_foreign_words_are_sorted() {
        assert!(FOREIGN.is_sorted());
        assert_eq!(FOREIGN.iter().map(|word| word.len()).max(), Some(LONGEST_FOREIGN));
    }
}
