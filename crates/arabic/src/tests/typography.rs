use std::format;
use std::string::String;
use std::vec::Vec;

use proptest::prelude::*;

use crate::typography::{Kind, applied, lint};

#[track_caller]
fn check(kind: Kind, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let found: Vec<_> = lint(text).into_iter().filter(|one| one.kind == kind).collect();
        assert_eq!(found.is_empty(), text == expected, "{text}: {found:?}");
        assert_eq!(&applied(text, &found), expected, "{text}");
    }
}

#[test]
fn quotation_marks_around_arabic_are_arabic() {
    check(
        Kind::Quotes,
        &[
            ("قال \"نعم\" ثم \"لا\"", "قال «نعم» ثم «لا»"),
            ("\"2025\" عام جديد", "«2025» عام جديد"),
            ("صحيفة \"Le Monde\" قالت", "صحيفة \"Le Monde\" قالت"),
            ("شاشة 12\" جديدة", "شاشة 12\" جديدة"),
            ("«قال \"نعم\" وذهب»", "«قال \"نعم\" وذهب»"),
            ("قال \"نعم\nثم\" ذهب", "قال \"نعم\nثم\" ذهب"),
            ("\"\" فراغ", "\"\" فراغ"),
        ],
    );
}

#[test]
fn punctuation_beside_arabic_is_arabic() {
    check(
        Kind::Punctuation,
        &[
            ("نعم, ثم ماذا? لا;", "نعم، ثم ماذا؟ لا؛"),
            ("في 2025, قال", "في 2025، قال"),
            ("«نعم», قال", "«نعم»، قال"),
            ("سَلَامٌ, يا", "سَلَامٌ، يا"),
            ("النسبة 3,14 في المئة", "النسبة 3,14 في المئة"),
            ("yes, no; what?", "yes, no; what?"),
            ("قال Google, ثم", "قال Google, ثم"),
            ("https://example.com/?q=سلام,a", "https://example.com/?q=سلام,a"),
        ],
    );
}

#[test]
fn spaces_stand_where_they_belong() {
    check(Kind::DoubleSpace, &[("قال  نعم", "قال نعم"), ("one  two", "one  two"), ("  بيت\n  بيت", "  بيت\n  بيت")]);
    check(
        Kind::SpaceBefore,
        &[
            ("نعم ، ثم  . وقال : «لا »", "نعم، ثم. وقال: «لا»"),
            ("هل ؟", "هل؟"),
            ("Il dit : non !", "Il dit : non !"),
            ("قال ... ثم", "قال ... ثم"),
            ("نعم 😀 :)", "نعم 😀 :)"),
            ("نعم :)", "نعم :)"),
        ],
    );
}

#[test]
fn tatweel_goes_where_it_only_stretches() {
    check(
        Kind::Tatweel,
        &[
            ("العـــربية جميـلة", "العربية جميلة"),
            ("كتابـ جديد", "كتاب جديد"),
            ("عام 1447 هـ", "عام 1447 هـ"),
            ("الـ25 وبـ«المدينة» هـٰذا", "الـ25 وبـ«المدينة» هـٰذا"),
            ("كلمة ـ كلمة\nــــــــــ", "كلمة ـ كلمة\nــــــــــ"),
        ],
    );
}

#[test]
fn digits_are_of_one_set() {
    check(
        Kind::MixedDigits,
        &[
            ("من ٢٠٢٤ إلى 2025 و2026", "من 2024 إلى 2025 و2026"),
            ("من ٢٠٢٤ إلى 25", "من ٢٠٢٤ إلى ٢٥"),
            ("في 12 و١٣", "في 12 و13"),
            ("في 12 و13", "في 12 و13"),
            (
                "٢٠٢٤ ونسبة 3,14 وcovid19 وhttps://example.com/2025",
                "٢٠٢٤ ونسبة 3,14 وcovid19 وhttps://example.com/2025",
            ),
            ("٢٠٢٤ Windows 11 هنا", "٢٠٢٤ Windows 11 هنا"),
        ],
    );
}

#[test]
fn controls_are_taken_away() {
    check(Kind::Control, &[("خبر\u{202E}\u{202C} عاجل\u{200F}", "خبر عاجل"), ("می\u{200C}خواهم", "می\u{200C}خواهم")]);
}

#[test]
fn frequent_words_have_their_hamza() {
    check(
        Kind::Hamza,
        &[
            ("ذهب الى السوق واكد فاعلنت", "ذهب إلى السوق وأكد فأعلنت"),
            ("إلى الآن", "إلى الآن"),
            ("الوالى والاعلام ان اخر", "الوالى والاعلام ان اخر"),
            ("https://example.com/الى", "https://example.com/الى"),
        ],
    );
}

#[test]
fn a_clean_story_has_no_suggestion() {
    let clean =
        "أعلنت البلدية أمس، في بيان من 3 صفحات، «افتتاح» المكتبة. هل تبقى مفتوحة؟ See https://example.com, or ask.";
    assert_eq!(lint(clean), []);
}

#[test]
fn a_megabyte_is_read_once() {
    for piece in ["\"", " ,", "  ", "ـ", "م,", "٢2", "a\"م", "\u{202E}", "الى "] {
        let text = piece.repeat(1_000_000 / piece.len());
        let found = lint(&text);
        assert!(found.len() <= text.len());
        assert!(applied(&text, &found).len() <= text.len() * 2);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn suggestions_are_whole_and_in_order(text in any::<String>(), arabic in "[ابى\"«»,;?.،:)( \u{A0}\n2٣ـ\u{64E}\u{670}a@/\u{202E}]{0,40}") {
        for text in [&text, &arabic] {
            let found = lint(text);
            let mut end = 0;
            for one in &found {
                prop_assert!(one.range.start >= end && one.range.start < one.range.end);
                prop_assert!(text.get(one.range.clone()).is_some_and(|was| was != one.replacement));
                end = one.range.end;
            }
            prop_assert!(found.is_empty() != (applied(text, &found) != **text), "{}", format!("{found:?}"));
        }
    }
}
