//! A copy of the server that follows it (streaming replication): asked for what pages show to everybody, and only where it has come
//! as far as this process has heard.
//!
//! What this process wrote, and what it heard of others, has a place in the server's log. A copy is asked for its own place in the
//! same round trip that begins a transaction on it, before the transaction's snapshot is taken: is it behind, or does it not answer,
//! the server itself is asked. So a page that is made after a purge never shows the time before it. A place is one of a log: the
//! server that takes over in a fail-over begins a log of its own (a timeline), and what another copy has of the old one says nothing of
//! the new one.
//! (PostgreSQL, «System Administration Functions»: `pg_current_wal_insert_lsn`, `pg_walfile_name`, `pg_last_wal_replay_lsn`; «System
//! Information Functions»: `pg_control_checkpoint`. A copy says that it has come to a new log at its next restart point, within
//! `checkpoint_timeout`.)

use super::line;
use super::postgres::{Client, Postgres, broken, client, ended, pooled, unreachable};
use super::slow::Slow;
use super::{StoreError, Tx};
use deadpool_postgres::{Object, Pool, PoolError, Runtime, TimeoutType};
use futures_util::future::BoxFuture;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout};
use tokio_postgres::{SimpleQueryMessage, SimpleQueryRow};

/// Connections at most.
const MOST_CONNECTIONS: usize = 16;
/// So long one of them is waited for: the server is there too.
const TURN: Duration = Duration::from_millis(100);
/// A copy that has not begun a transaction by then is away.
const BEGUN_WITHIN: Duration = Duration::from_secs(2);
/// A job that has not ended by then is given to the server. A copy whose machine vanished says nothing.
const ENDED_WITHIN: Duration = Duration::from_secs(5);
/// A copy that was away is asked again after this time, by one job.
const REST: Duration = Duration::from_secs(5);

/// Where the server's log ends: which log, in hexadecimal digits, and bytes from its beginning. In a transaction it is asked for as the
/// first thing: what the transaction sees was written before.
pub(super) const END_OF_LOG: &str = "select left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
     pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')";

/// How far a copy has come, and after that a snapshot of it. Asked for inside the same transaction, the place could lie behind
/// the snapshot.
const BEGIN_ON_COPY: &str = "begin read only;
     select pg_is_in_recovery(), (select timeline_id from pg_control_checkpoint()),
         pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0');
     commit;
     begin isolation level repeatable read read only";

/// A place in the log of a server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LogPlace {
    /// Which log: each fail-over begins one, with a greater number.
    log: u32,
    /// From its beginning, which it shares with the one before.
    bytes: u64,
}

/// How a copy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyState {
    /// It follows.
    Follows {
        /// Bytes of the server's log that it has not repeated yet.
        behind: u64,
    },
    /// It has the log of a server of before, and has not come to the one that took over, or never will.
    OfBefore,
    /// It is a server of its own by now, or always was.
    OnItsOwn,
    /// It does not answer; why, in technical words.
    Away(String),
}

/// A copy, and what it was asked since it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplicaCondition {
    /// How it stands now.
    pub state: CopyState,
    /// Jobs that it answered.
    pub answered: u64,
    /// Jobs that the server answered in its place: it was behind, or away.
    pub passed_by: u64,
}

/// The copy, of which one address may name several.
#[derive(Debug)]
pub(super) struct Replica {
    pool: Pool,
    /// The end of the server's log at what this process has heard last.
    heard: Mutex<LogPlace>,
    /// It was away, and is not asked until then.
    rests_until: Mutex<Option<Instant>>,
    answered: AtomicU64,
    passed_by: AtomicU64,
}

/// How far a copy has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// To this place of its server's log.
    To(LogPlace),
    /// It follows nobody.
    Nobody,
}

impl Replica {
    /// A copy that need not be there yet.
    pub(super) fn at(address: &str) -> Result<Self, StoreError> {
        let pool = Pool::builder(line::manager(address)?).max_size(MOST_CONNECTIONS).runtime(Runtime::Tokio1);
        let pool = pool.wait_timeout(Some(TURN)).create_timeout(Some(BEGUN_WITHIN)).recycle_timeout(Some(BEGUN_WITHIN));
        Ok(Self {
            pool: pool.build().map_err(|problem| unreachable(&problem))?,
            heard: Mutex::default(),
            rests_until: Mutex::default(),
            answered: AtomicU64::new(0),
            passed_by: AtomicU64::new(0),
        })
    }

    /// Something was heard that stands before this place.
    pub(super) fn hear(&self, end: LogPlace) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        *heard = end.max(*heard);
    }

    /// Whether a copy that has come to this place has all that was heard.
    fn has_all(&self, reached: LogPlace) -> bool {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        reached.log == heard.log && reached.bytes >= heard.bytes
    }

    /// Runs a job that only reads; none where the server is to be asked.
    pub(super) async fn read<T, F>(&self, slow: &Arc<Slow>, job: &F) -> Option<Result<T, StoreError>>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>>,
    {
        let answer = self.tried(slow, job).await;
        let count = if answer.is_some() { &self.answered } else { &self.passed_by };
        count.fetch_add(1, Ordering::Relaxed);
        answer
    }

    async fn tried<T, F>(&self, slow: &Arc<Slow>, job: &F) -> Option<Result<T, StoreError>>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>>,
    {
        if self.rests() {
            return None;
        }
        let connection = match self.pool.get().await {
            Ok(connection) => connection,
            // Others hold them all, and it is none the worse.
            Err(PoolError::Timeout(TimeoutType::Wait)) => return None,
            Err(problem) => return self.is_away(&problem),
        };
        let mut tx = Tx::Postgres(Client::open_on(connection, slow));
        match timeout(BEGUN_WITHIN, begun(&mut tx)).await {
            Ok(Ok(Reached::To(place))) if self.has_all(place) => {}
            Ok(Ok(reached)) => {
                ended(&mut tx, "rollback").await.ok()?;
                return match reached {
                    Reached::Nobody => self.is_away(&"it follows no server"),
                    Reached::To(_) => self.is_behind(),
                };
            }
            Ok(Err(problem)) => return self.is_away(&problem),
            Err(_) => return self.is_away(&"it does not begin a transaction"),
        }
        let done = timeout(ENDED_WITHIN, async {
            let answer = job(&mut tx).await;
            let end = if answer.is_ok() { "commit" } else { "rollback" };
            ended(&mut tx, end).await.and(answer)
        });
        match done.await {
            // Why is not told: words of the server may repeat what it was asked with.
            Ok(Err(StoreError::Busy(_) | StoreError::Broken(_))) => None,
            Ok(Err(problem @ StoreError::Unreachable(_))) => self.is_away(&problem),
            Ok(answer) => {
                self.is_there();
                Some(answer)
            }
            Err(_) => self.is_away(&"it does not end a job"),
        }
    }

    /// Nobody asks it for now. Where its rest is over, the first to come here asks, and the others wait for how that ends.
    fn rests(&self) -> bool {
        let mut until = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        match *until {
            None => false,
            Some(then) if Instant::now() < then => true,
            Some(_) => {
                *until = Some(Instant::now() + REST);
                false
            }
        }
    }

    fn is_behind<T>(&self) -> Option<T> {
        self.is_there();
        None
    }

    fn is_there(&self) {
        let was_away = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner).take().is_some();
        if was_away {
            tracing::info!("the copy of the database answers again");
        }
    }

    fn is_away<T>(&self, why: &dyn std::fmt::Display) -> Option<T> {
        let was = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner).replace(Instant::now() + REST);
        if was.is_none() {
            tracing::warn!(%why, "the copy of the database is away: the database itself answers in its place");
        }
        None
    }

    /// How it stands beside the end of the server's log.
    pub(super) async fn condition(&self, end: LogPlace) -> ReplicaCondition {
        let state = match timeout(BEGUN_WITHIN, self.reached()).await {
            Ok(Ok(Reached::To(place))) if place.log != end.log => CopyState::OfBefore,
            Ok(Ok(Reached::To(place))) => CopyState::Follows { behind: end.bytes.saturating_sub(place.bytes) },
            Ok(Ok(Reached::Nobody)) => CopyState::OnItsOwn,
            Ok(Err(problem)) => CopyState::Away(problem.to_string()),
            Err(_) => CopyState::Away(format!("no answer within {} s", BEGUN_WITHIN.as_secs())),
        };
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        ReplicaCondition { state, answered: count(&self.answered), passed_by: count(&self.passed_by) }
    }

    async fn reached(&self) -> Result<Reached, StoreError> {
        let connection = self.pool.get().await.map_err(|problem| unreachable(&problem))?;
        let mut tx = Tx::Postgres(Client::open_on(connection, &Arc::default()));
        let reached = begun(&mut tx).await?;
        ended(&mut tx, "rollback").await?;
        Ok(reached)
    }

    pub(super) fn close(&self) {
        self.pool.close();
    }
}

impl Postgres {
    /// The same server with a copy beside it.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when the copy's address cannot be read; [`StoreError::Broken`] when the server does not say where
    /// its log ends. The copy itself need not answer.
    pub(super) async fn with_replica(self, address: &str) -> Result<Self, StoreError> {
        let (replica, connection) = (Replica::at(address)?, self.line().await?);
        replica.hear(place(&connection, END_OF_LOG).await?);
        Ok(Self { replica: Some(Arc::new(replica)), ..self })
    }

    /// How the copy stands; none where there is none.
    pub(super) async fn replica(&self) -> Result<Option<ReplicaCondition>, StoreError> {
        let Some(replica) = &self.replica else { return Ok(None) };
        let end = place(&self.line().await?, END_OF_LOG).await?;
        Ok(Some(replica.condition(end).await))
    }
}

/// How a copy stands beside a server, for whoever has opened neither.
///
/// # Errors
/// [`StoreError::Unreachable`] when the server does not answer or an address cannot be read.
pub(crate) async fn standing(server: &str, copy: &str) -> Result<CopyState, StoreError> {
    let (replica, (_pool, connection)) = (Replica::at(copy)?, pooled(server).await?);
    let end = place(&connection, END_OF_LOG).await?;
    Ok(replica.condition(end).await.state)
}

/// Begins a transaction on a copy: how far it had come before.
async fn begun(tx: &mut Tx) -> Result<Reached, StoreError> {
    let said = client(tx)?.connection()?.simple_query(BEGIN_ON_COPY).await.map_err(broken)?;
    let row = first_row(&said).ok_or_else(nothing_said)?;
    match (row.get(0), row.get(1), row.get(2)) {
        (Some("t"), Some(log), Some(bytes)) => {
            let (log, bytes) = (log.parse().map_err(|_| nothing_said())?, bytes.parse().map_err(|_| nothing_said())?);
            Ok(Reached::To(LogPlace { log, bytes }))
        }
        _ => Ok(Reached::Nobody),
    }
}

/// The end of the log that a text of statements tells, by its first row.
///
/// # Errors
/// When the statements fail; [`StoreError::Broken`] when the server knows no such thing.
pub(super) async fn place(connection: &Object, statements: &str) -> Result<LogPlace, StoreError> {
    let said = connection.simple_query(statements).await.map_err(broken)?;
    let read = |row: &SimpleQueryRow| {
        Some(LogPlace { log: u32::from_str_radix(row.get(0)?, 16).ok()?, bytes: row.get(1)?.parse().ok()? })
    };
    first_row(&said).and_then(read).ok_or_else(nothing_said)
}

fn first_row(said: &[SimpleQueryMessage]) -> Option<&SimpleQueryRow> {
    said.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    })
}

fn nothing_said() -> StoreError {
    StoreError::Broken("the server does not say where its log ends".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{LogPlace, Replica};

    #[test]
    fn what_a_copy_has_of_another_log_says_nothing() {
        let replica = Replica::at("postgres://midad@127.0.0.1/paper").unwrap();
        let at = |log, bytes| LogPlace { log, bytes };
        replica.hear(at(1, 500));
        replica.hear(at(1, 300));
        assert!(replica.has_all(at(1, 500)) && replica.has_all(at(1, 501)));
        assert!(!replica.has_all(at(1, 499)), "an answer that comes late takes nothing back");
        assert!(!replica.has_all(at(2, 500)), "it follows a server that nobody here has heard of");
        replica.hear(at(2, 450));
        assert!(replica.has_all(at(2, 450)), "the server that took over had less");
        assert!(!replica.has_all(at(1, 900)), "more of the log of before is not the same");
        replica.hear(at(1, 900));
        assert!(replica.has_all(at(2, 450)), "one that was heard of late is of before");
    }
}
