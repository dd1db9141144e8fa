//! Tags that would eat what follows them, written as words: a quotation mark that nobody closes hides the rest of a story,
//! and a tag of thousands of attributes costs the square of their number.

use super::noted::{Notes, What};
use std::borrow::Cow;

/// The most attributes of a tag, about. Page builders write some thirty.
const MOST_ATTRIBUTES: usize = 300;

/// How a tag ends.
enum End {
    /// Just after this byte.
    At(usize),
    /// It never does.
    Never,
    /// It is none: too many attributes, odd quotation marks, a comment without an end.
    TooMany,
}

/// The text with every `<` escaped that begins no readable tag.
pub(super) fn tame<'a>(html: &'a str, notes: &mut Notes) -> Cow<'a, str> {
    let mut out = String::new();
    let mut kept = 0;
    let mut at = 0;
    let mut is_plain = false;
    let mut unended = Vec::new();
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        if let Some(end) = end_of_unread(html, start, &mut unended) {
            at = end;
            continue;
        }
        match after(html, start, is_plain) {
            End::At(end) => at = end,
            odd => {
                is_plain |= matches!(odd, End::Never);
                notes.note(What::Tag, &html[start..]);
                out.push_str(&html[kept..start]);
                out.push_str("&lt;");
                kept = start + 1;
                at = start + 1;
            }
        }
    }
    if kept == 0 && out.is_empty() {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[kept..]);
    Cow::Owned(out)
}

/// Where a comment, a script or a style sheet ends, if one begins here; `unended`: those whose end was looked for in vain.
pub(super) fn end_of_unread(html: &str, start: usize, unended: &mut Vec<&'static str>) -> Option<usize> {
    const UNREAD: [(&str, &str); 3] = [("<!--", "-->"), ("<script", "</script"), ("<style", "</style")];
    let rest = &html.as_bytes()[start..];
    let begins = |open: &str| rest.len() > open.len() && rest[..open.len()].eq_ignore_ascii_case(open.as_bytes());
    let (_, close) = UNREAD.into_iter().find(|(open, close)| begins(open) && !unended.contains(close))?;
    let found = rest.windows(close.len()).position(|bytes| bytes.eq_ignore_ascii_case(close.as_bytes()));
    if found.is_none() {
        unended.push(close);
    }
    found.map(|at| start + at + close.len())
}

/// Where what begins with `<` ends. `is_plain`: a tag before never ended, so that quotation marks are no longer followed
/// through the whole text.
fn after(html: &str, start: usize, is_plain: bool) -> End {
    let rest = &html[start + 1..];
    let name = rest.strip_prefix('/').unwrap_or(rest);
    if rest.starts_with("!--") {
        return End::TooMany;
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return End::At(start + 1);
    }
    if is_plain { plain_end(html, start) } else { quoted_end(html, start) }
}

/// The end of a tag as browsers find it.
fn quoted_end(html: &str, start: usize) -> End {
    let (mut attributes, mut quote, mut after_equals) = (0, None, false);
    for (at, byte) in html.as_bytes().iter().enumerate().skip(start + 1) {
        match (quote, byte) {
            (Some(open), byte) if *byte == open => {
                quote = None;
                attributes += 1;
            }
            (Some(_), _) => {}
            (None, b'>') => return End::At(at + 1),
            (None, b'"' | b'\'') if after_equals => quote = Some(*byte),
            (None, b' ' | b'\n' | b'\t' | b'\r' | b'/' | 12) => attributes += usize::from(!after_equals),
            _ => {}
        }
        after_equals = *byte == b'=' || (after_equals && byte.is_ascii_whitespace());
        if attributes > MOST_ATTRIBUTES {
            return End::TooMany;
        }
    }
    End::Never
}

/// The end of a tag whose quotation marks pair before the first `>`.
fn plain_end(html: &str, start: usize) -> End {
    let bytes = &html.as_bytes()[start + 1..];
    let Some(length) = bytes.iter().position(|byte| matches!(byte, b'>' | b'<')) else { return End::Never };
    let inside = &bytes[..length];
    let pairs = |mark: u8| inside.iter().filter(|byte| **byte == mark).count().is_multiple_of(2);
    let few = inside.iter().filter(|byte| byte.is_ascii_whitespace() || **byte == b'/').count() <= MOST_ATTRIBUTES;
    if bytes[length] == b'>' && pairs(b'"') && pairs(b'\'') && few { End::At(start + 2 + length) } else { End::TooMany }
}
