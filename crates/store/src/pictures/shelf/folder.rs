//! A folder: written beside its place, flushed, renamed, and the folders flushed, so that what was acknowledged survives
//! whatever ends the process or the machine.

use crate::StoreError;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder of pictures.
#[derive(Debug, Clone)]
pub(super) struct Folder(Arc<PathBuf>);

impl Folder {
    pub(super) fn new(root: PathBuf) -> Self {
        Self(Arc::new(root))
    }

    pub(super) async fn put(&self, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let (root, path, bytes) = (Arc::clone(&self.0), self.path(key)?, bytes.to_vec());
        on_disk(move || put(&root, &path, &bytes).map_err(|problem| broken(&path, &problem))).await
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.path(key)?;
        on_disk(move || found(std::fs::read(&path)).map_err(|problem| broken(&path, &problem))).await
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), StoreError> {
        let path = self.path(key)?;
        let gone = move || {
            // What a process left that ended while it wrote.
            found(std::fs::remove_file(beside(&path)))?;
            found(std::fs::remove_file(&path)).map(drop)
        };
        let place = self.path(key)?;
        on_disk(move || gone().map_err(|problem| broken(&place, &problem))).await
    }

    pub(super) async fn exists(&self, key: &str) -> Result<bool, StoreError> {
        let path = self.path(key)?;
        on_disk(move || path.try_exists().map_err(|problem| broken(&path, &problem))).await
    }

    /// A key is ours; one that would lead out of the folder is no key.
    fn path(&self, key: &str) -> Result<PathBuf, StoreError> {
        let safe = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"._-".contains(&sign))
        };
        match key.split('/').all(safe) {
            true => Ok(key.split('/').fold(self.0.to_path_buf(), |path, part| path.join(part))),
            false => Err(StoreError::Broken(format!("{key} is no key of a picture"))),
        }
    }
}

async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|problem| StoreError::Broken(problem.to_string()))?
}

fn put(root: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(root);
    private(folder)?;
    let part = beside(path);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&part, path)?;
    // The folder with the name in it, and those above, which may be new.
    for above in folder.ancestors() {
        flush(above)?;
        if above == root {
            break;
        }
    }
    root.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), flush)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Pictures may be what no reader is to see yet: a new folder is its owner's alone.
fn private(folder: &Path) -> std::io::Result<()> {
    let mut making = DirBuilder::new();
    making.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.create(folder)
}

#[cfg(unix)]
fn flush(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened to be flushed; the rename is what its file system makes of it.
#[cfg(not(unix))]
fn flush(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

fn found<T>(done: std::io::Result<T>) -> std::io::Result<Option<T>> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(problem) if problem.kind() == ErrorKind::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}

fn broken(path: &Path, problem: &std::io::Error) -> StoreError {
    StoreError::Unreachable(format!("{}: {problem}", path.display()))
}
