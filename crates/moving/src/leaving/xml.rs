//! Well-formed XML, whatever the words are.

use crate::everything::WholeError;
use std::io::Write;

pub(super) struct Xml<'x, W>(&'x mut W);

impl<'x, W: Write> Xml<'x, W> {
    pub(super) fn new(out: &'x mut W) -> Self {
        Self(out)
    }

    /// As it stands.
    pub(super) fn raw(&mut self, text: &str) -> Result<(), WholeError> {
        Ok(self.0.write_all(text.as_bytes())?)
    }

    /// An element with words, on a line of its own.
    pub(super) fn said(&mut self, name: &str, words: &str) -> Result<(), WholeError> {
        self.raw(&format!("\t<{name}>{}</{name}>\n", escaped(words)))
    }

    /// An element whose words may hold HTML: CDATA, as WordPress writes it.
    pub(super) fn marked(&mut self, name: &str, text: &str) -> Result<(), WholeError> {
        self.raw(&format!("<{name}>{}</{name}>", cdata(text)))
    }

    pub(super) fn flush(&mut self) -> Result<(), WholeError> {
        Ok(self.0.flush()?)
    }
}

/// A text in CDATA; the mark that would end it is cut in two.
pub(super) fn cdata(text: &str) -> String {
    format!("<![CDATA[{}]]>", readable(text).replace("]]>", "]]]]><![CDATA[>"))
}

/// Words that stand between marks of XML or HTML.
pub(super) fn escaped(words: &str) -> String {
    readable(words).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Without the signs that no XML may hold (XML 1.0, section 2.2).
fn readable(text: &str) -> String {
    let is_held = |sign: &char| matches!(sign, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    text.chars().filter(is_held).collect()
}
