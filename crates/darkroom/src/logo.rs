//! A logo: a small picture that stands on the paper's own colours, and so keeps what is transparent.

use crate::develop::{finished_by, print_of};
use crate::press::scaled_within;
use crate::{Developed, Refused, Said, colours};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, Rgb, RgbImage, RgbaImage};

/// The longer side of a logo, in pixels: a larger one is made smaller.
pub const LOGO_SIDE: u32 = 960;

/// Develops a file into a logo: PNG, upright, in sRGB, transparent where it was, with nothing beside its pixels.
///
/// # Errors
/// Why it is not taken.
pub fn logo(bytes: &[u8]) -> Result<Developed, Refused> {
    finished_by(bytes, finished)
}

fn finished(
    picture: DynamicImage,
    up: Option<Orientation>,
    profile: Option<&[u8]>,
    said: Said,
) -> Result<Developed, Refused> {
    let small = in_srgb(smaller(picture.into_rgba8())?, profile);
    let mut upright = DynamicImage::ImageRgba8(small);
    upright.apply_orientation(up.unwrap_or(Orientation::NoTransforms));
    let pixels = upright.into_rgba8();
    let (width, height) = pixels.dimensions();
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive)
        .write_image(pixels.as_raw(), width, height, ExtendedColorType::Rgba8)
        .map_err(|_| Refused::Broken)?;
    let print = print_of(width, pixels.as_raw());
    Ok(Developed { size: (width, height), print, placeholder: String::new(), said, bytes })
}

fn smaller(picture: RgbaImage) -> Result<RgbaImage, Refused> {
    let (width, height) = scaled_within(picture.dimensions(), LOGO_SIDE);
    if (width, height) == picture.dimensions() {
        return Ok(picture);
    }
    let source = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x4);
    let source = source.map_err(|_| Refused::Broken)?;
    let mut smaller = Image::new(width, height, PixelType::U8x4);
    Resizer::new().resize(&source, &mut smaller, None).map_err(|_| Refused::Broken)?;
    RgbaImage::from_raw(width, height, smaller.into_vec()).ok_or(Refused::Broken)
}

/// Its colours in sRGB; what is transparent stays.
fn in_srgb(mut picture: RgbaImage, profile: Option<&[u8]>) -> RgbaImage {
    if profile.is_none() {
        return picture;
    }
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, _] = from.0;
        *to = Rgb([red, green, blue]);
    }
    let flat = colours::in_srgb(flat, profile);
    for (to, from) in picture.pixels_mut().zip(flat.pixels()) {
        let ([red, green, blue], [_, _, _, alpha]) = (from.0, to.0);
        to.0 = [red, green, blue, alpha];
    }
    picture
}
