//! Two thin engines behind three verbs: `run`, `row`, `rows`. The only folder that names a driver.
//!
//! A job is a closure from a transaction to a future. On PostgreSQL the future is awaited; on SQLite every step of it is
//! finished at once, so the writer's thread drives it to its end without a runtime, together with the other waiting jobs
//! in one commit. A job may run again (a serialisation failure, a busy file), so it must not consume what it captures.

mod file;
mod followed;
mod given;
mod line;
mod migrations;
mod postgres;
mod readers;
mod replica;
mod row;
mod slow;
mod spans;
mod sqlite;

#[cfg(test)]
mod tests;

use futures_util::future::BoxFuture;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tracing::{Instrument, Span};

pub(crate) use file::play_log;
pub use migrations::newest as newest_schema;
pub(crate) use postgres::{empty, environment, is_vacant};
pub(crate) use replica::standing as copy_standing;
pub use replica::{CopyState, ReplicaCondition};
pub(crate) use row::{Row, Value, json};

/// Where the data are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder with an embedded SQLite file `midad.db` in it.
    Folder(PathBuf),
    /// A PostgreSQL address: `postgres://user@host:port/database`.
    Postgres(String),
}

/// What can go wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no such row, or not in a state that allows what was asked.
    #[error("not found")]
    NotFound,
    /// A rule of the schema forbids it; the constraint's name.
    #[error("conflict: {0}")]
    Conflict(String),
    /// The data cannot be opened or reached.
    #[error("the data cannot be reached: {0}")]
    Unreachable(String),
    /// The schema does not fit this program.
    #[error("the schema does not fit: {0}")]
    Schema(String),
    /// Transactions got in each other's way; the job may run again.
    #[error("busy: {0}")]
    Busy(String),
    /// The engine failed, or what was read is not what was written.
    #[error("the store failed: {0}")]
    Broken(String),
}

/// One of the two.
#[derive(Debug, Clone)]
pub(crate) enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// An open transaction on one of the two.
#[derive(Debug)]
pub(crate) enum Tx {
    Sqlite(sqlite::Connection),
    Postgres(postgres::Client),
}

/// Which dialect, for the few texts that are written twice (search).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(crate) async fn open(place: &Place) -> Result<Self, StoreError> {
        match place {
            Place::Folder(folder) => Ok(Self::Sqlite(sqlite::Sqlite::open(folder, false).await?)),
            Place::Postgres(address) => Ok(Self::Postgres(postgres::Postgres::open(address).await?)),
        }
    }

    /// Opens data that are there and as new as this program. Nothing is made, nothing is brought up to date.
    pub(crate) async fn open_to_look(place: &Place) -> Result<Self, StoreError> {
        match place {
            Place::Folder(folder) => Ok(Self::Sqlite(sqlite::Sqlite::open(folder, true).await?)),
            Place::Postgres(address) => Ok(Self::Postgres(postgres::Postgres::open_to_look(address).await?)),
        }
    }

    /// A line to data as they are, whatever their schema and outside of any transaction: to look, and for nothing else.
    pub(crate) async fn line_to_look(place: &Place) -> Result<Tx, StoreError> {
        match place {
            Place::Folder(folder) => sqlite::to_look(folder).map(Tx::Sqlite),
            Place::Postgres(address) => postgres::to_look(address).await.map(Tx::Postgres),
        }
    }

    /// Runs a job in a transaction that may write; its answer comes after the commit.
    pub(crate) async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        let (span, job) = (self.span::<F>("write"), counted(job));
        match self {
            Self::Sqlite(sqlite) => sqlite.write(job).instrument(span).await,
            Self::Postgres(postgres) => postgres.write(job).instrument(span).await,
        }
    }

    /// The same for a job that decides by rows of which it changes none: whether a table holds something yet, which version is
    /// the newest. On PostgreSQL such jobs are serializable among one another, and run again when they got in each other's
    /// way; on SQLite there is one writer anyway.
    pub(crate) async fn write_alone<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        let (span, job) = (self.span::<F>("write"), counted(job));
        match self {
            Self::Sqlite(sqlite) => sqlite.write(job).instrument(span).await,
            Self::Postgres(postgres) => postgres.write_alone(job).instrument(span).await,
        }
    }

    /// Takes what is gone from the rows out of the files: outside of any transaction. `anew` writes the file (PostgreSQL:
    /// these tables) anew, which takes time that grows with the data; without it freed space alone is cleaned.
    pub(crate) async fn wipe(&self, anew: bool, tables: &[&str]) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.wipe(anew).await,
            Self::Postgres(postgres) => postgres.wipe(anew, tables).await,
        }
    }

    /// SQLite's log of writes is emptied by [`Engine::empty_log`] alone from now on, or as usual again.
    pub(crate) async fn follow_log(&self, followed: bool) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.follow_log(followed).await,
            Self::Postgres(_) if followed => Err(StoreError::Broken("the server has a log of its own".to_owned())),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Empties SQLite's log of writes as far as nobody reads it, after `before` was done while nobody writes, and where it says how many
    /// frames the log has; whether it was exactly these, and all of them.
    pub(crate) async fn empty_log<T: Send + 'static>(
        &self,
        before: impl FnOnce() -> (T, Option<u64>) + Send + 'static,
    ) -> Result<(T, bool), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.empty_log(before).await,
            Self::Postgres(_) => Err(StoreError::Broken("the server has a log of its own".to_owned())),
        }
    }

    /// Runs a job that only reads, on one consistent snapshot.
    pub(crate) async fn read<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        let (span, job) = (self.span::<F>("read"), counted(job));
        match self {
            Self::Sqlite(sqlite) => sqlite.read(job).instrument(span).await,
            Self::Postgres(postgres) => postgres.read(job).instrument(span).await,
        }
    }

    /// The same for what others did: after that, a copy is asked only where it has come as far.
    pub(crate) async fn hear<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        match self {
            Self::Sqlite(_) => self.read(job).await,
            Self::Postgres(postgres) => {
                let (span, job) = (self.span::<F>("read"), counted(job));
                postgres.hear(job).instrument(span).await
            }
        }
    }

    /// The same for a few rows by their index, as every page asks for them: on SQLite they are read on the spot.
    pub(crate) async fn glance<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        let (span, job) = (self.span::<F>("read"), counted(job));
        match self {
            Self::Sqlite(sqlite) => sqlite.glance(job).instrument(span).await,
            Self::Postgres(postgres) => postgres.read(job).instrument(span).await,
        }
    }

    /// Statements that take longer are told in the log and counted; with no time at all, none are.
    pub(crate) fn tell_slower_than(&self, beyond: Duration) {
        self.slow().hold_to(beyond);
    }

    /// How many were, since the engine was opened.
    pub(crate) fn slow_statements(&self) -> u64 {
        self.slow().seen()
    }

    /// The same engine with a copy of the server beside it.
    pub(crate) async fn with_replica(self, address: &str) -> Result<Self, StoreError> {
        match self {
            Self::Sqlite(_) => Err(StoreError::Unreachable("a copy follows a PostgreSQL server".to_owned())),
            Self::Postgres(postgres) => Ok(Self::Postgres(postgres.with_replica(address).await?)),
        }
    }

    /// The same engine, which asks the copy for what is read, where there is one; what is written goes to the server.
    pub(crate) fn for_readers(&self) -> Self {
        match self.clone() {
            Self::Postgres(postgres) => Self::Postgres(postgres::Postgres { asks_replica: true, ..postgres }),
            sqlite @ Self::Sqlite(_) => sqlite,
        }
    }

    /// How the copy stands; none where there is none.
    pub(crate) async fn replica(&self) -> Result<Option<ReplicaCondition>, StoreError> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(postgres) => postgres.replica().await,
        }
    }

    fn span<F>(&self, does: &'static str) -> Span {
        spans::job::<F>(does, self.dialect())
    }

    fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    fn slow(&self) -> &slow::Slow {
        match self {
            Self::Sqlite(sqlite) => sqlite.slow(),
            Self::Postgres(postgres) => postgres.slow(),
        }
    }

    pub(crate) async fn close(self) {
        match self {
            Self::Sqlite(sqlite) => sqlite.close().await,
            Self::Postgres(postgres) => postgres.close(),
        }
    }
}

impl Tx {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// From here on to its end, statements are planned without regard to what they are asked with. PostgreSQL would else look at
    /// each word of a search first and read through everything where it is a frequent one.
    pub(crate) async fn plan_once(&mut self) -> Result<(), StoreError> {
        match self.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => self.run("set local plan_cache_mode = force_generic_plan", &[]).await.map(drop),
        }
    }

    /// Copies the SQLite file as this transaction sees it into a new one.
    pub(crate) fn copy_file(&self, to: &Path) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => file::copy(connection, to),
            Self::Postgres(_) => Err(StoreError::Broken("there is no file to copy".to_owned())),
        }
    }

    /// Runs a statement; how many rows it touched.
    pub(crate) async fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let (begun, _span) = (Instant::now(), self.span(sql));
        let done = match self {
            Self::Sqlite(connection) => sqlite::run(connection, sql, values),
            Self::Postgres(client) => postgres::run(client, sql, values).await,
        };
        self.slow().note(sql, begun.elapsed());
        done
    }

    /// The first row of an answer, if there is one.
    pub(crate) async fn row(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// All rows of an answer. Every text asks with a limit.
    pub(crate) async fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let (begun, _span) = (Instant::now(), self.span(sql));
        let found = match self {
            Self::Sqlite(connection) => sqlite::rows(connection, sql, values),
            Self::Postgres(client) => postgres::rows(client, sql, values).await,
        };
        self.slow().note(sql, begun.elapsed());
        found
    }

    /// It lasts until it is dropped: nothing is done inside it.
    fn span(&self, sql: &str) -> Span {
        spans::statement(sql, self.dialect(), self.told())
    }

    fn told(&self) -> &spans::Told {
        match self {
            Self::Sqlite(connection) => &connection.told,
            Self::Postgres(client) => &client.told,
        }
    }

    fn slow(&self) -> &slow::Slow {
        match self {
            Self::Sqlite(connection) => &connection.slow,
            Self::Postgres(client) => &client.slow,
        }
    }
}

/// The same job, whose statements are counted from its beginning on.
fn counted<T, F>(job: F) -> impl for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static
where
    T: Send + 'static,
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
{
    move |tx: &mut Tx| {
        tx.told().begin();
        job(tx)
    }
}

/// The verbs take a list of values; this writes it short: `values![story, name, 3]`.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::engine::Value::from($value)),*][..] };
}
pub(crate) use values;
