//! What the engines do by themselves: rows of a comment's size, each in a commit of its own, durable, without anything of
//! the newspaper. `cargo xtask bench` prints it beside the newspaper's own rate.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its answer is what it prints")]

use futures_util::future::try_join_all;
use serde_json::json;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio_postgres::{Client, NoTls};

#[path = "bare/rows.rs"]
mod rows;

const USAGE: &str = "bare sqlite FILE SECONDS | rows BEFORE AFTER COMMENTS-IN-A-COMMIT | postgres ADDRESS SECONDS WRITERS | create SERVER NAME | drop SERVER NAME";
const TABLE: &str = "create table bare (id bigint primary key, name text not null, words text not null)";
const ROW: &str = "insert into bare (id, name, words) values ($1, $2, $3)";
/// About 290 bytes, as an ordinary Arabic comment has.
const WORDS: &str = "قرأت الخبر كاملا وأشكر من كتبه. أتمنى أن نعرف في الأسبوع المقبل ما الذي تم تنفيذه فعلا، ومن المسؤول \
                     عن المتابعة، ومتى يبدأ العمل في الحي الغربي.";

type Answer = Result<String, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let answer = match words[..] {
        ["sqlite", file, seconds] => sqlite(Path::new(file), seconds),
        ["rows", before, after, group] => rows::rows(Path::new(before), Path::new(after), group),
        ["postgres", address, seconds, writers] => postgres(address, seconds, writers).await,
        ["create", server, name] => run_on(server, &format!("create database {name}")).await,
        ["drop", server, name] => run_on(server, &format!("drop database if exists {name} with (force)")).await,
        _ => Err(USAGE.into()),
    };
    match answer {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("bare: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn seconds_of(word: &str) -> Result<Duration, Box<dyn Error>> {
    let seconds: f64 = word.parse()?;
    if !(0.1..=120.0).contains(&seconds) {
        return Err("between 0.1 and 120 seconds".into());
    }
    Ok(Duration::from_secs_f64(seconds))
}

/// One writer: SQLite has no more. Settings as the newspaper's own.
fn sqlite(file: &Path, seconds: &str) -> Answer {
    let time = seconds_of(seconds)?;
    let connection = rusqlite::Connection::open(file)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute_batch(TABLE)?;
    let mut row = connection.prepare(&ROW.replace('$', "?"))?;
    let (start, mut rows) = (Instant::now(), 0_i64);
    while start.elapsed() < time {
        row.execute((rows, "bare", WORDS))?;
        rows += 1;
    }
    Ok(rate(rows, start))
}

/// Each writer with a connection of its own.
async fn postgres(address: &str, seconds: &str, writers: &str) -> Answer {
    let (time, writers): (Duration, i64) = (seconds_of(seconds)?, writers.parse()?);
    if !(1..=64).contains(&writers) {
        return Err("between 1 and 64 writers".into());
    }
    let table = connect(address).await?;
    table.batch_execute("drop table if exists bare").await?;
    table.batch_execute(TABLE).await?;
    let clients = try_join_all((0..writers).map(|_| connect(address))).await?;
    let start = Instant::now();
    let write = |(writer, client): (i64, Client)| async move {
        let row = client.prepare(ROW).await?;
        let mut rows = 0_i64;
        while start.elapsed() < time {
            client.execute(&row, &[&(rows * 64 + writer), &"bare", &WORDS]).await?;
            rows += 1;
        }
        Ok::<_, tokio_postgres::Error>(rows)
    };
    let rows = try_join_all((0_i64..).zip(clients).map(write)).await?;
    Ok(rate(rows.iter().sum(), start))
}

async fn connect(address: &str) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(address, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

async fn run_on(server: &str, text: &str) -> Answer {
    connect(server).await?.batch_execute(text).await?;
    Ok("{}".to_owned())
}

fn rate(rows: i64, start: Instant) -> String {
    // Rows of some seconds are few enough to be exact as a fraction.
    #[allow(clippy::cast_precision_loss)]
    let per_second = rows as f64 / start.elapsed().as_secs_f64();
    json!({ "per_second": per_second, "count": rows }).to_string()
}
