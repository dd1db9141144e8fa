//! Bytes → text, in the encodings in which old pages were saved.

use super::windows_1256;
use serde::Serialize;

/// How many whole multi-byte characters stand beside one broken byte in a text that is still taken for UTF-8. Measured
/// against chance: in Arabic written in Windows-1256 hardly any two neighbouring bytes happen to be UTF-8.
const WHOLE_PER_BROKEN: usize = 10;

/// A text and what it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// What it was written in.
    pub encoding: Encoding,
    /// Places that were no text in that encoding and became U+FFFD.
    pub replaced: usize,
}

/// Encodings that are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first, with a byte order mark.
    Utf16Le,
    /// UTF-16, high byte first, with a byte order mark.
    Utf16Be,
    /// Windows-1256.
    Windows1256,
}

impl Encoding {
    /// Its name as the encoding standard writes it, in lower case.
    pub fn key(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1256 => "windows-1256",
        }
    }
}

/// Reads bytes as text: by their byte order mark, else as UTF-8, else as Windows-1256.
///
/// A text that is UTF-8 but for a few broken bytes (a file cut off, a disk gone bad) stays UTF-8 with U+FFFD in those
/// places: read as Windows-1256 the whole of it would be noise.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return utf8(rest);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(rest, u16::from_le_bytes, Encoding::Utf16Le);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(rest, u16::from_be_bytes, Encoding::Utf16Be);
    }
    if is_nearly_utf8(bytes) {
        return utf8(bytes);
    }
    Decoded { text: windows_1256::read(bytes), encoding: Encoding::Windows1256, replaced: 0 }
}

fn utf8(bytes: &[u8]) -> Decoded {
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: Encoding::Utf8, replaced: broken }
}

fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || whole >= broken * WHOLE_PER_BROKEN
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, encoding: Encoding) -> Decoded {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut replaced = odd.len();
    let mut text: String = char::decode_utf16(pairs.iter().copied().map(unit))
        .map(|letter| {
            letter.unwrap_or_else(|_| {
                replaced += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    if !odd.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded { text, encoding, replaced }
}
