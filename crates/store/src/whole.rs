//! The whole paper, row by row, for the export and its way back.
use crate::{Store, StoreError};

/// A row of a table: column names and JSON values (numbers, texts, null; bytes as `{"hex": "…"}`).
pub type JsonRow = serde_json::Map<String, serde_json::Value>;

impl Store {
    /// The schema's number: exports carry it.
    pub async fn schema_number(&self) -> Result<i64, StoreError> {
        todo!()
    }
    /// The tables of an export, in an order in which they can be filled again.
    pub fn tables() -> &'static [&'static str] {
        todo!()
    }
    /// Up to `limit` rows of a table in the order of its key, from after the key values of `after`.
    pub async fn table_rows(
        &self,
        table: &str,
        after: Option<JsonRow>,
        limit: u32,
    ) -> Result<Vec<JsonRow>, StoreError> {
        todo!()
    }
    /// How many rows a table has.
    pub async fn table_count(&self, table: &str) -> Result<i64, StoreError> {
        todo!()
    }
    /// Nothing has been written yet but what the migrations wrote.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        todo!()
    }
    /// Fills a table; rows that are there already are an error.
    pub async fn put_rows(&self, table: &str, rows: &[JsonRow]) -> Result<(), StoreError> {
        todo!()
    }
    /// Makes every search row again from the texts; after an import.
    pub async fn rebuild_search(&self) -> Result<(), StoreError> {
        todo!()
    }
}
