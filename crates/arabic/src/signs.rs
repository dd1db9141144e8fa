//! What kind of sign a character is: a mark on a letter, something nobody sees, a letter of a joining script.

use unicode_normalization::char::is_combining_mark;

/// The tatweel (kashida), a stroke that stretches a word and is no letter.
pub(crate) const TATWEEL: char = '\u{640}';

/// A mark that stands on or under a letter (Unicode's class M). Of ASCII and of Arabic's own letters and digits, which are nearly all
/// that is written, it is known without the tables.
pub(crate) fn is_mark(c: char) -> bool {
    let plain = matches!(c, '\0'..='\u{2FF}' | '\u{620}'..='\u{64A}' | '\u{660}'..='\u{66F}' | '\u{671}'..='\u{6D5}');
    !plain && is_combining_mark(c)
}

/// The bytes of the sign at the very start where it is one of those that nearly all texts are made of: printable ASCII, Arabic's letters and digits,
/// the comma, the semicolon and the question mark of Arabic, guillemets, dashes and the ellipsis. None of them is a mark or without ink. None
/// of any other sign, where the tables must say.
pub(crate) const fn simple(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b' '..=b'~', ..] => Some(1),
        [0xD8, 0x8C | 0x9B | 0x9F | 0xA0..=0xBF, ..]
        | [0xD9, 0x80..=0x8A | 0xA0..=0xA9, ..]
        | [0xC2, 0xAB | 0xBB, ..] => Some(2),
        [0xE2, 0x80, 0x93 | 0x94 | 0xA6, ..] => Some(3),
        _ => None,
    }
}

/// Signs that steer direction: the marks, the embeddings and overrides, the isolates.
pub(crate) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The joiner and the non-joiner, which Persian, Urdu and Indic spelling need inside words.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Signs without any ink of their own, joiners left out.
///
/// Hangul fillers, shorthand and musical format controls and tags are here because they are the usual stuff of
/// hidden text; U+034F is a mark by category but shows nothing.
pub(crate) fn is_invisible(c: char) -> bool {
    // Most signs of most texts, with one look.
    if matches!(c, '\0'..='\u{AC}' | '\u{61D}'..='\u{7FF}') {
        return false;
    }
    is_bidi_control(c)
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// Selectors that choose between a text and a picture form of the sign before them.
pub(crate) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}')
}

/// Vowels, shadda, superscript alef and Qur'anic signs: written on Arabic letters, never letters themselves.
///
/// The presentation block has such marks standing alone (U+FE70–FE7F, U+FC5E–FC63, U+FCF2–FCF4). Compatibility
/// forms turn those into a space or a tatweel with a mark, which would cut a word; they count as marks here.
pub(crate) fn is_arabic_mark(c: char) -> bool {
    matches!(c,
        '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{898}'..='\u{89F}' | '\u{8CA}'..='\u{8E1}'
        | '\u{8E3}'..='\u{8FF}' | '\u{FC5E}'..='\u{FC63}' | '\u{FCF2}'..='\u{FCF4}' | '\u{FE70}'..='\u{FE7F}')
}

/// Qur'anic signs that stand between words and not on a letter: they part words as a space does.
pub(crate) fn is_arabic_divider(c: char) -> bool {
    matches!(c, '\u{6DD}' | '\u{6DE}' | '\u{6E9}' | '\u{8E2}')
}

/// Accents of Latin, Greek and Cyrillic, Hebrew points, and enclosing marks: left out when texts are compared.
/// Marks of other scripts (Devanagari vowels, the voicing of kana) are part of the spelling and stay.
pub(crate) fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'
        | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// A letter, and not a mark: Unicode counts most vowel marks as alphabetic.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        // Most signs of most texts, without a look into Unicode's tables.
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}' => true,
        _ => c.is_alphabetic() && c != TATWEEL && !is_mark(c),
    }
}

/// A letter or a digit of any script.
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

/// A letter of the Arabic script, in any of its blocks.
pub(crate) fn is_arabic_letter(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{870}'..='\u{8C9}' | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}')
        && is_letter(c)
}

/// A letter or mark of a script in which a joiner changes the look of a word.
pub(crate) fn is_of_joining_script(c: char) -> bool {
    is_arabic_letter(c)
        || (matches!(c, '\u{700}'..='\u{74F}' | '\u{7C0}'..='\u{7FF}' | '\u{840}'..='\u{85F}'
            | '\u{900}'..='\u{DFF}' | '\u{1800}'..='\u{18AF}')
            && (is_letter(c) || is_mark(c)))
}

/// White space of every kind, and the braille blank, which looks the same.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

#[cfg(test)]
mod tests {
    use super::{is_combining_mark, is_invisible, is_joiner, is_mark, simple};

    #[test]
    fn what_is_known_without_the_tables_is_what_they_say() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_mark(c), is_combining_mark(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn no_simple_sign_is_a_mark_or_without_ink() {
        let mut bytes = [0; 4];
        for c in '\0'..=char::MAX {
            if let Some(length) = simple(c.encode_utf8(&mut bytes).as_bytes()) {
                assert_eq!(length, c.len_utf8(), "U+{:04X}", u32::from(c));
                assert!(!is_mark(c) && !is_invisible(c) && !is_joiner(c), "U+{:04X}", u32::from(c));
            }
        }
    }
}
