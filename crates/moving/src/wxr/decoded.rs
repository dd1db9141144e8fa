//! A file's bytes as UTF-8, whatever they were written in.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes in which the encoding must be said.
const HEAD: usize = 512;
/// Bytes that are read at once.
const AT_ONCE: usize = 128 * 1024;

/// The text of a file as UTF-8; `read` counts the bytes of the file on the way.
pub(super) fn as_utf8(mut bytes: Box<dyn Read + Send>, read: Arc<AtomicU64>) -> io::Result<Box<dyn BufRead + Send>> {
    let mut head = Vec::with_capacity(HEAD);
    bytes.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let (encoding, mark) = Encoding::for_bom(&head).unwrap_or_else(|| (said(&head), 0));
    head.drain(..mark);
    read.fetch_add(mark as u64, Ordering::Relaxed);
    let whole = Passed { inner: Cursor::new(head).chain(bytes), read };
    if encoding == UTF_8 {
        return Ok(Box::new(BufReader::with_capacity(AT_ONCE, whole)));
    }
    let other = Other {
        inner: whole,
        decoder: encoding.new_decoder_without_bom_handling(),
        raw: Vec::new(),
        ended: false,
        done: false,
    };
    Ok(Box::new(BufReader::with_capacity(AT_ONCE, other)))
}

/// The encoding that the XML declaration says; UTF-8 where it says none that is known.
fn said(head: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(head);
    let declaration =
        head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(said, _)| said);
    let label = declaration.and_then(|said| said.split_once("encoding")).map(|(_, after)| {
        let after = after.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '=');
        let quote = after.chars().next().unwrap_or_default();
        after[quote.len_utf8().min(after.len())..].split(quote).next().unwrap_or_default().to_owned()
    });
    label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8)
}

/// Counts what passes.
struct Passed<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Passed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Bytes of another encoding, decoded as they come.
struct Other<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    ended: bool,
    /// The decoder has said its last, and must not be asked again.
    done: bool,
}

impl<R: Read> Read for Other<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !self.done {
            if self.raw.is_empty() && !self.ended {
                self.raw.resize(AT_ONCE / 2, 0);
                let read = self.inner.read(&mut self.raw)?;
                self.raw.truncate(read);
                self.ended = read == 0;
            }
            let (result, read, written, _) = self.decoder.decode_to_utf8(&self.raw, into, self.ended);
            self.raw.drain(..read);
            self.done = self.ended && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}
