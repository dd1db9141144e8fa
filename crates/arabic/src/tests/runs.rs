use std::string::String;
use std::vec::Vec;

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::runs::{clusters, end_of_clusters, runs};

#[test]
fn readers_count_letters_and_not_marks() {
    assert_eq!(clusters("مُحَمَّد"), 4);
    assert_eq!(clusters("e\u{301}👨‍👩‍👧"), 2);
    assert_eq!(clusters(""), 0);
}

#[test]
fn stretched_letters_are_found_where_they_stand() {
    let text = "رااائع ــــــ لا َ!!! هه";
    let found = runs(text, 3);
    let seen: std::vec::Vec<_> = found.iter().map(|run| (run.letter, run.times, &text[run.range.clone()])).collect();
    assert_eq!(seen, [('ا', 3, "ااا"), ('ـ', 6, "ــــــ"), ('!', 3, "!!!")]);
}

#[test]
fn marks_between_do_not_hide_a_run() {
    let text = "مَمَ\u{200B}مَ";
    let found = runs(text, 3);
    assert_eq!((found[0].letter, found[0].times, found[0].range.clone()), ('م', 3, 0..text.len()));
    assert!(runs("م م م", 2).is_empty(), "a space parts");
    assert!(runs("", 0).is_empty());
    assert_eq!(runs("اب", 1).len(), 2);
}

/// Plain signs, and what joins signs around it.
fn joined() -> impl Strategy<Value = String> {
    const BITS: &[&str] = &[
        "ا", "م", "ـ", "a", "#", "1", " ", "\n", "\r", "\r\n", "\t", "\u{64E}", "\u{651}", "\u{670}", "\u{301}", "é",
        "\u{200D}", "\u{200C}", "\u{200F}", "\u{FE0F}", "👨", "👩", "🏽", "🇲", "🇦", "\u{600}", "\u{6DD}", "\u{E33}",
        "क", "\u{94D}", "ष", "각", "\u{1100}", "\u{1161}", "؟", "\u{0}", "©",
    ];
    proptest::collection::vec(prop::sample::select(BITS), 0..40).prop_map(|bits| bits.concat())
}

proptest! {
    /// A text of simple signs is looked through another way: a tab, which is none and makes no run, sends it the long way.
    #[test]
    fn runs_are_the_same_by_the_short_way(bits in proptest::collection::vec("[a !اب،٣ـ]{1,2}|ا{1,9}", 0..9), least in 1..9usize) {
        let text = bits.concat();
        prop_assert_eq!(runs(&text, least), runs(&[text.as_str(), "\t"].concat(), least));
    }

    #[test]
    fn the_short_way_counts_what_unicode_counts(text in joined(), most in 0..42_usize) {
        let all: Vec<&str> = text.graphemes(true).collect();
        prop_assert_eq!(clusters(&text), all.len());
        let end: usize = all.iter().take(most).map(|cluster| cluster.len()).sum();
        prop_assert_eq!(end_of_clusters(&text, most), end);
    }
}
