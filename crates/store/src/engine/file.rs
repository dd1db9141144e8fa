//! The SQLite file: how it is opened, and how it is copied while others write to it.

use super::StoreError;
use super::slow::Slow;
use super::spans::Told;
use super::sqlite::{Connection, broken};
use rusqlite::OpenFlags;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long a statement waits for another process's lock.
const BUSY_MS: u64 = 5_000;
/// Prepared statements kept per connection.
const STATEMENTS: usize = 256;
/// The log of writes is emptied into the file when it holds so many pages.
const PAGES_OF_LOG: u32 = 16_000;
/// Pages copied in one step.
const PAGES_AT_ONCE: i32 = 4_096;
/// A copy that finds its own file locked tries again so often, and waits so long each time.
const MOST_WAITS: u32 = 200;
const A_WAIT: Duration = Duration::from_millis(50);

/// The folder holds the paper's keys and every waiting comment: a new one is its owner's alone.
pub(super) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut making = std::fs::DirBuilder::new();
    making.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.create(folder)
}

/// Why nothing can be written to a folder; none where something can.
pub(super) fn unwritable(folder: &Path) -> Option<std::io::Error> {
    let trial = folder.join(".midad-trial");
    let written = std::fs::File::create(&trial).map(drop);
    // Gone again; where it was not made there is nothing to take away.
    let _ = std::fs::remove_file(&trial);
    written.err()
}

pub(super) fn connect(file: &Path, slow: &Arc<Slow>) -> Result<Connection, rusqlite::Error> {
    let connection = rusqlite::Connection::open(file)?;
    connection.execute_batch(&format!(
        "pragma busy_timeout={BUSY_MS}; pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;
         pragma secure_delete=on;
         pragma temp_store=memory; pragma cache_size=-64000; pragma wal_autocheckpoint={PAGES_OF_LOG};
         pragma journal_size_limit=67108864;"
    ))?;
    settled(&connection)?;
    let connection = Connection { file: connection, slow: Arc::clone(slow), told: Told::default() };
    if mark_of_log(file).exists() {
        leave_log(&connection, true)?;
    }
    Ok(connection)
}

/// Who finds this beside a database leaves its log of writes alone: it is followed.
pub(super) fn mark_of_log(file: &Path) -> PathBuf {
    file.with_extension("log-followed")
}

/// The log of writes is not emptied by this connection, neither while it writes nor when it is the last to close; or as usual.
pub(super) fn leave_log(connection: &Connection, left: bool) -> Result<(), rusqlite::Error> {
    let pages = if left { 0 } else { PAGES_OF_LOG };
    connection.file.execute_batch(&format!("pragma wal_autocheckpoint={pages};"))?;
    connection.file.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, left).map(drop)
}

/// What a start finds in the log goes into the file before anything is written behind it. A flush of it may have failed before the last
/// process ended: then it stands in the system's memory, perhaps on no disk, and no later flush of the log writes it once more.
pub(super) fn settle_log(connection: &Connection, file: &Path) {
    if !mark_of_log(file).exists() {
        // Where somebody reads it, or nothing can be written, it stays as it is, and is emptied when it is long.
        let _ = connection.file.execute_batch("pragma wal_checkpoint(passive);");
    }
}

/// Plays the log beside a file into it; afterwards the file stands alone.
pub(crate) fn play_log(file: &Path) -> Result<(), StoreError> {
    let connection = rusqlite::Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(broken)?;
    // SQLite looks whether there is a log at the first question, not when the file is opened.
    connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(())).map_err(broken)?;
    let played = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
    let (busy, left) = connection.query_row("pragma wal_checkpoint(truncate)", [], played).map_err(broken)?;
    connection.close().map_err(|(_, problem)| broken(problem))?;
    match (busy, left) {
        (0, 0) => Ok(()),
        (0, _) => Err(StoreError::Broken(format!("{}: its log of writes was not played", file.display()))),
        _ => Err(StoreError::Busy(file.display().to_string())),
    }
}

/// A statement is planned once, whatever it is asked with: without this, one that could go by a partial index is planned
/// again each time.
fn settled(connection: &rusqlite::Connection) -> Result<(), rusqlite::Error> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

pub(super) fn reader(file: &Path, slow: &Arc<Slow>) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = rusqlite::Connection::open_with_flags(file, flags)?;
    connection.execute_batch(&format!(
        "pragma busy_timeout={BUSY_MS}; pragma query_only=on; pragma temp_store=memory; pragma cache_size=-8000;"
    ))?;
    settled(&connection)?;
    Ok(Connection { file: connection, slow: Arc::clone(slow), told: Told::default() })
}

/// Copies what a connection sees into a new file without companions, page by page. Where the connection stands in a
/// transaction it is that moment's, however much is written meanwhile: pages of the log that the copy still reads are kept,
/// and nobody who writes waits. Unlike `vacuum into` it makes no row anew: what is damaged is seen in the copy too, and rows
/// keep the numbers by which the search tables know them.
pub(super) fn copy(from: &Connection, to: &Path) -> Result<(), StoreError> {
    let unwritten = |problem: std::io::Error| StoreError::Broken(format!("{}: {problem}", to.display()));
    private_file(to).map_err(unwritten)?;
    let mut made = rusqlite::Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(broken)?;
    // Nobody has it yet: it is flushed once, when it is whole.
    made.execute_batch("pragma synchronous=off;").map_err(broken)?;
    let copying = Backup::new(&from.file, &mut made).map_err(broken)?;
    let mut waits = 0;
    loop {
        match copying.step(PAGES_AT_ONCE).map_err(broken)? {
            StepResult::Done => break,
            StepResult::More => {}
            _ if waits < MOST_WAITS => {
                waits += 1;
                std::thread::sleep(A_WAIT);
            }
            other => return Err(StoreError::Busy(format!("{}: {other:?}", to.display()))),
        }
    }
    drop(copying);
    let mode: String = made.query_row("pragma journal_mode=delete", [], |row| row.get(0)).map_err(broken)?;
    if mode != "delete" {
        return Err(StoreError::Broken(format!("{}: the journal stays {mode}", to.display())));
    }
    made.close().map_err(|(_, problem)| broken(problem))?;
    std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(unwritten)
}

/// A new and empty file that is its owner's alone.
fn private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
