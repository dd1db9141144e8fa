//! SQLite, embedded. One writer's thread takes all waiting jobs, runs each in a savepoint (one alone needs none), commits once, then answers all;
//! readers have connections of their own. WAL with `synchronous=FULL`: what was answered survives a crash of the machine.

use super::file::{connect, mark_of_log, private_folder, reader, settle_log, unwritable};
use super::readers::Readers;
use super::slow::Slow;
use super::spans::Told;
use super::{Row, StoreError, Tx, Value, migrations};
use crate::traced;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, ToSql, ffi};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tokio::sync::{mpsc, oneshot};
use tracing::Span;

/// Most jobs in one commit: enough to share a disk flush, few enough that nobody waits long for a neighbour.
const MOST_JOBS: usize = 256;
/// Jobs that may wait before callers are made to wait.
const MOST_WAITING: usize = 4_096;

/// One connection.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(super) file: rusqlite::Connection,
    pub(super) slow: Arc<Slow>,
    pub(super) told: Told,
}

/// The engine: a writer's thread and a pool of readers.
#[derive(Debug, Clone)]
pub(crate) struct Sqlite(Arc<Inside>);

#[derive(Debug)]
struct Inside {
    jobs: mpsc::Sender<Work>,
    writer: Mutex<Option<std::thread::JoinHandle<()>>>,
    readers: Arc<Readers>,
    /// What tells other programs to leave the log of writes alone.
    mark: PathBuf,
    slow: Arc<Slow>,
}

impl Sqlite {
    /// Opens the file of a folder; `to_look`: nothing is made or brought up to date, and nothing can be written.
    pub(super) async fn open(folder: &Path, to_look: bool) -> Result<Self, StoreError> {
        let folder = folder.to_owned();
        let opening = tokio::task::spawn_blocking(move || Self::open_blocking(&folder, to_look));
        opening.await.map_err(|problem| StoreError::Unreachable(problem.to_string()))?
    }

    fn open_blocking(folder: &Path, to_look: bool) -> Result<Self, StoreError> {
        let unreachable =
            |problem: &dyn std::fmt::Display| StoreError::Unreachable(format!("{}: {problem}", folder.display()));
        let (file, slow) = (folder.join("midad.db"), Arc::<Slow>::default());
        let mark = mark_of_log(&file);
        let writer = if to_look {
            let looking = reader(&file, &slow).map_err(|problem| unreachable(&problem))?;
            migrations::is_up_to_date(&looking.file)?;
            looking
        } else {
            private_folder(folder).map_err(|problem| unreachable(&problem))?;
            // SQLite says «unable to open» where the system says why.
            let why = |problem: &dyn std::fmt::Display| {
                unwritable(folder).map_or_else(|| unreachable(problem), |it| unreachable(&it))
            };
            let writer = connect(&file, &slow).map_err(|problem| why(&problem))?;
            settle_log(&writer, &file);
            migrations::bring_up_to_date(&writer.file)?;
            writer
        };
        let count = std::thread::available_parallelism().map_or(4, |cores| cores.get() + 2);
        let idle = (0..count).map(|_| reader(&file, &slow).map(Tx::Sqlite)).collect::<Result<Vec<_>, _>>();
        let idle = idle.map_err(|problem| unreachable(&problem))?;
        let (jobs, inbox) = mpsc::channel(MOST_WAITING);
        let thread = std::thread::Builder::new().name("midad-writer".to_owned());
        let writer = thread.spawn(move || write_jobs(Tx::Sqlite(writer), inbox)).map_err(|p| unreachable(&p))?;
        let writer = Mutex::new(Some(writer));
        Ok(Self(Arc::new(Inside { jobs, writer, readers: Arc::new(Readers::of(idle)), mark, slow })))
    }

    /// What tells other programs to leave the log of writes alone.
    pub(super) fn mark(&self) -> &Path {
        &self.0.mark
    }

    /// Does something on the writer's connection outside of any transaction.
    pub(super) async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, answer) = oneshot::channel();
        let job = move |tx: &mut Tx| {
            // A caller that has gone away does not want its answer.
            let _ = tell.send(guarded(|| connection(tx).and_then(work)));
        };
        self.0.jobs.send(Work::Alone(Box::new(job))).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        let (tell, answer) = oneshot::channel();
        let waiting = Box::new(Pending { job, done: None, tell, part_of: traced::here() });
        self.0.jobs.send(Work::Together(waiting)).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// Empties the log of writes into the file, after having written the file anew where that is wanted. Writers wait.
    pub(super) async fn wipe(&self, anew: bool) -> Result<(), StoreError> {
        self.alone(move |connection| wipe(connection, anew)).await
    }

    pub(super) fn readers(&self) -> &Arc<Readers> {
        &self.0.readers
    }

    pub(super) fn slow(&self) -> &Slow {
        &self.0.slow
    }

    /// Waits until the writer has answered what was waiting.
    pub(super) async fn close(self) {
        let Some(writer) = self.0.writer.lock().ok().and_then(|mut writer| writer.take()) else { return };
        drop(self);
        let joining = tokio::task::spawn_blocking(move || writer.join());
        // When other clones of the store live on, so does the writer; a closing program does not wait for them for ever.
        let _ = tokio::time::timeout(std::time::Duration::from_secs(5), joining).await;
    }
}

/// What the writer is given.
enum Work {
    /// A job that shares a commit with its neighbours.
    Together(Box<dyn Waiting>),
    /// Something that is done outside of any transaction.
    Alone(Box<dyn FnOnce(&mut Tx) + Send>),
}

/// A job that waits for the writer.
trait Waiting: Send {
    /// Runs it; whether its work is to be kept.
    fn run(&mut self, tx: &mut Tx) -> bool;
    /// Answers its caller, after the commit.
    fn answer(self: Box<Self>, commit: Result<(), StoreError>);
}

struct Pending<T, F> {
    job: F,
    done: Option<Result<T, StoreError>>,
    tell: oneshot::Sender<Result<T, StoreError>>,
    /// The writer has a thread of its own.
    part_of: Span,
}

impl<T, F> Waiting for Pending<T, F>
where
    T: Send,
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send,
{
    fn run(&mut self, tx: &mut Tx) -> bool {
        let done = self.part_of.in_scope(|| guarded(|| finished((self.job)(tx))));
        let keep = done.is_ok();
        self.done = Some(done);
        keep
    }

    fn answer(self: Box<Self>, commit: Result<(), StoreError>) {
        let Self { job, done, tell, .. } = *self;
        // Before its caller goes on: what they share is given back there, and the next writer waits less.
        drop(job);
        let done = done.unwrap_or_else(|| Err(gone()));
        // A caller that has gone away does not want its answer.
        let _ = tell.send(done.and_then(|done| commit.map(|()| done)));
    }
}

/// The writer's life: take what waits, run it, commit once, answer.
fn write_jobs(mut tx: Tx, mut inbox: mpsc::Receiver<Work>) {
    while let Some(first) = inbox.blocking_recv() {
        let (mut jobs, mut next) = (Vec::new(), Some(first));
        while let Some(Work::Together(job)) = next {
            jobs.push(job);
            next = if jobs.len() < MOST_JOBS { inbox.try_recv().ok() } else { None };
        }
        write_together(&mut tx, jobs);
        if let Some(Work::Alone(job)) = next {
            job(&mut tx);
        }
    }
}

fn write_together(tx: &mut Tx, mut jobs: Vec<Box<dyn Waiting>>) {
    if !jobs.is_empty() {
        match commit_together(tx, &mut jobs) {
            Ok(()) => jobs.into_iter().for_each(|job| job.answer(Ok(()))),
            Err(problem) if jobs.len() == 1 || matches!(problem, StoreError::Busy(_)) => {
                jobs.into_iter().for_each(|job| job.answer(Err(problem.clone())))
            }
            // One of them spoils the commit: each alone, so that it spoils only its own.
            Err(_) => {
                for job in jobs {
                    let mut alone = vec![job];
                    let commit = commit_together(tx, &mut alone);
                    alone.into_iter().for_each(|job| job.answer(commit.clone()));
                }
            }
        }
    }
}

/// All jobs in one transaction, each in a savepoint of its own. One alone needs none, and a large one is much cheaper without:
/// inside of a savepoint every statement walks through all that was changed since it began.
fn commit_together(tx: &mut Tx, jobs: &mut [Box<dyn Waiting>]) -> Result<(), StoreError> {
    let done = execute(tx, "begin immediate").and_then(|()| {
        if let [job] = jobs {
            let keep = job.run(tx);
            still_open(tx)?;
            return execute(tx, if keep { "commit" } else { "rollback" });
        }
        for job in jobs.iter_mut() {
            execute(tx, "savepoint job")?;
            if !job.run(tx) {
                execute(tx, "rollback to job")?;
            }
            still_open(tx)?;
            execute(tx, "release job")?;
        }
        execute(tx, "commit")
    });
    if done.is_err() && connection(tx).is_ok_and(|connection| !connection.file.is_autocommit()) {
        let _ = execute(tx, "rollback");
    }
    done
}

fn still_open(tx: &Tx) -> Result<(), StoreError> {
    match connection(tx)?.file.is_autocommit() {
        true => Err(StoreError::Broken("the transaction ended inside a job".to_owned())),
        false => Ok(()),
    }
}

fn execute(tx: &Tx, sql: &str) -> Result<(), StoreError> {
    let (connection, begun) = (connection(tx)?, Instant::now());
    let done = connection.file.prepare_cached(sql).and_then(|mut statement| statement.execute([]));
    connection.slow.note(sql, begun.elapsed());
    done.map(drop).map_err(broken)
}

pub(super) fn connection(tx: &Tx) -> Result<&Connection, StoreError> {
    match tx {
        Tx::Sqlite(connection) => Ok(connection),
        Tx::Postgres(_) => Err(gone()),
    }
}

/// `secure_delete` has overwritten what was freed. Rows that were moved within their tree may have left a copy in the unused
/// part of a page: only a file that is written anew has none. What it is written from stands in a file of the system's
/// meanwhile, not in memory: it is as large as the paper.
fn wipe(connection: &Connection, anew: bool) -> Result<(), StoreError> {
    if anew {
        connection.file.execute_batch("pragma temp_store=file; vacuum; pragma temp_store=memory;").map_err(broken)?;
    }
    let busy: i64 =
        connection.file.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0)).map_err(broken)?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Busy("somebody still reads what was before".to_owned())) }
}

/// Every step on this engine is done when it returns, so a job's future is done at its first look.
pub(super) fn finished<T>(future: BoxFuture<'_, Result<T, StoreError>>) -> Result<T, StoreError> {
    future.now_or_never().unwrap_or_else(|| Err(StoreError::Broken("a job waited for something else".to_owned())))
}

/// A job that panics fails alone.
pub(super) fn guarded<T>(job: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|_| Err(StoreError::Broken("a job panicked".to_owned())))
}

/// A connection that only reads, to data of whatever schema.
pub(super) fn to_look(folder: &Path) -> Result<Connection, StoreError> {
    let looking = reader(&folder.join("midad.db"), &Arc::default());
    looking.map_err(|problem| StoreError::Unreachable(format!("{}: {problem}", folder.display())))
}

pub(super) fn run(connection: &mut Connection, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
    let mut statement = connection.file.prepare_cached(&numbered(sql)).map_err(broken)?;
    let touched = statement.execute(rusqlite::params_from_iter(values)).map_err(broken)?;
    Ok(touched as u64)
}

pub(super) fn rows(connection: &mut Connection, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
    let mut statement = connection.file.prepare_cached(&numbered(sql)).map_err(broken)?;
    let columns = statement.column_count();
    let mut found = statement.query(rusqlite::params_from_iter(values)).map_err(broken)?;
    let mut out = Vec::new();
    while let Some(row) = found.next().map_err(broken)? {
        let read = |column| row.get_ref(column).map_err(broken).and_then(value);
        out.push(Row((0..columns).map(read).collect::<Result<_, _>>()?));
    }
    Ok(out)
}

/// `$1` is a *named* parameter in SQLite, bound by appearance; `?1` is the first one wherever it stands. Texts in quotes
/// are left alone.
pub(super) fn numbered(sql: &str) -> Cow<'_, str> {
    if !sql.contains('$') {
        return Cow::Borrowed(sql);
    }
    let mut said = String::with_capacity(sql.len());
    for (n, part) in sql.split('\'').enumerate() {
        let quoted = n % 2 == 1;
        if n > 0 {
            said.push('\'');
        }
        let mut pieces = part.split('$');
        said.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let is_number = !quoted && piece.starts_with(|sign: char| sign.is_ascii_digit());
            said.push(if is_number { '?' } else { '$' });
            said.push_str(piece);
        }
    }
    Cow::Owned(said)
}

fn value(found: ValueRef<'_>) -> Result<Value, StoreError> {
    match found {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(n) => Ok(Value::Int(n)),
        ValueRef::Text(text) => {
            String::from_utf8(text.to_vec()).map(Value::Text).map_err(|problem| StoreError::Broken(problem.to_string()))
        }
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
        ValueRef::Real(n) => Err(StoreError::Broken(format!("a fraction where none may be: {n}"))),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(n) => ValueRef::Integer(*n),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

pub(super) fn broken(problem: rusqlite::Error) -> StoreError {
    match problem.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => StoreError::Conflict(problem.to_string()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(problem.to_string()),
        // What cannot be written now may be written soon; what cannot be read is spoiled.
        Some(ErrorCode::DiskFull) => StoreError::Unreachable(problem.to_string()),
        Some(ErrorCode::SystemIoFailure) if !is_of_reading(&problem) => StoreError::Unreachable(problem.to_string()),
        _ => StoreError::Broken(problem.to_string()),
    }
}

fn is_of_reading(problem: &rusqlite::Error) -> bool {
    let reading = [ffi::SQLITE_IOERR_READ, ffi::SQLITE_IOERR_SHORT_READ];
    problem.sqlite_error().is_some_and(|error| reading.contains(&error.extended_code))
}

pub(super) fn gone() -> StoreError {
    StoreError::Broken("the store is closed".to_owned())
}
