//! A saved page of an old newspaper: its text as browsers save it and archives extract it.
//!
//! ```text
//! HEADLINE
//!
//! IMG_1234-1300x866
//!
//! A paragraph.
//!
//! NAME لـ«OUTLET»
//!
//! أضف تعليق
//!
//! تعليقات الزوار
//!   1. NAME
//!     The first comment.
//! FOOTER
//! ```
//!
//! [`decode`] finds the encoding, [`read()`] takes the page apart, [`bring_page`] brings it in.

mod bring;
mod byline;
mod decode;
mod furniture;
mod lines;
mod list;
mod picture_name;
pub(crate) mod signing;
mod source;
mod story;
mod windows_1256;

#[cfg(test)]
mod tests;

pub(crate) use bring::guarded;
pub use bring::{PageOptions, bring_page};
pub use decode::{Decoded, Encoding, decode};

use crate::report::{Dropped, WhyDropped};
use serde::Serialize;
use std::ops::Range;

/// A saved page, taken apart. Every line of the file that has anything on it is in exactly one of these places. Lines are
/// counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SavedPage {
    /// The first line with words that is no picture's name; empty when there is none.
    pub headline: Stretch,
    /// The first picture's name, wherever it stands: the lead picture, to be supplied.
    pub lead: Option<Stretch>,
    /// What the story says, in reading order.
    pub body: Vec<Part>,
    /// By whom and for whom, when the last line says so.
    pub byline: Option<SavedByline>,
    /// The comments in the order of the list.
    pub comments: Vec<SavedComment>,
    /// Every line that became nothing, and why. Blank lines are not among them.
    pub dropped: Vec<Dropped>,
}

/// Words and the lines on which they stand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Stretch {
    /// The words.
    pub text: String,
    /// The lines, from 1, the last one not counted in.
    pub lines: Range<usize>,
}

/// A part of the story's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// A paragraph.
    Paragraph(Stretch),
    /// A further picture, to be supplied: its file's name.
    Picture(Stretch),
}

/// «NAME لـOUTLET».
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedByline {
    /// Who.
    pub name: String,
    /// For whom.
    pub outlet: String,
    /// Where it stands, from 1.
    pub line: usize,
}

/// A comment of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SavedComment {
    /// Its place in the list, from 1; the printed numbers may repeat or skip.
    pub position: usize,
    /// Signed with, as found; may be empty.
    pub name: String,
    /// As found: byte for byte, only the indentation taken off and line ends written as `\n`.
    pub text: String,
    /// From the line of the name to the last line of the text. A line in between that was dropped is in `dropped` too.
    pub lines: Range<usize>,
}

/// Takes a page apart. Never fails: whatever is not understood is in `dropped`, with its reason.
pub fn read(text: &str) -> SavedPage {
    let lines = lines::lines(text);
    let mut page = SavedPage::default();
    let headline = (0..lines.len()).find(|at| lines[*at].has_words() && picture(&lines, *at).is_none());
    let after = headline.map_or(lines.len(), |at| at + 1);
    if let Some(at) = headline {
        page.headline = Stretch { text: lines[at].text.trim().to_owned(), lines: at + 1..at + 2 };
    }
    story::read_before(&lines, 0..headline.unwrap_or(lines.len()), &mut page);
    let list = list::find(&lines, after);
    story::read(&lines, after..list.as_ref().map_or(lines.len(), |list| list.start), &mut page);
    if let Some(list) = list {
        list::read(&lines, &list, &mut page);
    }
    page
}

fn picture<'a>(lines: &[lines::Line<'a>], at: usize) -> Option<&'a str> {
    lines.get(at).and_then(|line| picture_name::picture_name(line.text))
}

impl SavedPage {
    /// The paragraphs without the pictures between them.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.body.iter().filter_map(|part| match part {
            Part::Paragraph(stretch) => Some(stretch.text.as_str()),
            Part::Picture(_) => None,
        })
    }

    /// Puts a picture in its place: the first is the lead. `at` counts from 0.
    fn take_picture(&mut self, name: &str, at: usize) {
        let stretch = Stretch { text: name.to_owned(), lines: at + 1..at + 2 };
        if self.lead.is_none() {
            self.lead = Some(stretch);
        } else {
            self.body.push(Part::Picture(stretch));
        }
    }

    /// Notes a line that becomes nothing. `at` counts from 0.
    fn drop_line(&mut self, line: &lines::Line<'_>, at: usize, why: WhyDropped) {
        self.dropped.push(Dropped::new(at + 1, line.whole, why));
    }
}
