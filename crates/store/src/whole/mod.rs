//! The whole paper, row by row, for the export and its way back.

mod pictured;
mod readable;
mod search_rows;
mod snapshot;
mod tables;

#[cfg(test)]
mod tests;

use crate::engine::{Dialect, Row, Tx, Value, newest_schema, values};
use crate::{Store, StoreError, hex};
use std::collections::BTreeSet;
use tables::{LEFT_OUT, NAMES, TABLES, Table};

pub use snapshot::{SomeRows, Whole};

/// A row of a table: column names and JSON values (numbers, texts, null; bytes as `{"hex": "…"}`).
pub type JsonRow = serde_json::Map<String, serde_json::Value>;

/// Rows written by one statement. The widest table has 21 columns, and SQLite takes 32,766 values, PostgreSQL 65,535.
const ROWS_AT_ONCE: usize = 100;

impl Store {
    /// The schema's number: exports carry it.
    pub async fn schema_number(&self) -> Result<i64, StoreError> {
        Ok(newest_schema())
    }

    /// The tables of an export, in an order in which they can be filled again.
    pub fn tables() -> &'static [&'static str] {
        NAMES
    }

    /// Up to `limit` rows of a table in the order of its key, from after the key values of `after` (other columns of it
    /// are not looked at). Pictures that stand outside of the database come without their bytes.
    ///
    /// # Errors
    /// [`StoreError::Schema`] when there is no such table or `after` has no such key.
    pub async fn table_rows(
        &self,
        table: &str,
        after: Option<JsonRow>,
        limit: u32,
    ) -> Result<Vec<JsonRow>, StoreError> {
        let table = named(table)?;
        let mut values = after.map(|after| key_of(table, &after)).transpose()?.unwrap_or_default();
        let text = select(table, !values.is_empty());
        values.push(Value::from(i64::from(limit)));
        let read = self.engine.read(move |tx| {
            let (text, values) = (text.clone(), values.clone());
            Box::pin(async move { tx.rows(&text, &values).await })
        });
        Ok(read.await?.into_iter().map(|row| json_row(table, row)).collect())
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// [`StoreError::Schema`] when there is no such table.
    pub async fn table_count(&self, table: &str) -> Result<i64, StoreError> {
        let text = format!("select count(*) from {}", named(table)?.name);
        let read = self.engine.read(move |tx| {
            let text = text.clone();
            Box::pin(async move { tx.row(&text, values![]).await })
        });
        read.await?.ok_or(StoreError::NotFound)?.int(0)
    }

    /// Nothing has been written yet but what the migrations wrote.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        let any = TABLES.iter().map(|table| format!("exists (select 1 from {})", table.name)).collect::<Vec<_>>();
        let text = format!("select case when {} then 1 else 0 end", any.join(" or "));
        let read = self.engine.read(move |tx| {
            let text = text.clone();
            Box::pin(async move { tx.row(&text, values![]).await })
        });
        Ok(!read.await?.ok_or(StoreError::NotFound)?.yes(0)?)
    }

    /// Fills a table; pictures come to where this paper keeps them. Rows that are there already are an error, and then none of these is put.
    ///
    /// # Errors
    /// [`StoreError::Schema`] when a row has other columns than the table or a value that no column can hold,
    /// [`StoreError::Conflict`] when a row is there already or refers to one that is not.
    pub async fn put_rows(&self, table: &str, rows: &[JsonRow]) -> Result<(), StoreError> {
        let table = named(table)?;
        let (rows, laid) = pictured::laid_rows(self, table, rows).await?;
        let laid = std::sync::Arc::new(laid);
        let mut statements = Vec::new();
        for some in rows.chunks(ROWS_AT_ONCE) {
            let rows = some.iter().map(|row| row_values(table, row)).collect::<Result<Vec<_>, _>>()?;
            statements.push((insert(table, some.len()), rows.concat()));
        }
        let statements = std::sync::Arc::new(statements);
        let write = self.engine.write(move |tx| {
            let (statements, laid) = (std::sync::Arc::clone(&statements), std::sync::Arc::clone(&laid));
            Box::pin(async move {
                for (text, values) in statements.iter() {
                    tx.run(text, values).await?;
                }
                for (name, laid) in laid.iter() {
                    laid.name(tx, name).await?;
                }
                Ok(())
            })
        });
        write.await
    }
}

fn named(table: &str) -> Result<&'static Table, StoreError> {
    Table::of_name(table).ok_or_else(|| StoreError::Schema(format!("no table of an export is called {table}")))
}

fn select(table: &Table, after: bool) -> String {
    let columns = table.columns().collect::<Vec<_>>().join(", ");
    let key = table.key.join(", ");
    let marks = (1..=table.key.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let from = if after { format!("where ({key}) > ({marks})") } else { String::new() };
    let last = if after { table.key.len() + 1 } else { 1 };
    format!("select {columns} from {} {from} order by {key} limit ${last}", table.name)
}

fn insert(table: &Table, rows: usize) -> String {
    let columns = table.columns().collect::<Vec<_>>();
    let row = |n: usize| {
        let marks = (1..=columns.len()).map(|m| format!("${}", n * columns.len() + m));
        format!("({})", marks.collect::<Vec<_>>().join(", "))
    };
    let rows = (0..rows).map(row).collect::<Vec<_>>().join(", ");
    format!("insert into {} ({}) values {rows}", table.name, columns.join(", "))
}

fn json_row(table: &Table, row: Row) -> JsonRow {
    table.columns().map(str::to_owned).zip(row.into_values().into_iter().map(json_value)).collect()
}

fn json_value(value: Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Int(n) => n.into(),
        Value::Text(text) => text.into(),
        Value::Bytes(bytes) => serde_json::json!({ "hex": hex::write(&bytes) }),
    }
}

/// The values of a row's key.
fn key_of(table: &Table, row: &JsonRow) -> Result<Vec<Value>, StoreError> {
    table.key.iter().map(|column| value(table, column, row.get(*column))).collect()
}

/// The row's values in the order of the table's columns: each column once, and no other.
fn row_values(table: &Table, row: &JsonRow) -> Result<Vec<Value>, StoreError> {
    let values = table.columns().map(|column| value(table, column, row.get(column))).collect::<Result<_, _>>()?;
    match row.keys().find(|name| table.columns().all(|column| column != name.as_str())) {
        Some(other) => Err(StoreError::Schema(format!("table {} has no column {other}", table.name))),
        None => Ok(values),
    }
}

fn value(table: &Table, column: &str, json: Option<&serde_json::Value>) -> Result<Value, StoreError> {
    let read = match json {
        Some(serde_json::Value::Null) => Some(Value::Null),
        Some(serde_json::Value::Number(number)) => number.as_i64().map(Value::Int),
        Some(serde_json::Value::String(text)) => Some(Value::from(text)),
        Some(serde_json::Value::Object(bytes)) if bytes.len() == 1 => {
            bytes.get("hex").and_then(|text| text.as_str()).and_then(hex::read).map(Value::Bytes)
        }
        _ => None,
    };
    read.ok_or_else(|| match json {
        None => StoreError::Schema(format!("table {}: column {column} is missing", table.name)),
        Some(_) => StoreError::Schema(format!("table {}: column {column} holds no value of ours", table.name)),
    })
}

/// Columns of the data that this list of tables does not know, and columns it knows that the data have not.
pub(crate) async fn unknown_columns(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let text = match tx.dialect() {
        Dialect::Sqlite => {
            "select t.name, c.name from sqlite_schema t join pragma_table_info(t.name) c
             where t.type = 'table' and t.name not like 'sqlite%'"
        }
        Dialect::Postgres => {
            "select c.table_name::text, c.column_name::text from information_schema.columns c
             join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
             where t.table_schema = current_schema() and t.table_type = 'BASE TABLE'"
        }
    };
    let real = tx.rows(text, values![]).await?.into_iter().map(|mut row| Ok((row.text(0)?, row.text(1)?)));
    let real = real.collect::<Result<BTreeSet<_>, StoreError>>()?;
    let known = |table: &'static Table| table.columns().map(|column| (table.name.to_owned(), column.to_owned()));
    let known = TABLES.iter().flat_map(known).collect::<BTreeSet<_>>();
    let left_out = |table: &str| LEFT_OUT.iter().any(|name| table.starts_with(name));
    let new = real.difference(&known).filter(|(table, _)| !left_out(table));
    let new = new.map(|(table, column)| format!("{table}.{column} is not exported"));
    let gone = known.difference(&real).map(|(table, column)| format!("{table}.{column} is not there"));
    Ok(new.chain(gone).collect())
}
