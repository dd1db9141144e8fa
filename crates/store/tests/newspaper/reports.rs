//! Readers report comments.

use crate::paper::{HUDA, KARIM, MAYA, on_both};
use newsroom::CommentId;
use newsroom::happening::What;
use newsroom::people::Actor;
use store::StoreError;
use store::reports::Reported;

#[tokio::test]
async fn a_report_counts_once_for_each_reader() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (comment, _) = paper.shows(HUDA, story, None, "رأي").await;
        let report = |by| {
            let (store, now) = (paper.store.clone(), paper.now());
            async move { store.report_comment((story, comment), by, "إعلان", None, now).await.unwrap() }
        };
        let Reported::Taken(id, first) = report(KARIM).await else { panic!("taken") };
        assert_eq!(first.what, What::CommentReported { story, comment });
        assert_eq!((first.by, first.why.as_str()), (Actor::Visitor(KARIM.id), "إعلان"));
        assert_eq!(report(KARIM).await, Reported::Before(id));
        assert!(matches!(report(MAYA).await, Reported::Taken(..)));
        assert_eq!(paper.store.queue_entry(story, comment).await.unwrap().reports, 2);
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 1), "one comment, however often reported");
        let reported = paper.happened().await.into_iter().filter(|key| *key == "comment-reported").count();
        assert_eq!(reported, 2);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn only_what_is_public_is_reported() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (comment, _) = paper.shows(HUDA, story, None, "رأي").await;
        paper.takes_down(story, comment).await.unwrap();
        for comment in [comment, CommentId(404)] {
            let report = paper.store.report_comment((story, comment), KARIM, "", None, paper.now()).await;
            assert_eq!(report, Err(StoreError::NotFound));
        }
    })
    .await;
}

#[tokio::test]
async fn a_ruling_answers_the_reports_and_undoing_it_opens_them_again() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (comment, _) = paper.shows(HUDA, story, None, "رأي").await;
        paper.store.report_comment((story, comment), KARIM, "", None, paper.now()).await.unwrap();
        let down = paper.takes_down(story, comment).await.unwrap();
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 0));
        paper.undoes(story, down).await.unwrap();
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 1));
        paper.releases(story, comment).await.unwrap();
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 0), "looked at, and it stays");
        paper.store.report_comment((story, comment), MAYA, "", None, paper.now()).await.unwrap();
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 1), "a new report is a new question");
        paper.store.withdraw_comment(story, comment, HUDA, paper.now()).await.unwrap();
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 0));
        paper.agrees_with_itself().await;
    })
    .await;
}
