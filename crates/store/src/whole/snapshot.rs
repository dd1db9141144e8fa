//! Every row of one moment: an export of a paper that goes on working must not hold a comment without its story.

use super::tables::{TABLES, Table};
use super::{JsonRow, json_row, key_of, select};
use crate::engine::{Dialect, Tx, Value};
use crate::{Store, StoreError};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Rows of one table: its name, and some of its rows in the order of its key.
pub type SomeRows = (&'static str, Vec<JsonRow>);

/// Rows handed over at once.
const ROWS_AT_ONCE: u32 = 500;
/// Pictures handed over at once: they are large.
const PICTURES_AT_ONCE: u32 = 8;

impl Store {
    /// Every row of every table of an export as it stands at one moment, table after table in the order of
    /// [`Store::tables`]. Reading goes on as far ahead as two handfuls of rows; dropping the receiver ends it. The last
    /// thing received is an error when something failed.
    pub fn whole(&self) -> Receiver<Result<SomeRows, StoreError>> {
        let (tell, told) = channel(1);
        let store = self.clone();
        tokio::spawn(async move {
            let ear = tell.clone();
            let read = store.engine.read(move |tx| {
                let ear = ear.clone();
                Box::pin(async move {
                    for table in TABLES {
                        tell_table(tx, table, &ear).await?;
                    }
                    Ok(())
                })
            });
            if let Err(problem) = read.await {
                // Nobody may be listening any more; then nobody misses it.
                let _ = tell.send(Err(problem)).await;
            }
        });
        told
    }
}

async fn tell_table(
    tx: &mut Tx,
    table: &'static Table,
    ear: &Sender<Result<SomeRows, StoreError>>,
) -> Result<(), StoreError> {
    let limit = if table.name == "pictures" { PICTURES_AT_ONCE } else { ROWS_AT_ONCE };
    let mut values = Vec::new();
    loop {
        let text = select(table, !values.is_empty());
        values.push(Value::from(i64::from(limit)));
        let rows = tx.rows(&text, &values).await?;
        let rows = rows.into_iter().map(|row| json_row(table, row)).collect::<Vec<_>>();
        let Some(last) = rows.last() else { return Ok(()) };
        values = key_of(table, last)?;
        hand_over(tx.dialect(), ear, (table.name, rows)).await?;
    }
}

/// A job on SQLite has a thread of its own and may not wait in any other way.
async fn hand_over(
    dialect: Dialect,
    ear: &Sender<Result<SomeRows, StoreError>>,
    rows: SomeRows,
) -> Result<(), StoreError> {
    let told = match dialect {
        Dialect::Sqlite => ear.blocking_send(Ok(rows)),
        Dialect::Postgres => ear.send(Ok(rows)).await,
    };
    told.map_err(|_| StoreError::Broken("nobody listens any more".to_owned()))
}
