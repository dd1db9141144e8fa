//! How the store stands, for whoever runs the paper: which engine, how large, and what waits longest. And how data stand that
//! nobody has opened yet, whatever program wrote them.

use crate::engine::{CopyState, Dialect, Engine, Tx, copy_standing, values};
use crate::leases::{SeenProcess, seen_in};
use crate::{Place, Store, StoreError, newest_schema};
use newsroom::Timestamp;

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// A file of this program's own.
    Sqlite,
    /// A server.
    Postgresql,
}

/// How an open store stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Which engine.
    pub engine: EngineKind,
    /// The engine's version, as it says it.
    pub version: String,
    /// The last step of the schema that is done.
    pub schema: i64,
    /// Bytes of the database, indexes and free space among them.
    pub bytes: u64,
    /// Since when the comment waits that has waited longest.
    pub waiting_since: Option<Timestamp>,
}

/// How data stand that nobody has opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The engine's version, as it says it.
    pub version: String,
    /// The last step of the schema that is done; 0: nothing stands there yet.
    pub schema: i64,
    /// This program may work on them: it knows every step that they ask for.
    pub fits: bool,
    /// The journal of an SQLite file: `wal`, where nobody changed it.
    pub journal: Option<String>,
    /// When the newest happening was.
    pub newest: Option<Timestamp>,
    /// The clock of the server; none of a file.
    pub clock: Option<Timestamp>,
    /// The paper's processes that were seen within a day.
    pub processes: Vec<SeenProcess>,
}

/// The expression is that of the index of waiting comments by time.
const WAITING_SINCE: &str = "select received_at + 0 from comments where state = 'held' and received_at + 0 > 0
     order by received_at + 0 limit 1";

impl Store {
    /// How it stands.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn condition(&self) -> Result<Condition, StoreError> {
        let read = self.engine.read(|tx| Box::pin(condition(tx)));
        read.await
    }
}

async fn condition(tx: &mut Tx) -> Result<Condition, StoreError> {
    let (engine, bytes) = match tx.dialect() {
        Dialect::Sqlite => {
            (EngineKind::Sqlite, "select page_count * page_size from pragma_page_count(), pragma_page_size()")
        }
        Dialect::Postgres => (EngineKind::Postgresql, "select pg_database_size(current_database())"),
    };
    let bytes = tx.row(bytes, values![]).await?.ok_or(StoreError::NotFound)?.int(0)?;
    let waiting_since = tx.row(WAITING_SINCE, values![]).await?.map(|row| row.time(0)).transpose()?;
    let schema = tx.row("select coalesce(max(number), 0) from schema_steps", values![]).await?;
    Ok(Condition {
        engine,
        version: version(tx).await?,
        schema: schema.ok_or(StoreError::NotFound)?.int(0)?,
        bytes: u64::try_from(bytes).unwrap_or_default(),
        waiting_since,
    })
}

async fn version(tx: &mut Tx) -> Result<String, StoreError> {
    let text = match tx.dialect() {
        Dialect::Sqlite => "select sqlite_version()",
        Dialect::Postgres => "select current_setting('server_version')",
    };
    tx.row(text, values![]).await?.ok_or(StoreError::NotFound)?.text(0)
}

impl Place {
    /// Looks at the data and changes nothing, whoever serves them and whatever their schema.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when they cannot be opened or the server does not answer.
    pub async fn look(&self) -> Result<Seen, StoreError> {
        let mut tx = Engine::line_to_look(self).await?;
        look(&mut tx).await
    }

    /// How a copy of the PostgreSQL server stands beside it, without opening either.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when the server does not answer, an address cannot be read, or the data are in a file.
    pub async fn look_at_copy(&self, copy: &str) -> Result<CopyState, StoreError> {
        match self {
            Self::Folder(_) => Err(StoreError::Unreachable("a copy follows a PostgreSQL server".to_owned())),
            Self::Postgres(server) => copy_standing(server, copy).await,
        }
    }
}

async fn look(tx: &mut Tx) -> Result<Seen, StoreError> {
    let version = version(tx).await?;
    let journal = match tx.dialect() {
        Dialect::Sqlite => tx.row("pragma journal_mode", values![]).await?.map(|mut row| row.text(0)).transpose()?,
        Dialect::Postgres => None,
    };
    let clock = match tx.dialect() {
        Dialect::Sqlite => None,
        Dialect::Postgres => {
            let text = "select cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)";
            tx.row(text, values![]).await?.map(|row| row.time(0)).transpose()?
        }
    };
    let vacant = Seen { version, schema: 0, fits: true, journal, newest: None, clock, processes: Vec::new() };
    if !has_steps(tx).await? {
        return Ok(vacant);
    }
    let ours = newest_schema();
    let text = "select coalesce(max(number), 0), coalesce(max(runs_with), 0) from schema_steps";
    let row = tx.row(text, values![]).await?.ok_or(StoreError::NotFound)?;
    let (schema, runs_with) = (row.int(0)?, row.int(1)?);
    let newest = "select at from happenings order by happening_id desc limit 1";
    let newest = tx.row(newest, values![]).await?.map(|row| row.time(0)).transpose()?;
    let processes = seen_in(tx).await?;
    Ok(Seen { schema, fits: runs_with <= ours, newest, processes, ..vacant })
}

/// A paper stands there: its schema has a book.
async fn has_steps(tx: &mut Tx) -> Result<bool, StoreError> {
    let text = match tx.dialect() {
        Dialect::Sqlite => "select 1 from sqlite_master where type = 'table' and name = 'schema_steps'",
        Dialect::Postgres => {
            "select 1 from pg_tables where schemaname = current_schema() and tablename = 'schema_steps'"
        }
    };
    Ok(tx.row(text, values![]).await?.is_some())
}
