//! Reading JSON that other programs wrote: what is wrong with it is said with its place.

use super::problem::Problem;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

/// Reads a body.
///
/// JavaScript lets half of a surrogate pair stand alone in a text and writes it as an escape. That is JSON, and if we
/// refused it, anybody could get past a system that publishes what we refuse: half a pair is read as U+FFFD, which takes
/// the one UTF-16 unit that it took, so that places stay what they were. Bytes that are no UTF-8 are read as U+FFFD too.
///
/// # Errors
/// [`Problem::Malformed`] with the place.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    match serde_json::from_slice(body) {
        Ok(read) => Ok(read),
        Err(_) => read_slowly(&with_whole_pairs(String::from_utf8_lossy(body).as_bytes())),
    }
}

/// Reads it again, noting where it is.
fn read_slowly<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|problem| {
        let (mut pointer, says) = (String::new(), problem.inner().to_string());
        for segment in problem.path() {
            match segment {
                Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
                Segment::Map { key } | Segment::Enum { variant: key } => {
                    pointer.push_str(&format!("/{}", escaped(key)));
                }
                Segment::Unknown => {}
            }
        }
        // A field that is missing has no place yet; it gets the one that it should have.
        if let Some(name) = says.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
            pointer.push_str(&format!("/{}", escaped(name)));
        }
        Problem::at(pointer, says)
    })?;
    json.end().map_err(|problem| Problem::at("", problem.to_string()))?;
    Ok(read)
}

/// As RFC 6901 writes a name in a pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The same JSON with `\ufffd` for every half of a pair that stands alone.
fn with_whole_pairs(body: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (body.to_vec(), 0);
    while at < body.len() {
        match unit(body, at) {
            Some(0xD800..=0xDBFF) if matches!(unit(body, at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                out[at + 2..at + 6].copy_from_slice(b"fffd");
                at += 6;
            }
            // Behind a stroke stands one sign that is no stroke of its own.
            _ if body[at] == b'\\' => at += 2,
            _ => at += 1,
        }
    }
    out
}

/// The UTF-16 unit of an escape `\uXXXX` at this place.
fn unit(body: &[u8], at: usize) -> Option<u16> {
    let escape = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let hex = std::str::from_utf8(escape).ok().filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u16::from_str_radix(hex, 16).ok()
}
