use std::string::String;

use proptest::prelude::*;

use crate::clean::{has_invisibles, line, lines, visible};

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(&line(text), expected, "{text:?}");
    }
}

#[test]
fn a_headline_keeps_its_letters_and_loses_what_nobody_sees() {
    check(&[
        ("  افتتاح\r\n\tالمكتبة  ", "افتتاح المكتبة"),
        ("خبر\u{202E}عاجل\u{202C}", "خبرعاجل"),
        ("\u{2067}خبر\u{2069} \u{200F}عاجل\u{61C}", "خبر عاجل"),
        ("م\u{200B}د\u{2060}ا\u{FEFF}د\u{AD}", "مداد"),
        ("(\u{A0}مداد\u{A0})", "( مداد )"),
        ("ا\u{654}حمد", "أحمد"),
        ("العـــربية ٢٠٢٥ هـ", "العـــربية ٢٠٢٥ هـ"),
        ("a\u{0}b\u{7F}c\u{85}d", "a b c d"),
        ("\u{200B} \u{202E}", ""),
    ]);
}

#[test]
fn joiners_stay_where_they_spell() {
    check(&[
        ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ("مَ\u{200C}خ", "مَ\u{200C}خ"),
        ("क्\u{200D}ष", "क्\u{200D}ष"),
        ("\u{200C}مداد\u{200D}", "مداد"),
        ("مداد\u{200C} حبر", "مداد حبر"),
        ("م\u{200C}\u{200C}\u{200D}د", "م\u{200D}د"),
        ("ab\u{200D}cd", "abcd"),
    ]);
    assert!(!has_invisibles("می\u{200C}خواهم"));
    assert!(has_invisibles("نور\u{200C}"));
}

#[test]
fn marks_do_not_pile_up() {
    let pile = |mark: char, times| String::from_iter(std::iter::once('م').chain(std::iter::repeat_n(mark, times)));
    assert_eq!(line(&pile('\u{64E}', 50)).chars().count(), 1 + 1 + 2);
    assert_eq!(line(&pile('\u{30D}', 50)).chars().count(), 1 + 2);
    assert_eq!(line(&pile('\u{E47}', 50)).chars().count(), 1 + 6);
    let honest = "مُحَمَّدٌ رَحۡمَةٍۖ";
    assert_eq!(line(honest).chars().count(), honest.chars().count());
}

#[test]
fn invisible_signs_are_told() {
    for text in
        ["نو\u{200B}ر", "\u{202E}نور", "نور\u{200F}", "نو\u{AD}ر", "a\u{FE0F}", "a\u{0}", "ن\u{3164}", "\u{E0041}"]
    {
        assert!(has_invisibles(text), "{text:?}");
    }
    for text in ["", "نور", "مُحَمَّد", "❤\u{FE0F}", "نور\nالهدى", "هـ"] {
        assert!(!has_invisibles(text), "{text:?}");
    }
}

#[test]
fn something_visible_is_more_than_marks_and_rules() {
    for text in ["", " \u{A0}\n", "ــــــ", "\u{64E}\u{651}", "\u{200F}\u{2068}\u{2069}", "\u{2800}\u{3164}"] {
        assert!(!visible(text), "{text:?}");
    }
    for text in ["ا", "5", "🌹", "؟", "ـا"] {
        assert!(visible(text), "{text:?}");
    }
}

proptest! {
    #[test]
    fn a_clean_line_is_clean(text in any::<String>(), marks in "[اب\u{64B}-\u{65F}\u{300}-\u{320}\u{200B}-\u{200F} ]{0,40}") {
        for text in [&text, &marks] {
            let once = line(text);
            prop_assert!(!has_invisibles(&once), "{once:?}");
            prop_assert!(once.trim() == once && !once.contains("  ") && !once.contains('\n'));
            prop_assert_eq!(line(&once), once);
        }
    }

    #[test]
    fn clean_lines_are_clean(text in any::<String>(), marks in "[اب\u{64E}\u{300}\u{202A}-\u{202E}\u{2066}-\u{2069} \n\r]{0,40}") {
        for text in [&text, &marks] {
            let once = lines(text);
            prop_assert!(!has_invisibles(&once) && once.trim() == once && !once.contains("\n\n\n"));
            prop_assert!(once.split('\n').all(|one| line(one) == one));
            prop_assert_eq!(lines(&once), once);
        }
    }
}
