//! What a disk does to a paper on SQLite: pages torn in the middle, a folder that cannot be written, no room left.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::browser::{Browser, Heard};
use super::chance::Chance;
use super::house::{House, Place};

pub mod failing;
mod full;
mod read_only;
mod torn;

/// What one look at a broken disk gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What was done.
    pub what: String,
    /// What came of it.
    pub came: String,
    /// Whether that is as it should be.
    pub is: Is,
}

/// How a line is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// As it should be.
    Good,
    /// A loss, a leak, a panic, or broken data called sound.
    Bad,
    /// Nothing is lost of what was acknowledged, but it could be better.
    Poor,
    /// Could not be tried here.
    NotRun,
}

impl Line {
    fn new(what: &str, came: impl Into<String>, is: Is) -> Self {
        Self { what: what.to_owned(), came: came.into(), is }
    }

    fn good_when(good: bool, what: &str, came: impl Into<String>) -> Self {
        Self::new(what, came, if good { Is::Good } else { Is::Bad })
    }
}

/// Those of the house who write.
pub struct Writers<'b> {
    /// With the house's key.
    pub program: &'b Browser,
    /// Signed in at the desk.
    pub editor: &'b Browser,
}

/// Everything, on copies of a paper that has been stopped.
pub fn all(house: &House, seed: u64, writers: &Writers<'_>) -> Result<Vec<Line>> {
    let Place::Folder(paper) = &house.place else {
        return Ok(vec![Line::new("torn pages, a read-only folder, a full disk", "only tried on SQLite", Is::NotRun)]);
    };
    let mut chance = Chance::new(seed);
    let mut lines = torn::torn(house, paper, &mut chance)?;
    lines.extend(read_only::read_only(house, paper)?);
    lines.extend(full::full(house, paper, &mut chance, writers)?);
    Ok(lines)
}

/// A copy of a paper's folder.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for entry in std::fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry.context("a folder")?;
        let target = to.join(entry.file_name());
        if entry.file_type().context("a folder")?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target).with_context(|| target.display().to_string())?;
        }
    }
    Ok(())
}

/// Something that is mounted until it is dropped.
struct Mounted(PathBuf);

impl Mounted {
    /// `mount WORDS… FOLDER`; only root may.
    fn new(words: &[&str], folder: &Path) -> Result<Self> {
        mount(words, folder)?;
        Ok(Self(folder.to_path_buf()))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(&self.0).stdin(Stdio::null()).status();
        if !unmounted.is_ok_and(|status| status.success()) {
            eprintln!("faults: {} is still mounted", self.0.display());
        }
    }
}

fn mount(words: &[&str], folder: &Path) -> Result<()> {
    let ran = Command::new("mount").args(words).arg(folder).stdin(Stdio::null()).output().context("mount")?;
    ensure!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr).trim());
    Ok(())
}

/// A story that takes comments.
fn open_story(port: u16) -> Result<String> {
    super::opening::open_stories(port)?.into_iter().next().context("no story takes comments")
}

/// Pages of readers that are answered, of those asked for.
fn read(port: u16, story: &str) -> (usize, usize) {
    let paths = ["/", story, "/archive", "/feed/rss", "/search?q=tram", "/sitemap.xml"];
    let answered = paths
        .iter()
        .filter(|path| matches!(Browser::new(port).get(path), Heard::Whole(answer) if answer.status == 200));
    (answered.count(), paths.len())
}

/// Sends a comment; the status, and whether the answer holds the words that were typed.
fn comment(browser: &mut Browser, story: &str, text: &str) -> (Option<u16>, bool) {
    let fields = [("name", "Visiteur"), ("text", text), ("reply_to", ""), ("website", "")];
    match browser.send(&format!("{story}/comments"), &fields) {
        Heard::Whole(answer) => (Some(answer.status), answer.text().contains(text)),
        Heard::Broken | Heard::NotSent => (None, false),
    }
}

/// A refusal with the words in it is good, one without is poor, none at all is bad.
fn refusal(what: &str, (status, keeps): (Option<u16>, bool)) -> Line {
    let words = if keeps { "with what was typed" } else { "without what was typed" };
    match status {
        Some(status @ 400..) => {
            let is = if keeps { Is::Good } else { Is::Poor };
            Line::new(what, format!("refused with {status}, {words}"), is)
        }
        Some(status) => Line::new(what, format!("answered {status}"), Is::Bad),
        None => Line::new(what, "no answer", Is::Bad),
    }
}
