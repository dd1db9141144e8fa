//! What a strip may say, and for how long.

use super::{MOST_CLUSTERS, NewStrip, Stands, StripProblem};
use jiff::{SignedDuration, Timestamp};

fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("a time")
}

fn problems(typed: &str, stands: Stands) -> Vec<StripProblem> {
    NewStrip::new(typed, None, stands, now()).expect_err("something is wrong")
}

#[test]
fn a_strip_is_one_clean_line_that_stands_for_a_span_from_now() {
    let strip = NewStrip::new("  توقف\n الترام\u{200e} ", None, Stands::Quarter, now()).expect("a strip");
    assert_eq!(strip.text, "توقف الترام");
    let spans = Stands::SPANS.map(|stands| {
        let strip = NewStrip::new("توقف الترام", None, stands, now()).expect("a strip");
        strip.until.duration_since(now()).as_mins()
    });
    assert_eq!(spans, [15, 60, 180]);
}

#[test]
fn letters_are_counted_as_readers_see_them() {
    let marked = "تُ".repeat(MOST_CLUSTERS);
    assert!(NewStrip::new(&marked, None, Stands::Hour, now()).is_ok());
    assert_eq!(problems(&format!("{marked}تتت"), Stands::Hour), [StripProblem::TooLong(3)]);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let until = |hours: i64| Stands::Until(Some(now() + SignedDuration::from_hours(hours)));
    assert_eq!(problems("ـــ !", Stands::Until(None)), [StripProblem::NoText, StripProblem::NoEnd]);
    assert_eq!(problems("خبر", until(-1)), [StripProblem::EndIsPast]);
    assert_eq!(problems("خبر", until(25)), [StripProblem::StandsTooLong]);
    assert!(NewStrip::new("خبر", None, until(24), now()).is_ok());
}
