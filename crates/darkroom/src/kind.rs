//! What a file is, by its content alone: its name and what its sender calls it are not asked.

use crate::Refused;

/// What can be developed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG; of an animated one the picture that stands for it.
    Png,
    /// WebP; of an animated one its first picture.
    WebP,
    /// GIF, its first picture.
    Gif,
}

/// So far into a file is looked for what a drawing begins with.
const LOOKED_AT: usize = 1_024;

impl Kind {
    /// Knows a file by how it begins.
    ///
    /// # Errors
    /// Why it is none of these.
    pub fn of(bytes: &[u8]) -> Result<Self, Refused> {
        match bytes {
            [] => Err(Refused::Empty),
            [0xff, 0xd8, 0xff, ..] => Ok(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Self::WebP),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Err(of_boxes(bytes)),
            _ => Err(if is_drawing(bytes) { Refused::Svg } else { Refused::Unknown }),
        }
    }
}

/// A file of boxes names the family it belongs to.
fn of_boxes(bytes: &[u8]) -> Refused {
    let brands = bytes.get(8..bytes.len().min(64)).unwrap_or_default();
    let names = |brand: &[u8]| brands.chunks_exact(4).any(|four| four == brand);
    match () {
        () if names(b"avif") || names(b"avis") => Refused::Avif,
        () if names(b"heic") || names(b"heix") || names(b"mif1") || names(b"heim") || names(b"hevc") => Refused::Heic,
        () => Refused::Unknown,
    }
}

fn is_drawing(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]).to_ascii_lowercase();
    // In UTF-16 every second byte of it is zero.
    head.replace('\0', "").contains("<svg")
}
