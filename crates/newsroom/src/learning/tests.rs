//! Which decisions teach, and how much.

use super::{Chooser, Chosen, Copies, Decided, LEAST, Lessons, MEASURED, Source, Teacher, answers_of};
use crate::comment::{Decision, RefusalReason};
use crate::ids::{ApiClientId, CommentId, RulingId, StaffId, StoryId, SuggestionId};

const RELEASED: Decision = Decision::Release { collapsed: false, links: false };
const REFUSED: Decision = Decision::Refuse { reason: RefusalReason::Insult };

/// A ruling on a comment of the same number.
fn decided(ruling: i64, decision: Decision, by: Option<i64>) -> Decided {
    Decided {
        ruling: RulingId(ruling),
        about: (StoryId(1), CommentId(ruling)),
        decision,
        by: by.map(StaffId),
        readable: true,
        copies: Some(Copies::Print(ruling)),
        second: None,
    }
}

fn chosen(newest_first: &[Decided]) -> Lessons {
    let mut chooser = Chooser::default();
    newest_first.iter().for_each(|decided| chooser.take(decided));
    chooser.lessons(Vec::new())
}

#[test]
fn a_refusal_says_what_it_was_for_and_a_release_that_it_was_none() {
    let refused = |reason| answers_of(Decision::TakeDown { reason });
    assert_eq!(answers_of(RELEASED), [Some(false); 3]);
    assert_eq!(answers_of(Decision::Release { collapsed: true, links: false }), [None; 3]);
    assert_eq!(refused(RefusalReason::Insult), [Some(true), None, None]);
    assert_eq!(refused(RefusalReason::Violence), [None, Some(true), None]);
    assert_eq!(refused(RefusalReason::Advertising), [None, None, Some(true)]);
    assert_eq!(refused(RefusalReason::OffTopic), [None; 3]);
}

#[test]
fn the_last_ruling_on_a_comment_counts_alone() {
    // Refused by one, released after an objection by another.
    let reversed = Decided { about: (StoryId(1), CommentId(7)), ..decided(9, RELEASED, Some(2)) };
    let first = Decided { about: (StoryId(1), CommentId(7)), ..decided(7, REFUSED, Some(1)) };
    let lessons = chosen(&[reversed, first]);
    assert_eq!(lessons.decisions(), 1);
    let Chosen { answers, teacher, .. } = lessons.all()[0];
    assert_eq!((answers, teacher), ([Some(false); 3], Teacher::Staff(StaffId(2))));
}

#[test]
fn rules_copies_and_what_cannot_be_read_do_not_count() {
    let copy = Decided { copies: Some(Copies::Print(9)), ..decided(8, REFUSED, Some(1)) };
    let gone = Decided { readable: false, ..decided(6, REFUSED, Some(1)) };
    let by_rule = decided(5, REFUSED, None);
    let off_topic = decided(4, Decision::Refuse { reason: RefusalReason::OffTopic }, Some(1));
    let lessons = chosen(&[decided(9, REFUSED, Some(1)), copy, gone, by_rule, off_topic]);
    assert_eq!(
        lessons.all().iter().map(|one| one.source).collect::<Vec<_>>(),
        [Source::Comment(StoryId(1), CommentId(9))]
    );
}

#[test]
fn a_rules_decision_does_not_uncover_a_persons_before_it() {
    let by_rule = Decided { about: (StoryId(1), CommentId(3)), ..decided(9, RELEASED, None) };
    assert_eq!(chosen(&[by_rule, decided(3, REFUSED, Some(1))]).decisions(), 0);
}

#[test]
fn a_second_look_counts_beside_the_first() {
    let second = Some((None, StaffId(2)));
    let lessons = chosen(&[Decided { second, ..decided(1, REFUSED, Some(1)) }]);
    assert_eq!(lessons.counts()[0], [1, 1], "two people disagree");
    assert_eq!(lessons.decisions(), 1, "and it is one decision");
    assert_eq!(lessons.all().len(), 2);
}

#[test]
fn nobody_counts_for_more_than_a_third() {
    // One decides a thousand times, three others ten times each.
    let rulings: Vec<Decided> =
        (1..=1_030).map(|n| decided(n, REFUSED, Some(if n <= 1_000 { 1 } else { 2 + n % 3 }))).rev().collect();
    let weight = |lessons: &Lessons, who: i64| -> f32 {
        let teacher = Teacher::Staff(StaffId(who));
        lessons.all().iter().filter(|one| one.teacher == teacher).map(|one| one.weight).sum()
    };
    let lessons = chosen(&rulings);
    let (loud, all) = (weight(&lessons, 1), (1..=4).map(|who| weight(&lessons, who)).sum::<f32>());
    assert!((loud / all - 1.0 / 3.0).abs() < 0.01, "{loud} of {all}");
    assert!((weight(&lessons, 2) - 10.0).abs() < 1e-3, "the others count in full");

    // Two of four are loud: each of them is held to a third.
    let two: Vec<Decided> =
        (1..=1_020).map(|n| decided(n, REFUSED, Some(if n <= 1_000 { 1 + n % 2 } else { 3 + n % 2 }))).rev().collect();
    let lessons = chosen(&two);
    let all: f32 = (1..=4).map(|who| weight(&lessons, who)).sum();
    assert!(
        (weight(&lessons, 1) / all - 1.0 / 3.0).abs() < 0.01 && (weight(&lessons, 2) / all - 1.0 / 3.0).abs() < 0.01
    );

    // Where two decide, each has a half; who is alone has the whole.
    let pair: Vec<Decided> = (1..=110).map(|n| decided(n, REFUSED, Some(if n <= 100 { 1 } else { 2 }))).rev().collect();
    let lessons = chosen(&pair);
    assert!((weight(&lessons, 1) - weight(&lessons, 2)).abs() < 1e-3);
    assert!(chosen(&[decided(1, REFUSED, Some(1))]).all().iter().all(|one| (one.weight - 1.0).abs() < 1e-6));
}

#[test]
fn a_head_is_taught_when_enough_was_decided_on_both_sides() {
    let so_many = |refused: usize, released: usize| {
        let decision = |n: usize| if n < refused { REFUSED } else { RELEASED };
        let rulings: Vec<Decided> = (0..refused + released)
            .map(|n| decided(i64::try_from(n).unwrap() + 1, decision(n), Some(1)))
            .rev()
            .collect();
        chosen(&rulings).enough()
    };
    assert_eq!(so_many(LEAST, LEAST), [true, false, false]);
    assert_eq!(so_many(LEAST - 1, LEAST * 9), [false; 3]);
    assert_eq!(so_many(LEAST * 9, LEAST - 1), [false; 3]);
}

#[test]
fn the_last_are_measured_and_come_after_what_is_taught() {
    let rulings = |many: i64| -> Vec<Decided> { (1..=many).map(|n| decided(n, RELEASED, Some(n % 4))).rev().collect() };
    let (before, last) = chosen(&rulings(90)).split();
    assert_eq!((before.decisions(), last.decisions()), (60, 30));
    let newest = |lessons: &Lessons| match lessons.all().last().map(|one| one.source) {
        Some(Source::Comment(_, comment)) => comment.0,
        other => panic!("{other:?}"),
    };
    assert_eq!((newest(&before), newest(&last)), (60, 90));
    let (before, last) = chosen(&rulings(4_000)).split();
    assert_eq!((before.decisions(), last.decisions()), (4_000 - MEASURED, MEASURED));
    assert_eq!(chosen(&[]).split(), (Lessons::default(), Lessons::default()));
}

#[test]
fn other_systems_teach_and_are_never_measured() {
    let mut chooser = Chooser::default();
    (1..=30).rev().for_each(|n| chooser.take(&decided(n, RELEASED, Some(1))));
    let (source, teacher) = (Source::Suggestion(SuggestionId(5)), Teacher::System(ApiClientId(6)));
    let of_others = vec![Chosen { source, answers: [Some(true), None, None], teacher, second: false, weight: 1.0 }];
    let lessons = chooser.lessons(of_others);
    let (before, last) = lessons.split();
    assert_eq!((before.all().len(), last.all().len(), lessons.decisions()), (21, 10, 30));
    assert!(last.all().iter().all(|one| matches!(one.source, Source::Comment(..))));
}
