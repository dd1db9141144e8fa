//! The log of writes, followed: what was committed is found once, in its order, and a broken thread is never passed over.

use crate::both::Trial;
use crate::paper::at;
use rusqlite::Connection;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use store::erasures::Wiped;
use store::log_of_writes::{FollowedLog, Look, play_log};
use store::{Place, Store, StoreError};

/// A paper, its folder, and a copy of its file beside it.
struct Followed {
    trial: Trial,
    store: Store,
    folder: PathBuf,
    copy: PathBuf,
    log: FollowedLog,
}

async fn followed() -> Followed {
    let trial = Trial::sqlite();
    let folder = trial.folder().unwrap().clone();
    let store = Store::open(&trial.place).await.unwrap();
    mark(&store, 1).await;
    store.begin_log().await.unwrap();
    let copy = folder.join("copied");
    std::fs::create_dir(&copy).unwrap();
    let log = store.copy_under_log(&trial.place, &copy.join("midad.db")).await.unwrap();
    Followed { trial, store, folder, copy, log }
}

/// Something small that can be counted.
async fn mark(store: &Store, number: i64) {
    assert!(store.take_lease(&format!("mark-{number}"), "nobody", at(number), at(number + 9)).await.unwrap());
}

async fn marks(place: &Place) -> u64 {
    let store = Store::open_to_look(place).await.unwrap();
    assert_eq!(store.check().await.unwrap(), []);
    let marks = store.moment().await.unwrap().rows["leases"];
    store.close().await;
    marks
}

impl Followed {
    /// Keeps what there is in the copy's log; how many bytes.
    fn keep(&mut self) -> u64 {
        match self.log.look().unwrap() {
            Look::Same => 0,
            Look::More(span) => {
                let mut to = OpenOptions::new().create(true).append(true).open(self.copy.join("midad.db-wal")).unwrap();
                assert!(self.log.copy(&span, &mut to).unwrap());
                to.flush().unwrap();
                self.log.kept(span);
                span.bytes()
            }
            other => panic!("{other:?}"),
        }
    }

    /// Empties the log, as if all that is kept now were all that there is.
    async fn empty(&mut self) -> bool {
        let frames = self.log.frames();
        let ((), emptied) = self.store.empty_log(move || ((), Some(frames))).await.unwrap();
        if emptied {
            self.log.was_emptied();
        }
        emptied
    }

    fn file(&self) -> PathBuf {
        self.folder.join("midad.db")
    }

    /// Plays what was kept; how many marks the copy has then.
    async fn played(&self) -> u64 {
        play_log(&self.copy.join("midad.db")).unwrap();
        assert!(!self.copy.join("midad.db-wal").exists());
        marks(&Place::Folder(self.copy.clone())).await
    }

    async fn end(self) {
        self.store.close().await;
        self.trial.clear().await;
    }
}

fn emptied_by_another_program(file: &Path) {
    let other = Connection::open(file).unwrap();
    let busy: i64 = other.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0)).unwrap();
    assert_eq!(busy, 0);
}

#[tokio::test]
async fn what_is_committed_is_kept_and_played_back_to_where_it_was_kept() {
    let mut paper = followed().await;
    paper.keep();
    mark(&paper.store, 2).await;
    mark(&paper.store, 3).await;
    assert!(paper.keep() > 0 && paper.keep() == 0, "what was kept is not found again");
    mark(&paper.store, 4).await;
    assert_eq!(paper.played().await, 3, "what was not kept is not there");
    paper.end().await;
}

#[tokio::test]
async fn an_emptied_log_begins_anew_without_a_gap() {
    let mut paper = followed().await;
    paper.keep();
    mark(&paper.store, 2).await;
    assert!(!paper.empty().await, "something was not kept yet");
    paper.keep();
    assert!(paper.empty().await);
    assert_eq!(paper.log.look().unwrap(), Look::Same);
    assert_eq!(paper.played().await, 2);
    mark(&paper.store, 3).await;
    assert_eq!(paper.log.look().unwrap(), Look::Anew);
    assert!(paper.keep() > 0);
    assert_eq!(paper.played().await, 3);
    paper.end().await;
}

#[tokio::test]
async fn a_log_that_another_program_emptied_is_lost_and_says_so() {
    let mut paper = followed().await;
    paper.keep();
    mark(&paper.store, 2).await;
    emptied_by_another_program(&paper.file());
    mark(&paper.store, 3).await;
    assert_eq!(paper.log.look().unwrap(), Look::Lost, "mark 2 stands in no log any more");
    paper.end().await;
}

/// After an erasure the file is written anew, and the log emptied into it: also while the file is copied, and before anything of
/// the log was kept.
#[tokio::test]
async fn a_file_written_anew_before_anything_was_kept_is_never_played_into_an_older_copy() {
    let mut paper = followed().await;
    mark(&paper.store, 2).await;
    paper.store.wipe(Wiped::Anew, at(5)).await.unwrap();
    assert_eq!(paper.log.look().unwrap(), Look::Same, "the log is empty");
    mark(&paper.store, 3).await;
    assert_eq!(paper.log.look().unwrap(), Look::Lost, "mark 2 stands in no log any more");
    // Nothing is followed from a log that has not begun.
    paper.store.wipe(Wiped::Anew, at(6)).await.unwrap();
    let again = paper.store.copy_under_log(&paper.trial.place, &paper.folder.join("again.db")).await;
    assert!(matches!(again, Err(StoreError::Busy(_))), "{again:?}");
    paper.end().await;
}

#[tokio::test]
async fn half_a_frame_and_one_with_another_sum_are_no_commit() {
    let mut paper = followed().await;
    paper.keep();
    mark(&paper.store, 2).await;
    let kept = paper.keep();
    let wal = paper.folder.join("midad.db-wal");
    let bytes = std::fs::read(&wal).unwrap();
    let end = usize::try_from(paper.log.bytes()).unwrap();
    // The last frames again, as a writer that is cut off may leave them; then the same with a bit turned.
    let again = bytes[end - usize::try_from(kept).unwrap()..end].to_vec();
    for (more, what) in [(again[..again.len() / 2].to_vec(), "half"), (again, "the same frames again")] {
        let mut spoiled = bytes[..end].to_vec();
        spoiled.extend(more);
        std::fs::write(&wal, &spoiled).unwrap();
        assert_eq!(paper.log.look().unwrap(), Look::Same, "{what}");
    }
    std::fs::write(&wal, &bytes).unwrap();
    paper.end().await;
}

#[tokio::test]
async fn programs_beside_leave_a_followed_log_alone_until_nobody_follows() {
    let mut paper = followed().await;
    paper.keep();
    let beside = Store::open(&paper.trial.place).await.unwrap();
    // More than four thousand pages, after which a log is emptied as a rule.
    let big = "insert into secrets (name, value) select 'mark-' || n, hex(zeroblob(60000))
         from (with recursive c(n) as (select 1 union all select n + 1 from c where n < 200) select n from c)";
    beside.run_for_tests(big).await.unwrap();
    beside.run_for_tests("delete from secrets where name like 'mark-%'").await.unwrap();
    beside.close().await;
    mark(&paper.store, 2).await;
    assert!(paper.keep() > 16_000_000);
    assert_eq!(paper.played().await, 2);
    assert!(paper.folder.join("midad.log-followed").exists());
    paper.store.end_log().await.unwrap();
    assert!(!paper.folder.join("midad.log-followed").exists());
    paper.end().await;
}

#[tokio::test]
async fn postgresql_has_a_log_of_its_own() {
    let Some(trial) = Trial::postgres().await else {
        return println!("NOT RUN: PostgreSQL (MIDAD_TEST_POSTGRES is not set)");
    };
    let store = Store::open(&trial.place).await.unwrap();
    assert!(store.begin_log().await.is_err());
    store.end_log().await.unwrap();
    store.close().await;
    trial.clear().await;
}
