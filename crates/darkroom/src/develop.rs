//! A file becomes a picture.

use crate::press::{kept, placeholder, within};
use crate::said::{Said, beside};
use crate::{KEPT_SIDE, Kind, MOST_BYTES, MOST_MEMORY, MOST_PIXELS, MOST_SIDE, Refused, colours};
use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, Limits, Rgb, RgbImage};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Cursor;

/// A picture as it is kept: JPEG, upright, in sRGB, on white where it was transparent, with nothing beside its pixels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Developed {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Half of a SHA-256 of its pixels, in hexadecimal: the same picture under other metadata has the same.
    pub print: String,
    /// A picture of a few pixels as a `data:` address.
    pub placeholder: String,
    /// What was written beside it about who made it.
    pub said: Said,
    /// The file.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// Develops a file.
///
/// # Errors
/// Why it is not taken.
pub fn develop(bytes: &[u8]) -> Result<Developed, Refused> {
    finished_by(bytes, finished)
}

/// What becomes of pixels, given which way is up, the description of their colours, and what was written beside them.
pub(crate) type Finish = fn(DynamicImage, Option<Orientation>, Option<&[u8]>, Said) -> Result<Developed, Refused>;

/// Reads a file within the limits, and finishes its pixels.
pub(crate) fn finished_by(bytes: &[u8], finish: Finish) -> Result<Developed, Refused> {
    if bytes.len() > MOST_BYTES {
        return Err(Refused::Heavy);
    }
    let file = Cursor::new(bytes);
    match Kind::of(bytes)? {
        Kind::Jpeg => decoded(JpegDecoder::new(file), finish),
        Kind::Png => decoded(PngDecoder::with_limits(file, limits()), finish),
        Kind::WebP => decoded(WebPDecoder::new(file), finish),
        Kind::Gif => decoded(GifDecoder::new(file), finish),
    }
}

/// The size is asked before anything is decoded, and what is written beside the picture before it is gone.
fn decoded(decoder: Result<impl ImageDecoder, ImageError>, finish: Finish) -> Result<Developed, Refused> {
    let mut decoder = decoder.map_err(|error| refusal(&error))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Refused::Broken);
    }
    if width.max(height) > MOST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refused::Large);
    }
    let (exif, xmp) = (decoder.exif_metadata().ok().flatten(), decoder.xmp_metadata().ok().flatten());
    let (said, up) = beside(exif, decoder.iptc_metadata().ok().flatten().as_deref(), xmp.as_deref());
    let profile = decoder.icc_profile().ok().flatten();
    decoder.set_limits(limits()).map_err(|error| refusal(&error))?;
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    finish(picture, up, profile.as_deref(), said)
}

/// Pixels as they are kept.
pub(crate) fn finished(
    mut picture: DynamicImage,
    up: Option<Orientation>,
    profile: Option<&[u8]>,
    said: Said,
) -> Result<Developed, Refused> {
    let flat = if picture.color().has_alpha() {
        on_white(picture.to_rgba8())
    } else {
        std::mem::take(&mut picture).into_rgb8()
    };
    drop(picture);
    let mut upright = DynamicImage::ImageRgb8(colours::in_srgb(within(flat, KEPT_SIDE)?, profile));
    upright.apply_orientation(up.unwrap_or(Orientation::NoTransforms));
    let pixels = upright.into_rgb8();
    let (size, print, bytes) = (pixels.dimensions(), print(&pixels), kept(&pixels)?);
    Ok(Developed { size, print, bytes, said, placeholder: placeholder(pixels)? })
}

fn on_white(picture: image::RgbaImage) -> RgbImage {
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u16::from);
        let over = |colour: u16| u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(255);
        *to = Rgb([over(red), over(green), over(blue)]);
    }
    flat
}

fn print(pixels: &RgbImage) -> String {
    print_of(pixels.width(), pixels.as_raw())
}

/// Half of a SHA-256 of pixels that stand in lines of this width.
pub(crate) fn print_of(width: u32, pixels: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(width.to_le_bytes());
    hash.update(pixels);
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

fn refusal(error: &ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::Large,
        _ => Refused::Broken,
    }
}
