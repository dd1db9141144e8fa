//! The programs that measure: built with the newspaper, and `wrk` for reading where it is installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

use super::compare::Peer;
use super::encoded;
use super::paper::{Paper, Place};
use crate::cargo;

/// Connections that stay open while a page is read.
const CONNECTIONS: &str = "50";
const THREADS: &str = "2";
/// Codings of a page on the line, as HTTP calls them.
pub const GZIP: &str = "gzip";
pub const BROTLI: &str = "br";

/// What a measurement said.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// How many in a second.
    pub per_second: f64,
    /// How long the slowest hundredth took, in milliseconds.
    pub p99_ms: Option<f64>,
}

/// The programs, built for release.
pub struct Tools {
    /// The newspaper itself.
    pub midad: PathBuf,
    load: PathBuf,
    bare: PathBuf,
}

impl Tools {
    /// Builds them.
    pub fn build(root: &Path) -> Result<Self> {
        cargo::done(root, &["build", "--release", "--package", "server", "--bin", "midad", "--example", "load"])?;
        cargo::done(root, &["build", "--release", "--package", "store", "--example", "bare"])?;
        let release = cargo::made(root, "release");
        let examples = release.join("examples");
        Ok(Self { midad: release.join("midad"), load: examples.join("load"), bare: examples.join("bare") })
    }

    /// The slug of some public story with pictures and a long body: the first of the export.
    pub fn any_slug(&self, folder: &Path, place: &Place) -> Result<String> {
        let file = folder.join("export.jsonl");
        let mut export = Command::new(&self.midad);
        export.args(["export", &file.display().to_string()]).args(place.flags()).current_dir(folder);
        ensure!(export.stderr(Stdio::null()).status().context("midad export")?.success(), "midad export failed");
        let text = std::fs::read_to_string(&file).context("the export")?;
        std::fs::remove_file(&file).context("the export")?;
        let rows = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let public = |line: &Value| line["table"] == "stories" && line["row"]["state"] == "published";
        let story = rows.into_iter().find(public).context("the paper has no public story")?;
        Ok(story["row"]["slug"].as_str().context("a public story has a slug")?.to_owned())
    }

    /// Publishes a copy of a story with so many released comments; its slug.
    pub fn fill(&self, place: &Place, model: &str, comments: &str) -> Result<String> {
        let filled = self.load(&["fill", place.word(), model, comments])?;
        Ok(filled["slug"].as_str().context("load fill names no slug")?.to_owned())
    }

    /// Keeps a page in a file, as it comes over the wire to whoever takes one coding ([`GZIP`], [`BROTLI`]) or none.
    pub fn fetch(&self, address: &str, file: &Path, coding: Option<&str>) -> Result<()> {
        let file = file.display().to_string();
        let words: Vec<&str> = ["fetch", address, &file].into_iter().chain(coding).collect();
        self.load(&words).map(drop)
    }

    /// Reads a page from connections that stay open.
    pub fn read(&self, address: &str, time: Duration, gzip: bool) -> Result<Measured> {
        if let Some(measured) = with_wrk(address, time, gzip)? {
            return Ok(measured);
        }
        let seconds = time.as_secs().to_string();
        let words = ["read", address, &seconds, CONNECTIONS, GZIP];
        measured(&self.load(if gzip { &words } else { &words[..4] })?)
    }

    /// Posts comments over HTTP.
    pub fn post(&self, paper: &Paper, slug: &str, time: Duration, posters: usize) -> Result<Measured> {
        let story = format!("/stories/{}", encoded(slug));
        measured(&self.load(&["post", &paper.address, &story, &time.as_secs().to_string(), &posters.to_string()])?)
    }

    /// Sends comments to whichever comment system that is.
    pub fn send(&self, to: &Peer, time: Duration, senders: usize) -> Result<Measured> {
        let (seconds, senders, taken) = (time.as_secs().to_string(), senders.to_string(), to.taken.to_string());
        let mut words = vec!["send", &to.address, &seconds, &senders, &taken, &to.kind, &to.body];
        words.extend(to.headers.iter().map(String::as_str));
        measured(&self.load(&words)?)
    }

    /// Releases comments from another process; milliseconds until the last of so many readers saw each.
    pub fn shown(&self, paper: &Paper, place: &Place, slug: &str, readers: usize) -> Result<Vec<f64>> {
        let said = self.load(&["shown", &paper.address, place.word(), slug, &readers.to_string()])?;
        let each = said["last_ms"].as_array().context("no times were measured")?;
        Ok(each.iter().filter_map(Value::as_f64).collect())
    }

    /// Asks for scores in the form of the service that closes.
    pub fn analyze(&self, paper: &Paper, place: &Place, time: Duration, connections: usize) -> Result<Measured> {
        let (seconds, connections) = (time.as_secs().to_string(), connections.to_string());
        measured(&self.load(&["analyze", &paper.address, place.word(), &seconds, &connections])?)
    }

    /// Keeps comments without HTTP.
    pub fn keep(&self, place: &Place, slug: &str, time: Duration, writers: usize) -> Result<Measured> {
        measured(&self.load(&["keep", place.word(), slug, &time.as_secs().to_string(), &writers.to_string()])?)
    }

    /// SQLite's own rate of durable commits.
    pub fn bare_sqlite(&self, file: &Path, time: Duration) -> Result<Measured> {
        measured(&self.bare(&["sqlite", &file.display().to_string(), &time.as_secs().to_string()])?)
    }

    /// SQLite's own rate of the rows that came between two files of a paper, so many comments in a commit.
    pub fn bare_rows(&self, before: &Path, after: &Path, group: usize) -> Result<Measured> {
        let (before, after) = (before.display().to_string(), after.display().to_string());
        measured(&self.bare(&["rows", &before, &after, &group.to_string()])?)
    }

    /// PostgreSQL's own rate of durable commits.
    pub fn bare_postgres(&self, address: &str, time: Duration, writers: usize) -> Result<Measured> {
        measured(&self.bare(&["postgres", address, &time.as_secs().to_string(), &writers.to_string()])?)
    }

    /// Makes or drops a database: `create` or `drop`.
    pub fn database(&self, verb: &str, server: &str, name: &str) -> Result<()> {
        self.bare(&[verb, server, name]).map(drop)
    }

    fn load(&self, words: &[&str]) -> Result<Value> {
        answer_of(&self.load, words)
    }

    fn bare(&self, words: &[&str]) -> Result<Value> {
        answer_of(&self.bare, words)
    }
}

/// The line of JSON that one of our own programs answers with.
fn answer_of(program: &Path, words: &[&str]) -> Result<Value> {
    let output = Command::new(program).args(words).stdin(Stdio::null()).output();
    let output = output.with_context(|| program.display().to_string())?;
    ensure!(output.status.success(), "{}: {}", words[0], String::from_utf8_lossy(&output.stderr).trim());
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(text.trim()).with_context(|| format!("{} said «{}»", words[0], text.trim()))
}

fn measured(answer: &Value) -> Result<Measured> {
    let per_second = answer["per_second"].as_f64().context("no rate was measured")?;
    Ok(Measured { per_second, p99_ms: answer["p99_ms"].as_f64() })
}

/// Nothing when `wrk` is not installed.
fn with_wrk(address: &str, time: Duration, gzip: bool) -> Result<Option<Measured>> {
    let mut wrk = Command::new("wrk");
    wrk.args(["--threads", THREADS, "--connections", CONNECTIONS, "--latency", "--timeout", "20s"]);
    wrk.args(["--duration", &format!("{}s", time.as_secs())]);
    if gzip {
        wrk.args(["--header", "Accept-Encoding: gzip"]);
    }
    let output = match wrk.arg(address).stdin(Stdio::null()).output() {
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        output => output.context("wrk")?,
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "wrk {address} failed ({}), complained:\n{}\nand said:\n{}",
        output.status,
        complained.trim(),
        said.trim()
    );
    ensure!(!said.contains("Non-2xx") && !said.contains("Socket errors"), "{address} answers with errors:\n{said}");
    read_wrk(&said).map(Some).ok_or_else(|| anyhow!("wrk said:\n{said}"))
}

/// Reads `99%    3.21ms` and `Requests/sec:  12345.67`.
pub fn read_wrk(said: &str) -> Option<Measured> {
    let after = |start: &str| said.lines().find_map(|line| line.trim().strip_prefix(start)).map(str::trim);
    let per_second = after("Requests/sec:")?.parse().ok()?;
    let p99 = after("99%")?;
    let (number, unit) = p99.split_at(p99.find(|c: char| c.is_ascii_alphabetic())?);
    let factor = match unit {
        "us" => 0.001,
        "ms" => 1.0,
        "s" => 1000.0,
        _ => return None,
    };
    Some(Measured { per_second, p99_ms: Some(number.parse::<f64>().ok()? * factor) })
}
