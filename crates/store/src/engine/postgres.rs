//! PostgreSQL, through a pool. Statements are prepared once per connection; transactions that get in each other's way run
//! again.

use super::replica::{END_OF_LOG, LogPlace, Replica, place};
use super::slow::Slow;
use super::spans::Told;
use super::{Row, StoreError, Tx, Value, line, migrations};
use deadpool_postgres::{Object, Pool, Runtime};
use futures_util::future::BoxFuture;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;

/// Connections at most.
const MOST_CONNECTIONS: usize = 16;
/// A server that gives no connection within this time is told to whoever asked: they can do without, or try again.
const PATIENCE: Duration = Duration::from_secs(8);
/// So long a job waits for one of the connections that others hold. Readers' requests end before; a start on a busy machine does not.
const TURN: Duration = Duration::from_secs(60);
/// How long a table's lock is waited for: whoever reads or writes it meanwhile waits behind.
const LOCK_PATIENCE: &str = "5s";
/// How often a transaction that was sent back by the server runs again.
const MOST_ATTEMPTS: u32 = 8;
/// How a job that only reads begins.
const BEGIN_TO_READ: &str = "begin isolation level repeatable read read only";

/// The engine: a pool of connections.
#[derive(Debug, Clone)]
pub(crate) struct Postgres {
    pub(super) pool: Pool,
    pub(super) slow: Arc<Slow>,
    /// A copy of the server, where there is one.
    pub(super) replica: Option<Arc<Replica>>,
    /// What is read is asked of the copy first.
    pub(super) asks_replica: bool,
}

/// A connection with a transaction open on it. Dropped before its end (a caller that gave up), the connection is closed
/// rather than handed to the next one in the middle of somebody else's transaction.
#[derive(Debug)]
pub(crate) struct Client {
    connection: Option<Object>,
    pub(super) open: bool,
    pub(super) slow: Arc<Slow>,
    pub(super) told: Told,
}

impl Postgres {
    pub(super) async fn open(address: &str) -> Result<Self, StoreError> {
        let (pool, mut first) = pooled(address).await?;
        migrations::bring_server_up_to_date(&mut first).await?;
        Ok(Self::over(pool))
    }

    /// The same where nothing is made or brought up to date.
    pub(super) async fn open_to_look(address: &str) -> Result<Self, StoreError> {
        let (pool, first) = pooled(address).await?;
        migrations::server_is_up_to_date(&first).await?;
        Ok(Self::over(pool))
    }

    fn over(pool: Pool) -> Self {
        Self { pool, slow: Arc::default(), replica: None, asks_replica: false }
    }

    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        self.until_it_fits("begin", job).await
    }

    pub(super) async fn write_alone<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        self.until_it_fits("begin isolation level serializable", job).await
    }

    async fn until_it_fits<T, F>(&self, begin: &str, job: F) -> Result<T, StoreError>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>>,
    {
        let mut attempt = 1;
        loop {
            match self.once(begin, &job).await {
                Err(StoreError::Busy(_)) if attempt < MOST_ATTEMPTS => attempt += 1,
                answer => return answer,
            }
        }
    }

    pub(super) async fn read<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        if let Some(replica) = self.replica.as_ref().filter(|_| self.asks_replica)
            && let Some(answer) = replica.read(&self.slow, &job).await
        {
            return answer;
        }
        self.once(BEGIN_TO_READ, &job).await
    }

    /// The same for what others did: from here on a copy is asked only where it has come as far.
    pub(super) async fn hear<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        let Some(replica) = &self.replica else { return self.once(BEGIN_TO_READ, &job).await };
        let mut tx = self.begun(BEGIN_TO_READ).await?;
        let end = place(client(&mut tx)?.connection()?, END_OF_LOG).await?;
        let answer = job(&mut tx).await;
        ended(&mut tx, if answer.is_ok() { "commit" } else { "rollback" }).await?;
        if answer.is_ok() {
            replica.hear(end);
        }
        answer
    }

    async fn once<T, F>(&self, begin: &str, job: &F) -> Result<T, StoreError>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>>,
    {
        let mut tx = self.begun(begin).await?;
        let answer = job(&mut tx).await;
        match (&answer, &self.replica) {
            (Ok(_), Some(replica)) if begin != BEGIN_TO_READ => replica.hear(committed(&mut tx).await?),
            (Ok(_), _) => ended(&mut tx, "commit").await?,
            (Err(_), _) => ended(&mut tx, "rollback").await?,
        }
        answer
    }

    /// A transaction on a line that is there. A server that was started anew leaves dead lines in the pool: a transaction that
    /// could not be begun has changed nothing, so another line is taken.
    async fn begun(&self, begin: &str) -> Result<Tx, StoreError> {
        for _ in 0..=MOST_CONNECTIONS {
            let connection = self.line().await?;
            // Open from here on: who turns away while it is begun must not leave it half begun to the next one.
            let client = Client::open_on(connection, &self.slow);
            match client.connection()?.batch_execute(begin).await {
                Ok(()) => return Ok(Tx::Postgres(client)),
                // A closed one is thrown away, as all that are dropped open.
                Err(problem) if is_cut(&problem) || client.connection()?.is_closed() => drop(client),
                Err(problem) => return Err(broken(problem)),
            }
        }
        Err(StoreError::Unreachable("every line was cut".to_owned()))
    }

    /// Takes dead rows out of tables; `anew` writes each of them and its indexes into new files. One that somebody holds on to
    /// is not waited for.
    pub(super) async fn wipe(&self, anew: bool, tables: &[&str]) -> Result<(), StoreError> {
        let connection = self.line().await?;
        // The pool does not get it back: its patience is this task's own.
        let connection = Object::take(connection);
        connection.batch_execute(&format!("set lock_timeout = '{LOCK_PATIENCE}'")).await.map_err(broken)?;
        let how = if anew { "(full, analyze)" } else { "(analyze)" };
        for table in tables {
            connection.batch_execute(&format!("vacuum {how} {table}")).await.map_err(|problem| {
                match problem.code() {
                    Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => StoreError::Busy(format!("table {table}")),
                    _ => broken(problem),
                }
            })?;
        }
        Ok(())
    }

    /// A connection with nothing open on it.
    pub(super) async fn line(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(|problem| unreachable(&problem))
    }

    pub(super) fn slow(&self) -> &Slow {
        &self.slow
    }

    pub(super) fn close(self) {
        if let Some(replica) = self.replica {
            replica.close();
        }
        self.pool.close();
    }
}

/// A connection to data of whatever schema; its pool goes with it.
pub(super) async fn to_look(address: &str) -> Result<Client, StoreError> {
    let (_pool, first) = pooled(address).await?;
    Ok(Client { connection: Some(first), open: false, slow: Arc::default(), told: Told::default() })
}

pub(super) async fn pooled(address: &str) -> Result<(Pool, Object), StoreError> {
    let pool = Pool::builder(line::manager(address)?).max_size(MOST_CONNECTIONS).runtime(Runtime::Tokio1);
    let pool = pool.wait_timeout(Some(TURN)).create_timeout(Some(PATIENCE)).recycle_timeout(Some(PATIENCE));
    let pool = pool.post_create(line::told(&[line::WATCHED])).build().map_err(|problem| unreachable(&problem))?;
    let first = pool.get().await.map_err(|problem| unreachable(&problem))?;
    Ok((pool, first))
}

/// An address as PostgreSQL's own programs take it, in variables: a password has no place on a command line.
pub(crate) fn environment(address: &str) -> Result<Vec<(&'static str, String)>, StoreError> {
    let (config, roots) = line::read(address)?;
    let host = |host: &Host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(folder) => folder.display().to_string(),
    };
    let hosts = config.get_hosts().iter().map(host).collect::<Vec<_>>().join(",");
    let ports = config.get_ports().iter().map(u16::to_string).collect::<Vec<_>>().join(",");
    let password = config.get_password().map(|password| String::from_utf8_lossy(password).into_owned());
    let checked = config.get_ssl_mode() == SslMode::Require;
    let named = config.get_dbname().or(config.get_user()).map(str::to_owned);
    let all = [
        ("PGHOST", Some(hosts).filter(|hosts| !hosts.is_empty())),
        ("PGPORT", Some(ports).filter(|ports| !ports.is_empty())),
        ("PGUSER", config.get_user().map(str::to_owned)),
        ("PGPASSWORD", password),
        ("PGDATABASE", named),
        ("PGOPTIONS", config.get_options().map(str::to_owned)),
        // Whoever answers is checked, as here. These programs bring no authorities along: from 16 on they know the system's.
        ("PGSSLMODE", checked.then(|| "verify-full".to_owned())),
        ("PGSSLROOTCERT", roots.or_else(|| checked.then(|| "system".to_owned()))),
    ];
    Ok(all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
}

/// Nothing at all stands in a database, also nothing of others.
pub(crate) async fn is_vacant(address: &str) -> Result<bool, StoreError> {
    let (_pool, connection) = pooled(address).await?;
    let text = "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'";
    Ok(connection.query_one(text, &[]).await.map_err(broken)?.get::<_, i64>(0) == 0)
}

/// Takes every table of the paper's schema away again, with what hangs on it: for a database that held a proof.
pub(crate) async fn empty(address: &str) -> Result<(), StoreError> {
    let (_pool, connection) = pooled(address).await?;
    let text = "select quote_ident(tablename) from pg_tables where schemaname = current_schema()";
    for row in connection.query(text, &[]).await.map_err(broken)? {
        let name: String = row.get(0);
        connection.batch_execute(&format!("drop table if exists {name} cascade")).await.map_err(broken)?;
    }
    Ok(())
}

impl Client {
    /// A transaction that is about to be begun.
    pub(super) fn open_on(connection: Object, slow: &Arc<Slow>) -> Self {
        Self { connection: Some(connection), open: true, slow: Arc::clone(slow), told: Told::default() }
    }

    pub(super) fn connection(&self) -> Result<&Object, StoreError> {
        self.connection.as_ref().ok_or_else(|| StoreError::Broken("the connection is gone".to_owned()))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if self.open
            && let Some(connection) = self.connection.take()
        {
            drop(Object::take(connection));
        }
    }
}

/// Ends a transaction, so that its line can be used again.
pub(super) async fn ended(tx: &mut Tx, end: &str) -> Result<(), StoreError> {
    execute(tx, end).await?;
    client(tx)?.open = false;
    Ok(())
}

/// Ends a transaction that wrote; where the server's log ended after it.
async fn committed(tx: &mut Tx) -> Result<LogPlace, StoreError> {
    let (client, begun) = (client(tx)?, Instant::now());
    let end = place(client.connection()?, &format!("commit; {END_OF_LOG}")).await;
    client.slow.note("commit", begun.elapsed());
    client.open = end.is_err();
    end
}

async fn execute(tx: &mut Tx, sql: &str) -> Result<(), StoreError> {
    let (client, begun) = (client(tx)?, Instant::now());
    let done = client.connection()?.batch_execute(sql).await.map_err(broken);
    client.slow.note(sql, begun.elapsed());
    done
}

/// The connection of a transaction on this engine.
pub(super) fn client(tx: &mut Tx) -> Result<&mut Client, StoreError> {
    match tx {
        Tx::Postgres(client) => Ok(client),
        Tx::Sqlite(_) => Err(StoreError::Broken("not this engine".to_owned())),
    }
}

pub(super) async fn run(client: &Client, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
    let connection = client.connection()?;
    let statement = connection.prepare_cached(sql).await.map_err(broken)?;
    connection.execute_raw(&statement, values).await.map_err(broken)
}

pub(super) async fn rows(client: &Client, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
    let connection = client.connection()?;
    let statement = connection.prepare_cached(sql).await.map_err(broken)?;
    let given: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
    let found = connection.query(&statement, &given).await.map_err(broken)?;
    found.iter().map(read_row).collect()
}

fn read_row(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    (0..row.len()).map(|column| row.try_get(column).map_err(broken)).collect::<Result<_, _>>().map(Row)
}

/// The line is gone, or the server on its way to stop or to start.
fn is_cut(problem: &tokio_postgres::Error) -> bool {
    let stops = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW];
    problem.is_closed() || problem.code().is_some_and(|code| stops.contains(code))
}

pub(super) fn broken(problem: tokio_postgres::Error) -> StoreError {
    if is_cut(&problem) {
        return unreachable(&problem);
    }
    let Some(told) = problem.as_db_error() else {
        let inner = problem.source().map(ToString::to_string).unwrap_or_default();
        return StoreError::Broken(format!("{problem} {inner}"));
    };
    let code = told.code();
    if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED {
        return StoreError::Busy(told.message().to_owned());
    }
    if code.code().starts_with("23") {
        return StoreError::Conflict(told.constraint().unwrap_or_else(|| told.message()).to_owned());
    }
    StoreError::Broken(format!("{}: {}", code.code(), told.message()))
}

pub(super) fn unreachable(problem: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unreachable(problem.to_string())
}
