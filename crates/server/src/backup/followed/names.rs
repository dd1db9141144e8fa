//! What stands where: folders by the time from which they reach, pieces by their place in the log and the time they were kept.

use anyhow::Result;
use newsroom::Timestamp;
use std::path::{Path, PathBuf};

/// The copy of the file with which a folder begins, pressed.
pub const FILE: &str = "midad.db.gz";
/// The end of the name of what is encrypted.
pub const SEALED: &str = ".age";
/// A folder that is not whole yet.
pub const PARTIAL: &str = "midad-log.partial";

const NAME: &str = "midad-log-";
const STAMP: &str = "%Y%m%dT%H%M%S.%3fZ";

/// A piece of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// Of which log since the copy, from 0: it begins anew now and then.
    pub log: u32,
    /// Its bytes, counted through all logs since the copy, so that nothing can be missing unseen at the end of a log either: the first
    /// one, and the one behind the last.
    pub from: u64,
    /// See `from`.
    pub to: u64,
    /// When it was kept, in milliseconds since 1970: all it holds was acknowledged before.
    pub at: i64,
}

impl Piece {
    /// The name of its file.
    pub fn name(&self) -> String {
        format!("{:06}-{:012}-{:012}-{}.gz", self.log, self.from, self.to, self.at)
    }

    /// Nothing is missing between this one and the one before it, or the copy.
    pub fn follows(&self, before: Option<Self>) -> bool {
        match before {
            None => self.log == 0 && self.from == 0,
            Some(before) => self.from == before.to && (before.log..=before.log + 1).contains(&self.log),
        }
    }

    /// The piece of a file's name, encrypted or not.
    pub fn read(name: &str) -> Option<Self> {
        let parts: Vec<&str> = name.strip_suffix(SEALED).unwrap_or(name).strip_suffix(".gz")?.split('-').collect();
        let [log, from, to, at] = parts[..] else { return None };
        Some(Self { log: log.parse().ok()?, from: from.parse().ok()?, to: to.parse().ok()?, at: at.parse().ok()? })
    }
}

/// The name of a folder that reaches back to this time.
pub fn folder_at(at: Timestamp) -> String {
    format!("{NAME}{}", at.strftime(STAMP))
}

fn at_of(name: &str) -> Option<Timestamp> {
    let at = jiff::civil::DateTime::strptime(STAMP, name.strip_prefix(NAME)?).ok()?;
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    (folder_at(at) == name).then_some(at)
}

/// Every whole folder beside the backups and the time from which it reaches, the oldest first.
///
/// # Errors
/// When the folder cannot be read.
pub fn whole(into: &Path) -> Result<Vec<(Timestamp, PathBuf)>> {
    let mut all = Vec::new();
    for inside in std::fs::read_dir(into)? {
        let inside = inside?;
        if let Some(at) = inside.file_name().to_str().and_then(at_of) {
            all.push((at, inside.path()));
        }
    }
    all.sort();
    Ok(all)
}

/// The pieces of a folder in the order of the log, and their files.
///
/// # Errors
/// When the folder cannot be read.
pub fn pieces(folder: &Path) -> Result<Vec<(Piece, PathBuf)>> {
    let mut all = Vec::new();
    for inside in std::fs::read_dir(folder)? {
        let inside = inside?;
        if let Some(piece) = inside.file_name().to_str().and_then(Piece::read) {
            all.push((piece, inside.path()));
        }
    }
    all.sort();
    Ok(all)
}

/// Back to which time, and up to which one, there is something; none where nothing was ever kept.
///
/// # Errors
/// When a folder cannot be read.
pub fn reaches(into: &Path) -> Result<Option<(Timestamp, Timestamp)>> {
    let all = whole(into)?;
    let (Some((first, _)), Some((newest, folder))) = (all.first(), all.last()) else { return Ok(None) };
    let last = pieces(folder)?.into_iter().map(|(piece, _)| piece.at).max();
    let last = last.and_then(|at| Timestamp::from_millisecond(at).ok()).unwrap_or(*newest);
    Ok(Some((*first, last.max(*newest))))
}
