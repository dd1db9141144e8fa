//! A printed issue as it came in, a PDF: what it is by its structure, and its first page as a picture.
//!
//! **Absent on purpose:** whatever acts in a PDF. Its first page is drawn and nothing in it is run; the file itself is kept as
//! it came, with all that its makers wrote beside it.

use crate::develop::{Developed, finished};
use crate::said::Said;
use crate::{MOST_PDF_BYTES, Refused};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::object::{Dict, MaybeRef, Name, Object};
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{DynamicImage, Rgb, RgbImage};
use serde::{Deserialize, Serialize};

/// So wide a first page is drawn, in pixels.
pub const PAGE_WIDTH: u32 = 1_200;
/// And so high at most: a page that is longer than a broadsheet's two becomes narrower.
const PAGE_HEIGHT: u32 = 2_400;
/// Pixels of a side below which nothing can be made out.
const LEAST_SIDE: u32 = 60;
/// Where the end of a whole file is looked for, from its last byte.
const END_WITHIN: usize = 2_048;
/// Objects in which something that acts is looked for.
const LOOKED_THROUGH: usize = 200_000;
/// So deep inside an object it is looked for.
const DEEPEST: u8 = 8;

/// A printed issue by its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// Its pages.
    pub pages: u32,
    /// It holds scripts, or calls of programs. A reader's browser runs them in a closed place or not at all.
    pub acts: bool,
}

/// Why a file is not taken as a printed issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum NotPrinted {
    /// An empty file.
    #[error("empty")]
    Empty,
    /// More bytes than [`MOST_PDF_BYTES`].
    #[error("too many bytes")]
    Heavy,
    /// No PDF.
    #[error("no PDF")]
    Unknown,
    /// It has no end: it did not come whole.
    #[error("cut off")]
    CutOff,
    /// It opens with a password alone.
    #[error("locked")]
    Locked,
    /// It has no page.
    #[error("no page")]
    NoPages,
    /// It calls itself a PDF and cannot be read as one.
    #[error("broken")]
    Broken,
    /// Reading it took more time or memory than any issue needs.
    #[error("took too much")]
    Costly,
}

impl NotPrinted {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Empty,
        Self::Heavy,
        Self::Unknown,
        Self::CutOff,
        Self::Locked,
        Self::NoPages,
        Self::Broken,
        Self::Costly,
    ];

    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "issue.file.empty",
            Self::Heavy => "issue.file.heavy",
            Self::Unknown => "issue.file.unknown",
            Self::CutOff => "issue.file.cut-off",
            Self::Locked => "issue.file.locked",
            Self::NoPages => "issue.file.no-pages",
            Self::Broken => "issue.file.broken",
            Self::Costly => "issue.file.costly",
        }
    }
}

/// Knows a printed issue by its first bytes, its last ones and its structure.
///
/// # Errors
/// Why it is not taken.
pub fn inspect(bytes: &[u8]) -> Result<Printed, NotPrinted> {
    by_its_ends(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => NotPrinted::Locked,
        LoadPdfError::Invalid => NotPrinted::Broken,
    })?;
    match u32::try_from(pdf.pages().len()) {
        Ok(0) => Err(NotPrinted::NoPages),
        Ok(pages) => Ok(Printed { pages, acts: acts(&pdf) }),
        Err(_) => Err(NotPrinted::Costly),
    }
}

/// What can be said of a file before anything of it is read; cheap enough for any process.
///
/// # Errors
/// Why it is not taken.
pub fn by_its_ends(bytes: &[u8]) -> Result<(), NotPrinted> {
    let end = bytes.get(bytes.len().saturating_sub(END_WITHIN)..).unwrap_or_default();
    match bytes {
        [] => Err(NotPrinted::Empty),
        _ if bytes.len() > MOST_PDF_BYTES => Err(NotPrinted::Heavy),
        _ if !bytes.starts_with(b"%PDF-") => Err(NotPrinted::Unknown),
        _ if !end.windows(5).any(|five| five == b"%%EOF") => Err(NotPrinted::CutOff),
        _ => Ok(()),
    }
}

/// The first page as a picture.
///
/// # Errors
/// Why it cannot be drawn. It may also panic or take very much: whoever asks lets a worker do it.
pub fn first_page(bytes: &[u8]) -> Result<Developed, Refused> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| Refused::Broken)?;
    let page = pdf.pages().first().ok_or(Refused::Broken)?;
    let (x_scale, y_scale) = scales(page.render_dimensions()).ok_or(Refused::Large)?;
    let (cache, settings) = (RenderCache::new(), InterpreterSettings::default());
    let pixels = PixmapSettings { x_scale, y_scale, bg_color: WHITE };
    let drawn = render(page, &cache, &settings, &RenderSettings::default(), &pixels);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    let colours = drawn.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    let picture = RgbImage::from_raw(width, height, colours).ok_or(Refused::Broken)?;
    finished(DynamicImage::ImageRgb8(picture), None, None, Said::default())
}

/// How much larger or smaller a page of these points is drawn; none where nothing could be made out.
fn scales((width, height): (f32, f32)) -> Option<(f32, f32)> {
    let sound = |side: f32| side.is_finite() && side > 0.0;
    if !(sound(width) && sound(height)) {
        return None;
    }
    let scale = (PAGE_WIDTH as f32 / width).min(PAGE_HEIGHT as f32 / height);
    let least = LEAST_SIDE as f32;
    // A hair more, so that what is cut down to whole pixels is what was meant.
    (width * scale >= least && height * scale >= least).then_some((scale * 1.000_1, scale * 1.000_1))
}

/// Stands where a first page cannot be drawn: paper with the shadow of a page on it, and no words.
///
/// # Errors
/// When it cannot be pressed.
pub fn stand_in() -> Result<Developed, Refused> {
    let (paper, ink) = (Rgb([0xf4, 0xf1, 0xea]), Rgb([0xd8, 0xd3, 0xc8]));
    let mut picture = RgbImage::from_pixel(PAGE_WIDTH, PAGE_WIDTH * 7 / 5, paper);
    let mut fill = |(x, y): (u32, u32), (width, height): (u32, u32)| {
        for (across, down) in (y..y + height).flat_map(|down| (x..x + width).map(move |across| (across, down))) {
            if let Some(pixel) = picture.get_pixel_mut_checked(across, down) {
                *pixel = ink;
            }
        }
    };
    fill((300, 90), (600, 110));
    fill((80, 240), (1_040, 6));
    fill((80, 300), (1_040, 480));
    for column in 0..3 {
        for line in 0..18 {
            fill((80 + column * 360, 840 + line * 44), (320, 16));
        }
    }
    finished(DynamicImage::ImageRgb8(picture), None, None, Said::default())
}

fn acts(pdf: &Pdf) -> bool {
    let objects = pdf.objects();
    let mut left = LOOKED_THROUGH;
    objects.into_iter().any(|object| object_acts(&object, DEEPEST, &mut left))
}

/// An object is a script or a call of a program, or one stands in it. What it refers to is an object of its own and is looked
/// at as that.
fn object_acts(object: &Object<'_>, deeper: u8, left: &mut usize) -> bool {
    if !matches!(object, Object::Dict(_) | Object::Stream(_) | Object::Array(_)) || *left == 0 || deeper == 0 {
        return false;
    }
    *left -= 1;
    let mut inside = |one: MaybeRef<Object<'_>>| match one {
        MaybeRef::NotRef(one) => object_acts(&one, deeper - 1, left),
        MaybeRef::Ref(_) => false,
    };
    match object {
        Object::Dict(dict) => dict_acts(dict) || dict.entries().any(|(_, one)| inside(one)),
        Object::Stream(stream) => dict_acts(stream.dict()) || stream.dict().entries().any(|(_, one)| inside(one)),
        Object::Array(array) => array.raw_iter().any(inside),
        _ => false,
    }
}

fn dict_acts(dict: &Dict<'_>) -> bool {
    let kind = dict.get::<Name<'_>>("S");
    let acts = kind.is_some_and(|kind| [&b"JavaScript"[..], b"Launch"].contains(&&*kind));
    acts || dict.contains_key("JS") || dict.contains_key("JavaScript")
}
