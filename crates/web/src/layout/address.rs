//! Addresses of pages, percent-encoded for `href`. Visible text shows slugs decoded.

use crate::paper::Paper;
use newsroom::StoryId;
use newsroom::body::Picture;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved letters of RFC 3986 is encoded, so that a slug never ends a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One part of a path, or a value in a query.
pub fn encoded(part: &str) -> String {
    // Each byte of an Arabic letter takes three.
    let mut encoded = String::with_capacity(part.len() * 3);
    encoded.extend(utf8_percent_encode(part, SEGMENT));
    encoded
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

/// The smaller widths that there are of a picture and its own, as `srcset` lists them; none for one that has no others.
pub fn widths(of: &Picture) -> Option<String> {
    let (print, width) = (print_of(&of.file)?, of.size.0);
    let narrower = of.made.jpeg.iter().filter(|narrower| **narrower < width);
    let mut list: Vec<String> =
        narrower.map(|narrower| format!("/pictures/{print}-{narrower}.jpg {narrower}w")).collect();
    list.push(format!("{} {width}w", picture(&of.file)));
    (list.len() > 1).then(|| list.join(", "))
}

/// The path of a picture and its size where others show a card of a link: no wider than the widest that is made, since chat
/// programs drop what is heavy. The kept file itself only while nothing narrower is there.
pub fn shared(of: &Picture) -> (String, (u32, u32)) {
    let is_wide = of.size.0 > darkroom::WIDTHS.last().copied().unwrap_or(u32::MAX);
    let widest = of.made.jpeg.iter().copied().filter(|narrower| *narrower < of.size.0).max();
    match (print_of(&of.file), widest.filter(|_| is_wide)) {
        (Some(print), Some(width)) => {
            (format!("/pictures/{print}-{width}.jpg"), (width, darkroom::height_in(of.size, width)))
        }
        _ => (picture(&of.file), of.size),
    }
}

/// The path of a picture in a letter: a width that is sharp in a column of six hundred pixels, where one is made.
pub fn in_letter(of: &Picture) -> String {
    let sharp = |width: &u32| *width < of.size.0 && *width >= 960;
    match (print_of(&of.file), of.made.jpeg.iter().copied().filter(sharp).min()) {
        (Some(print), Some(width)) => format!("/pictures/{print}-{width}.jpg"),
        _ => shared(of).0,
    }
}

/// The same as AVIF, once all of them are there: a browser takes none but these where it knows them.
pub fn avif(of: &Picture) -> Option<String> {
    let print = print_of(&of.file)?;
    let all: Vec<u32> = darkroom::avif_widths(of.size.0).collect();
    let there = !all.is_empty() && all.iter().all(|width| of.made.avif.contains(width));
    let one = |width: &u32| format!("/pictures/{print}-{width}.avif {width}w");
    there.then(|| all.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// The path of the smallest width of a picture: for where many stand beside each other.
pub fn smallest(file: &str, size: &(u32, u32)) -> String {
    match print_of(file) {
        Some(print) if darkroom::WIDTHS[0] < size.0 => format!("/pictures/{print}-{}.jpg", darkroom::WIDTHS[0]),
        _ => picture(file),
    }
}

/// What the name of a picture of the library is made of; others have no widths beside them.
fn print_of(file: &str) -> Option<&str> {
    let print = file.strip_suffix(".jpg")?;
    (print.len() == 32 && print.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))).then_some(print)
}

/// The whole short address of a story, to be copied and passed on.
pub fn short(paper: &Paper, story: StoryId) -> String {
    whole(paper, &format!("/s/{}", story.short()))
}

/// A path with the paper's address before it.
pub fn whole(paper: &Paper, path: &str) -> String {
    format!("{}{path}", paper.address.trim_end_matches('/'))
}
