//! Bytes → text.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes in which the declaration of XML stands.
const DECLARATION: usize = 200;

/// The text of a file of XML by its byte order mark, by what it says, else as UTF-8; and whether places were no text.
pub(super) fn xml(bytes: &[u8]) -> (String, bool) {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]);
    let said = head.split_once("?>").and_then(|(head, _)| head.split_once("encoding")).map(|(_, said)| said);
    let label = said.and_then(|said| {
        let said = said.trim_start_matches([' ', '=']);
        let mark = said.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        said[1..].split(mark).next()
    });
    let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8);
    let (text, _, replaced) = encoding.decode(bytes);
    (text.into_owned(), replaced)
}

/// The text of lines of which nobody says how they are written: UTF-8 where they are, else the signs of western teleprinters.
pub(super) fn lines(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
