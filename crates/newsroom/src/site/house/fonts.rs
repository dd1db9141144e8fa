//! Typefaces of the paper's own: a file for text and one for headlines. Browsers check what is inside them before they use
//! it; here it is made sure that a file is what it says, whole, and no heavier than a reader's line bears.

use serde::{Deserialize, Serialize};

/// Bytes of a file at most: a text face of Arabic and Latin letters takes a quarter of it.
pub const MOST_FONT: usize = 1024 * 1024;
/// Bytes of what is packed in it at most.
const MOST_UNPACKED: u32 = 16 * 1024 * 1024;

/// What letters of the paper's own are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FontKind {
    /// Text.
    Text,
    /// Headlines and labels.
    Headline,
}

/// Why a file is no typeface that readers can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontProblem {
    /// No file.
    Empty,
    /// More bytes than [`MOST_FONT`], or more in it than browsers like.
    Heavy,
    /// Letters, but not packed for the web: TrueType, OpenType, WOFF 1.
    NotPacked,
    /// Anything else.
    Unknown,
    /// Cut off, or not what it says.
    Broken,
}

impl FontKind {
    /// Both, in the order of the page.
    pub const ALL: [Self; 2] = [Self::Text, Self::Headline];

    /// The word of addresses and locales (`house.font.text` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Headline => "headline",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// As style rules call its letters, and which weights they may have.
    pub(super) fn family(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("House Text", "400"),
            Self::Headline => ("House Headline", "400 900"),
        }
    }
}

impl FontProblem {
    /// The end of its key in the locales (`house.font.problem.…`).
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Heavy => "heavy",
            Self::NotPacked => "not-packed",
            Self::Unknown => "unknown",
            Self::Broken => "broken",
        }
    }
}

/// A file can be sent as a typeface: its head is that of a WOFF2 (W3C Recommendation WOFF 2.0, §4.1) and says its own length.
///
/// # Errors
/// Why not.
pub fn check_font(bytes: &[u8]) -> Result<(), FontProblem> {
    if bytes.is_empty() {
        return Err(FontProblem::Empty);
    }
    match bytes.first_chunk::<4>() {
        Some(b"wOF2") => {}
        Some(b"wOFF" | b"OTTO" | b"true" | b"ttcf" | [0, 1, 0, 0]) => return Err(FontProblem::NotPacked),
        _ => return Err(FontProblem::Unknown),
    }
    if bytes.len() > MOST_FONT {
        return Err(FontProblem::Heavy);
    }
    let word = |at: usize| bytes.get(at..)?.first_chunk::<4>().map(|four| u32::from_be_bytes(*four));
    let tables = bytes.get(12..).and_then(|rest| rest.first_chunk::<2>()).map(|two| u16::from_be_bytes(*two));
    let (letters, length, unpacked) = (word(4), word(8), word(16));
    let is_whole = length.and_then(|length| usize::try_from(length).ok()) == Some(bytes.len());
    let is_one_face = matches!(letters, Some(0x0001_0000 | 0x4f54_544f | 0x7472_7565));
    if !is_whole || !is_one_face || !tables.is_some_and(|tables| (1..=128).contains(&tables)) || bytes.len() < 48 {
        return Err(FontProblem::Broken);
    }
    if unpacked.is_none_or(|unpacked| unpacked > MOST_UNPACKED) { Err(FontProblem::Heavy) } else { Ok(()) }
}
