use core::ops::Range;
use std::string::String;
use std::vec::Vec;

use proptest::prelude::*;

use crate::fold::{Level, fold};
use crate::places::{clusters, utf16};

#[test]
fn a_finding_is_told_in_the_units_of_others() {
    let sent = "🌹 قال كَلْبٌ هنا";
    let found = fold(sent, Level::Match);
    let at = found.as_str().find("كلب").unwrap();
    let bytes = found.original(at..at + "كلب".len());
    assert_eq!(&sent[bytes.clone()], "كَلْبٌ");
    let picture = 0..4;
    assert_eq!(utf16(sent, &[bytes.clone(), picture.clone()]), [7..13, 0..2]);
    assert_eq!(clusters(sent, &[bytes, picture]), [6..9, 0..1]);
}

#[test]
fn ends_move_out_to_the_edges() {
    let reversed = Range { start: 4, end: 1 };
    assert_eq!(
        utf16("a🌹b", &[0..1, 2..3, 1..5, 5..6, 4..99, 50..60, reversed.clone(), 3..3]),
        [0..1, 1..3, 1..3, 3..4, 1..4, 4..4, 1..1, 1..1]
    );
    assert_eq!(clusters("e\u{301}x", &[0..1, 1..3, 3..4, reversed, 0..0]), [0..1, 0..1, 1..2, 2..2, 0..0]);
    assert_eq!(utf16("", &[0..0, 0..5]), [0..0, 0..0]);
    assert!(utf16("سلام", &[]).is_empty());
}

proptest! {
    #[test]
    fn ranges_come_back_whole(bytes in proptest::collection::vec(any::<u8>(), 0..60), ends in proptest::collection::vec((0usize..80, 0usize..80), 0..12)) {
        let text = String::from_utf8_lossy(&bytes);
        let ranges: Vec<Range<usize>> = ends.iter().map(|(from, to)| *from..*to).collect();
        let units: Vec<u16> = text.encode_utf16().collect();
        for (range, place) in ranges.iter().zip(utf16(&text, &ranges)) {
            prop_assert!(place.start <= place.end && place.end <= units.len());
            if let Some(words) = text.get(range.clone()) {
                prop_assert_eq!(String::from_utf16_lossy(&units[place]), words);
            }
        }
        let all = crate::runs::clusters(&text);
        for (range, place) in ranges.iter().zip(clusters(&text, &ranges)) {
            prop_assert!(place.start <= place.end && place.end <= all);
            prop_assert!(range.start >= range.end.min(text.len()) || place.start < place.end);
        }
    }

    #[test]
    fn many_ranges_are_placed_in_one_pass(count in 0usize..2000) {
        let ranges: Vec<Range<usize>> = (0..count).map(|at| at..at + 1).collect();
        let text = "ab".repeat(500);
        let placed = utf16(&text, &ranges);
        prop_assert!(placed.iter().zip(&ranges).all(|(place, range)| place.start == range.start.min(1000)));
    }
}
