//! Threads in any order, and old addresses as they are compared.

use super::address::compared;
use super::left::Place;
use super::model::{CommentKind, CommentState, OldComment};
use super::report::Report;
use super::thread::in_order;
use super::{WhyChanged, WhyLeft};

fn comment(key: &str, parent: &str, second: i64, state: CommentState) -> (Place, OldComment) {
    let place = Place { file: "a.xml".into(), line: 1, column: 1 };
    let comment = OldComment {
        key: key.into(),
        story: "s".into(),
        parent: Some(parent.to_owned()).filter(|parent| !parent.is_empty()),
        name: key.into(),
        text: format!("كلام {key}"),
        at: jiff::Timestamp::from_second(second).ok(),
        state,
        kind: CommentKind::Comment,
    };
    (place, comment)
}

fn ordered(comments: Vec<(Place, OldComment)>) -> (Vec<(String, Option<String>)>, Report) {
    let mut report = Report::default();
    let living = in_order(comments, &|key| key == "came", &mut report);
    (living.into_iter().map(|one| (one.comment.key, one.parent)).collect(), report)
}

#[test]
fn an_answer_never_comes_before_what_it_answers() {
    use CommentState::Released;
    let (order, report) = ordered(vec![
        comment("c", "b", 1, Released),
        comment("a", "", 3, Released),
        comment("b", "a", 2, Released),
        comment("d", "came", 4, Released),
    ]);
    let said: Vec<_> = order.iter().map(|(key, parent)| (key.as_str(), parent.as_deref())).collect();
    assert_eq!(said, [("a", None), ("b", Some("a")), ("c", Some("b")), ("d", Some("came"))]);
    assert!(report.changed.is_empty());
}

#[test]
fn who_answered_what_did_not_come_answers_the_nearest_above() {
    use CommentState::{Released, Spam, Trash};
    let (order, report) = ordered(vec![
        comment("a", "", 1, Released),
        comment("spam", "a", 2, Spam),
        comment("bin", "spam", 3, Trash),
        comment("b", "bin", 4, Released),
        comment("c", "nobody", 5, Released),
    ]);
    let said: Vec<_> = order.iter().map(|(key, parent)| (key.as_str(), parent.as_deref())).collect();
    assert_eq!(said, [("a", None), ("b", Some("a")), ("c", None)]);
    assert_eq!(report.changed[&WhyChanged::ParentMissing].count, 2);
    assert_eq!(report.left[&WhyLeft::SpamComment].count + report.left[&WhyLeft::TrashComment].count, 2);
    assert_eq!(report.comments.left, 2);
}

#[test]
fn a_thread_that_goes_round_in_a_circle_is_cut() {
    use CommentState::Released;
    let (order, _) =
        ordered(vec![comment("a", "b", 1, Released), comment("b", "a", 2, Released), comment("c", "c", 3, Released)]);
    assert_eq!(order.len(), 3);
    for (at, (_, parent)) in order.iter().enumerate() {
        let is_before = |parent: &String| order[..at].iter().any(|(key, _)| key == parent);
        assert!(parent.as_ref().is_none_or(is_before), "{order:?}");
    }
}

#[test]
fn old_addresses_are_compared_as_requests_are() {
    let is = |address: &str, path: Option<&str>| assert_eq!(compared(address).as_deref(), path, "{address}");
    is("https://old.example/2019/05/%D8%AE%D8%A8%D8%B1/", Some("/2019/05/خبر"));
    is("https://old.example/2019/05/خبر/?utm_source=x#a", Some("/2019/05/خبر"));
    is("/2019/%25D8%25AE", Some("/2019/خ"));
    is("https://old.example/?p=12", Some("/?p=12"));
    is("/?page_id=12", Some("/?p=12"));
    is("https://old.example/", None);
    is("//old.example/x", None);
    is("javascript:alert(1)", None);
    is("/a%00b", None);
}
