use std::string::String;

use proptest::prelude::*;

use crate::bidi::{Direction, balanced, direction, isolate, majority, without_controls};

#[test]
fn the_first_strong_sign_decides() {
    for (text, expected) in [
        ("مداد", Direction::RightToLeft),
        ("2-1 ثم won", Direction::RightToLeft),
        ("«Midad» مداد", Direction::LeftToRight),
        ("٢٠٢٥ - 12، (…)", Direction::Neutral),
        ("", Direction::Neutral),
        ("🌹 שלום", Direction::RightToLeft),
        ("\u{64E}a", Direction::LeftToRight),
        ("\u{200F}abc", Direction::RightToLeft),
        ("\u{2068}abc\u{2069} مداد", Direction::RightToLeft),
        ("\u{2069}abc", Direction::LeftToRight),
        ("漢字", Direction::LeftToRight),
    ] {
        assert_eq!(direction(text), expected, "{text:?}");
    }
}

#[test]
fn most_letters_decide() {
    for (text, expected) in [
        ("مداد", Direction::RightToLeft),
        ("«NATO» تجتمع في الرباط", Direction::RightToLeft),
        ("Le mot « مكتبة » vient de « كتب ».", Direction::LeftToRight),
        ("ab اب", Direction::Neutral),
        ("٢٠٢٥ - 12، (…)؟", Direction::Neutral),
        ("", Direction::Neutral),
        // Vowel signs are no letters: three of each.
        ("كَتَبَ abc", Direction::Neutral),
        ("كَتَبَ abcd", Direction::LeftToRight),
        ("راسلونا: redaction@journal.example", Direction::RightToLeft),
        ("https://example.org/path", Direction::Neutral),
        ("(www.example.org) نعم", Direction::RightToLeft),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ لغة", Direction::LeftToRight),
        ("שלום abc", Direction::RightToLeft),
    ] {
        assert_eq!(majority(text), expected, "{text:?}");
    }
}

#[test]
fn an_isolated_name_cannot_get_out() {
    assert_eq!(isolate("نور\u{2069}\u{202E} x"), "\u{2068}نور x\u{2069}");
    assert_eq!(without_controls("\u{202A}ا\u{200E}ب\u{61C}\u{2066}ج\u{2069}"), "ابج");
}

#[test]
fn nothing_leaks_out_of_a_line() {
    for (text, expected) in [
        ("\u{202E}قلب", "\u{202E}قلب\u{202C}"),
        ("\u{202E}قلب\nتال", "\u{202E}قلب\u{202C}\nتال"),
        ("نص\u{202C}\u{2069}", "نص"),
        ("\u{2067}ا\u{202B}ب\u{2069}ج", "\u{2067}ا\u{202B}ب\u{202C}\u{2069}ج"),
        ("\u{202B}ا\u{2066}ب\u{202C}ج", "\u{202B}ا\u{2066}بج\u{2069}\u{202C}"),
        ("\u{2068}ا\u{2069}ب", "\u{2068}ا\u{2069}ب"),
        ("}}{ ﴿ ا ﴾", "}}{ ﴿ ا ﴾"),
    ] {
        assert_eq!(balanced(text), expected, "{text:?}");
    }
}

/// The same text with every letter of Arabic made Latin, and the other way round.
fn mirrored(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'a'..='d' => ['ا', 'ب', 'ج', 'د'][c as usize - 'a' as usize],
            'ا' => 'a',
            'ب' => 'b',
            'ج' => 'c',
            'د' => 'd',
            other => other,
        })
        .collect()
}

proptest! {
    #[test]
    fn the_majority_is_of_letters_wherever_they_stand(text in "[a-dابجد0-9 .،«»\u{64E}]{0,60}") {
        let right = text.chars().filter(|c| "ابجد".contains(*c)).count();
        let left = text.chars().filter(char::is_ascii_lowercase).count();
        let expected = match right.cmp(&left) {
            std::cmp::Ordering::Greater => Direction::RightToLeft,
            std::cmp::Ordering::Less => Direction::LeftToRight,
            std::cmp::Ordering::Equal => Direction::Neutral,
        };
        prop_assert_eq!(majority(&text), expected);
        prop_assert_eq!(majority(&text.chars().rev().collect::<String>()), expected);
        let other = match expected {
            Direction::RightToLeft => Direction::LeftToRight,
            Direction::LeftToRight => Direction::RightToLeft,
            Direction::Neutral => Direction::Neutral,
        };
        prop_assert_eq!(majority(&mirrored(&text)), other);
    }

    #[test]
    fn no_text_is_too_strange_for_a_majority(text in any::<String>()) {
        majority(&text);
    }

    #[test]
    fn balance_is_balanced(text in "[ab\n\u{202A}-\u{202E}\u{2066}-\u{2069}]{0,80}") {
        let once = balanced(&text);
        prop_assert_eq!(without_controls(&once), without_controls(&text));
        for line in once.split('\n') {
            let mut open = std::vec::Vec::new();
            for c in line.chars() {
                match c {
                    '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push('\u{202C}'),
                    '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
                    '\u{202C}' | '\u{2069}' => prop_assert_eq!(open.pop(), Some(c)),
                    _ => {}
                }
                prop_assert!(open.len() <= 8);
            }
            prop_assert!(open.is_empty());
        }
        prop_assert_eq!(balanced(&once), &*once);
    }
}
