//! A copy of the server that follows it (streaming replication): asked for what pages show to everybody, and only where it has come
//! as far as this process has heard.
//!
//! What this process wrote, and what it heard of others, has a place in the server's log. A copy is asked for its own place in the
//! same round trip that begins a transaction on it, before the transaction's snapshot is taken: is it behind, or does it not answer,
//! the server itself is asked. So a page that is made after a purge never shows the time before it. A place is one of a log: the
//! server that takes over in a fail-over begins a log of its own (a timeline), and what another copy has of the old one says nothing of
//! the new one.
//! A copy of another database than the server's, or of another server that a paper has left, is never asked.
//! (PostgreSQL, «System Administration Functions»: `pg_current_wal_insert_lsn`, `pg_walfile_name`, `pg_last_wal_replay_lsn`; «System
//! Information Functions»: `pg_control_system`, `pg_control_checkpoint`. A copy says that it has come to a new log at its next restart
//! point, within `checkpoint_timeout`.)

#[cfg(test)]
mod tests;

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
/// Each server that the address names has so long to take up a line.
const CONNECTED_WITHIN: Duration = Duration::from_secs(1);
/// A copy that has not begun a transaction by then, or ended one in which nothing was asked, is away.
const BEGUN_WITHIN: Duration = Duration::from_secs(2);
/// A job that has not ended by then is given to the server: a copy whose machine vanished says nothing, and a slow search is slow.
const ENDED_WITHIN: Duration = Duration::from_secs(5);
/// A copy that was away is asked again after this time, by one job.
const REST: Duration = Duration::from_secs(5);

/// A process that has heard nothing of the server for so long does not ask the copy either: pages that it makes would be new, and show
/// what others took back long ago.
const HEARD_WITHIN: Duration = Duration::from_mins(2);
/// What is given up here is given up there, and so is a transaction that nobody ends.
const BOUNDED: &str = "set statement_timeout = '6s'; set idle_in_transaction_session_timeout = '15s'";

/// Where the server's log ends: of which database, which log, in hexadecimal digits, and bytes from its beginning. In a transaction it is
/// asked for as the first thing: what the transaction sees was written before.
pub(super) const END_OF_LOG: &str =
    "select (select system_identifier from pg_control_system()) || '/' || current_database(),
     left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')";

/// How far a copy has come, and after that a snapshot of it. Asked for inside the same transaction, the place could lie behind
/// the snapshot.
const BEGIN_ON_COPY: &str = "begin read only;
     select pg_is_in_recovery(), (select system_identifier from pg_control_system()) || '/' || current_database(),
         (select timeline_id from pg_control_checkpoint()), pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0');
     commit;
     begin isolation level repeatable read read only";

/// A place in the log of a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LogPlace {
    /// Of which database on which server: copies of one another say the same.
    of: String,
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
    /// It follows another server than the paper's, or is asked for another database.
    OfAnother,
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
    /// A line for whoever wants to know how it stands, however busy the others are.
    looks: Pool,
    /// The end of the server's log at what this process has heard last, and when that was.
    heard: Mutex<(LogPlace, Option<Instant>)>,
    /// It was away, and is not asked until then.
    rests_until: Mutex<Option<Instant>>,
    answered: AtomicU64,
    passed_by: AtomicU64,
}

/// How far a copy has come.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reached {
    /// To this place of its server's log.
    To(LogPlace),
    /// It follows nobody.
    Nobody,
}

impl Replica {
    /// A copy that need not be there yet.
    pub(super) fn at(address: &str) -> Result<Self, StoreError> {
        let servers = u32::try_from(line::read(address)?.0.get_hosts().len()).unwrap_or(1);
        let pool = |most: usize, turn: Duration| {
            let manager = line::manager_within(address, CONNECTED_WITHIN)?;
            let pool = Pool::builder(manager).max_size(most).runtime(Runtime::Tokio1).wait_timeout(Some(turn));
            let pool = pool.create_timeout(Some(CONNECTED_WITHIN * (servers + 1))).recycle_timeout(Some(BEGUN_WITHIN));
            pool.post_create(line::told(&[line::WATCHED, BOUNDED])).build().map_err(|problem| unreachable(&problem))
        };
        Ok(Self {
            pool: pool(MOST_CONNECTIONS, TURN)?,
            looks: pool(1, BEGUN_WITHIN)?,
            heard: Mutex::default(),
            rests_until: Mutex::default(),
            answered: AtomicU64::new(0),
            passed_by: AtomicU64::new(0),
        })
    }

    /// Something was heard that stands before this place.
    pub(super) fn hear(&self, end: LogPlace) {
        self.heard_at(end, Instant::now());
    }

    fn heard_at(&self, end: LogPlace, now: Instant) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, when) = &mut *heard;
        *when = Some(now);
        if known.of != end.of || (known.log, known.bytes) < (end.log, end.bytes) {
            *known = end;
        }
    }

    /// Whether a copy that has come to this place has all that was heard.
    fn has_all(&self, reached: &LogPlace, now: Instant) -> bool {
        let (heard, when) = &*self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = when.is_some_and(|when| now.saturating_duration_since(when) < HEARD_WITHIN);
        lately && reached.is_of_the_same_log(heard) && reached.bytes >= heard.bytes
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
        if self.rests(Instant::now()) {
            return None;
        }
        let connection = match self.pool.get().await {
            Ok(connection) => connection,
            // Others hold them all, and it is none the worse.
            Err(PoolError::Timeout(TimeoutType::Wait)) => return None,
            Err(problem) => return self.is_away(&problem),
        };
        let (mut tx, asked) = (Tx::Postgres(Client::open_on(connection, slow)), Instant::now());
        match timeout(BEGUN_WITHIN, begun(&mut tx)).await {
            Ok(Ok(Reached::To(place))) if self.has_all(&place, asked) => {}
            // The line is not used again: another one may lead to another server of the address.
            Ok(Ok(Reached::Nobody)) => return self.is_away(&"it follows no server"),
            Ok(Ok(Reached::To(place))) if !self.is_known(&place) => {
                return self.is_away(&"it follows another server than the one that was heard of");
            }
            Ok(Ok(Reached::To(_))) => {
                return match timeout(BEGUN_WITHIN, ended(&mut tx, "rollback")).await {
                    Ok(Ok(())) => {
                        self.is_there(asked);
                        None
                    }
                    _ => self.is_away(&"it does not end a transaction"),
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
                self.is_there(asked);
                Some(answer)
            }
            Err(_) => None,
        }
    }

    /// Whether a place is of the log of which something was heard.
    fn is_known(&self, reached: &LogPlace) -> bool {
        reached.is_of_the_same_log(&self.heard.lock().unwrap_or_else(PoisonError::into_inner).0)
    }

    /// Nobody asks it for now. Where its rest is over, the first to come here asks, and the others wait for how that ends.
    fn rests(&self, now: Instant) -> bool {
        let mut until = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        match *until {
            None => false,
            Some(then) if now < then => true,
            Some(_) => {
                *until = Some(now + REST);
                false
            }
        }
    }

    /// It answered what was asked at this time: a rest that began later goes on.
    fn is_there(&self, asked: Instant) {
        let mut until = self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        if until.is_some_and(|until| until <= asked + REST) {
            *until = None;
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
            Ok(Ok(Reached::To(place))) if place.of != end.of => CopyState::OfAnother,
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
        let connection = self.looks.get().await.map_err(|problem| unreachable(&problem))?;
        let mut tx = Tx::Postgres(Client::open_on(connection, &Arc::default()));
        let reached = begun(&mut tx).await?;
        ended(&mut tx, "rollback").await?;
        Ok(reached)
    }

    pub(super) fn close(&self) {
        self.pool.close();
        self.looks.close();
    }
}

impl LogPlace {
    fn is_of_the_same_log(&self, other: &Self) -> bool {
        self.of == other.of && self.log == other.log
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
    match (row.get(0), row.get(1), row.get(2), row.get(3)) {
        (Some("t"), Some(of), Some(log), Some(bytes)) => {
            let (log, bytes) = (log.parse().map_err(|_| nothing_said())?, bytes.parse().map_err(|_| nothing_said())?);
            Ok(Reached::To(LogPlace { of: of.to_owned(), log, bytes }))
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
        let (log, bytes) = (u32::from_str_radix(row.get(1)?, 16).ok()?, row.get(2)?.parse().ok()?);
        Some(LogPlace { of: row.get(0)?.to_owned(), log, bytes })
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
