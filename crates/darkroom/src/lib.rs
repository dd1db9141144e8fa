//! What becomes of a picture that came in: what it is by its content, whether it may be developed, who made it, and clean
//! pixels in a file of our own making; of a printed issue its structure and its first page; and of a story the card that is
//! shown of a link. Bytes in, bytes out: no files, no processes, no clock.
//!
//! **Absent on purpose:** a way for bytes that came in to leave again. What [`develop`] and [`first_page`] give back was
//! pressed from pixels alone, so nothing that a camera or a program wrote beside them can be in it.

mod card;
mod colours;
mod develop;
mod job;
mod kind;
mod logo;
mod press;
mod printed;
mod said;

pub use card::{CardWords, card};
pub use develop::{Developed, develop};
pub use job::{Answer, Job, work};
pub use kind::Kind;
pub use logo::{LOGO_SIDE, logo};
pub use press::{press, press_avif};
pub use printed::{NotPrinted, PAGE_WIDTH, Printed, by_its_ends, first_page, inspect, stand_in};
pub use said::Said;

use serde::{Deserialize, Serialize};

/// The most bytes of a file that comes in.
pub const MOST_BYTES: usize = 40 * 1024 * 1024;
/// The most bytes of a printed issue.
pub const MOST_PDF_BYTES: usize = 60 * 1024 * 1024;
/// The most bytes that go to a worker beside them: what is wanted, and a card's face and logo.
pub const MOST_BESIDE: usize = 4 * 1024 * 1024;
/// The most pixels of a picture.
pub const MOST_PIXELS: u64 = 50_000_000;
/// The most pixels of one side of it.
pub const MOST_SIDE: u32 = 16_384;
/// The widths in which a picture is kept beside itself, in pixels; only those narrower than it. A telephone, a telephone's
/// fine screen or a column, a wide screen.
pub const WIDTHS: [u32; 3] = [480, 960, 1_600];
/// Width and height of a card in pixels: what places that show a link ask for (Open Graph, 1.91 : 1).
pub const SIZE_OF_CARD: (u32, u32) = (1_200, 630);
/// This program was built with AVIF.
pub const HAS_AVIF: bool = cfg!(feature = "avif");
/// The longer side of what is kept, in pixels: a larger picture is made smaller.
pub const KEPT_SIDE: u32 = 4_096;
/// Bytes that decoding may take, beside the file: 50 million pixels of four times 16 bits.
pub const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// The height of a picture of a size in a narrower width.
pub fn height_in((width, height): (u32, u32), narrower: u32) -> u32 {
    let scaled = u64::from(height) * u64::from(narrower) / u64::from(width.max(1));
    u32::try_from(scaled.max(1)).unwrap_or(height)
}

/// The widths in which a picture is kept beside itself as JPEG; the first of them is made when it comes in.
pub fn widths(width: u32) -> impl Iterator<Item = u32> {
    WIDTHS.into_iter().filter(move |narrower| *narrower < width)
}

/// Those as AVIF: the same, and its own where it is no wider than the widest of them.
pub fn avif_widths(width: u32) -> impl Iterator<Item = u32> {
    widths(width).chain(WIDTHS.last().is_some_and(|widest| width <= *widest).then_some(width))
}

/// Why a picture is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Refused {
    /// An empty file.
    #[error("empty")]
    Empty,
    /// More bytes than [`MOST_BYTES`].
    #[error("too many bytes")]
    Heavy,
    /// More pixels than [`MOST_PIXELS`], or a side longer than [`MOST_SIDE`].
    #[error("too many pixels")]
    Large,
    /// A drawing that may hold a program.
    #[error("an SVG")]
    Svg,
    /// A telephone's format that is not read here.
    #[error("a HEIC")]
    Heic,
    /// A format that is not read here.
    #[error("an AVIF")]
    Avif,
    /// Nothing that is known as a picture.
    #[error("no known picture")]
    Unknown,
    /// It calls itself a picture and cannot be read as one, or not to its end.
    #[error("broken")]
    Broken,
    /// Reading it took more time or memory than any picture needs.
    #[error("took too much")]
    Costly,
}

impl Refused {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::Empty,
        Self::Heavy,
        Self::Large,
        Self::Svg,
        Self::Heic,
        Self::Avif,
        Self::Unknown,
        Self::Broken,
        Self::Costly,
    ];

    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "picture.empty",
            Self::Heavy => "picture.heavy",
            Self::Large => "picture.large",
            Self::Svg => "picture.svg",
            Self::Heic => "picture.heic",
            Self::Avif => "picture.avif",
            Self::Unknown => "picture.unknown",
            Self::Broken => "picture.broken",
            Self::Costly => "picture.costly",
        }
    }
}
