//! An issue in the words of a page.

use crate::layout::{Frame, address as path};
use crate::words::Words;
use arabic::dates::{self, Day};
use arabic::digits::{self, Digits};
use jiff::civil::Date;
use newsroom::profile::Language;
use store::issues::Issue;

/// An issue, ready for a page.
#[derive(Debug)]
pub struct IssueView {
    /// What it is called: «العدد 4501», or «عدد خاص 3» where its number says that itself.
    pub title: String,
    /// The path of its page.
    pub href: String,
    /// The path of its file.
    pub pdf: String,
    /// Its day in the paper's form.
    pub day: String,
    /// Its day for machines.
    pub day_iso: String,
    /// How large its file is, in words.
    pub size: String,
    /// How many pages it has, in words.
    pub pages: String,
    /// Where its first page is, in the smallest width.
    pub small: String,
    /// The same in its own width.
    pub large: String,
    /// Every width, as `srcset` lists them.
    pub widths: String,
    /// Width and height of its first page, in pixels.
    pub across: (u32, u32),
    /// What the picture shows.
    pub alt: String,
}

/// The path of an issue by its number as addresses have it.
pub fn address(slug: &str) -> String {
    format!("/issues/{}", path::encoded(slug))
}

impl IssueView {
    /// The issue in the words of a page.
    pub fn new(frame: &Frame, issue: &Issue) -> Self {
        let (t, file, href) = (&frame.t, &issue.file, address(&issue.slug));
        let title = title(frame, &issue.number);
        let of_width = |width: u32| format!("{href}/first-page/{}-{width}.jpg", file.id);
        let widths: Vec<u32> = widths(file.size.0).collect();
        let key = if file.drawn { "issue.first-page" } else { "issue.no-first-page" };
        Self {
            alt: t.with(key, 1, &[("issue", &title)]),
            pdf: format!("{href}/issue.pdf"),
            day: day_words(frame, issue.day),
            day_iso: issue.day.to_string(),
            size: megabytes(t, frame.paper().writing.digits, file.bytes),
            pages: t.n("issue.pages", file.pages),
            small: of_width(widths.first().copied().unwrap_or(file.size.0)),
            large: of_width(file.size.0),
            widths: widths.iter().map(|width| format!("{} {width}w", of_width(*width))).collect::<Vec<_>>().join(", "),
            across: file.size,
            title,
            href,
        }
    }
}

/// What an issue of a number is called, in the paper's digits.
pub fn title(frame: &Frame, number: &str) -> String {
    let written = digits::write(number, frame.paper().writing.digits);
    if number.chars().any(char::is_alphabetic) {
        return written;
    }
    frame.t.with("issue.number", 1, &[("number", &written)])
}

/// The widths in which a first page of this width is kept.
pub fn widths(own: u32) -> impl Iterator<Item = u32> {
    darkroom::WIDTHS.into_iter().filter(move |width| *width < own).chain([own])
}

fn day_words(frame: &Frame, day: Date) -> String {
    let (month, of_month) = (u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1));
    match Day::new(day.year(), month, of_month) {
        Some(day) => dates::long_date(day, &frame.paper().writing.date_style()),
        None => day.to_string(),
    }
}

/// So many bytes in words: whole megabytes of ten and more, tenths below.
pub fn megabytes(t: &Words, written: Digits, bytes: u64) -> String {
    let tenths = (bytes.max(1) * 10).div_ceil(1_000_000);
    let point = match (t.language(), written) {
        (Language::Ar, Digits::Western) | (Language::En, _) => ".",
        (Language::Ar, _) => "\u{66b}",
        (Language::Fr, _) => ",",
    };
    let size = if tenths >= 100 { (tenths / 10).to_string() } else { format!("{}{point}{}", tenths / 10, tenths % 10) };
    t.with("issue.megabytes", 1, &[("size", &digits::write(&size, written))])
}
