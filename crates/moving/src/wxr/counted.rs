//! Bytes on their way to the reader of XML: lines are counted, and no single event may take more than so many.

use std::io::{self, BufRead, Read};

/// The most bytes between two events: one text, one tag.
const MOST_AT_ONCE: u64 = 64 * 1024 * 1024;

/// What it says where that is too little. Compared by [`is_too_long`].
const TOO_LONG: &str = "one part is too long";

/// A stream that knows where it is.
pub(super) struct Counted<R> {
    inner: R,
    line: u64,
    column: u64,
    since: u64,
}

impl<R: BufRead> Counted<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, line: 1, column: 1, since: 0 }
    }

    /// The line and the letter in it that come next, each from 1.
    pub(super) fn place(&self) -> (u64, u64) {
        (self.line, self.column)
    }

    /// An event is over.
    pub(super) fn begin(&mut self) {
        self.since = 0;
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since > MOST_AT_ONCE {
            return Err(io::Error::other(TOO_LONG));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if amount == 0 {
            return;
        }
        self.since += amount as u64;
        // What is taken was filled before: this reads nothing.
        if let Ok(bytes) = self.inner.fill_buf() {
            let taken = &bytes[..amount.min(bytes.len())];
            let lines = taken.iter().filter(|byte| **byte == b'\n').count() as u64;
            let last = if lines > 0 { taken.rsplit(|byte| *byte == b'\n').next().unwrap_or_default() } else { taken };
            let letters = last.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u64;
            self.line += lines;
            self.column = if lines > 0 { 1 + letters } else { self.column + letters };
        }
        self.inner.consume(amount);
    }
}

/// Whether a reader stopped because one event was too long.
pub(super) fn is_too_long(problem: &io::Error) -> bool {
    problem.kind() == io::ErrorKind::Other && problem.to_string() == TOO_LONG
}
