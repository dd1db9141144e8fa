//! What backups there are, and how the last attempts ended: a line of each stands in a file beside them.

use super::about::{About, UNPROVED, at_of};
use super::{files, followed};
use crate::upkeep::print;
use anyhow::Result;
use newsroom::Timestamp;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;
use web::Words;

/// The file of attempts, one a line, the newest last.
const LOG: &str = "midad-backups.jsonl";
/// Attempts that are told.
const TOLD: usize = 10;

/// What was attempted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// To make a backup and to prove it.
    #[default]
    Making,
    /// To carry it to the bucket.
    Carrying,
}

/// How an attempt ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attempt {
    /// What was attempted; older programs only noted how making ended.
    #[serde(default)]
    pub step: Step,
    /// When it ended.
    pub at: Timestamp,
    /// The backup's name; empty where there is none.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
    /// How long it took.
    pub took_ms: u64,
    /// It was made and proved; of what was carried only failures are noted.
    pub proved: bool,
    /// Why not, in technical words.
    pub why: String,
}

/// What is noted of attempts, in short.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// The newest that was proved.
    pub proved: Option<Attempt>,
    /// The newest that was not.
    pub failed: Option<Attempt>,
}

/// What is noted beside the backups of a folder; nothing where nothing is.
pub fn noted(into: &Path) -> Noted {
    let mut noted = Noted::default();
    for attempt in attempts(into) {
        match attempt.proved {
            true => noted.proved = Some(attempt),
            false => noted.failed = Some(attempt),
        }
    }
    noted
}

/// Every attempt, the newest last.
fn attempts(into: &Path) -> Vec<Attempt> {
    let text = std::fs::read_to_string(into.join(LOG)).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// Notes how an attempt ended.
pub fn note(into: &Path, attempt: &Attempt) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(into.join(LOG))?;
    let mut line = serde_json::to_vec(attempt)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.sync_all()?;
    Ok(files::flush(into)?)
}

/// Every whole backup of a folder, the newest first.
pub fn whole(into: &Path) -> Result<Vec<About>> {
    let mut all = named(into, |name| at_of(name).is_some())?;
    all.sort_by_key(|about| std::cmp::Reverse(about.at));
    Ok(all)
}

/// Prints what there is.
pub fn tell(into: &Path, t: &Words) -> Result<()> {
    let all = whole(into)?;
    if all.is_empty() {
        print(&t.s("cli.backup.none"));
    }
    all.iter().for_each(|about| tell_one(about, t));
    if let Some((first, last)) = followed::reaches(into)? {
        print(&t.with("cli.backup.reaches", 1, &[("first", &first.to_string()), ("last", &last.to_string())]));
    }
    for about in named(into, |name| name.strip_suffix(UNPROVED).is_some_and(|name| name.ends_with('.')))? {
        print(&t.with("cli.backup.unproved", 1, &[("name", &format!("{}.{UNPROVED}", about.name))]));
        about.not_proved.iter().for_each(|wrong| print(&format!("  {wrong}")));
    }
    let failed: Vec<_> = attempts(into).into_iter().filter(|attempt| !attempt.proved).collect();
    for attempt in failed.iter().rev().take(TOLD) {
        let (at, why) = (attempt.at.to_string(), attempt.why.as_str());
        let key = match attempt.step {
            Step::Making => "cli.backup.failed-then",
            Step::Carrying => "cli.backup.not-carried-then",
        };
        print(&t.with(key, 1, &[("at", &at), ("name", &attempt.name), ("why", why)]));
    }
    Ok(())
}

/// What a backup of the folder says of itself.
pub fn tell_one(about: &About, t: &Words) {
    tell_as(&about.name, about, t);
}

/// What a backup says of itself, under the name by which `midad restore` finds it.
pub fn tell_as(name: &str, about: &About, t: &Words) {
    let texts = [
        ("name", name.to_owned()),
        ("size", size(about.bytes(), t)),
        ("took", took(about.took_ms, t)),
        ("rows", t.number(about.all_rows())),
        ("pictures", t.number(about.pictures().count())),
    ];
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    print(&t.with("cli.backup.one", 1, &texts));
    for proof in &about.proved {
        print(&format!("  ✓ {}", t.s(proof.key())));
    }
    if !about.encrypted_to.is_empty() {
        print(&format!("  {}", t.with("cli.backup.encrypted", 1, &[("keys", &about.encrypted_to.join(" "))])));
    }
    if about.pictures_elsewhere > 0 {
        let pictures = t.number(about.pictures_elsewhere);
        print(&format!("  {}", t.with("cli.backup.elsewhere", 1, &[("pictures", &pictures)])));
    }
}

fn named(into: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<About>> {
    let mut all = Vec::new();
    for inside in std::fs::read_dir(into)? {
        let name = inside?.file_name();
        let Some(name) = name.to_str().filter(|name| wanted(name)) else { continue };
        // A folder that somebody has renamed says another name, and is left to them.
        let says =
            |about: &About| name.strip_suffix(UNPROVED).map_or(name, |name| name.trim_end_matches('.')) == about.name;
        all.extend(About::read(&into.join(name)).ok().filter(says));
    }
    Ok(all)
}

/// Bytes as people read them, in mebibytes with a decimal.
fn size(bytes: u64, t: &Words) -> String {
    let tenths = bytes.saturating_mul(10) / (1024 * 1024);
    t.written(&format!("{}.{} MiB", tenths / 10, tenths % 10))
}

/// Milliseconds as people read them, in seconds with a decimal.
fn took(ms: u64, t: &Words) -> String {
    t.written(&format!("{}.{} s", ms / 1000, ms % 1000 / 100))
}
