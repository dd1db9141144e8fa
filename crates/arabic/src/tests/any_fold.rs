//! What holds for any text that is folded.

use std::string::String;
use std::vec::Vec;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::fold::{Level, fold, fold_sign_by_sign, folded, print};
use crate::signs::{is_letter, is_letter_or_digit};

const LEVELS: [Level; 3] = [Level::Search, Level::Match, Level::Name];

/// A fold by the short way has the letters of one sign by sign, and each points at the same bytes.
fn same_both_ways(text: &str, level: Level) -> Result<(), TestCaseError> {
    let (short, long) = (fold(text, level), fold_sign_by_sign(text, level));
    prop_assert_eq!(short.as_str(), long.as_str());
    for (at, c) in long.as_str().char_indices() {
        let letter = at..at + c.len_utf8();
        prop_assert_eq!(short.original(letter.clone()), long.original(letter), "{:?} at {} of {:?}", c, at, text);
    }
    Ok(())
}

/// Words that the short way takes, and what it gives up at, side by side.
fn nearly_plain() -> impl Strategy<Value = String> {
    let bits = [
        "قال",
        "المدرسةِ",
        "أن",
        "ا",
        "م",
        "ر",
        "ه",
        "ممم",
        "رر",
        "aa",
        "ab",
        "x",
        "s",
        "p",
        "I",
        "l",
        "o",
        "о",
        "а",
        "é",
        "\u{301}",
        "\u{64E}",
        "\u{651}",
        "ـ",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\t",
        "\u{A0}",
        "\u{200F}",
        "\u{200C}",
        ".",
        "-",
        "*",
        "_",
        "،",
        "؟",
        "«",
        "»",
        "–",
        "…",
        "’",
        "5",
        "٥",
        "۵",
        "ﷺ",
        "ﻻ",
        "ک",
        "ڪ",
        "ٱ",
        "ۖ",
        "\u{6DD}",
        "\u{0}",
        "🌹",
        "हि",
        "\u{1112}\u{1161}",
        "لl",
        "pه",
    ];
    proptest::collection::vec(proptest::sample::select(bits.to_vec()), 0..24).prop_map(|bits| bits.concat())
}

/// Arabic with everything that goes wrong, and anything at all.
fn any_text() -> impl Strategy<Value = String> {
    let arabic = "[ا-يأإآؤئىة\u{640}\u{64B}-\u{655}\u{670}٠-٩ .a-zа-яα-ω\u{200B}-\u{200F}\u{202A}-\u{202E}ﷺ\u{FE70}-\u{FEFC}\
                  \u{300}-\u{310}\u{1100}-\u{1110}\u{1161}-\u{1170}\u{11A8}-\u{11B0}\u{93C}\u{94D}\u{915}-\u{91F}]{0,60}";
    let bytes =
        proptest::collection::vec(any::<u8>(), 0..80).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let signs = proptest::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter);
    prop_oneof![arabic, nearly_plain(), nearly_plain(), any::<String>(), bytes, signs]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn folding_twice_changes_nothing(text in any_text()) {
        for level in [Level::Search, Level::Match] {
            let once = folded(&text, level);
            prop_assert_eq!(folded(&once, level), once);
        }
    }

    #[test]
    fn the_short_way_and_the_long_way_are_one(text in any_text()) {
        for level in LEVELS {
            same_both_ways(&text, level)?;
        }
    }

    #[test]
    fn composition_of_the_text_does_not_matter(text in any_text()) {
        let (apart, together) = (text.nfd().collect::<String>(), text.nfc().collect::<String>());
        prop_assert_eq!(folded(&apart, Level::Search), folded(&together, Level::Search));
    }

    #[test]
    fn places_lie_inside_in_order_and_on_boundaries(text in any_text()) {
        for level in LEVELS {
            let map = fold(&text, level);
            prop_assert_eq!(map.as_str(), folded(&text, level));
            let mut last = 0..0;
            for (at, c) in map.as_str().char_indices() {
                let place = map.original(at..at + c.len_utf8());
                prop_assert!(place.start >= last.start && place.end >= last.end && place.start < place.end);
                prop_assert!(text.get(place.clone()).is_some(), "{place:?}");
                last = place;
            }
            prop_assert!(last.end <= text.len());
        }
    }

    #[test]
    fn any_range_lies_on_boundaries(text in any_text(), from in 0usize..200, to in 0usize..200) {
        for level in LEVELS {
            let range = fold(&text, level).original(from..to);
            prop_assert!(text.get(range).is_some());
        }
    }

    #[test]
    fn many_places_are_those_of_each(text in any_text(), ends in proptest::collection::vec(0usize..200, 0..12), sorted: bool) {
        for level in LEVELS {
            let map = fold(&text, level);
            let mut ends = ends.clone();
            if sorted {
                ends.sort_unstable();
            }
            let ranges: Vec<_> = ends.windows(2).map(|pair| pair[0]..pair[1]).collect();
            let each: Vec<_> = ranges.iter().map(|range| map.original(range.clone())).collect();
            prop_assert_eq!(map.originals(ranges), each, "{:?}", text);
            let words = || crate::words::words(map.as_str()).map(|word| word.range);
            let each: Vec<_> = words().map(|range| map.original(range)).collect();
            prop_assert_eq!(map.originals(words()), each, "{:?}", text);
        }
    }

    #[test]
    fn a_print_is_the_hash_of_the_letters_and_digits(text in any_text()) {
        let folded = fold_sign_by_sign(&text, Level::Search);
        let signs: Vec<char> = folded.as_str().chars().filter(|c| is_letter_or_digit(*c)).collect();
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for run in signs.chunk_by(|one, other| one == other) {
            let kept = if run.len() >= 3 && is_letter(run[0]) { &run[..1] } else { run };
            for byte in String::from_iter(kept).bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
            }
        }
        let expected = if signs.is_empty() { 0 } else { ((hash << 1 >> 1) as i64).max(1) };
        prop_assert_eq!(print(&text), expected);
    }
}
