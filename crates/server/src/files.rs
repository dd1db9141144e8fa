//! Files and folders that are their owner's alone, written and flushed.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{Result, Write};
use std::path::Path;

/// A new file for its owner alone.
pub fn new_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a new file, flushed.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = new_file(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Puts a file for its owner alone in the place of the one before, at once and flushed.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let new = path.with_extension("new");
    // What a run left that was killed.
    if new.symlink_metadata().is_ok() {
        std::fs::remove_file(&new)?;
    }
    write_new(&new, bytes)?;
    std::fs::rename(&new, path)?;
    path.parent().map_or(Ok(()), flush)
}

/// A folder for its owner alone, with those above it; one that is there stays as it is.
pub fn private_folder(folder: &Path) -> Result<()> {
    let mut making = DirBuilder::new();
    making.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.create(folder)
}

/// A new folder for its owner alone.
pub fn new_folder(folder: &Path) -> Result<()> {
    let mut making = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.create(folder)
}

/// Flushes the names in a folder and in all below it.
pub fn flush_all(folder: &Path) -> Result<()> {
    for inside in std::fs::read_dir(folder)? {
        let inside = inside?;
        if inside.file_type()?.is_dir() {
            flush_all(&inside.path())?;
        }
    }
    flush(folder)
}

/// Flushes the names in a folder.
#[cfg(unix)]
pub fn flush(folder: &Path) -> Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened to be flushed.
#[cfg(not(unix))]
pub fn flush(_folder: &Path) -> Result<()> {
    Ok(())
}
