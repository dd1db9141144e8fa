//! Looks whether every row can be read, as an export would, and whether printed issues are the bytes that came in.

use super::JsonRow;
use crate::checkup::Disagreement;
use crate::{Store, StoreError, hex};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Most issues told: a report is to be read.
const MOST: usize = 20;

impl Store {
    /// Reads every row of every table that an export holds, on one snapshot, and compares each printed issue with its sum, so that what
    /// is torn inside of a row is found before an export or a reader finds it. Pictures that stand outside of the database are read by
    /// [`Store::check_pictures`]. `told` hears how many rows were read. A row that cannot be read ends the look: it is named by
    /// what was read before it.
    ///
    /// # Errors
    /// When the database cannot answer at all.
    pub async fn check_rows(&self, told: &mut (dyn FnMut(u64) + Send)) -> Result<Vec<Disagreement>, StoreError> {
        let (mut whole, mut issues) = (self.whole(), Issues::default());
        let (mut seen, mut last) = (0, "no row");
        loop {
            match whole.next_bare().await {
                Ok(None) => return Ok(issues.differing()),
                Ok(Some((table, rows))) => {
                    rows.iter().for_each(|row| issues.read(table, row));
                    seen += u64::try_from(rows.len()).unwrap_or_default();
                    last = table;
                    told(seen);
                }
                Err(error @ (StoreError::Unreachable(_) | StoreError::Busy(_))) => return Err(error),
                Err(error) => {
                    let detail = format!("not to be read after {seen} rows, the last ones of {last}: {error}");
                    let mut found = vec![Disagreement::new("rows", detail)];
                    found.extend(issues.differing_so_far());
                    return Ok(found);
                }
            }
        }
    }
}

/// Printed issues while their parts come by, in the order of their files.
#[derive(Default)]
struct Issues {
    /// By file: its name and the sum of its bytes as they came in. Those that belong to no issue may have broken off.
    expected: HashMap<i64, (String, String)>,
    /// The file whose parts come by, and what was read of it.
    current: Option<(i64, Sha256)>,
    differing: Vec<Disagreement>,
}

impl Issues {
    fn read(&mut self, table: &str, row: &JsonRow) {
        let int = |column: &str| row.get(column).and_then(serde_json::Value::as_i64);
        let text = |column: &str| row.get(column).and_then(serde_json::Value::as_str);
        let Some(file) = int("file_id") else { return };
        match table {
            "issue_files" if int("issue_id").is_some() && int("replaced_at").is_none() => {
                let (name, print) = (text("name").unwrap_or_default(), text("print").unwrap_or_default());
                self.expected.insert(file, (name.to_owned(), print.to_owned()));
            }
            "issue_parts" => {
                if self.current.as_ref().is_none_or(|(current, _)| *current != file) {
                    self.settle();
                    self.current = Some((file, Sha256::new()));
                }
                let bytes = row.get("bytes").and_then(|bytes| bytes.get("hex")).and_then(serde_json::Value::as_str);
                if let (Some((_, sum)), Some(bytes)) = (&mut self.current, bytes.and_then(hex::read)) {
                    sum.update(bytes);
                }
            }
            _ => {}
        }
    }

    /// All parts of the current file have come by.
    fn settle(&mut self) {
        let Some((file, sum)) = self.current.take() else { return };
        if let Some((name, print)) = self.expected.remove(&file)
            && hex::write(&sum.finalize()) != print
        {
            self.differing.push(Disagreement::new("issues.changed", format!("{name}: other bytes than came in")));
        }
    }

    /// What does not agree among those that were read to their end.
    fn differing_so_far(mut self) -> Vec<Disagreement> {
        self.differing.truncate(MOST);
        self.differing
    }

    /// What does not agree, when all parts have come by: a file of which none did is one of them.
    fn differing(mut self) -> Vec<Disagreement> {
        self.settle();
        let mut missing: Vec<_> = self.expected.drain().map(|(_, (name, _))| name).collect();
        missing.sort_unstable();
        let missing = missing.into_iter().map(|name| Disagreement::new("issues.missing", format!("{name}: no bytes")));
        self.differing.extend(missing);
        self.differing_so_far()
    }
}
