//! Pictures in an export: their bytes go along wherever they stand, and come in to where this paper keeps them.

use super::JsonRow;
use super::tables::Table;
use crate::engine::Tx;
use crate::pictures::{Laid, OnShelf, PicturePlace, on_shelf};
use crate::{Store, StoreError, hex};
use newsroom::Timestamp;
use serde_json::json;

/// Rows of one table, and of each where its bytes stand when they are not in it.
pub(super) type Pictured = (&'static str, Vec<JsonRow>, Vec<Option<OnShelf>>);

/// The table of pictures' bytes.
pub(super) const PICTURES: &str = "pictures";

/// Where the bytes of rows stand, asked on the snapshot of the rows: what is there stays there for an hour.
pub(super) async fn shelves_of(
    tx: &mut Tx,
    table: &Table,
    rows: &[JsonRow],
) -> Result<Vec<Option<OnShelf>>, StoreError> {
    let mut shelves = Vec::new();
    for row in rows.iter().filter(|_| table.name == PICTURES) {
        shelves.push(match row.get("name").and_then(|name| name.as_str()) {
            Some(name) if is_empty(row) => on_shelf(tx, name).await?,
            _ => None,
        });
    }
    Ok(shelves)
}

/// The rows with the bytes of what stands elsewhere. One that is lost goes without, and is said on the error output: whoever
/// exports a paper wants all that there is of it.
pub(super) async fn with_bytes(store: &Store, mut rows: Vec<JsonRow>, shelves: &[Option<OnShelf>]) -> Vec<JsonRow> {
    for (row, at) in rows.iter_mut().zip(shelves) {
        let Some(at) = at else { continue };
        let name = row.get("name").and_then(|name| name.as_str()).unwrap_or_default().to_owned();
        match store.bytes_at(&name, at).await {
            Ok(bytes) => drop(row.insert("bytes".to_owned(), json!({ "hex": hex::write(&bytes) }))),
            Err(problem) => tracing::error!(%problem, "a picture goes without its bytes"),
        }
    }
    rows
}

/// Rows of pictures that come in, without the bytes that were laid down for them; of each its name and where they are.
pub(super) type LaidRows = (Vec<JsonRow>, Vec<(String, Laid)>);

/// Lays the bytes of rows down where this paper keeps its pictures. Where that is the database they stay as they are.
pub(super) async fn laid_rows(store: &Store, table: &Table, rows: &[JsonRow]) -> Result<LaidRows, StoreError> {
    let (mut rows, mut laid) = (rows.to_vec(), Vec::new());
    if table.name != PICTURES || store.pictures_go_into() == PicturePlace::Database {
        return Ok((rows, laid));
    }
    for row in &mut rows {
        let bytes = row.get("bytes").and_then(|bytes| bytes.get("hex")?.as_str()).and_then(hex::read);
        let name = row.get("name").and_then(|name| name.as_str()).map(str::to_owned);
        // A row that is none is refused where it is put.
        let (Some(bytes), Some(name)) = (bytes.filter(|bytes| !bytes.is_empty()), name) else { continue };
        row.insert("bytes".to_owned(), json!({ "hex": "" }));
        let down = store.lay_down(vec![(&name, bytes)], Timestamp::now()).await?;
        laid.extend(down.into_iter().map(|laid| (name.clone(), laid)));
    }
    Ok((rows, laid))
}

fn is_empty(row: &JsonRow) -> bool {
    row.get("bytes").and_then(|bytes| bytes.get("hex")?.as_str()).is_some_and(str::is_empty)
}
