//! Schema steps: forward only, embedded, applied at start under a lock, each in a transaction of its own; into an empty place all at once.
//!
//! A step expands; what it makes superfluous is taken away by a later one, so that the program of the version before still
//! runs. `runs_with` says which programs may: those that know at least that step.

use super::StoreError;
use super::postgres::broken as server_broken;
use rusqlite::TransactionBehavior;

/// One step, in both dialects.
struct Step {
    number: i64,
    name: &'static str,
    /// The oldest program that runs on a schema with this step, by the last step that it knows.
    runs_with: i64,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! steps {
    ($($number:literal $name:literal runs_with $oldest:literal;)+) => {
        &[$(Step {
            number: $number,
            name: $name,
            runs_with: $oldest,
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        }),+]
    };
}

/// Every step, in order.
const STEPS: &[Step] = steps! {
    1 "0001_newspaper" runs_with 1;
    2 "0002_machinery" runs_with 2;
    3 "0003_probes" runs_with 2;
    4 "0004_moderation_api" runs_with 4;
    5 "0005_statements" runs_with 2;
    6 "0006_staff_sections" runs_with 6;
    7 "0007_rulebooks" runs_with 2;
    8 "0008_suggestions_ceiling" runs_with 2;
    9 "0009_redress" runs_with 2;
    10 "0010_measures" runs_with 2;
    11 "0011_staff_keys" runs_with 11;
    12 "0012_desk_queues" runs_with 12;
    13 "0013_acting_rules" runs_with 13;
    14 "0014_quality_cards" runs_with 14;
    15 "0015_accounts" runs_with 14;
    16 "0016_learning" runs_with 16;
    17 "0017_orders" runs_with 17;
    18 "0018_of_visitors" runs_with 17;
    19 "0019_erasures" runs_with 19;
    20 "0020_networks" runs_with 19;
    21 "0021_readers" runs_with 21;
    22 "0022_order_erasures" runs_with 22;
    23 "0023_organisation" runs_with 22;
    24 "0024_writing" runs_with 24;
    25 "0025_pictures" runs_with 24;
    26 "0026_picture_rights" runs_with 26;
    27 "0027_front_page" runs_with 24;
    28 "0028_colleagues" runs_with 28;
    29 "0029_breaking" runs_with 24;
    30 "0030_readings" runs_with 24;
    31 "0031_kept_for_later" runs_with 24;
    32 "0032_live" runs_with 24;
    33 "0033_kinds" runs_with 33;
    34 "0034_site" runs_with 24;
    35 "0035_own_ways" runs_with 24;
    36 "0036_desk_notices" runs_with 24;
    37 "0037_printed_issues" runs_with 24;
    38 "0038_picture_places" runs_with 38;
    39 "0039_work" runs_with 39;
    40 "0040_finding" runs_with 40;
    41 "0041_paper_ways" runs_with 40;
    42 "0042_front_steps" runs_with 40;
    43 "0043_addresses" runs_with 43;
    44 "0044_search" runs_with 44;
    45 "0045_cards" runs_with 45;
    46 "0046_released" runs_with 46;
    47 "0047_meaning" runs_with 47;
    48 "0048_newsletter" runs_with 48;
    49 "0049_channels" runs_with 48;
    50 "0050_push" runs_with 48;
    51 "0051_outside_pages" runs_with 51;
    52 "0052_api" runs_with 51;
    53 "0053_fediverse" runs_with 51;
    54 "0054_due_probes" runs_with 51;
    55 "0055_sealed_log" runs_with 51;
    56 "0056_search_of_last" runs_with 56;
    57 "0057_words_by_eras" runs_with 57;
    58 "0058_cards_again" runs_with 57;
};

const BOOK: &str = "create table if not exists schema_steps (number bigint primary key, name text not null, runs_with bigint not null)";

const DONE: &str = "select number, name, runs_with from schema_steps order by number";

/// The number of the last step that this program knows.
pub fn newest() -> i64 {
    STEPS.last().map_or(0, |step| step.number)
}

/// Brings an SQLite file up to date. `begin immediate` is the lock: a second process waits, then finds nothing to do. A file
/// without any step gets all of them at once.
pub(super) fn bring_up_to_date(connection: &rusqlite::Connection) -> Result<(), StoreError> {
    let mut missing = STEPS;
    while let [step, rest @ ..] = missing {
        let tx = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate).map_err(failed)?;
        tx.execute_batch(BOOK).map_err(failed)?;
        let mut statement = tx.prepare(DONE).map_err(failed)?;
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let done: Vec<(i64, String, i64)> =
            statement.query_map([], read).and_then(Iterator::collect).map_err(failed)?;
        drop(statement);
        let now = if done.is_empty() { missing } else { std::slice::from_ref(step) };
        for step in now {
            if !is_done(step, &done)? {
                tx.execute_batch(step.sqlite).map_err(|problem| step_failed(step, &problem))?;
                let sql = "insert into schema_steps (number, name, runs_with) values (?1, ?2, ?3)";
                tx.execute(sql, (step.number, step.name, step.runs_with)).map_err(failed)?;
            }
        }
        tx.commit().map_err(failed)?;
        missing = if done.is_empty() { &[] } else { rest };
    }
    Ok(())
}

/// Brings a PostgreSQL database up to date. A row is the lock: it is let go of by itself when its holder dies, and needs no
/// advisory lock, which distributed engines refuse. A database without any step gets all of them at once.
pub(super) async fn bring_server_up_to_date(client: &mut tokio_postgres::Client) -> Result<(), StoreError> {
    let lock = "create table if not exists schema_lock (one bigint primary key)";
    for sql in [BOOK, lock, "insert into schema_lock (one) values (1) on conflict do nothing"] {
        // Two processes at their first start: one of them loses the race inside the catalogue, and asks again.
        if client.batch_execute(sql).await.is_err() {
            client.batch_execute(sql).await.map_err(server_broken)?;
        }
    }
    let mut missing = STEPS;
    while let [step, rest @ ..] = missing {
        let tx = client.transaction().await.map_err(server_broken)?;
        tx.query("select one from schema_lock where one = 1 for update", &[]).await.map_err(server_broken)?;
        let rows = tx.query(DONE, &[]).await.map_err(server_broken)?;
        let done: Vec<(i64, String, i64)> = rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
        let now = if done.is_empty() { missing } else { std::slice::from_ref(step) };
        for step in now {
            if !is_done(step, &done)? {
                tx.batch_execute(step.postgres).await.map_err(|problem| step_failed(step, &server_broken(problem)))?;
                let sql = "insert into schema_steps (number, name, runs_with) values ($1, $2, $3)";
                tx.execute(sql, &[&step.number, &step.name, &step.runs_with]).await.map_err(server_broken)?;
            }
        }
        tx.commit().await.map_err(server_broken)?;
        missing = if done.is_empty() { &[] } else { rest };
    }
    Ok(())
}

const NEWEST_DONE: &str = "select coalesce(max(number), 0) from schema_steps";

/// Nothing is to be done to an SQLite file, and nothing is.
pub(super) fn is_up_to_date(connection: &rusqlite::Connection) -> Result<(), StoreError> {
    as_new_as_this(connection.query_row(NEWEST_DONE, [], |row| row.get(0)).map_err(failed)?)
}

/// Nothing is to be done to a PostgreSQL database, and nothing is.
pub(super) async fn server_is_up_to_date(client: &tokio_postgres::Client) -> Result<(), StoreError> {
    let row = client.query_one(NEWEST_DONE, &[]).await;
    as_new_as_this(row.map_err(|problem| StoreError::Schema(server_broken(problem).to_string()))?.get(0))
}

fn as_new_as_this(done: i64) -> Result<(), StoreError> {
    let ours = newest();
    if done == ours {
        Ok(())
    } else {
        Err(StoreError::Schema(format!("the data have step {done}, this program {ours}")))
    }
}

/// Whether a step stands in the book; an error when the book belongs to a program that this one is too old for.
fn is_done(step: &Step, done: &[(i64, String, i64)]) -> Result<bool, StoreError> {
    if let Some((number, name, _)) = done.iter().find(|(number, _, oldest)| *number > newest() && *oldest > newest()) {
        let text =
            format!("the data have step {number} ({name}) of a newer program; this one knows up to {}", newest());
        return Err(StoreError::Schema(text));
    }
    match done.iter().find(|(number, _, _)| *number == step.number) {
        Some((_, name, _)) if name != step.name => Err(StoreError::Schema(format!(
            "step {} is {name} in the data and {} in the program",
            step.number, step.name
        ))),
        found => Ok(found.is_some()),
    }
}

fn failed(problem: rusqlite::Error) -> StoreError {
    StoreError::Schema(problem.to_string())
}

fn step_failed(step: &Step, problem: &dyn std::fmt::Display) -> StoreError {
    StoreError::Schema(format!("step {}: {problem}", step.name))
}
