//! The log under seal: what was changed behind the program's back is seen, and what was erased is not.

use crate::both::{Trial, on_both};
use crate::paper::{self, HUDA, at};
use newsroom::SectionId;
use newsroom::happening::What;
use newsroom::ids::first_id_at;
use newsroom::people::Actor;
use store::Store;
use store::erasures::Scope;
use store::sealed_log::{Anchor, LookedAt};

/// A full paper with a seal on everything that has happened.
async fn sealed(store: &Store) -> LookedAt {
    paper::fill(store).await;
    while store.seal_log(at(20_000_000)).await.unwrap() > 0 {}
    store.check_log(None).await.unwrap()
}

fn told(looked: &LookedAt) -> String {
    looked.found.iter().map(|found| format!("{}: {}\n", found.what, found.detail)).collect()
}

#[tokio::test]
async fn what_happened_is_sealed_once_and_in_its_order() {
    on_both(|store| async move {
        assert_eq!(store.check_log(None).await.unwrap().last, None, "nothing has happened");
        let looked = sealed(&store).await;
        assert_eq!((told(&looked).as_str(), looked.erased), ("", 0));
        assert!(looked.sealed > 20, "{}", looked.sealed);
        assert_eq!(looked.last.as_ref().map(|last| last.place), Some(looked.sealed));
        assert_eq!(store.seal_log(at(20_000_000)).await.unwrap(), 0, "all is sealed");
        let kept = looked.last.clone().unwrap();
        assert_eq!(Anchor::read(&kept.to_string()), Some(kept.clone()));
        assert_eq!(store.check_log(Some(kept)).await.unwrap(), looked);
    })
    .await;
}

#[tokio::test]
async fn what_happens_after_a_start_by_a_clock_that_was_set_back_stands_behind_what_happened_before() {
    for trial in Trial::all().await {
        let store = Store::open(&trial.place).await.unwrap();
        paper::fill(&store).await;
        // Half a year ahead.
        store.note(Actor::Program, What::SignedIn, "", at(15_000_000)).await.unwrap();
        while store.seal_log(at(20_000_000)).await.unwrap() > 0 {}
        let before = store.newest_happening().await.unwrap();
        store.close().await;

        let store = Store::open(&trial.place).await.unwrap();
        let noted = store.note(Actor::Program, What::SignedIn, "", at(1_000)).await.unwrap();
        assert!(noted.id > before, "{noted:?} stands before {before:?}");
        assert_eq!(store.happenings_after(before, 10).await.unwrap(), [noted], "whoever follows the log hears of it");
        assert_eq!(told(&store.check_log(None).await.unwrap()), "");
        store.close().await;
        trial.clear().await;
    }
}

/// One change behind the program's back, and how it is told.
async fn is_seen(change: &'static str, how: &'static str) {
    on_both(move |store| async move {
        let before = sealed(&store).await;
        for one in change.split(';') {
            assert!(store.run_for_tests(one).await.unwrap() > 0, "{one} touches nothing");
        }
        let looked = store.check_log(before.last).await.unwrap();
        assert!(told(&looked).contains(how), "{change}: {looked:?}");
    })
    .await;
}

const SOME: &str = "(select happening_id from log_seals where place = 5)";

#[tokio::test]
async fn changed_words_are_seen() {
    let change = format!("update happenings set why = 'x' where happening_id = {SOME}");
    is_seen(change.leak(), "seal 5: happening").await;
}

#[tokio::test]
async fn another_time_is_seen() {
    let change = format!("update happenings set at = at + 1 where happening_id = {SOME}");
    is_seen(change.leak(), "does not fit the one before it").await;
}

#[tokio::test]
async fn a_happening_that_was_taken_away_is_seen() {
    is_seen(format!("delete from happenings where happening_id = {SOME}").leak(), "is missing").await;
}

#[tokio::test]
async fn a_happening_and_its_seal_that_were_taken_away_are_seen() {
    let change = format!("delete from happenings where happening_id = {SOME};delete from log_seals where place = 5");
    is_seen(change.leak(), "seal 5: a seal is missing").await;
}

#[tokio::test]
async fn a_happening_that_was_put_in_is_seen() {
    on_both(|store| async move {
        sealed(&store).await;
        // Days later.
        store.note(Actor::Program, What::SectionMoved { section: SectionId(1) }, "", at(15_000_000)).await.unwrap();
        let late = "insert into happenings (happening_id, at, by_actor, what, kind, why)
             select ID, at, by_actor, what, kind, why from happenings
             where happening_id = (select happening_id from log_seals where place = 5)";
        let hour_before = (first_id_at(at(15_000_000 - 3_600))).to_string();
        store.run_for_tests(&late.replace("ID", &hour_before)).await.unwrap();
        while store.seal_log(at(20_000_000)).await.unwrap() > 0 {}
        assert_eq!(told(&store.check_log(None).await.unwrap()), "", "a long work's are sealed behind");
        store.run_for_tests(&late.replace("ID", "1")).await.unwrap();
        assert_eq!(store.seal_log(at(20_000_000)).await.unwrap(), 0);
        let looked = store.check_log(None).await.unwrap();
        assert!(told(&looked).contains("happening 1 was put in behind a seal"), "{looked:?}");
    })
    .await;
}

#[tokio::test]
async fn a_log_that_was_cut_off_and_sealed_anew_is_seen_by_whoever_kept_a_seal() {
    let change = "delete from happenings where happening_id > (select happening_id from log_seals where place = 5);
         delete from log_seals where place > 5";
    is_seen(change, "another seal stands here than the one that was kept").await;
}

#[tokio::test]
async fn what_was_erased_leaves_the_chain_whole_and_no_salt() {
    on_both(|store| async move {
        let before = sealed(&store).await;
        let asked = store.ask_erasure(HUDA, Scope::Everything(HUDA), (Actor::Visitor(HUDA), ""), at(30_000_000)).await;
        let asked = asked.unwrap();
        while !store.carry_on_erasure(asked, at(30_000_010)).await.unwrap().done {}
        let looked = store.check_log(before.last.clone()).await.unwrap();
        assert_eq!(told(&looked), "");
        assert!(looked.erased > 0 && looked.sealed == before.sealed, "{looked:?}");
        assert!(store.seal_log(at(40_000_000)).await.unwrap() > 0, "the erasure itself is sealed");
        assert_eq!(told(&store.check_log(before.last).await.unwrap()), "");
    })
    .await;
}
