//! The body of a call of any length. What its clients send is never answered with an error for being long: long texts are
//! cut while they come in, and what is left fits in memory.

use axum::body::Body;
use futures_util::StreamExt;

/// Of one text in the JSON so many bytes are kept, as they were sent: more than anybody reads of it, written in escapes.
pub const MOST_OF_A_TEXT: usize = 1024 * 1024;
/// Of a whole body so many are kept, once its texts are cut.
pub const MOST_KEPT: usize = 4 * 1024 * 1024;
/// And so many are taken from the line before the answer is given.
const MOST_TAKEN: usize = 64 * 1024 * 1024;

/// A body as far as it was kept.
#[derive(Debug, PartialEq, Eq)]
pub enum Kept {
    /// JSON as sent, but for the ends of texts that nobody would have read.
    Whole(Vec<u8>),
    /// More than can be kept, even so.
    TooLong,
}

/// Reads a body to its end, or as far as it came: what is missing then is found when it is read as JSON.
pub async fn taken(body: Body) -> Kept {
    let (mut cut, mut taken) = (Cut::default(), 0);
    let mut pieces = body.into_data_stream();
    while let Some(Ok(piece)) = pieces.next().await {
        taken += piece.len();
        if taken > MOST_TAKEN {
            return Kept::TooLong;
        }
        // The rest is still taken from the line: a client that cannot send to the end hears no answer.
        if cut.kept.len() <= MOST_KEPT {
            cut.take(&piece);
        }
    }
    if cut.kept.len() > MOST_KEPT { Kept::TooLong } else { Kept::Whole(cut.kept) }
}

/// Where in the JSON the cutting stands.
#[derive(Debug, Default)]
struct Cut {
    kept: Vec<u8>,
    in_text: bool,
    /// Bytes of the text so far.
    length: usize,
    /// Bytes of an escape that are still to come; they are kept or left out together.
    escape: usize,
    /// What is read is left out.
    dropping: bool,
}

impl Cut {
    fn take(&mut self, piece: &[u8]) {
        for byte in piece {
            self.step(*byte);
        }
    }

    fn step(&mut self, byte: u8) {
        if !self.in_text {
            self.in_text = byte == b'"';
            (self.length, self.escape, self.dropping) = (0, 0, false);
            return self.kept.push(byte);
        }
        if self.escape == 0 && byte == b'"' {
            self.in_text = false;
            return self.kept.push(byte);
        }
        // Only between two signs the text is cut: never inside an escape or a letter of several bytes.
        let begins = self.escape == 0 && byte & 0xC0 != 0x80;
        self.dropping |= begins && self.length >= MOST_OF_A_TEXT;
        self.escape = match (self.escape, byte) {
            (0, b'\\') => 1,
            // Four digits follow a u.
            (1, b'u') => 5,
            (0..=2, _) => 0,
            (left, _) => left - 1,
        };
        self.length += 1;
        if !self.dropping {
            self.kept.push(byte);
        }
    }
}
