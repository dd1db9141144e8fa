//! A copy of the server that follows it (streaming replication): asked for what pages show to everybody, and only where it has come
//! as far as this process has heard.
//!
//! What this process wrote, and what it heard of others, has a place in the server's log. A copy is asked for its own place in the
//! same round trip that begins a transaction on it, before the transaction's snapshot is taken: is it behind, or does it not answer,
//! the server itself is asked. So a page that is made after a purge never shows the time before it.
//! (PostgreSQL, «System Administration Functions»: `pg_current_wal_insert_lsn`, `pg_last_wal_replay_lsn`.)

use super::line;
use super::postgres::{Client, Postgres, broken, ended, pooled, unreachable};
use super::slow::Slow;
use super::{StoreError, Tx};
use deadpool_postgres::{Object, Pool, PoolError, Runtime, TimeoutType};
use futures_util::future::BoxFuture;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout};
use tokio_postgres::SimpleQueryMessage;

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

/// Where the server's log ends, in bytes from its beginning. In a transaction it is asked for as the first thing: what the
/// transaction sees was written before.
pub(super) const END_OF_LOG: &str = "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')";

/// How far a copy has come, and after that a snapshot of it. Asked for inside the same transaction, the place could lie behind
/// the snapshot.
const BEGIN_ON_COPY: &str = "begin read only;
     select pg_is_in_recovery(), pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0');
     commit;
     begin isolation level repeatable read read only";

/// How a copy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyState {
    /// It follows.
    Follows {
        /// Bytes of the server's log that it has not repeated yet.
        behind: u64,
    },
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
    heard: AtomicU64,
    /// It was away, and is not asked until then.
    rests_until: Mutex<Option<Instant>>,
    answered: AtomicU64,
    passed_by: AtomicU64,
}

/// How far a copy has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reached {
    /// To this end of the server's log.
    To(u64),
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
            heard: AtomicU64::new(0),
            rests_until: Mutex::default(),
            answered: AtomicU64::new(0),
            passed_by: AtomicU64::new(0),
        })
    }

    /// Something was heard that stands before this end of the server's log.
    pub(super) fn hear(&self, end: u64) {
        self.heard.fetch_max(end, Ordering::AcqRel);
    }

    /// What was heard so far; to be given to [`Replica::hear_anew`].
    pub(super) fn heard(&self) -> u64 {
        self.heard.load(Ordering::Acquire)
    }

    /// The same as [`Replica::hear`] by whoever asked the server after `before` was heard. A log that is shorter than what was heard
    /// before is another server's, which took the first one's place without its last words: what counts is its own.
    pub(super) fn hear_anew(&self, before: u64, end: u64) {
        if end >= before {
            return self.hear(end);
        }
        let _ = self.heard.compare_exchange(before, end, Ordering::AcqRel, Ordering::Acquire);
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
            Ok(Ok(Reached::To(place))) if place >= self.heard() => {}
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
            Ok(Err(StoreError::Busy(_))) => None,
            Ok(Err(problem @ (StoreError::Unreachable(_) | StoreError::Broken(_)))) => self.is_away(&problem),
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
    pub(super) async fn condition(&self, end: u64) -> ReplicaCondition {
        let state = match timeout(BEGUN_WITHIN, self.reached()).await {
            Ok(Ok(Reached::To(place))) => CopyState::Follows { behind: end.saturating_sub(place) },
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
    let Tx::Postgres(client) = tx else { return Err(StoreError::Broken("not this engine".to_owned())) };
    let said = client.connection()?.simple_query(BEGIN_ON_COPY).await.map_err(broken)?;
    let row = first_row(&said).ok_or_else(nothing_said)?;
    match (row.get(0), row.get(1)) {
        (Some("t"), Some(place)) => place.parse().map(Reached::To).map_err(|_| nothing_said()),
        _ => Ok(Reached::Nobody),
    }
}

/// The end of the log that a text of statements tells, by its first row.
///
/// # Errors
/// When the statements fail; [`StoreError::Broken`] when the server knows no such thing.
pub(super) async fn place(connection: &Object, statements: &str) -> Result<u64, StoreError> {
    let said = connection.simple_query(statements).await.map_err(broken)?;
    first_row(&said).and_then(|row| row.get(0)?.parse().ok()).ok_or_else(nothing_said)
}

fn first_row(said: &[SimpleQueryMessage]) -> Option<&tokio_postgres::SimpleQueryRow> {
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
    use super::Replica;

    #[test]
    fn a_server_that_took_anothers_place_is_heard_anew() {
        let replica = Replica::at("postgres://midad@127.0.0.1/paper").unwrap();
        replica.hear(500);
        replica.hear(300);
        assert_eq!(replica.heard(), 500, "an answer that comes late takes nothing back");
        replica.hear_anew(500, 700);
        assert_eq!(replica.heard(), 700);
        replica.hear_anew(500, 600);
        assert_eq!(replica.heard(), 700, "heard meanwhile by somebody else");
        replica.hear_anew(700, 450);
        assert_eq!(replica.heard(), 450, "another server's log is shorter");
        let before = replica.heard();
        replica.hear(900);
        replica.hear_anew(before, 400);
        assert_eq!(replica.heard(), 900, "unless something was written meanwhile");
    }
}
