//! What an update may say, and for how long a story is covered.

use super::{
    EntryProblem, Hours, LONGEST, MOST_CLUSTERS, MOST_HEADLINE, MOST_REASON, NewEntry, ReasonProblem, SpanProblem,
    reason,
};
use jiff::{SignedDuration, Timestamp};

fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("a time")
}

fn hours(number: u8) -> Hours {
    Hours::new(number).expect("hours")
}

#[test]
fn an_update_is_clean_paragraphs_under_a_headline_of_one_line() {
    let entry = NewEntry::new(" وصل\n القطار ", "  الأول\u{202e} \n\n\n\nالثاني\nسطره ", true).expect("an entry");
    assert_eq!((entry.headline.as_str(), entry.text.as_str()), ("وصل القطار", "الأول\n\nالثاني\nسطره"));
    assert!(entry.important);
    let bare = NewEntry::new("", "خبر", false).expect("an entry without a headline");
    assert_eq!((bare.headline.as_str(), bare.important), ("", false));
}

#[test]
fn letters_are_counted_as_readers_see_them() {
    let marked = "تُ".repeat(MOST_CLUSTERS);
    assert!(NewEntry::new("", &marked, false).is_ok());
    assert_eq!(NewEntry::new("", &format!("{marked}تتت"), false), Err(vec![EntryProblem::TextTooLong(3)]));
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let long = "ت".repeat(MOST_HEADLINE + 2);
    let problems = NewEntry::new(&long, "ـــ !\n", false).expect_err("two things");
    assert_eq!(problems, [EntryProblem::HeadlineTooLong(2), EntryProblem::NoText]);
    let keys: Vec<_> = problems.iter().map(|problem| problem.key()).collect();
    assert_eq!(keys, ["headline-too-long", "no-text"]);
}

#[test]
fn hours_are_chosen_from_one_to_a_day() {
    assert_eq!((Hours::new(0), Hours::new(25)), (None, None));
    assert_eq!(Hours::all().map(Hours::number).collect::<Vec<_>>(), (1..=24).collect::<Vec<_>>());
    assert_eq!(hours(5).end(now()).duration_since(now()).as_hours(), 5);
}

#[test]
fn a_coverage_is_prolonged_to_three_days_and_no_further() {
    let opened = now();
    let until = opened + LONGEST - SignedDuration::from_hours(2);
    assert_eq!(hours(2).added(opened, until), Ok(opened + LONGEST));
    assert_eq!(hours(3).added(opened, until), Err(SpanProblem::TooLong));
}

#[test]
fn a_reason_is_one_line_that_says_something() {
    assert_eq!(reason("  رقم\n خاطئ ").as_deref(), Ok("رقم خاطئ"));
    assert_eq!(reason(" ـ "), Err(ReasonProblem::NoReason));
    assert_eq!(reason(&"ر".repeat(MOST_REASON + 1)), Err(ReasonProblem::TooLong(1)));
}
