//! Pixels become files: the sizes in which a picture is sent, and how it looks before it is there.

use crate::Refused;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageFormat, RgbImage};

/// Of what is kept: nothing is to be seen of it, and it is pressed again for every size.
const KEPT_QUALITY: u8 = 92;
const JPEG_QUALITY: u8 = 80;
/// Of 100; looks as that of JPEG does, in about half as many bytes.
#[cfg(feature = "avif")]
const AVIF_QUALITY: f32 = 62.0;
/// From 1, slow and small, to 10.
#[cfg(feature = "avif")]
const AVIF_SPEED: u8 = 9;
/// Pixels of the longer side of what stands in a page while the picture is on its way.
const PLACEHOLDER_SIDE: u32 = 10;

/// Presses a kept picture in a width, as JPEG. One that is narrower is not made wider.
///
/// # Errors
/// [`Refused::Broken`] when it is not what was kept.
pub fn press(kept: &[u8], width: u32) -> Result<Vec<u8>, Refused> {
    let picture = image::load_from_memory_with_format(kept, ImageFormat::Jpeg).map_err(|_| Refused::Broken)?;
    jpeg(&at_most_wide(picture.into_rgb8(), width)?, JPEG_QUALITY)
}

/// Presses a kept picture in a width, as AVIF: at a fast setting, by one thread, for it is done beside everything else.
///
/// # Errors
/// [`Refused::Broken`] when it is not what was kept, [`Refused::Avif`] where this program was built without AVIF.
#[cfg(feature = "avif")]
pub fn press_avif(kept: &[u8], width: u32) -> Result<Vec<u8>, Refused> {
    use ravif::{BitDepth, Encoder, Img, RGB8};
    let picture = image::load_from_memory_with_format(kept, ImageFormat::Jpeg).map_err(|_| Refused::Broken)?;
    let picture = at_most_wide(picture.into_rgb8(), width)?;
    let pixels: Vec<RGB8> = picture.pixels().map(|pixel| RGB8::new(pixel.0[0], pixel.0[1], pixel.0[2])).collect();
    let size = |pixels: u32| usize::try_from(pixels).map_err(|_| Refused::Large);
    let (width, height) = (size(picture.width())?, size(picture.height())?);
    let encoder = Encoder::new()
        .with_quality(AVIF_QUALITY)
        .with_speed(AVIF_SPEED)
        .with_bit_depth(BitDepth::Eight)
        .with_num_threads(Some(1));
    let pressed = encoder.encode_rgb(Img::new(&pixels[..], width, height)).map_err(|_| Refused::Broken)?;
    Ok(pressed.avif_file)
}

/// Presses nothing: this program was built without AVIF.
///
/// # Errors
/// Always [`Refused::Avif`].
#[cfg(not(feature = "avif"))]
pub fn press_avif(_kept: &[u8], _width: u32) -> Result<Vec<u8>, Refused> {
    Err(Refused::Avif)
}

/// What is kept of a picture.
pub(crate) fn kept(picture: &RgbImage) -> Result<Vec<u8>, Refused> {
    jpeg(picture, KEPT_QUALITY)
}

/// A picture of a few pixels as a `data:` address.
pub(crate) fn placeholder(picture: RgbImage) -> Result<String, Refused> {
    let small = within(picture, PLACEHOLDER_SIDE)?;
    let mut out = Vec::new();
    written(PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive), &small)?;
    Ok(format!("data:image/png;base64,{}", STANDARD.encode(out)))
}

/// The picture so that no side is longer.
pub(crate) fn within(picture: RgbImage, side: u32) -> Result<RgbImage, Refused> {
    let (width, height) = scaled_within(picture.dimensions(), side);
    if (width, height) == picture.dimensions() {
        return Ok(picture);
    }
    resized(&picture, width, height)
}

/// Width and height so that neither is longer, in the same proportion.
pub(crate) fn scaled_within((width, height): (u32, u32), side: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= side {
        return (width, height);
    }
    let scaled = |pixels: u32| (u64::from(pixels) * u64::from(side)).div_ceil(u64::from(longer)).max(1);
    (u32::try_from(scaled(width)).unwrap_or(side), u32::try_from(scaled(height)).unwrap_or(side))
}

fn at_most_wide(picture: RgbImage, most: u32) -> Result<RgbImage, Refused> {
    let (width, height) = picture.dimensions();
    if width <= most {
        return Ok(picture);
    }
    resized(&picture, most, crate::height_in((width, height), most))
}

fn resized(picture: &RgbImage, width: u32, height: u32) -> Result<RgbImage, Refused> {
    let source = ImageRef::new(picture.width(), picture.height(), picture.as_raw(), PixelType::U8x3);
    let source = source.map_err(|_| Refused::Broken)?;
    let mut smaller = Image::new(width, height, PixelType::U8x3);
    Resizer::new().resize(&source, &mut smaller, None).map_err(|_| Refused::Broken)?;
    RgbImage::from_raw(width, height, smaller.into_vec()).ok_or(Refused::Broken)
}

/// A card as it is sent.
pub(crate) fn card_jpeg(card: &RgbImage) -> Result<Vec<u8>, Refused> {
    jpeg(card, JPEG_QUALITY)
}

/// The largest part of a picture in the proportion of a size, about what must be seen of it, in that size.
pub(crate) fn covering(picture: &RgbImage, (width, height): (u32, u32), focus: (u8, u8)) -> Result<RgbImage, Refused> {
    let (from_width, from_height) = picture.dimensions();
    let by_width = u64::from(from_width) * u64::from(height) / u64::from(width.max(1));
    let (wide, high) = match u32::try_from(by_width) {
        Ok(by_width) if by_width <= from_height => (from_width, by_width.max(1)),
        _ => (crate::height_in((height, width), from_height).min(from_width), from_height),
    };
    let place = |all: u32, part: u32, hundredths: u8| {
        let centre = u64::from(all) * u64::from(hundredths) / 100;
        let start = centre.saturating_sub(u64::from(part) / 2).min(u64::from(all - part));
        u32::try_from(start).unwrap_or(0)
    };
    let (left, top) = (place(from_width, wide, focus.0), place(from_height, high, focus.1));
    let part = image::imageops::crop_imm(picture, left, top, wide, high).to_image();
    resized(&part, width, height)
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    written(JpegEncoder::new_with_quality(&mut out, quality), picture)?;
    Ok(out)
}

fn written(encoder: impl ImageEncoder, picture: &RgbImage) -> Result<(), Refused> {
    let (width, height) = picture.dimensions();
    encoder.write_image(picture.as_raw(), width, height, ExtendedColorType::Rgb8).map_err(|_| Refused::Broken)
}
