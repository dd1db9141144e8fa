//! The ways that the paper goes by: what holds, and what held before.

use crate::paper::on_both;
use newsroom::HappeningId;
use newsroom::PaperWaysId;
use newsroom::country::{ChosenWays, SaidWays};
use newsroom::happening::What;
use newsroom::people::Actor;
use store::StoreError;

fn by_country(code: &str) -> ChosenWays {
    ChosenWays::Desk(SaidWays { country: code.into(), hijri: "-1".into(), ..SaidWays::default() })
}

#[tokio::test]
async fn what_was_chosen_last_holds_and_what_was_chosen_before_stays() {
    on_both(|paper| async move {
        let (store, now, by) = (&paper.store, paper.now(), paper.salma.id);
        assert_eq!(store.paper_ways().await.unwrap(), None);
        let (first, _) = store.keep_paper_ways(None, &by_country("EG"), by, now).await.unwrap();
        let (second, told) = store.keep_paper_ways(Some(first), &ChosenWays::File, by, now).await.unwrap();
        assert_eq!([first, second], [PaperWaysId(1), PaperWaysId(2)]);
        let holds = store.paper_ways().await.unwrap().unwrap();
        assert_eq!((holds.id, holds.at, holds.chosen), (second, now, ChosenWays::File));
        assert_eq!(holds.by, (by, paper.salma.name.clone()));
        let all = store.paper_ways_versions(None, 9).await.unwrap();
        assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [second, first]);
        let before = store.paper_ways_versions(Some(second), 9).await.unwrap();
        assert_eq!(before.iter().map(|one| one.id).collect::<Vec<_>>(), [first]);
        assert_eq!(store.paper_ways_version(first).await.unwrap().chosen, by_country("EG"));
        assert_eq!(store.paper_ways_version(PaperWaysId(7)).await.unwrap_err(), StoreError::NotFound);
        assert_eq!(told.what, What::PaperWaysChanged { version: second });
        let log = store.happenings_after(HappeningId(0), 500).await.unwrap();
        let changes = log.iter().filter(|one| one.what.key() == "paper-ways-changed" && one.by == Actor::Staff(by));
        assert_eq!(changes.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_choose_at_once_one_is_told_that_the_other_did() {
    on_both(|paper| async move {
        let (store, now, by) = (&paper.store, paper.now(), paper.salma.id);
        let (egypt, lebanon) = (by_country("EG"), by_country("LB"));
        let both =
            tokio::join!(store.keep_paper_ways(None, &egypt, by, now), store.keep_paper_ways(None, &lebanon, by, now),);
        assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|ok| **ok).count(), 1);
        let late = store.keep_paper_ways(None, &egypt, by, now).await.unwrap_err();
        assert_eq!(late, StoreError::Conflict("paper ways".into()));
        let skipped = store.keep_paper_ways(Some(PaperWaysId(5)), &egypt, by, now).await.unwrap_err();
        assert_eq!(skipped, StoreError::Conflict("paper ways".into()));
        assert_eq!(store.paper_ways_versions(None, 9).await.unwrap().len(), 1);
    })
    .await;
}
