//! Looks whether the data agree with themselves.

mod questions;

use crate::engine::{Dialect, Row, Tx, values};
use crate::{Store, StoreError, whole};
use newsroom::comment::State;
use questions::questions;

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// What was looked at: `integrity`, `foreign-keys`, `schema`, `counters.waiting`, `counters.released`, `numbers`,
    /// `search` …
    pub what: String,
    /// Where and how, in technical words: for an administrator's report.
    pub detail: String,
}

/// Most disagreements told of one kind: a report is to be read.
const MOST_OF_A_KIND: i64 = 20;

impl Store {
    /// Verifies the file (SQLite) and every counter, number and search row against the rows themselves, on one snapshot,
    /// so that a paper may go on working meanwhile. At most twenty disagreements of a kind are told. Pictures that stand outside of
    /// the database are read by [`Store::check_pictures`].
    pub async fn check(&self) -> Result<Vec<Disagreement>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let mut found = Vec::new();
                if tx.dialect() == Dialect::Sqlite {
                    found.extend(check_file(tx).await?);
                }
                let columns = whole::unknown_columns(tx).await?;
                found.extend(columns.into_iter().map(|column| Disagreement::new("schema", column)));
                for question in questions(tx.dialect()) {
                    let text = format!("{} limit {MOST_OF_A_KIND}", question.sql);
                    for mut row in tx.rows(&text, values![]).await? {
                        found.push(Disagreement::new(question.what, row.text(0)?));
                    }
                }
                Ok(found)
            })
        });
        read.await
    }

    /// Comments in each state, for a report.
    pub async fn tally(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move { tx.rows("select state, count(*) from comments group by state", values![]).await })
        });
        let counted = |mut row: Row| Ok((row.text(0)?, row.int(1)?));
        let counted = read.await?.into_iter().map(counted).collect::<Result<Vec<_>, StoreError>>()?;
        let of = |state: &str| counted.iter().find(|(word, _)| word == state).map_or(0, |(_, n)| *n);
        Ok(State::ALL.into_iter().map(|state| (state.key().to_owned(), of(state.key()))).collect())
    }

    /// Runs any statement: for tests that damage data on purpose and see it found. The program never calls it.
    #[doc(hidden)]
    pub async fn run_for_tests(&self, sql: &str) -> Result<u64, StoreError> {
        let sql = sql.to_owned();
        let write = self.engine.write(move |tx| {
            let sql = sql.clone();
            Box::pin(async move { tx.run(&sql, values![]).await })
        });
        write.await
    }
}

impl Disagreement {
    pub(crate) fn new(what: &str, detail: String) -> Self {
        Self { what: what.to_owned(), detail }
    }
}

/// SQLite looks at its own file: pages, indexes, and rows that refer to nothing.
async fn check_file(tx: &mut Tx) -> Result<Vec<Disagreement>, StoreError> {
    let mut found = Vec::new();
    for mut row in tx.rows(&format!("pragma integrity_check({MOST_OF_A_KIND})"), values![]).await? {
        let said = row.text(0)?;
        if said != "ok" {
            found.push(Disagreement::new("integrity", said));
        }
    }
    let orphans = "select \"table\", parent, count(*) from pragma_foreign_key_check group by 1, 2";
    for mut row in tx.rows(orphans, values![]).await? {
        let detail = format!("{} rows of {} refer to none of {}", row.int(2)?, row.text(0)?, row.text(1)?);
        found.push(Disagreement::new("foreign-keys", detail));
    }
    Ok(found)
}
