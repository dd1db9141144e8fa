//! Addresses of pages, percent-encoded for `href`. Visible text shows slugs decoded.

use crate::paper::Paper;
use newsroom::StoryId;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved letters of RFC 3986 is encoded, so that a slug never ends a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One part of a path, or a value in a query.
pub fn encoded(part: &str) -> String {
    utf8_percent_encode(part, SEGMENT).to_string()
}

/// The path of a story.
pub fn story(slug: &str) -> String {
    format!("/stories/{}", encoded(slug))
}

/// The path of a section.
pub fn section(slug: &str) -> String {
    format!("/sections/{}", encoded(slug))
}

/// The path of a tag.
pub fn tag(slug: &str) -> String {
    format!("/tags/{}", encoded(slug))
}

/// The path of a writer.
pub fn writer(slug: &str) -> String {
    format!("/writers/{}", encoded(slug))
}

/// The path of a page that is no story.
pub fn page(slug: &str) -> String {
    format!("/pages/{}", encoded(slug))
}

/// The path of a month of the archive.
pub fn month(year: i16, month: u8) -> String {
    format!("/archive/{year:04}-{month:02}")
}

/// The path of a picture.
pub fn picture(file: &str) -> String {
    format!("/pictures/{}", encoded(file))
}

/// The whole short address of a story, to be copied and passed on.
pub fn short(paper: &Paper, story: StoryId) -> String {
    whole(paper, &format!("/s/{}", story.short()))
}

/// A path with the paper's address before it.
pub fn whole(paper: &Paper, path: &str) -> String {
    format!("{}{path}", paper.address.trim_end_matches('/'))
}
