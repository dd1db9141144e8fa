//! The desk on a paper with many comments: `cargo xtask bench desk [--comments N] [--rounds N]`.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::say;
use crate::cargo;

/// Enough to see a scan, few enough for a quick look; the published figures are of a million.
const COMMENTS: &str = "100000";
const ROUNDS: &str = "200";
const POSTGRES: &str = "MIDAD_TEST_POSTGRES";

/// Measures on both engines and prints a table.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let (mut comments, mut rounds) = (COMMENTS.to_owned(), ROUNDS.to_owned());
    for pair in words.chunks(2) {
        match pair {
            [flag, number] if flag == "--comments" => comments.clone_from(number),
            [flag, number] if flag == "--rounds" => rounds.clone_from(number),
            _ => bail!("bench desk takes --comments N and --rounds N"),
        }
    }
    for number in [&comments, &rounds] {
        ensure!(number.parse::<u32>().is_ok_and(|number| number > 0), "«{number}» is no number");
    }
    build(root, &["desk", "bare"])?;
    let examples = cargo::made(root, "release").join("examples");
    let folder = std::env::temp_dir().join(format!("midad-bench-desk-{}", std::process::id()));
    let sqlite = measure(&examples.join("desk"), &folder.display().to_string(), &comments, &rounds, "SQLite");
    // What is left behind is in the system's own folder for such things.
    let _ = std::fs::remove_dir_all(&folder);
    println!("\n{comments} comments, one in twenty waits; milliseconds\n");
    println!("| What | By | median | slowest hundredth |\n|---|---|--:|--:|");
    lines(&sqlite?, "SQLite")?;
    match on_postgres(&examples, &comments, &rounds) {
        Ok(said) => lines(&said, "PostgreSQL")?,
        Err(reason) => println!("\nPostgreSQL was not measured: {reason:#}"),
    }
    Ok(true)
}

/// Builds examples of the store.
pub fn build(root: &Path, examples: &[&str]) -> Result<()> {
    let mut words = vec!["build", "--release", "--package", "store"];
    words.extend(examples.iter().flat_map(|example| ["--example", *example]));
    cargo::done(root, &words)
}

fn on_postgres(examples: &Path, comments: &str, rounds: &str) -> Result<String> {
    let server = std::env::var(POSTGRES).context(format!("{POSTGRES} is not set"))?;
    let (base, _) = server.rsplit_once('/').context("an address of PostgreSQL ends in /DATABASE")?;
    let name = format!("midad_bench_desk_{}", std::process::id());
    let bare = |verb: &str| -> Result<()> {
        let done = Command::new(examples.join("bare")).args([verb, &server, &name]).stdout(Stdio::null()).status();
        ensure!(done.context("bare")?.success(), "the database could not be {verb}d");
        Ok(())
    };
    bare("create")?;
    let said = measure(&examples.join("desk"), &format!("{base}/{name}"), comments, rounds, "PostgreSQL");
    bare("drop")?;
    said
}

fn measure(program: &Path, place: &str, comments: &str, rounds: &str, engine: &str) -> Result<String> {
    say(&format!("the desk with {comments} comments on {engine}"));
    let output = Command::new(program).args([place, comments, rounds]).output().context("desk")?;
    ensure!(output.status.success(), "desk: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn lines(said: &str, engine: &str) -> Result<()> {
    for line in said.lines() {
        let line: Value = serde_json::from_str(line).with_context(|| format!("desk said «{line}»"))?;
        let number = |name: &str| line[name].as_f64().unwrap_or_default();
        let what = line["what"].as_str().unwrap_or_default();
        println!("| {what} | {engine} | {:.2} | {:.2} |", number("p50_ms"), number("p99_ms"));
    }
    Ok(())
}
