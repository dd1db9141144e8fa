//! Files of backups: written once, for their owner alone, summed on the way, and flushed.

use super::about::Sum;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{Error, Read, Result, Write};
use std::path::Path;

pub use crate::files::{flush, flush_all, new_file, new_folder, private_folder, write_new};

/// Bytes in memory at once.
const AT_ONCE: usize = 1024 * 1024;
/// Who holds it makes a backup here; it is let go of by itself when its holder dies.
pub const MAKING: &str = ".midad-backup.lock";
/// Who holds it carries backups out of here, and takes away what is not kept any more. It is another one: carrying takes long,
/// and keeps nobody from the next backup.
pub const CARRYING: &str = ".midad-carrying.lock";

/// A stream that sums what goes through it.
#[derive(Debug)]
pub struct Summing<T> {
    inside: T,
    bytes: u64,
    sha256: Sha256,
}

impl<T> Summing<T> {
    /// Over a stream.
    pub fn new(inside: T) -> Self {
        Self { inside, bytes: 0, sha256: Sha256::new() }
    }

    /// The stream, and the sum of what went through.
    pub fn end(self) -> (T, Sum) {
        let sha256 = self.sha256.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        (self.inside, Sum { bytes: self.bytes, sha256 })
    }

    fn note(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.sha256.update(bytes);
    }
}

impl<T: Read> Read for Summing<T> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let read = self.inside.read(into)?;
        self.note(&into[..read]);
        Ok(read)
    }
}

impl<T: Write> Write for Summing<T> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let written = self.inside.write(bytes)?;
        self.note(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> Result<()> {
        self.inside.flush()
    }
}

/// Passes a stream on to its end.
pub fn pass(mut from: impl Read, mut to: impl Write) -> Result<()> {
    let mut bytes = vec![0; AT_ONCE];
    loop {
        match from.read(&mut bytes)? {
            0 => return Ok(()),
            read => to.write_all(&bytes[..read])?,
        }
    }
}

/// The sum of a file, read to its end.
pub fn sum_of(path: &Path) -> Result<Sum> {
    let mut summing = Summing::new(File::open(path)?);
    pass(&mut summing, std::io::sink())?;
    Ok(summing.end().1)
}

/// Copies a file into a new one; what was read.
pub fn copy(from: &Path, to: &Path) -> Result<Sum> {
    let mut reading = Summing::new(File::open(from)?);
    let mut writing = new_file(to)?;
    pass(&mut reading, &mut writing)?;
    writing.sync_all()?;
    Ok(reading.end().1)
}

/// The only one who makes backups in a folder, or carries them, as long as its lock is held; an error of its own kind when
/// somebody else does.
pub fn lock(folder: &Path, name: &str) -> Result<File> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(name))?;
    file.try_lock().map_err(Error::from)?;
    Ok(file)
}
