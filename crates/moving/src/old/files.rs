//! Files that can be read more than once.

use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

/// Opens a file at its beginning.
type Open = dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync;

/// A file of an old newspaper: handed in by whoever may touch files, opened as often as it is read.
pub struct OldFile {
    /// What the caller calls it.
    pub name: Arc<str>,
    /// Its length in bytes, for showing how far it is.
    pub bytes: u64,
    open: Box<Open>,
}

impl OldFile {
    /// A file that is opened so.
    pub fn new(
        name: &str,
        bytes: u64,
        open: impl Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync + 'static,
    ) -> Self {
        Self { name: name.into(), bytes, open: Box::new(open) }
    }

    /// A file that is in memory already.
    pub fn of_bytes(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes: Arc<[u8]> = bytes.into();
        let length = bytes.len() as u64;
        Self::new(name, length, move || Ok(Box::new(Cursor::new(Arc::clone(&bytes)))))
    }

    /// Opens it at its beginning.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        (self.open)()
    }
}

impl fmt::Debug for OldFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OldFile").field("name", &self.name).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}
