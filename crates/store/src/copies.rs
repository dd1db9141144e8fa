//! A copy of the whole paper as it stands at one moment, while it goes on working: of SQLite its file, page by page; of
//! PostgreSQL what the server's own program dumps of the snapshot on which everything is counted.

use crate::engine::{self, Dialect, Engine, Row, Tx, values};
use crate::pictures::PicturePlace;
use crate::{Place, Store, StoreError};
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The paper as it counted itself when a copy of it was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moment {
    /// Rows of every table there is.
    pub rows: BTreeMap<String, u64>,
    /// Pictures whose bytes stand in the folder.
    pub files: Vec<FileOfPicture>,
    /// Pictures whose bytes stand in a bucket: in no copy.
    pub in_bucket: u64,
}

/// Bytes of a picture in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileOfPicture {
    /// Its place below the folder, with `/` between: ASCII, made once and never for other bytes.
    pub key: String,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// Dumps the snapshot of a name.
pub type Dumping = Arc<dyn Fn(String) -> BoxFuture<'static, Result<(), StoreError>> + Send + Sync>;

impl Store {
    /// Opens data that are there to look at them or to copy them: nothing is made, brought up to date or written.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when there are none, [`StoreError::Schema`] when they are not of this program's age.
    pub async fn open_to_look(place: &Place) -> Result<Self, StoreError> {
        Self::over(Engine::open_to_look(place).await?)
    }

    /// How the paper counts itself now.
    pub async fn moment(&self) -> Result<Moment, StoreError> {
        self.engine.read(|tx| Box::pin(async move { moment(tx).await })).await
    }

    /// Some pictures whose bytes stand in the folder, by their places, from behind this one (empty: the first).
    pub async fn files_in_folder(&self, after: &str) -> Result<Vec<FileOfPicture>, StoreError> {
        let after = after.to_owned();
        let text = "select key, sha256 from picture_files where place = $1 and key > $2 order by key limit 500";
        let read = self.engine.read(move |tx| {
            let after = after.clone();
            Box::pin(async move { tx.rows(text, values![PicturePlace::Folder.key(), after]).await })
        });
        let file = |mut row: Row| Ok(FileOfPicture { key: row.text(0)?, sha256: row.text(1)? });
        read.await?.into_iter().map(file).collect()
    }

    /// Copies the SQLite file into a new one without companions, flushed; what it holds.
    ///
    /// # Errors
    /// [`StoreError::Broken`] on PostgreSQL, or where `to` is there already.
    pub async fn copy_file(&self, to: &Path) -> Result<Moment, StoreError> {
        let to = to.to_owned();
        let read = self.engine.read(move |tx| {
            let to = to.clone();
            Box::pin(async move {
                let moment = moment(tx).await?;
                tx.copy_file(&to)?;
                Ok(moment)
            })
        });
        read.await
    }

    /// Has a PostgreSQL database dumped: the snapshot is held until `dumping` is done; what it holds.
    ///
    /// # Errors
    /// What `dumping` says; [`StoreError::Broken`] on SQLite.
    pub async fn dump(&self, dumping: Dumping) -> Result<Moment, StoreError> {
        let read = self.engine.read(move |tx| {
            let dumping = Arc::clone(&dumping);
            Box::pin(async move {
                if tx.dialect() == Dialect::Sqlite {
                    return Err(StoreError::Broken("there is no server that dumps".to_owned()));
                }
                // It is silent while the other program works.
                tx.run("set local idle_in_transaction_session_timeout = 0", values![]).await?;
                let snapshot = tx.row("select pg_export_snapshot()", values![]).await?;
                let snapshot = snapshot.ok_or(StoreError::NotFound)?.text(0)?;
                let moment = moment(tx).await?;
                dumping(snapshot).await?;
                Ok(moment)
            })
        });
        read.await
    }

    /// The first number of the PostgreSQL server's version.
    ///
    /// # Errors
    /// [`StoreError::Broken`] on SQLite.
    pub async fn server_version(&self) -> Result<u32, StoreError> {
        let text = "select current_setting('server_version_num')";
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(text, values![]).await }));
        let number = read.await?.ok_or(StoreError::NotFound)?.text(0)?;
        number.parse::<u32>().map(|number| number / 10_000).map_err(|problem| StoreError::Broken(problem.to_string()))
    }
}

impl Place {
    /// A PostgreSQL address in the variables that the server's own programs read; none for a folder.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when it is no address.
    pub fn environment(&self) -> Result<Vec<(&'static str, String)>, StoreError> {
        match self {
            Self::Folder(_) => Ok(Vec::new()),
            Self::Postgres(address) => engine::environment(address),
        }
    }

    /// Nothing stands there yet, also nothing of others: a folder that is not there or empty, a database without a table.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when that cannot be seen.
    pub async fn is_vacant(&self) -> Result<bool, StoreError> {
        match self {
            Self::Folder(folder) => match std::fs::read_dir(folder) {
                Ok(mut inside) => Ok(inside.next().is_none()),
                Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => Ok(true),
                Err(problem) => Err(StoreError::Unreachable(format!("{}: {problem}", folder.display()))),
            },
            Self::Postgres(address) => engine::is_vacant(address).await,
        }
    }

    /// Takes every table of a database away again that held nothing but a proof. A folder is left alone.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn take_proof_away(&self) -> Result<(), StoreError> {
        match self {
            Self::Folder(_) => Ok(()),
            Self::Postgres(address) => engine::empty(address).await,
        }
    }
}

async fn moment(tx: &mut Tx) -> Result<Moment, StoreError> {
    let text = match tx.dialect() {
        Dialect::Sqlite => {
            "select name from pragma_table_list
             where schema = 'main' and type in ('table', 'shadow') and name not like 'sqlite%' order by name"
        }
        Dialect::Postgres => {
            "select tablename::text from pg_tables where schemaname = current_schema() order by tablename"
        }
    };
    let tables = tx.rows(text, values![]).await?.into_iter().map(|mut row| row.text(0));
    let mut rows = BTreeMap::new();
    for table in tables.collect::<Result<Vec<_>, _>>()? {
        let text = format!("select count(*) from \"{}\"", table.replace('"', "\"\""));
        let counted = tx.row(&text, values![]).await?.ok_or(StoreError::NotFound)?.int(0)?;
        rows.insert(table, u64::try_from(counted).unwrap_or(0));
    }
    let text = "select key, sha256 from picture_files where place = $1 order by key";
    let file = |mut row: Row| Ok(FileOfPicture { key: row.text(0)?, sha256: row.text(1)? });
    let files = tx.rows(text, values![PicturePlace::Folder.key()]).await?.into_iter().map(file);
    let files = files.collect::<Result<Vec<_>, StoreError>>()?;
    let text = "select count(*) from picture_files where place = $1";
    let in_bucket = tx.row(text, values![PicturePlace::Bucket.key()]).await?.ok_or(StoreError::NotFound)?.int(0)?;
    Ok(Moment { rows, files, in_bucket: u64::try_from(in_bucket).unwrap_or(0) })
}
