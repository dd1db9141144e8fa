//! A megabyte of the worst of everything, through every public function. A quadratic step would not come back.

use std::string::String;

use crate::arabizi::{candidates, likeness, reading, skeleton};
use crate::bidi::{balanced, direction, isolate, without_controls};
use crate::clean::{has_invisibles, line, lines, visible};
use crate::digits::{Digits, write};
use crate::fold::{Level, fold, folded, print};
use crate::leet;
use crate::places;
use crate::runs::{clusters, runs};
use crate::slug::{same_slug_key, slug};
use crate::typography::{applied, lint};
use crate::words::{is_ending, search_terms, splice, stem, words};

fn check(piece: &str) {
    let text = piece.repeat(1_000_000 / piece.len());
    for level in [Level::Search, Level::Match, Level::Name] {
        let map = fold(&text, level);
        assert!(text.get(map.original(0..map.as_str().len())).is_some());
        assert_eq!(map.into_string(), folded(&text, level));
    }
    assert!(print(&text) >= 0);
    let clean: String = line(&text);
    assert!(!has_invisibles(&clean) && visible(&clean) == visible(&text));
    assert!(words(&text).all(|word| word.range.end <= text.len()));
    // ﷺ, three bytes, is four words.
    assert!(search_terms(&text).len() <= text.len() * 2);
    assert!(stem(&text).len() <= text.len());
    assert!(splice(&text).is_none_or(|rest| rest.len() < text.len()));
    assert!(clusters(&text) <= text.len());
    assert!(runs(&text, 2).iter().all(|run| run.times >= 2));
    assert!(slug(&text, 60).is_none_or(|slug| clusters(&slug) <= 60));
    assert!(same_slug_key(&text).len() <= text.len() * 11);
    assert_eq!(without_controls(&balanced(&text)), without_controls(&text));
    assert_eq!(direction(&isolate(&text)), crate::bidi::Direction::Neutral, "an isolate shows no direction outside");
    other_readings(&text);
    assert!(lines(&text).len() <= text.len() * 3);
    let found = lint(&text);
    assert_eq!(found.is_empty(), applied(&text, &found) == text);
    let ends = [0..text.len(), text.len()..text.len()];
    let (units, signs) = (text.encode_utf16().count(), clusters(&text));
    assert_eq!(places::utf16(&text, &ends), [0..units, units..units]);
    assert_eq!(places::clusters(&text, &ends), [0..signs, signs..signs]);
    assert_eq!(write(&write(&text, Digits::Eastern), Digits::Western).len(), crate::digits::to_western(&text).len());
}

fn other_readings(text: &str) {
    let read = reading(text);
    assert!(text.get(read.original(0..read.as_str().len())).is_some());
    assert!(skeleton(text).len() <= text.len());
    assert!(candidates(text).is_empty() && likeness(text) <= 100 && !is_ending(text));
    assert!(leet::reading(text).is_none_or(|read| read.len() == text.len()));
}

#[test]
fn a_megabyte_of_arabic_trouble() {
    for piece in ["ـ", "ا", "َ", "م\u{64E}\u{651}", "م ", "م.", "ه ", "ﷺ", "الو", "وال", "٢", "أ\u{654}"]
    {
        check(piece);
    }
}

#[test]
fn a_megabyte_of_marks_and_controls() {
    for piece in [
        "\u{301}",
        "\u{301}\u{327}",
        "\u{93C}",
        "\u{94D}\u{93C}",
        "\u{202E}",
        "\u{2067}\u{202B}",
        "\u{2069}",
        "\u{200C}",
    ] {
        check(piece);
    }
}

#[test]
fn a_megabyte_of_everything_else() {
    for piece in [
        " ",
        "\n",
        "a",
        "1,",
        "a'",
        "🇩🇿",
        "👨\u{200D}",
        "\u{1100}",
        "\u{1161}",
        "\u{1112}\u{1161}\u{11AB}",
        "e\u{301}",
        "_",
        "kh",
        "3ab ",
        "h3ll0",
        "aا",
        "а a",
        "\" م\"",
        "s p a m ",
        "\u{0}",
    ] {
        check(piece);
    }
}
