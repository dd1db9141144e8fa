//! The folder of a mirror: a file is written only when it changed, and one that belongs to it no more is taken away, if it was
//! this program that put it there.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Names every file that this program put into the folder, one a line.
const LIST: &str = "midad-mirror.txt";

/// A folder that is being filled.
pub struct Folder {
    folder: PathBuf,
    before: BTreeSet<String>,
    now: BTreeSet<String>,
    written: u64,
}

/// What became of its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// New, or other than before.
    pub written: u64,
    /// As they were.
    pub same: u64,
    /// Taken away.
    pub gone: u64,
}

impl Folder {
    /// Opens a folder, and makes it where it is not there.
    ///
    /// # Errors
    /// When it cannot be made or read, or holds files that no mirror put there.
    pub fn open(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let list = folder.join(LIST);
        let before = match fs::read_to_string(&list) {
            Ok(lines) => lines.lines().map(str::to_owned).collect(),
            Err(_) if fs::read_dir(folder)?.next().is_some() => {
                anyhow::bail!("{}: not empty, and no mirror", folder.display())
            }
            Err(_) => {
                // From here on it is a mirror's, also where the first walk is broken off.
                fs::write(&list, "")?;
                BTreeSet::new()
            }
        };
        Ok(Self { folder: folder.to_owned(), before, now: BTreeSet::new(), written: 0 })
    }

    /// Keeps a file.
    pub fn keep(&mut self, file: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(file);
        if self.now.insert(file.to_owned()) && self.before.insert(file.to_owned()) {
            // Before the file is there: what a walk that is broken off leaves behind is known to the next one.
            let mut list = fs::OpenOptions::new().append(true).create(true).open(self.folder.join(LIST))?;
            writeln!(list, "{file}")?;
        }
        if fs::metadata(&path).is_ok_and(|of| of.len() == bytes.len() as u64) && fs::read(&path)? == bytes {
            return Ok(());
        }
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).with_context(|| above.display().to_string())?;
        }
        let beside = path.with_extension("midad-new");
        fs::write(&beside, bytes)
            .and_then(|()| fs::rename(&beside, &path))
            .with_context(|| path.display().to_string())?;
        self.written += 1;
        Ok(())
    }

    /// Takes away what belongs to it no more, and writes down what does.
    pub fn finish(self) -> Result<Done> {
        let mut gone = 0;
        for file in self.before.difference(&self.now).filter(|file| is_below(file)) {
            if fs::remove_file(self.folder.join(file)).is_ok() {
                gone += 1;
                self.sweep(file);
            }
        }
        let list: String = self.now.iter().flat_map(|file| [file.as_str(), "\n"]).collect();
        fs::write(self.folder.join(LIST), list)?;
        let same = (self.now.len() as u64).saturating_sub(self.written);
        Ok(Done { written: self.written, same, gone })
    }

    /// Takes folders away that are empty now.
    fn sweep(&self, file: &str) {
        let mut above = Path::new(file).parent();
        while let Some(folder) = above.filter(|folder| !folder.as_os_str().is_empty()) {
            if fs::remove_dir(self.folder.join(folder)).is_err() {
                return;
            }
            above = folder.parent();
        }
    }
}

/// A name that leads nowhere else: the list may have been changed by others.
fn is_below(file: &str) -> bool {
    !file.is_empty() && !file.starts_with('/') && !file.split(['/', '\\']).any(|part| part == "..")
}
