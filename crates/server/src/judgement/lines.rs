//! Lines of a file or of the standard input, with their numbers.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufRead, BufReader, stdin};

/// The longest line that is read, in bytes; a longer one is an error and not a full memory.
const LONGEST: usize = 4 * 1024 * 1024;

/// Hands every line that is not empty to `take`, with its number from 1. `-` is the standard input. Bytes that are no
/// UTF-8 become U+FFFD.
///
/// # Errors
/// When the file cannot be read, a line is longer than 4 MiB, or `take` fails; the error names the file and the line.
pub fn each_line(file: &str, mut take: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let mut reader: Box<dyn BufRead> = match file {
        "-" => Box::new(BufReader::new(stdin())),
        file => Box::new(BufReader::new(File::open(file).with_context(|| file.to_owned())?)),
    };
    let (mut bytes, mut number) = (Vec::new(), 0_usize);
    loop {
        bytes.clear();
        number += 1;
        let at = || format!("{file}:{number}");
        if read_line(&mut reader, &mut bytes).with_context(at)? == 0 {
            return Ok(());
        }
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim_end_matches(['\n', '\r']);
        if !line.trim().is_empty() {
            take(line).with_context(at)?;
        }
    }
}

fn read_line(reader: &mut dyn BufRead, into: &mut Vec<u8>) -> std::io::Result<usize> {
    let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
    let read = std::io::Read::take(&mut *reader, limit).read_until(b'\n', into)?;
    if read >= LONGEST && into.last() != Some(&b'\n') {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, "more than 4 MiB in one line"));
    }
    Ok(read)
}
