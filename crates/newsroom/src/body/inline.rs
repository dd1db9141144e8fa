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
}

/// The words alone.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// Reads `**strong**`, `*emphasis*` and `[words](https://…)`. Marks that do not pair stay as typed; other addresses than
/// `http:`, `https:` and paths stay as typed too.
pub fn spans(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut rest = text;
    let mut words = String::new();
    while let Some(at) = rest.find(['*', '[']) {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((span, after)) = marked(rest) {
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

/// The other way: what [`spans`] reads back to the same spans.
pub fn spans_as_text(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        match span {
            Span { link: Some(link), text, .. } => out.push_str(&format!("[{text}]({link})")),
            Span { strong: true, text, .. } => out.push_str(&format!("**{text}**")),
            Span { emphasis: true, text, .. } => out.push_str(&format!("*{text}*")),
            Span { text, .. } => out.push_str(text),
        }
    }
    out
}

/// One marked span at the very start of `rest`, and what follows it.
fn marked(rest: &str) -> Option<(Span, &str)> {
    if let Some(inner) = rest.strip_prefix("**") {
        let end = inner.find("**").filter(|end| *end > 0)?;
        return Some((Span { strong: true, ..Span::plain(&inner[..end]) }, &inner[end + 2..]));
    }
    if let Some(inner) = rest.strip_prefix('*') {
        let end = inner.find('*').filter(|end| *end > 0)?;
        return Some((Span { emphasis: true, ..Span::plain(&inner[..end]) }, &inner[end + 1..]));
    }
    let inner = rest.strip_prefix('[')?;
    let middle = inner.find("](")?;
    let (words, address) = (&inner[..middle], &inner[middle + 2..]);
    let end = address.find(')')?;
    let link = &address[..end];
    if words.is_empty() || !is_safe_address(link) {
        return None;
    }
    Some((Span { link: Some(link.to_owned()), ..Span::plain(words) }, &address[end + 1..]))
}

/// An address that a page may link to.
pub(super) fn is_safe_address(address: &str) -> bool {
    let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'));
    let path = address.starts_with('/') && !address.starts_with("//");
    plain && (address.starts_with("https://") || address.starts_with("http://") || path)
}
