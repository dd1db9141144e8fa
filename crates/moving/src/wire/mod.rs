//! What agencies send: items of news in the formats of the trade → drafts.
//!
//! [`read()`] finds the format and gives items; [`bring_wire`] makes drafts of them, each with the agency's embargo, so that
//! nobody publishes it before. One file per format. Nothing outside a file is ever opened: no document type, no entity, no
//! address.

mod anpa;
mod bring;
mod decode;
mod feed;
mod iptc7901;
mod newsml1;
mod newsml_g2;
mod ninjs;
mod nitf;
mod plain;
mod when;
mod xml;

#[cfg(test)]
mod tests;

pub(crate) use when::moment;
pub(crate) use xml::{parsed as xml_root, said as xml_said};

pub use bring::{Brought, ItemLine, WireOptions, WireReport, bring_wire};

use crate::markup::Noted;
use newsroom::Timestamp;
use newsroom::body::{Block, Picture};
use serde::Serialize;

/// The most bytes of a file. The longest package of an agency has some hundred thousand.
pub const MOST_BYTES: usize = 16_000_000;

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// NewsML-G2 of the IPTC: items, packages, and messages around them.
    NewsMlG2,
    /// NewsML 1.2 of the IPTC.
    NewsMl1,
    /// NITF 3 of the IPTC.
    Nitf,
    /// ninjs of the IPTC, and JSON that is built like it.
    Ninjs,
    /// IPTC 7901, lines behind control signs.
    Iptc7901,
    /// ANPA 1312, lines behind other control signs.
    Anpa1312,
    /// RSS 0.9 to 2.0, RSS 1.0 and Atom.
    Feed,
}

impl Format {
    /// Its name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewsMlG2 => "NewsML-G2",
            Self::NewsMl1 => "NewsML 1.2",
            Self::Nitf => "NITF",
            Self::Ninjs => "ninjs",
            Self::Iptc7901 => "IPTC 7901",
            Self::Anpa1312 => "ANPA 1312",
            Self::Feed => "RSS/Atom",
        }
    }
}

/// What may be done with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Standing {
    /// It may be printed, after its embargo if it has one.
    #[default]
    Usable,
    /// Not until the agency says more.
    Withheld,
    /// The agency takes it back.
    Cancelled,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Matter {
    /// Words.
    #[default]
    Text,
    /// Only a picture.
    Picture,
    /// A list of other items.
    Package,
    /// A film, a sound, a drawing.
    Other,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WireItem {
    /// The agency's id, or what stands for one.
    pub id: String,
    /// Its version there.
    pub version: String,
    /// What it is.
    pub matter: Matter,
    /// What may be done with it.
    pub standing: Standing,
    /// The headline.
    pub headline: String,
    /// The lines below it.
    pub standfirst: String,
    /// By whom, as sent.
    pub byline: String,
    /// Where it was written.
    pub dateline: String,
    /// A language's tag; empty when not said.
    pub language: String,
    /// The agency's name.
    pub agency: String,
    /// From 1, the most urgent, to 9.
    pub urgency: Option<u8>,
    /// What it is about: names, or codes where no name is said.
    pub subjects: Vec<String>,
    /// What the agency tells editors.
    pub editor_note: String,
    /// The body.
    pub body: Vec<Block>,
    /// Pictures that go with it; their files are not in it.
    pub pictures: Vec<Picture>,
    /// Nobody publishes it before.
    pub embargo: Option<Timestamp>,
    /// It has an embargo whose end cannot be read.
    pub embargo_unread: bool,
    /// What was changed in the body.
    pub notes: Vec<Noted>,
}

/// A file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its format.
    pub format: Format,
    /// Its items, in the order of the file.
    pub items: Vec<WireItem>,
    /// Places that were no text in the file's encoding and became U+FFFD.
    pub replaced: bool,
}

/// Why a file gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyUnread {
    /// It is longer than [`MOST_BYTES`].
    TooLong,
    /// Nothing is in it.
    Empty,
    /// It is in no format of the wire that is known.
    Format,
    /// It is a letter, not an item of a wire.
    Mail,
    /// It is not well-formed.
    Form,
    /// It defines entities; those are never read.
    Entity,
}

impl WhyUnread {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::TooLong => "wire.unread.too-long",
            Self::Empty => "wire.unread.empty",
            Self::Format => "wire.unread.format",
            Self::Mail => "wire.unread.mail",
            Self::Form => "wire.unread.form",
            Self::Entity => "wire.unread.entity",
        }
    }
}

/// A file that gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {}", .why.key())]
pub struct UnreadWire {
    /// Why.
    pub why: WhyUnread,
    /// The line, from 1; 0 where there is no one place.
    pub line: u32,
    /// The letter in that line, from 1; 0 likewise.
    pub column: u32,
}

impl UnreadWire {
    fn of(why: WhyUnread) -> Self {
        Self { why, line: 0, column: 0 }
    }
}

/// Reads a file of any of the formats.
///
/// # Errors
/// [`UnreadWire`]: it is none of them, or broken.
pub fn read(bytes: &[u8]) -> Result<Sheet, UnreadWire> {
    if bytes.len() > MOST_BYTES {
        return Err(UnreadWire::of(WhyUnread::TooLong));
    }
    let start = bytes.trim_ascii_start();
    match bytes {
        _ if start.is_empty() => Err(UnreadWire::of(WhyUnread::Empty)),
        [0x16, ..] => Ok(anpa::read(bytes)),
        [0x01, ..] => Ok(iptc7901::read(bytes)),
        _ if start.starts_with(b"{") || start.starts_with(b"[") => ninjs::read(bytes),
        _ if is_mail(start) => Err(UnreadWire::of(WhyUnread::Mail)),
        _ => {
            let (text, replaced) = decode::xml(bytes);
            if !text.trim_start().starts_with('<') {
                return Err(UnreadWire::of(WhyUnread::Format));
            }
            let (format, items) = xml::read(&text)?;
            Ok(Sheet { format, items, replaced })
        }
    }
}

/// Letters begin with lines of the post.
fn is_mail(start: &[u8]) -> bool {
    const LINES: [&[u8]; 6] =
        [b"delivered-to:", b"received:", b"return-path:", b"from:", b"message-id:", b"x-received:"];
    LINES.iter().any(|line| start.len() > line.len() && start[..line.len()].eq_ignore_ascii_case(line))
}
