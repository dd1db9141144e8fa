//! The whole newspaper as lines of JSON, and its way back: the backup that can be read without us, and the road from
//! one engine to the other.
//!
//! The first line says what it is (`{"midad":1,"schema":…,"at":…}`, `at` being when the newest thing in it happened),
//! then every row on a line of its own (`{"table":…,"row":{…}}`) in an order in which they can be put back, and the
//! last line counts them (`{"end":{…}}`): a file without it was cut off. An unchanged paper gives the same bytes again.

use newsroom::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufRead, Read, Write};
use store::traced::TRACED;
use store::whole::JsonRow;
use store::{Store, StoreError};
use tracing::{Instrument, info_span};

/// The form of these files. It changes only when a file of the old form could not be read any more.
const FORM: u32 = 1;
/// Rows put at once.
const BATCH_ROWS: usize = 500;
/// Bytes of lines that are put at once, when fewer than [`BATCH_ROWS`] rows make so many.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Most bytes of a line: a picture of 64 MiB fits, and a file that is no export does not fill the memory.
const MOST_LINE_BYTES: u64 = 192 * 1024 * 1024;

/// Rows of each table that went out or came in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tally(pub BTreeMap<String, u64>);

impl Tally {
    /// Rows of all tables together.
    pub fn rows(&self) -> u64 {
        self.0.values().sum()
    }
}

/// Why a paper could not be written out or brought back. Lines are counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum WholeError {
    /// The data could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stream could not be read or written.
    #[error("the file cannot be read or written: {0}")]
    Stream(#[from] std::io::Error),
    /// Only an empty paper can be filled.
    #[error("the paper is not empty")]
    NotEmpty,
    /// The first line is not that of an export in a form that this program knows.
    #[error("line 1: not an export of a newspaper in form {FORM}")]
    NotOurs,
    /// The export was written with another schema.
    #[error("line 1: written with schema {theirs}, and this program has schema {ours}")]
    OtherSchema {
        /// The file's.
        theirs: i64,
        /// This program's.
        ours: i64,
    },
    /// A line is not what should stand there.
    #[error("line {line}: {why}")]
    Line {
        /// Which line.
        line: u64,
        /// What is wrong with it, in technical words.
        why: String,
    },
    /// The rows up to this line do not fit into a table.
    #[error("line {line}: table {table}: {problem}")]
    Rows {
        /// The last line of those put at once.
        line: u64,
        /// The table.
        table: String,
        /// What the store says.
        problem: StoreError,
    },
    /// The file ends without its last line.
    #[error("line {line}: the file is cut off here")]
    CutOff {
        /// The last line there is.
        line: u64,
    },
    /// The last line counts other rows than came.
    #[error("line {line}: {said} rows of table {table} were promised, {came} came")]
    WrongCount {
        /// The last line.
        line: u64,
        /// The table.
        table: String,
        /// Rows as the last line says.
        said: u64,
        /// Rows that came.
        came: u64,
    },
}

/// Writes the whole paper as it stands at one moment; it may go on working meanwhile. `progress` is told how many rows
/// have gone out so far.
///
/// # Errors
/// [`WholeError::Store`], [`WholeError::Stream`].
pub async fn write_everything<W: Write>(
    store: &Store,
    out: &mut W,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Tally, WholeError> {
    let newest = store.log(None, 1).await?.pop();
    let head = Head { midad: FORM, schema: store.schema_number().await?, at: newest.map(|happening| happening.at) };
    write_line(out, &head)?;
    let mut tally = Tally(Store::tables().iter().map(|table| ((*table).to_owned(), 0)).collect());
    let mut whole = store.whole();
    while let Some((table, rows)) = whole.next().await? {
        for row in rows {
            write_line(out, &Line::Row { table: table.to_owned(), row })?;
            *tally.0.entry(table.to_owned()).or_default() += 1;
        }
        progress(tally.rows());
    }
    write_line(out, &Line::End { end: tally.clone() })?;
    out.flush()?;
    Ok(tally)
}

/// Fills an empty paper. `progress` is told how many rows have come in so far. When it fails half way, what has come in
/// stays: throw that paper away and begin again with an empty one.
///
/// # Errors
/// Every [`WholeError`].
pub async fn read_everything<R: BufRead>(
    store: &Store,
    input: R,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Tally, WholeError> {
    if !store.is_empty().await? {
        return Err(WholeError::NotEmpty);
    }
    let mut lines = Lines { input, bytes: Vec::new(), number: 0 };
    check_head(&mut lines, store.schema_number().await?)?;
    let mut filling = Filling::new(store);
    let promised = loop {
        match lines.next()? {
            Some(Line::Row { table, row }) => {
                if filling.take(table, row, lines.number, lines.bytes.len()).await? {
                    progress(filling.tally.rows());
                }
            }
            Some(Line::End { end }) => break end,
            None => return Err(WholeError::CutOff { line: lines.number }),
        }
    };
    filling.put().await?;
    progress(filling.tally.rows());
    compare(&promised, &filling.tally, lines.number)?;
    if lines.read()? {
        return Err(lines.wrong("something stands after the last line"));
    }
    let tally = filling.tally;
    store.rebuild_search().await?;
    Ok(tally)
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    midad: u32,
    schema: i64,
    at: Option<Timestamp>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Row { table: String, row: JsonRow },
    End { end: Tally },
}

fn write_line<W: Write>(out: &mut W, line: &impl Serialize) -> Result<(), WholeError> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// The lines of a file, one in memory at a time.
struct Lines<R> {
    input: R,
    bytes: Vec<u8>,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// Reads on to the next line that is not empty; `false` at the end.
    fn read(&mut self) -> Result<bool, WholeError> {
        loop {
            self.bytes.clear();
            if (&mut self.input).take(MOST_LINE_BYTES).read_until(b'\n', &mut self.bytes)? == 0 {
                return Ok(false);
            }
            self.number += 1;
            if self.bytes.len() as u64 == MOST_LINE_BYTES {
                return Err(self.wrong("longer than any line of an export"));
            }
            if !self.bytes.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }

    fn next(&mut self) -> Result<Option<Line>, WholeError> {
        if !self.read()? {
            return Ok(None);
        }
        match serde_json::from_slice(&self.bytes) {
            Ok(line) => Ok(Some(line)),
            Err(problem) if problem.is_eof() => Err(WholeError::CutOff { line: self.number }),
            Err(problem) => Err(self.wrong(&problem.to_string())),
        }
    }

    fn wrong(&self, why: &str) -> WholeError {
        WholeError::Line { line: self.number, why: why.to_owned() }
    }
}

fn check_head<R: BufRead>(lines: &mut Lines<R>, ours: i64) -> Result<(), WholeError> {
    if !lines.read()? {
        return Err(WholeError::CutOff { line: 0 });
    }
    let head: Head = serde_json::from_slice(&lines.bytes).map_err(|_| WholeError::NotOurs)?;
    if head.midad != FORM {
        return Err(WholeError::NotOurs);
    }
    if head.schema != ours {
        return Err(WholeError::OtherSchema { theirs: head.schema, ours });
    }
    Ok(())
}

/// Rows of one table on their way into the store.
struct Filling<'s> {
    store: &'s Store,
    table: String,
    rows: Vec<JsonRow>,
    bytes: usize,
    /// Where the last of them stood.
    line: u64,
    tally: Tally,
}

impl<'s> Filling<'s> {
    fn new(store: &'s Store) -> Self {
        Self { store, table: String::new(), rows: Vec::new(), bytes: 0, line: 0, tally: Tally::default() }
    }

    /// Takes a row of `bytes` bytes, and puts those before it when they are enough or of another table (`true`).
    async fn take(&mut self, table: String, row: JsonRow, line: u64, bytes: usize) -> Result<bool, WholeError> {
        let enough = self.rows.len() >= BATCH_ROWS || self.bytes + bytes > BATCH_BYTES;
        let full = !self.rows.is_empty() && (enough || table != self.table);
        if full {
            self.put().await?;
        }
        self.table = table;
        self.rows.push(row);
        self.bytes += bytes;
        self.line = line;
        Ok(full)
    }

    /// Puts what was taken.
    async fn put(&mut self) -> Result<(), WholeError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let span = info_span!(target: TRACED, "import rows");
        let put = self.store.put_rows(&self.table, &self.rows).instrument(span).await;
        put.map_err(|problem| WholeError::Rows { line: self.line, table: self.table.clone(), problem })?;
        *self.tally.0.entry(self.table.clone()).or_default() += self.rows.len() as u64;
        self.rows.clear();
        self.bytes = 0;
        Ok(())
    }
}

fn compare(promised: &Tally, came: &Tally, line: u64) -> Result<(), WholeError> {
    for table in promised.0.keys().chain(came.0.keys()) {
        let count = |tally: &Tally| tally.0.get(table).copied().unwrap_or(0);
        let (said, came) = (count(promised), count(came));
        if said != came {
            return Err(WholeError::WrongCount { line, table: table.clone(), said, came });
        }
    }
    Ok(())
}
