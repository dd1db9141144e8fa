use super::Input;
use alloc::vec::Vec;
use core::ops::Range;

/// So many words are no slip of the finger.
const TIMES: usize = 2;
/// Single letters in a row, a sign between each.
const LETTERS: usize = 3;

/// Words whose letters were pushed apart or that have a letter of another script, a star or a stroke inside, so that no
/// list finds them. Vowel marks, tatweel that stretches a word, and abbreviations of two letters show nothing.
///
/// Caught: «وقالت الجبهة إن ج.م.ا.ع.ة الوادي عبرت الجسر، وإن الجماaعة لن تترك القر*ية قبل الفجر»
/// Not caught: «كتب د.م. سالم عن سكّة الحديد: مبـــارك علينا، فقطار A1 يصل كلّ ساعة و/أو نصف ساعة»
pub(super) fn splices(input: &Input<'_>) -> Vec<Range<usize>> {
    let text = input.reading.text;
    let mut found = Vec::new();
    let mut from = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if is_spliced(word) {
            found.push(from..from + word.len());
        }
        from += piece.len();
    }
    if found.len() < TIMES {
        found.clear();
    }
    found
}

/// What a sign is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Letter,
    Foreign,
    Breaker,
    Point,
    Unread,
    Other,
}

fn sign(c: char) -> Sign {
    match c {
        '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{200B}'..='\u{200F}' | '\u{AD}' => Sign::Unread,
        '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' => Sign::Letter,
        'a'..='z' | 'A'..='Z' | '\u{391}'..='\u{3C9}' | '\u{410}'..='\u{44F}' => Sign::Foreign,
        '*' | '_' | '|' | '~' | '^' | '°' | '¤' | '•' => Sign::Breaker,
        '.' | '·' | '-' => Sign::Point,
        _ => Sign::Other,
    }
}

/// An Arabic letter on both sides of one foreign letter or of a breaker, or three single letters with points between.
fn is_spliced(word: &str) -> bool {
    let mut last = [Sign::Other; 2];
    let (mut single, mut length) = (0, 0);
    for c in word.chars() {
        let sign = sign(c);
        if sign == Sign::Unread {
            continue;
        }
        let breaks = matches!(last[1], Sign::Foreign | Sign::Breaker);
        if sign == Sign::Letter && breaks && last[0] == Sign::Letter {
            return true;
        }
        match sign {
            Sign::Letter => length += 1,
            Sign::Point if length == 1 => (single, length) = (single + 1, 0),
            _ => (single, length) = (0, 0),
        }
        last = [last[1], sign];
    }
    single + usize::from(length == 1) > LETTERS
}
