//! Damaged texts through everything in the crate: what must hold for any text does.

#[path = "../../../fuzz/mutation.rs"]
mod mutation;

use arabic::fold::{Level, fold, folded, print};
use arabic::{arabizi, bidi, clean, digits, leet, places, runs, slug, typography, words};
use mutation::{Target, fuzz};
use std::ops::Range;

#[test]
fn a_fold_is_its_own_fold_and_points_back_in_order() {
    fuzz(&Target { name: "fold", texts: 300, longest: 64 * 1024 }, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        for level in [Level::Search, Level::Match, Level::Name] {
            folds(&text, level);
        }
    });
}

#[test]
fn words_suggestions_and_other_readings_point_into_the_text() {
    fuzz(&Target { name: "letters", texts: 300, longest: 64 * 1024 }, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        finds(&text, &ranges(&text));
        reads(&text, &ranges(&text));
        keeps(&text);
    });
}

/// Some parts of the text, and some that are none.
fn ranges(text: &str) -> [Range<usize>; 5] {
    let end = text.len();
    [0..end, end / 3..end / 2 + 1, end / 2..end + 9, end + 3..1, 1..2]
}

/// Folds are their own folds, and their places lie in order, inside, on boundaries.
fn folds(text: &str, level: Level) {
    let map = fold(text, level);
    let mut last = 0..0;
    for (at, c) in map.as_str().char_indices() {
        let place = map.original(at..at + c.len_utf8());
        assert!(place.start >= last.start && place.end >= last.end && place.start < place.end, "{level:?}: {place:?}");
        assert!(text.get(place.clone()).is_some(), "{level:?}: {place:?}");
        last = place;
    }
    // That is promised of two levels.
    assert!(level == Level::Name || folded(map.as_str(), level) == map.as_str(), "{level:?}: not its own fold");
    for range in ranges(text) {
        assert!(text.get(map.original(range.clone())).is_some(), "{level:?}: {range:?}");
    }
}

/// Words, runs and suggestions point into the text.
fn finds(text: &str, ranges: &[Range<usize>]) {
    for word in words::words(text) {
        assert_eq!(text.get(word.range.clone()), Some(word.text));
        let chain = words::is_proclitic(word.text) || words::is_enclitic(word.text) || words::is_ending(word.text);
        assert!(!chain || word.text.chars().count() <= 8, "{}", word.text);
        assert!(words::contracted(word.text).is_none_or(|joined| joined.starts_with("لل")), "{}", word.text);
    }
    for term in words::search_terms(text) {
        assert!(!term.is_empty() && words::stem(&term).len() <= term.len(), "{term}");
    }
    assert!(runs::runs(text, 3).iter().all(|run| text.get(run.range.clone()).is_some()));
    text.split_inclusive(' ').filter(|piece| runs::is_plain(piece, 3)).for_each(is_plain);
    let lint = typography::lint(text);
    assert!(lint.iter().all(|one| text.get(one.range.clone()).is_some()));
    assert_eq!(lint.is_empty(), typography::applied(text, &lint) == text);
    let (units, signs) = (text.encode_utf16().count(), runs::clusters(text));
    assert!(places::utf16(text, ranges).iter().all(|range| range.end <= units));
    assert!(places::clusters(text, ranges).iter().all(|range| range.end <= signs));
}

/// Nothing has to be done with what is known to be plain.
fn is_plain(piece: &str) {
    let signs: Vec<char> = piece.chars().collect();
    assert!(signs.windows(3).all(|three| three[0].is_whitespace() || three != [three[0]; 3]), "{piece:?}");
    assert_eq!((&*bidi::balanced(piece), &*clean::without_heaps(piece)), (piece, piece));
    assert!(signs.iter().all(|c| !c.is_control() || *c == '\n'), "{piece:?}");
}

/// The other readings are bounded and point back.
fn reads(text: &str, ranges: &[Range<usize>]) {
    let read = arabizi::reading(text);
    assert!(ranges.iter().all(|range| text.get(read.original(range.clone())).is_some()));
    assert!(words::words(text).all(|word| arabizi::candidates(word.text).len() <= 8));
    assert!(arabizi::skeleton(text).chars().count() <= text.chars().count());
    assert!(leet::reading(text).is_none_or(|read| read.len() == text.len()));
    assert!(arabizi::likeness(text) <= 100);
}

/// What is kept and shown is clean.
fn keeps(text: &str) {
    let (line, lines) = (clean::line(text), clean::lines(text));
    assert!(!clean::has_invisibles(&line));
    assert_eq!((clean::line(&line), clean::lines(&lines)), (line, lines));
    assert_eq!(bidi::without_controls(&bidi::balanced(text)), bidi::without_controls(text));
    assert!(slug::slug(text, 60).is_none_or(|made| slug::slug(&made, 60).as_ref() == Some(&made)));
    assert!(!slug::slug_or(text, 60, "k7f2").is_empty() && print(text) >= 0);
    assert_eq!(digits::to_western(&digits::write(text, digits::Digits::Eastern)), digits::to_western(text));
}
