//! Second looks at a sample of what was decided.

use crate::paper::{HUDA, KARIM, MAYA, Paper, RELEASE, on_both};
use newsroom::comment::Revision;
use newsroom::people::Role;
use newsroom::{StaffId, Timestamp};
use store::quality::{SAMPLE, Week};

fn week_of(from: Timestamp) -> Week {
    Week { from, to: from + jiff::SignedDuration::from_hours(7 * 24) }
}

async fn a_colleague(paper: &Paper) -> StaffId {
    paper.store.add_staff("نادر", Role::Moderator, paper.now()).await.unwrap().id
}

#[tokio::test]
async fn a_week_is_drawn_once_by_lot_also_by_two_at_the_same_moment() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let week = week_of(paper.now());
        for number in 0..SAMPLE + 5 {
            let comment = paper.says(HUDA, story, &format!("رأي رقم {number}")).await;
            paper.releases(story, comment).await.unwrap();
        }
        let draws = |seed| {
            let store = paper.store.clone();
            tokio::spawn(async move { store.draw_sample(week, seed).await.unwrap() })
        };
        let (one, other) = (draws(1), draws(2));
        assert_eq!((one.await.unwrap(), other.await.unwrap()), (50, 50));
        let nadir = a_colleague(&paper).await;
        let mut looked = 0;
        while let Some(card) = paper.store.second_look(week.from, nadir, None).await.unwrap() {
            paper.store.keep_second_look(card.ruling, None, nadir, paper.now()).await.unwrap();
            looked += 1;
        }
        assert_eq!(looked, 50, "two lots are not laid on one another");
    })
    .await;
}

#[tokio::test]
async fn only_the_words_that_were_ruled_on_are_looked_at_again() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let week = week_of(paper.now());
        let (huda, karim) = (paper.says(HUDA, story, "رأي").await, paper.says(KARIM, story, "كلمة").await);
        let undone = paper.releases(story, huda).await.unwrap();
        let gone = paper.refuses(story, karim).await.unwrap();
        assert_eq!(paper.store.draw_sample(week, 7).await.unwrap(), 2);
        let nadir = a_colleague(&paper).await;
        assert!(paper.store.second_look(week.from, nadir, None).await.unwrap().is_some());
        paper.undoes(story, undone).await.unwrap();
        let mut other = paper.submission(HUDA, story, "كلام آخر");
        other.submitted.id = huda;
        paper.store.rewrite_comment(&other).await.unwrap();
        paper.rules_on_words(story, huda, RELEASE, Revision(1)).await.unwrap();
        let late = paper.store.keep_second_look(undone, None, nadir, paper.now()).await;
        assert!(matches!(late, Err(store::StoreError::Conflict(_))), "{late:?}");
        let next = paper.store.second_look(week.from, nadir, None).await.unwrap();
        assert_eq!(next.map(|card| card.ruling), Some(gone));
        paper.wait_days(100);
        let now = paper.now();
        assert_eq!(paper.store.sweep_refused(now, now, 5).await.unwrap(), 1);
        assert_eq!(paper.store.second_look(week.from, nadir, None).await.unwrap(), None);
        paper.says(MAYA, story, "تحية").await;
        paper.agrees_with_itself().await;
    })
    .await;
}
