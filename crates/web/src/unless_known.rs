//! What programs ask for again and again: an answer with a mark, and the mark alone for whoever has the text already.

use crate::error::PageError;
use crate::page_cache::{Declared, Tag};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::fmt::rfc2822;
use newsroom::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The text as its kind, or that nothing has changed since what was asked for was sent: programs ask every few minutes. Beside the
/// kind stands when the text changed last, where that is known.
///
/// # Errors
/// When a header cannot be written.
pub fn unless_known(
    asked: &HeaderMap,
    written: String,
    (media_type, changed): (HeaderValue, Option<Timestamp>),
    tags: Vec<Tag>,
) -> Result<Response, PageError> {
    let mark = mark_of(&written)?;
    let head = [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate")),
        (header::CONTENT_TYPE, media_type),
        (header::ETAG, mark.clone()),
    ];
    let mut answer = match has(asked, &mark) {
        true => (StatusCode::NOT_MODIFIED, head).into_response(),
        false => (head, written).into_response(),
    };
    if let Some(changed) = changed {
        let line = HeaderValue::from_str(&rfc9110(changed)).map_err(|_| PageError::NotFound)?;
        answer.headers_mut().insert(header::LAST_MODIFIED, line);
    }
    answer.extensions_mut().insert(Declared(tags));
    Ok(answer)
}

/// The one form of dates that is sent in headers (RFC 9110, 5.6.7).
pub fn rfc9110(at: Timestamp) -> String {
    rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}

/// Text without the characters that no XML document may hold (XML 1.0, production 2, Char).
pub fn allowed_in_xml(text: &str) -> String {
    let is_char = |c: &char| matches!(*c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(is_char).collect()
}

/// What tells these bytes from others: twelve bytes of their SHA-256, as hex.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(12).fold(String::with_capacity(24), |mut mark, byte| {
        // A string takes every letter.
        let _ = write!(mark, "{byte:02x}");
        mark
    })
}

/// The mark of a text. Weak: it may be sent pressed or not.
fn mark_of(written: &str) -> Result<HeaderValue, PageError> {
    HeaderValue::from_str(&format!("W/\"{}\"", digest(written.as_bytes()))).map_err(|_| PageError::NotFound)
}

/// Whoever asks has what this mark is of; compared weakly, as RFC 9110 (13.1.2) wants: a proxy may have weakened a strong one.
pub fn has(asked: &HeaderMap, mark: &HeaderValue) -> bool {
    let opaque = |one: &str| one.trim().trim_start_matches("W/").to_owned();
    let Some(mark) = mark.to_str().ok().map(opaque) else { return false };
    let lines = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|one| one.trim() == "*" || opaque(one) == mark)
}
