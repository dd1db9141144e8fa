//! What somebody wrote on another server, as words; and marks by which messages and accounts are known again.

use crate::app::App;
use crate::guard::Seal;
use serde_json::Value;

const PURPOSE: &[u8] = b"fediverse address";
/// Letters of a name that are looked at.
const MOST_NAME: usize = 200;

/// A keyed hash of the address of an account or a message: nobody reads out of the store who it was.
pub(super) fn mark_of(app: &App, address: &str) -> String {
    Seal::over(app, PURPOSE, &[address.as_bytes()]).short()
}

/// A name in one line, without the HTML that some servers put in it.
pub(super) fn line(name: &str) -> String {
    let name: String = name.chars().filter(|sign| *sign != '\0').take(MOST_NAME).collect();
    moving::markup::title_text(&name)
}

/// The words of a note: a warning over it first, and without the handles by which servers begin an answer.
pub(super) fn of_note(note: &Value) -> String {
    let content = note["content"].as_str().unwrap_or_default().replace('\0', "");
    let words = without_addresses(&moving::markup::comment_text(&content));
    let words = without_handles(&words);
    let warning = note["summary"].as_str().map(line).filter(|warning| !warning.is_empty());
    match warning {
        Some(warning) if !words.is_empty() => format!("{warning}\n\n{words}"),
        _ => words.to_owned(),
    }
}

/// Handles and hash marks are links there: their addresses behind them say nothing.
fn without_addresses(words: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(words.len()), words);
    while let Some((before, after)) = rest.split_once(" (http") {
        out.push_str(before);
        let last = out.rsplit(char::is_whitespace).next().unwrap_or_default();
        match after.split_once(')').filter(|(address, _)| !address.contains(char::is_whitespace)) {
            Some((_, next)) if last.starts_with(['@', '#']) => rest = next,
            _ => {
                out.push_str(" (http");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The words behind the handles with which they begin.
fn without_handles(words: &str) -> &str {
    let mut rest = words.trim_start();
    while let Some(handle) = rest.split_whitespace().next().filter(|word| word.starts_with('@') && word.len() > 1) {
        rest = rest.get(handle.len()..).unwrap_or_default().trim_start();
    }
    rest
}
