//! How the store stands: for whoever runs the paper, and before anybody has opened it.

use crate::both::{Trial, on_both};
use jiff::SignedDuration;
use newsroom::happening::What;
use newsroom::people::{Actor, Role};
use newsroom::{JobId, Timestamp};
use store::condition::EngineKind;
use store::outbox::Which;
use store::{Store, StoreError, newest_schema};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

/// A job that was given up at a time.
async fn given_up(store: &Store, kind: &str, key: &str, second: i64) -> JobId {
    let job = store.put_job(kind, "{}", key, at(second)).await.unwrap().unwrap();
    store.claim_jobs(kind, at(second), at(second + 5), 1).await.unwrap();
    store.fail_job(job, "no answer", None).await.unwrap();
    job
}

#[tokio::test]
async fn an_open_store_says_which_engine_it_is_and_how_large() {
    on_both(|store| async move {
        let condition = store.condition().await.unwrap();
        assert_eq!(condition.schema, newest_schema());
        assert!(condition.bytes > 100_000 && condition.version.contains('.'), "{condition:?}");
        assert_eq!(condition.waiting_since, None);
        assert_eq!(store.last_seal().await.unwrap(), None);
        store.note(Actor::Program, What::SignedIn, "", at(0)).await.unwrap();
        store.seal_log(at(600)).await.unwrap();
        let last = store.last_seal().await.unwrap().unwrap();
        assert_eq!((last.anchor.place, last.at, last.unsealed_since), (1, Some(at(0)), None));
        store.note(Actor::Program, What::SignedIn, "", at(700)).await.unwrap();
        assert_eq!(store.last_seal().await.unwrap().unwrap().unsealed_since, Some(at(700)));
    })
    .await;
}

#[tokio::test]
async fn jobs_are_counted_by_how_they_stand() {
    on_both(|store| async move {
        for (key, second) in [("late", 20), ("due", 10), ("later", 900)] {
            store.put_job("mail", "{}", key, at(second)).await.unwrap().unwrap();
        }
        let tried = store.put_job("push", "{}", "tried", at(0)).await.unwrap().unwrap();
        store.claim_jobs("push", at(0), at(5), 1).await.unwrap();
        store.fail_job(tried, "no answer", Some(at(500))).await.unwrap();
        given_up(&store, "mail", "first", 1).await;
        given_up(&store, "ping", "other", 3).await;
        let told = store.jobs_by_kind(at(30)).await.unwrap();
        let told: Vec<_> = told
            .iter()
            .map(|of| (of.kind.as_str(), of.waiting, of.retrying, of.given_up, of.due_since, of.given_up_since))
            .collect();
        let expected = [
            ("mail", 2, 0, 1, Some(at(10)), Some(at(6))),
            ("ping", 0, 0, 1, None, Some(at(8))),
            ("push", 0, 1, 0, None, None),
        ];
        assert_eq!(told, expected);
    })
    .await;
}

#[tokio::test]
async fn who_had_a_job_tried_again_or_dropped_is_written_down_with_it() {
    on_both(|store| async move {
        let layla = store.add_staff("ليلى", Role::Owner, at(0)).await.unwrap().id;
        let (one, two) = (given_up(&store, "mail", "one", 1).await, given_up(&store, "mail", "two", 2).await);
        let listed = store.given_up_jobs(1).await.unwrap();
        assert_eq!(listed.iter().map(|job| (job.id, job.attempts, job.at)).collect::<Vec<_>>(), [(two, 1, at(7))]);

        let happening = store.try_jobs_again(Which::One(one), layla, at(50)).await.unwrap();
        assert_eq!(happening.by, Actor::Staff(layla));
        assert_eq!(happening.what, What::JobsTriedAgain { of: "mail".into(), jobs: 1 });
        assert_eq!(store.try_jobs_again(Which::One(one), layla, at(50)).await, Err(StoreError::NotFound));
        let jobs = store.claim_jobs("mail", at(50), at(60), 9).await.unwrap();
        assert_eq!(jobs.iter().map(|job| (job.id, job.attempts)).collect::<Vec<_>>(), [(one, 0)]);

        let happening = store.drop_job(two, layla, at(70)).await.unwrap();
        assert_eq!(happening.what, What::JobsDropped { of: "mail".into(), jobs: 1 });
        assert_eq!(store.drop_job(two, layla, at(70)).await, Err(StoreError::NotFound));
        assert_eq!(store.put_job("mail", "{}", "two", at(80)).await.unwrap(), None, "its key holds");
        assert!(store.given_up_jobs(9).await.unwrap().is_empty());
        let log = store.log(None, 2).await.unwrap();
        assert_eq!(log.iter().map(|one| one.what.key()).collect::<Vec<_>>(), ["jobs-dropped", "jobs-tried-again"]);
    })
    .await;
}

#[tokio::test]
async fn all_of_a_kind_are_tried_again_and_no_others() {
    on_both(|store| async move {
        let layla = store.add_staff("ليلى", Role::Owner, at(0)).await.unwrap().id;
        for (kind, key, second) in [("mail", "a", 1), ("mail", "b", 2), ("push", "c", 3)] {
            given_up(&store, kind, key, second).await;
        }
        let happening = store.try_jobs_again(Which::OfKind("mail".into()), layla, at(50)).await.unwrap();
        assert_eq!(happening.what, What::JobsTriedAgain { of: "mail".into(), jobs: 2 });
        let left: Vec<_> = store.given_up_jobs(9).await.unwrap().into_iter().map(|job| job.kind).collect();
        assert_eq!(left, ["push"]);
        let none = store.try_jobs_again(Which::OfKind("mail".into()), layla, at(50)).await;
        assert_eq!(none, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn processes_are_seen_until_they_end_and_forgotten_after_a_day() {
    on_both(|store| async move {
        store.show_process("1", "one", at(0), at(180)).await.unwrap();
        store.show_process("2", "two", at(10), at(190)).await.unwrap();
        store.show_process("1", "one again", at(60), at(240)).await.unwrap();
        assert!(store.take_lease("backup", "somebody", at(0), at(9)).await.unwrap());
        let seen = store.processes().await.unwrap();
        let seen: Vec<_> = seen.iter().map(|one| (one.process.as_str(), one.says.as_str(), one.until)).collect();
        assert_eq!(seen, [("1", "one again", at(240)), ("2", "two", at(190))]);
        store.take_process_away("1").await.unwrap();
        let days = SignedDuration::from_hours(25);
        store.show_process("3", "three", at(0) + days, at(180) + days).await.unwrap();
        let seen: Vec<_> = store.processes().await.unwrap().into_iter().map(|one| one.process).collect();
        assert_eq!(seen, ["3"]);
        assert!(!store.take_lease("backup", "another", at(5), at(9)).await.unwrap(), "a duty is no process");
    })
    .await;
}

#[tokio::test]
async fn data_are_looked_at_without_being_opened_or_made() {
    for trial in Trial::all().await {
        match trial.folder() {
            Some(folder) => {
                assert!(matches!(trial.place.look().await, Err(StoreError::Unreachable(_))));
                assert!(!folder.exists(), "nothing was made");
            }
            None => assert_eq!(trial.place.look().await.unwrap().schema, 0, "an empty database"),
        }
        let store = Store::open(&trial.place).await.unwrap();
        store.note(Actor::Program, What::SignedIn, "", at(0)).await.unwrap();
        store.show_process("1", "one", at(0), at(180)).await.unwrap();
        let seen = trial.place.look().await.unwrap();
        assert_eq!((seen.schema, seen.fits, seen.newest), (newest_schema(), true, Some(at(0))));
        assert_eq!(seen.processes.len(), 1);
        let kind = store.condition().await.unwrap().engine;
        assert_eq!(seen.journal.as_deref(), (kind == EngineKind::Sqlite).then_some("wal"));
        assert_eq!(seen.clock.is_some(), kind == EngineKind::Postgresql);
        let newer = "insert into schema_steps (number, name, runs_with) values (9001, 'of_later', 9001)";
        store.run_for_tests(newer).await.unwrap();
        let seen = trial.place.look().await.unwrap();
        assert_eq!((seen.schema, seen.fits), (9001, false));
        store.close().await;
        trial.clear().await;
    }
}
