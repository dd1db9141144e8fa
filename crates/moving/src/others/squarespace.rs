//! Squarespace writes WordPress's exports (WXR 1.2) with habits of its own: a bare `&` in titles, entities of HTML.

use super::text_of;
use crate::old::OldFile;
use crate::wxr::Wxr;
use std::io::{Cursor, Error, Read};
use std::sync::Arc;

/// An export of Squarespace, as one of WordPress.
pub fn squarespace(files: Vec<OldFile>) -> Wxr {
    Wxr::new(files.into_iter().map(put_right).collect(), Vec::new())
}

/// The same file with what XML would refuse put right as it is opened. Lines stay lines.
fn put_right(file: OldFile) -> OldFile {
    let (name, bytes) = (Arc::clone(&file.name), file.bytes);
    OldFile::new(&name, bytes, move || {
        let text = text_of(&file).map_err(Error::other)?;
        Ok(Box::new(Cursor::new(with_whole_entities(&text).into_bytes())) as Box<dyn Read + Send>)
    })
}

/// An `&` that begins no entity of XML is a letter. In CDATA it is one anyway.
fn with_whole_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        if rest[at..].starts_with("<![CDATA[") {
            let end = rest[at..].find("]]>").map_or(rest.len(), |end| at + end + 3);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        out.push_str(&rest[..=at]);
        let after = &rest[at + 1..];
        if rest.as_bytes()[at] == b'&' && !is_entity(after) {
            out.push_str("amp;");
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn is_entity(after: &str) -> bool {
    let Some(end) = after.bytes().take(11).position(|byte| byte == b';') else { return false };
    let name = &after[..end];
    let is_number = name.strip_prefix('#').is_some_and(|number| {
        !number.is_empty() && number.trim_start_matches('x').bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    is_number || matches!(name, "amp" | "lt" | "gt" | "quot" | "apos")
}
