//! Every row of one moment: an export of a paper that goes on working must not hold a comment without its story.

use super::pictured::{Pictured, with_bytes};
use super::tables::{TABLES, Table};
use super::{JsonRow, json_row, key_of, select};
use crate::engine::{Dialect, Tx, Value};
use crate::{Store, StoreError};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

/// Rows of one table: its name, and some of its rows in the order of its key.
pub type SomeRows = (&'static str, Vec<JsonRow>);

/// Rows handed over at once.
const ROWS_AT_ONCE: u32 = 500;
/// Pictures handed over at once: they are large.
const PICTURES_AT_ONCE: u32 = 8;
/// The same of parts of printed issues, of 256 KiB, and of their first pages.
const PARTS_AT_ONCE: u32 = 32;

/// The whole paper while it is read. Dropping it ends the reading.
#[derive(Debug)]
pub struct Whole {
    store: Store,
    rows: Receiver<Pictured>,
    reading: Option<JoinHandle<Result<(), StoreError>>>,
}

impl Store {
    /// Every row of every table of an export as it stands at one moment, table after table in the order of
    /// [`Store::tables`]. Reading goes on as far ahead as two handfuls of rows, and holds one of the engine's connections.
    pub fn whole(&self) -> Whole {
        let (ear, rows) = channel(1);
        let store = self.clone();
        let reading = tokio::spawn(async move {
            let read = store.engine.read(move |tx| {
                let ear = ear.clone();
                Box::pin(async move {
                    for table in TABLES {
                        tell_table(tx, table, &ear).await?;
                    }
                    Ok(())
                })
            });
            read.await
        });
        Whole { store: self.clone(), rows, reading: Some(reading) }
    }
}

impl Whole {
    /// The next rows; `None` when every row of every table has been told, and only then.
    ///
    /// # Errors
    /// Whatever ended the reading too early.
    pub async fn next(&mut self) -> Result<Option<SomeRows>, StoreError> {
        match self.received().await? {
            Some((table, rows, shelves)) => Ok(Some((table, with_bytes(&self.store, rows, &shelves).await))),
            None => Ok(None),
        }
    }

    /// The same without the bytes of what stands outside of the database.
    pub(super) async fn next_bare(&mut self) -> Result<Option<SomeRows>, StoreError> {
        Ok(self.received().await?.map(|(table, rows, _)| (table, rows)))
    }

    async fn received(&mut self) -> Result<Option<Pictured>, StoreError> {
        if let Some(some) = self.rows.recv().await {
            return Ok(Some(some));
        }
        let Some(reading) = self.reading.take() else { return Ok(None) };
        reading.await.map_err(|problem| StoreError::Broken(problem.to_string()))?.map(|()| None)
    }
}

async fn tell_table(tx: &mut Tx, table: &'static Table, ear: &Sender<Pictured>) -> Result<(), StoreError> {
    let limit = match table.name {
        "pictures" => PICTURES_AT_ONCE,
        "issue_parts" | "issue_pages" => PARTS_AT_ONCE,
        _ => ROWS_AT_ONCE,
    };
    let mut values = Vec::new();
    loop {
        let text = select(table, !values.is_empty());
        values.push(Value::from(i64::from(limit)));
        let rows = tx.rows(&text, &values).await?;
        let rows = rows.into_iter().map(|row| json_row(table, row)).collect::<Vec<_>>();
        let Some(last) = rows.last() else { return Ok(()) };
        values = key_of(table, last)?;
        let shelves = super::pictured::shelves_of(tx, table, &rows).await?;
        hand_over(tx.dialect(), ear, (table.name, rows, shelves)).await?;
    }
}

/// A job on SQLite has a thread of its own and may not wait in any other way.
async fn hand_over(dialect: Dialect, ear: &Sender<Pictured>, rows: Pictured) -> Result<(), StoreError> {
    let told = match dialect {
        Dialect::Sqlite => ear.blocking_send(rows),
        Dialect::Postgres => ear.send(rows).await,
    };
    told.map_err(|_| StoreError::Broken("nobody listens any more".to_owned()))
}
