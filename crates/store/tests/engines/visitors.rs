//! How readers stand, what is written down about them, and measures on them.

use crate::both::on_both;
use crate::paper;
use crate::paper::at;
use newsroom::happening::What;
use newsroom::people::{Actor, Measure, MeasureKind, Role};
use newsroom::{MeasureId, StaffId, Timestamp, VisitorId};
use store::{Store, StoreError};

/// A measure on somebody who comments in the paper, from second 100.
async fn measure(store: &Store, kind: MeasureKind, until: Option<Timestamp>) -> Measure {
    let by = store.staff().await.unwrap()[0].id;
    Measure {
        id: MeasureId(store.id(at(100))),
        visitor: paper::HUDA,
        kind,
        why: "نقاش بلا إهانات".to_owned(),
        by,
        at: at(100),
        until,
        acknowledged: None,
    }
}

#[tokio::test]
async fn a_pause_holds_until_its_end_and_the_clock_writes_that_down() {
    on_both(|store| async move {
        paper::fill(&store).await;
        let visitor = paper::HUDA;
        let pause = measure(&store, MeasureKind::Pause, Some(at(200))).await;
        store.take_measure(&pause).await.unwrap();
        assert_eq!(store.measures_on(visitor, at(150)).await.unwrap().bar(), Some(&pause));
        assert!(store.end_measures(at(199)).await.unwrap().is_empty(), "not before its time");
        assert!(
            store.measures_on(visitor, at(200)).await.unwrap().bar().is_none(),
            "also before the clock has said so"
        );
        let ended = store.end_measures(at(201)).await.unwrap();
        assert_eq!(ended[0].what, What::MeasureRanOut { visitor, measure: pause.id });
        assert!(store.end_measures(at(202)).await.unwrap().is_empty(), "once");
        let lines = store.measures_of(visitor).await.unwrap();
        assert_eq!(lines[0].ended, Some((at(200), Actor::Program, String::new())));
    })
    .await;
}

#[tokio::test]
async fn a_ban_is_taken_back_once_by_a_name_and_with_a_reason() {
    on_both(|store| async move {
        paper::fill(&store).await;
        let visitor = paper::HUDA;
        let ban = measure(&store, MeasureKind::Ban, None).await;
        store.take_measure(&ban).await.unwrap();
        assert!(store.measures_on(visitor, at(90_000)).await.unwrap().bar().is_some());
        let salma = Actor::Staff(ban.by);
        store.lift_measure(ban.id, salma, "اعتذر", at(90_001)).await.unwrap();
        let again = store.lift_measure(ban.id, salma, "مرة أخرى", at(90_002)).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        assert!(store.measures_on(visitor, at(90_003)).await.unwrap().bar().is_none());
        let lines = store.measures_of(visitor).await.unwrap();
        assert_eq!(lines[0].ended, Some((at(90_001), salma, "اعتذر".to_owned())));
        let log = store.log(None, 2).await.unwrap();
        assert_eq!(log[0].what, What::MeasureLifted { visitor, measure: ban.id });
        assert!(log[0].why.is_empty(), "what the reader was told stands with the measure, and goes with it");
    })
    .await;
}

#[tokio::test]
async fn a_warning_is_acknowledged_by_the_reader_alone_and_only_once() {
    on_both(|store| async move {
        paper::fill(&store).await;
        let visitor = paper::HUDA;
        let warning = measure(&store, MeasureKind::Warn, None).await;
        store.take_measure(&warning).await.unwrap();
        assert!(store.acknowledge_measure(warning.id, VisitorId(77), at(101)).await.unwrap().is_none());
        assert!(store.measures_on(visitor, at(102)).await.unwrap().warning().is_some());
        assert!(store.acknowledge_measure(warning.id, visitor, at(103)).await.unwrap().is_some());
        assert!(store.acknowledge_measure(warning.id, visitor, at(104)).await.unwrap().is_none());
        assert!(store.measures_on(visitor, at(105)).await.unwrap().warning().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_staff_sees_names_comments_and_notes_and_writes_none_about_nobody() {
    on_both(|store| async move {
        paper::fill(&store).await;
        let visitor = paper::HUDA;
        let visited = store.visited(visitor).await.unwrap();
        let all = store.comments_of(visitor, None, 100).await.unwrap();
        assert!(!all.is_empty() && all.iter().all(|comment| !comment.headline.is_empty()));
        let one_by_one = store.comments_of(visitor, Some((i64::MAX, newsroom::CommentId(i64::MAX))), 1).await.unwrap();
        assert_eq!(one_by_one[..], all[..1]);
        let place = (all[0].received_at.as_millisecond(), all[0].comment);
        assert_eq!(store.comments_of(visitor, Some(place), 100).await.unwrap()[..], all[1..]);
        let names = store.names_of(visitor).await.unwrap();
        assert!(names.iter().any(|used| used.name == visited.name), "{names:?}");
        assert_eq!(store.author_of(all[0].story, all[0].comment).await.unwrap(), visitor);
        let by = store.add_staff("نادر", Role::Moderator, at(90)).await.unwrap().id;
        store.note_visitor(visitor, by, "يكتب كثيرًا عن الميناء", at(91)).await.unwrap();
        assert_eq!(store.notes_of(visitor).await.unwrap()[0].text, "يكتب كثيرًا عن الميناء");
        let nobody = store.note_visitor(VisitorId(77), StaffId(1), "لا أحد", at(92)).await;
        assert_eq!(nobody, Err(StoreError::NotFound));
    })
    .await;
}
