//! What an issue may be called.

use super::{IssueNumber, IssueProblem, MOST_REASON, NewIssue, reason};
use jiff::civil::date;

#[test]
fn a_number_has_one_address_in_whatever_digits() {
    for (typed, text, slug) in [
        ("4501", "4501", "4501"),
        (" ٤٥٠١ ", "٤٥٠١", "4501"),
        ("عدد خاص 3", "عدد خاص 3", "عدد-خاص-3"),
        ("12/2026", "12/2026", "12-2026"),
        ("Hors-série 2", "Hors-série 2", "hors-série-2"),
        ("ملحق", "ملحق", "ملحق"),
    ] {
        let number = IssueNumber::new(typed).expect(typed);
        assert_eq!((number.as_str(), number.slug()), (text, slug), "{typed}");
    }
}

#[test]
fn what_is_no_number_is_said() {
    for (typed, problem) in [
        ("", IssueProblem::NoNumber),
        ("  ", IssueProblem::NoNumber),
        ("—…/", IssueProblem::NoNumber),
        ("العدد الخاص بالذكرى المئوية", IssueProblem::NumberTooLong(7)),
    ] {
        assert_eq!(IssueNumber::new(typed), Err(problem), "{typed}");
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let today = date(2026, 11, 29);
    assert_eq!(NewIssue::new("1", "2026-11-30", today).expect("an issue").day, date(2026, 11, 30));
    assert_eq!(NewIssue::new("1", "٢٠٢٦-١١-٣٠", today).expect("an issue").day, date(2026, 11, 30));
    assert_eq!(NewIssue::new("1", "1931-02-01", today).expect("an old issue").day, date(1931, 2, 1));
    for (day, problem) in [
        ("", IssueProblem::NoDay),
        ("غدًا", IssueProblem::NoDay),
        ("2026-02-30", IssueProblem::NoDay),
        ("0026-11-29", IssueProblem::DayFarOff),
        ("2028-01-01", IssueProblem::DayFarOff),
    ] {
        assert_eq!(NewIssue::new("", day, today), Err(vec![IssueProblem::NoNumber, problem]), "{day}");
    }
}

#[test]
fn a_reason_has_words() {
    assert_eq!(reason(" خطأ في\nالصفحة الثالثة ").as_deref(), Ok("خطأ في الصفحة الثالثة"));
    assert_eq!(reason(" . "), Err(IssueProblem::NoReason));
    assert_eq!(reason(&"ط".repeat(MOST_REASON + 2)), Err(IssueProblem::ReasonTooLong(2)));
}
