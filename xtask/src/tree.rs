//! The repository as a listing of paths and texts.
//!
//! Rules judge a `Tree` and never touch the disk, so each can be shown a bad
//! case in a test without making one.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Every file that is in the repository or about to be: tracked, or neither
/// tracked nor ignored.
#[derive(Debug, Default)]
pub struct Tree {
    /// In the order of their paths.
    pub files: Vec<File>,
}

/// One file of the listing.
#[derive(Debug)]
pub struct File {
    /// From the repository's root, with forward slashes.
    pub path: String,
    /// Empty when the file is not UTF-8.
    pub text: String,
    /// Size on disk, in bytes.
    pub bytes: u64,
}

impl Tree {
    /// Reads the checkout at `root`; fails when git does not answer there.
    pub fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        for path in listed_by_git(root)? {
            let place = root.join(&path);
            // Deleted but not yet committed, a link to a folder, a submodule: nothing to read.
            if !place.is_file() {
                continue;
            }
            let bytes = std::fs::read(&place).with_context(|| format!("reading {path}"))?;
            files.push(File { path, bytes: bytes.len() as u64, text: String::from_utf8(bytes).unwrap_or_default() });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        Ok(Self { files })
    }

    /// The file at exactly this path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Files whose path starts and ends so.
    pub fn under<'a>(&'a self, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a File> + 'a {
        self.files.iter().filter(move |file| file.path.starts_with(start) && file.path.ends_with(end))
    }

    /// A listing made by hand, for tests.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
            bytes: text.len() as u64,
        });
        Self { files: files.collect() }
    }
}

impl File {
    /// Whether the file holds tests: it is called `tests.rs` or lies in `tests/`.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.split('/').any(|part| part == "tests")
    }

    /// Whether others wrote it and we only carry it.
    pub fn is_vendored(&self) -> bool {
        self.path.split('/').any(|part| part == "vendor")
    }

    /// The crate the file belongs to, when it lies under `crates/`.
    pub fn crate_name(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }
}

fn listed_by_git(root: &Path) -> Result<Vec<String>> {
    let listing = Command::new("git")
        .current_dir(root)
        .args(["ls-files", "-z", "--cached", "--others"])
        .arg("--exclude-standard")
        .output()
        .context("git is needed to list the repository's files")?;
    ensure!(
        listing.status.success(),
        "git ls-files failed in {}: {}",
        root.display(),
        String::from_utf8_lossy(&listing.stderr).trim()
    );
    let names = String::from_utf8(listing.stdout).context("a path is not UTF-8")?;
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}
