//! The rows that comments left in a paper's file, written once more into a copy of the file as it was before them: by SQLite alone, so
//! many comments in one durable commit, with the paper's own indexes.
//!
//! What a comment changes instead of adding (its story's counters, the desk's) is written with each commit. Words are written as the
//! blocks into which SQLite has laid them at the end, which is less than it does on the way there; rows that went, and tables without a
//! key, are left out: this rate is a limit.

use crate::{Answer, rate};
use rusqlite::{Connection, params};
use std::path::Path;
use std::time::Instant;

/// Comments beyond these would be measured for no better figure.
const MOST: i64 = 1_000_000;

/// `before` is left as it is; what is made of it lies beside it.
pub fn rows(before: &Path, after: &Path, group: &str) -> Answer {
    let group: i64 = group.parse()?;
    if !(1..=10_000).contains(&group) {
        return Err("between 1 and 10,000 comments in a commit".into());
    }
    let (paper, stage) = (before.with_extension("again.db"), before.with_extension("rows.db"));
    for old in [&paper, &stage] {
        if old.exists() {
            std::fs::remove_file(old)?;
        }
    }
    Connection::open(before)?.execute("vacuum into ?", [paper.to_string_lossy()])?;
    let mut connection = Connection::open(&paper)?;
    // As the newspaper sets them, but that no row is looked for by which another one is named.
    connection.execute_batch(
        "pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=16384; pragma cache_size=-64000;
         pragma temp_store=memory; pragma foreign_keys=off;",
    )?;
    for (place, name) in [(after, "after"), (&*stage, "stage")] {
        connection.execute(&format!("attach ? as {name}"), [place.to_string_lossy()])?;
    }
    connection.pragma_update(Some("stage"), "synchronous", "off")?;
    let comments: i64 = connection.query_row(
        "select (select count(*) from after.comments) - (select count(*) from main.comments)",
        [],
        |row| row.get(0),
    )?;
    if !(1..=MOST).contains(&comments) {
        return Err(format!("{comments} comments came between the two files").into());
    }
    let commits = (comments + group - 1) / group;
    let mut writes = Vec::new();
    for table in tables(&connection)? {
        writes.extend(staged(&connection, &table, commits)?);
    }
    connection.set_prepared_statement_cache_capacity(writes.len());
    let start = Instant::now();
    for commit in 0..commits {
        let all = connection.transaction()?;
        for write in &writes {
            all.prepare_cached(write)?.execute(params![commit])?;
        }
        all.commit()?;
    }
    Ok(rate(comments, start))
}

/// Every table but those of words by themselves, whose blocks are tables too.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let named = "select name from after.sqlite_schema where type = 'table' and sql not like 'create virtual%' and name not like 'sqlite_%'";
    connection.prepare(named)?.query_map([], |row| row.get(0))?.collect()
}

/// Lays the rows of a table that are new or another ready, the new ones in equal parts for so many commits; the statement that writes
/// one part, or none where nothing came.
fn staged(connection: &Connection, table: &str, commits: i64) -> rusqlite::Result<Option<String>> {
    let keys = "select name from pragma_table_info(?, 'main') where pk > 0";
    let keys: Vec<String> =
        connection.prepare(keys)?.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let same: Vec<String> = keys.iter().map(|key| format!("there.\"{key}\" is came.\"{key}\"")).collect();
    let came = format!("(select * from after.\"{table}\" except select * from main.\"{table}\")");
    let count = |of: &str| connection.query_row(&format!("select count(*) from {of}"), [], |row| row.get::<_, i64>(0));
    if same.is_empty() || count(&came)? == 0 {
        return Ok(None);
    }
    let is_there = format!("exists (select 1 from main.\"{table}\" there where {})", same.join(" and "));
    let fresh = count(&format!("{came} came where not {is_there}"))?.max(1);
    let lay = [
        format!(
            "create table stage.\"{table}\" as select (row_number() over () - 1) * {commits} / {fresh} as part_, * from {came} came where not {is_there}"
        ),
        format!("insert into stage.\"{table}\" select null, * from {came} came where {is_there}"),
        format!("create index stage.\"part_{table}\" on \"{table}\" (part_)"),
    ];
    connection.execute_batch(&lay.join(";\n"))?;
    let columns = "select group_concat('\"' || name || '\"') from pragma_table_info(?, 'main')";
    let columns: String = connection.query_row(columns, [table], |row| row.get(0))?;
    let of_this = format!(
        "select {columns} from stage.\"{table}\" where part_ = ?1 union all select {columns} from stage.\"{table}\" where part_ is null"
    );
    Ok(Some(format!("insert or replace into main.\"{table}\" ({columns}) {of_this}")))
}
