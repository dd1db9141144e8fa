//! Words with emphasis and links.

use serde::{Deserialize, Serialize};

/// A run of words that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Set strong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strong: bool,
    /// Set apart by emphasis.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emphasis: bool,
    /// Where they lead: `https:`, `http:` or a path of this paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

impl Span {
    /// Words without any form.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The words lead somewhere.
    pub fn is_link(&self) -> bool {
        self.link.is_some()
    }
}

/// The words alone.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Reads `**strong**`, `*emphasis*` and `[words](https://…)`. Marks that do not pair stay as typed; other addresses than
/// `http:`, `https:` and paths stay as typed too. A backslash takes away the meaning of the
/// sign of ASCII punctuation after it.
pub fn spans(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut rest = text;
    let mut words = String::new();
    while let Some(at) = rest.find(['*', '[', '\\']) {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(sign) = escaped(rest) {
            words.push(sign);
            rest = &rest[2..];
        } else if let Some((span, after)) = marked(rest) {
            if !words.is_empty() {
                out.push(Span::plain(std::mem::take(&mut words)));
            }
            out.push(span);
            rest = after;
        } else {
            words.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        out.push(Span::plain(words));
    }
    out
}

/// The other way: what [`spans`] reads back to the same spans, on one line. A span that has several forms keeps one of
/// them: link before strong before emphasis. Backslashes are written only where the words would else be read as marks.
pub fn spans_as_text(spans: &[Span]) -> String {
    let bare = written(spans, str::to_owned);
    if self::spans(&bare) == spans { bare } else { written(spans, with_backslashes) }
}

fn written(spans: &[Span], words: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    for span in spans {
        let text = words(&span.text.replace(['\n', '\r'], " "));
        match span {
            // A bracket would end the address.
            Span { link: Some(link), .. } => {
                out.push_str(&format!("[{text}]({})", link.replace('(', "%28").replace(')', "%29")));
            }
            Span { strong: true, .. } => out.push_str(&format!("**{text}**")),
            Span { emphasis: true, .. } => out.push_str(&format!("*{text}*")),
            _ => out.push_str(&text),
        }
    }
    out
}

/// One marked span at the very start of `rest`, and what follows it.
fn marked(rest: &str) -> Option<(Span, &str)> {
    if let Some(inner) = rest.strip_prefix("**") {
        let end = closing(inner, "**").filter(|end| *end > 0)?;
        return Some((Span { strong: true, ..Span::plain(without_backslashes(&inner[..end])) }, &inner[end + 2..]));
    }
    if let Some(inner) = rest.strip_prefix('*') {
        let end = closing(inner, "*").filter(|end| *end > 0)?;
        return Some((Span { emphasis: true, ..Span::plain(without_backslashes(&inner[..end])) }, &inner[end + 1..]));
    }
    let inner = rest.strip_prefix('[')?;
    let middle = closing(inner, "](")?;
    let (words, address) = (&inner[..middle], &inner[middle + 2..]);
    let end = address.find(')')?;
    let link = &address[..end];
    if words.is_empty() || !is_safe_address(link) {
        return None;
    }
    Some((Span { link: Some(link.to_owned()), ..Span::plain(without_backslashes(words)) }, &address[end + 1..]))
}

/// Where `mark` stands first without a backslash in front of it.
fn closing(inner: &str, mark: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = inner[from..].find([mark.chars().next()?, '\\']).map(|at| from + at) {
        if inner[at..].starts_with(mark) {
            return Some(at);
        }
        from = at + if escaped(&inner[at..]).is_some() { 2 } else { 1 };
    }
    None
}

/// The sign whose meaning the backslash at the very start takes away.
fn escaped(rest: &str) -> Option<char> {
    rest.strip_prefix('\\')?.chars().next().filter(char::is_ascii_punctuation)
}

fn with_backslashes(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '*' | '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn without_backslashes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let kept = if escaped(&rest[at..]).is_some() { at } else { at + 1 };
        out.push_str(&rest[..kept]);
        // The sign after the backslash is one byte, and is not looked at again.
        let next = at + 1 + usize::from(kept == at);
        out.push_str(&rest[at + 1..next]);
        rest = &rest[next..];
    }
    out.push_str(rest);
    out
}

/// An address that a page may link to. Browsers read `/\` at the start as `//`, which leads to another host.
pub(super) fn is_safe_address(address: &str) -> bool {
    let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'));
    let path = address.starts_with('/') && !address.starts_with("//");
    plain && (address.starts_with("https://") || address.starts_with("http://") || path)
}
