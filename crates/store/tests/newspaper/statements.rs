//! Statements of reasons end with what they state.

use crate::paper::{HUDA, KARIM, Paper, RELEASE, on_both};
use newsroom::comment::Decision;
use newsroom::{RulingId, Timestamp};

const FOLD: Decision = Decision::Release { collapsed: true, links: false };

async fn end_of(paper: &Paper, ruling: RulingId) -> Option<Timestamp> {
    paper.store.statement(ruling).await.unwrap().expect("a statement").end_date
}

#[tokio::test]
async fn a_statement_ends_when_another_ruling_takes_its_place_and_goes_on_when_that_is_undone() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let refused = paper.refuses(story, comment).await.unwrap();
        let released = paper.ruling(story, comment, RELEASE);
        paper.store.rule(&released, newsroom::comment::Revision::FIRST).await.unwrap();
        assert_eq!(end_of(&paper, refused).await, Some(released.at));
        paper.undoes(story, released.id).await.unwrap();
        assert_eq!(end_of(&paper, refused).await, None, "it is refused again");

        let folded = paper.rules(story, comment, FOLD).await.unwrap();
        assert!(end_of(&paper, refused).await.is_some(), "folded is less than refused");
        assert_eq!(end_of(&paper, folded).await, None);
        let down = paper.takes_down(story, comment).await.unwrap();
        assert!(end_of(&paper, folded).await.is_some() && end_of(&paper, down).await.is_none());
        paper.undoes(story, down).await.unwrap();
        assert!(end_of(&paper, folded).await.is_none() && end_of(&paper, down).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_its_author_takes_back_is_folded_no_more() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(KARIM, story, "رأي").await;
        let folded = paper.rules(story, comment, FOLD).await.unwrap();
        let now = paper.now();
        paper.store.withdraw_comment(story, comment, KARIM, now).await.unwrap();
        assert_eq!(end_of(&paper, folded).await, Some(now));
    })
    .await;
}
