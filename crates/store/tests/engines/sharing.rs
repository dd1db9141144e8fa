//! What processes share: jobs, leases, secrets.

use crate::both::on_both;
use newsroom::Timestamp;
use newsroom::happening::What;
use newsroom::people::Actor;
use std::collections::BTreeSet;
use store::{Store, StoreError};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

async fn claimed(store: &Store, now: i64, until: i64, limit: u32) -> Vec<String> {
    let jobs = store.claim_jobs("mail", at(now), at(until), limit).await.unwrap();
    jobs.into_iter().map(|job| job.payload).collect()
}

#[tokio::test]
async fn a_job_is_put_once_and_claimed_when_it_is_due_the_oldest_first() {
    on_both(|store| async move {
        assert!(store.put_job("mail", "\"late\"", "late", at(20)).await.unwrap().is_some());
        assert!(store.put_job("mail", "\"early\"", "early", at(10)).await.unwrap().is_some());
        assert_eq!(store.put_job("mail", "\"again\"", "early", at(10)).await.unwrap(), None);
        assert!(store.put_job("ping", "\"other\"", "other", at(0)).await.unwrap().is_some());
        assert_eq!(claimed(&store, 9, 100, 10).await, [""; 0]);
        assert_eq!(claimed(&store, 20, 100, 1).await, ["\"early\""], "no more than asked for");
        assert_eq!(claimed(&store, 20, 100, 10).await, ["\"late\""], "and nobody gets a claimed one");
        assert_eq!(claimed(&store, 99, 200, 10).await, [""; 0]);
        assert_eq!(claimed(&store, 100, 200, 10).await, ["\"early\"", "\"late\""], "its claimer did not come back");
    })
    .await;
}

#[tokio::test]
async fn a_finished_job_is_gone_and_its_key_is_remembered_until_it_is_swept() {
    on_both(|store| async move {
        let job = store.put_job("mail", "1", "once", at(0)).await.unwrap().unwrap();
        assert_eq!(claimed(&store, 1, 50, 10).await, ["1"]);
        store.finish_job(job).await.unwrap();
        store.finish_job(job).await.unwrap();
        assert_eq!(claimed(&store, 500, 600, 10).await, [""; 0]);
        store.fail_job(job, "too late to fail", Some(at(1))).await.unwrap();
        assert_eq!(claimed(&store, 500, 600, 10).await, [""; 0]);
        assert_eq!(store.put_job("mail", "1", "once", at(0)).await.unwrap(), None);
        assert_eq!(store.sweep_jobs(at(50)).await.unwrap(), 0);
        assert_eq!(store.sweep_jobs(at(51)).await.unwrap(), 1);
        assert!(store.put_job("mail", "1", "once", at(0)).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_job_that_fails_comes_again_until_it_is_set_aside_and_can_be_revived() {
    on_both(|store| async move {
        let job = store.put_job("mail", "1", "once", at(0)).await.unwrap().unwrap();
        let first = store.claim_jobs("mail", at(1), at(50), 10).await.unwrap();
        assert_eq!(first.iter().map(|job| (job.id, job.attempts)).collect::<Vec<_>>(), [(job, 0)]);
        store.fail_job(job, "no answer", Some(at(30))).await.unwrap();
        assert_eq!(claimed(&store, 29, 80, 10).await, [""; 0], "not before its time");
        let second = store.claim_jobs("mail", at(30), at(80), 10).await.unwrap();
        assert_eq!(second[0].attempts, 1);
        assert!(store.given_up_jobs(10).await.unwrap().is_empty());
        store.fail_job(job, "still no answer", None).await.unwrap();
        assert_eq!(claimed(&store, 500, 600, 10).await, [""; 0]);
        let dead = store.given_up_jobs(10).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].id, dead[0].attempts, dead[0].why.as_str()), (job, 2, "still no answer"));

        store.revive_job(job, at(700)).await.unwrap();
        assert!(store.given_up_jobs(10).await.unwrap().is_empty());
        assert_eq!(store.revive_job(job, at(700)).await, Err(StoreError::NotFound));
        let third = store.claim_jobs("mail", at(700), at(800), 10).await.unwrap();
        assert_eq!(third[0].attempts, 0, "as if never tried");
    })
    .await;
}

#[tokio::test]
async fn jobs_set_aside_are_told_newest_first() {
    on_both(|store| async move {
        for (n, key) in [(1, "one"), (2, "two"), (3, "three")] {
            let job = store.put_job("mail", key, key, at(n)).await.unwrap().unwrap();
            assert_eq!(claimed(&store, 10 * n, 10 * n + 5, 10).await, [key]);
            store.fail_job(job, "no answer", None).await.unwrap();
        }
        let dead = store.given_up_jobs(2).await.unwrap();
        assert_eq!(dead.iter().map(|job| job.payload.as_str()).collect::<Vec<_>>(), ["three", "two"]);
    })
    .await;
}

#[tokio::test]
async fn of_many_claimers_at_once_no_two_get_one_job() {
    on_both(|store| async move {
        for n in 0..200 {
            store.put_job("mail", &n.to_string(), &n.to_string(), at(n % 7)).await.unwrap();
        }
        let claimers = (0..8).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let some = claimed(&store, 10, 100, 7).await;
                    assert!(some.len() <= 7, "no more than asked for");
                    if some.is_empty() {
                        return mine;
                    }
                    mine.extend(some);
                }
            })
        });
        let mut all = Vec::new();
        for claimer in claimers.collect::<Vec<_>>() {
            all.extend(claimer.await.unwrap());
        }
        // A claimer may find nothing while another one holds what is left, but nothing is left unclaimed or claimed twice.
        all.extend(claimed(&store, 10, 100, 200).await);
        assert_eq!(all.len(), 200);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 200);
    })
    .await;
}

#[tokio::test]
async fn what_was_held_by_a_clock_that_was_set_back_is_free() {
    on_both(|store| async move {
        let ahead = 10 * 24 * 60 * 60;
        store.note(Actor::Program, What::SignedIn, "", at(ahead)).await.unwrap();
        assert!(store.put_job("mail", "\"link\"", "link", at(0)).await.unwrap().is_some());
        assert!(store.take_lease("embargoes", "north", at(ahead), at(ahead + 30)).await.unwrap());
        assert_eq!(claimed(&store, ahead, ahead + 300, 10).await, ["\"link\""]);
        assert!(!store.let_go_of_later_times(at(ahead)).await.unwrap(), "the clock is where it was");
        assert!(!store.take_lease("embargoes", "south", at(0), at(30)).await.unwrap());
        assert!(store.let_go_of_later_times(at(0)).await.unwrap());
        assert!(store.take_lease("embargoes", "south", at(0), at(30)).await.unwrap());
        assert_eq!(claimed(&store, 0, 300, 10).await, ["\"link\""]);
    })
    .await;
}

#[tokio::test]
async fn a_lease_cannot_be_stolen_before_its_end() {
    on_both(|store| async move {
        assert!(store.take_lease("embargoes", "north", at(0), at(30)).await.unwrap());
        assert!(!store.take_lease("embargoes", "south", at(29), at(60)).await.unwrap());
        assert!(store.take_lease("embargoes", "north", at(29), at(60)).await.unwrap(), "its holder renews it");
        assert!(!store.take_lease("embargoes", "south", at(59), at(90)).await.unwrap());
        assert!(store.take_lease("sweeping", "south", at(1), at(30)).await.unwrap(), "another duty, another lease");
        assert!(store.take_lease("embargoes", "south", at(60), at(90)).await.unwrap(), "it ran out");
        assert!(!store.take_lease("embargoes", "north", at(61), at(90)).await.unwrap());
        store.give_lease_back("embargoes", "north").await.unwrap();
        assert!(!store.take_lease("embargoes", "north", at(61), at(90)).await.unwrap(), "it was not theirs to give");
        store.give_lease_back("embargoes", "south").await.unwrap();
        assert!(store.take_lease("embargoes", "north", at(61), at(90)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn of_many_that_want_a_lease_at_once_one_gets_it() {
    on_both(|store| async move {
        for round in 0..5 {
            let wanting = (0..8).map(|n| {
                let store = store.clone();
                let (now, until) = (at(round * 100), at(round * 100 + 50));
                tokio::spawn(async move { store.take_lease("clock", &format!("node {n}"), now, until).await })
            });
            let mut holders = 0;
            for one in wanting.collect::<Vec<_>>() {
                holders += usize::from(one.await.unwrap().unwrap());
            }
            assert_eq!(holders, 1, "round {round}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_made_once_even_when_many_ask_at_once() {
    on_both(|store| async move {
        let asking = (0..12).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.secret("visitors").await.unwrap() })
        });
        let mut answers = BTreeSet::new();
        for one in asking.collect::<Vec<_>>() {
            answers.insert(one.await.unwrap());
        }
        assert_eq!(answers.len(), 1);
        assert_eq!(answers.first(), Some(&store.secret("visitors").await.unwrap()));
        assert_ne!(answers.first(), Some(&store.secret("sessions").await.unwrap()));
        assert_ne!(answers.first(), Some(&[0; 32]));
    })
    .await;
}

#[tokio::test]
async fn a_damaged_secret_is_an_error_and_no_other_secret() {
    on_both(|store| async move {
        store.secret("visitors").await.unwrap();
        store.run_for_tests("update secrets set value = 'beef'").await.unwrap();
        let read = store.secret("visitors").await;
        assert!(matches!(read, Err(StoreError::Broken(_))), "{read:?}");
    })
    .await;
}
