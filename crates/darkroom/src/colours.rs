//! Colours as the world sees them: what was photographed in a wider space is brought into sRGB before its description goes.

use image::RgbImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The picture in sRGB. A profile that cannot be read, or is about other channels, changes nothing.
pub(crate) fn in_srgb(picture: RgbImage, profile: Option<&[u8]>) -> RgbImage {
    let Some(profile) = profile.and_then(|bytes| ColorProfile::new_from_slice(bytes).ok()) else { return picture };
    if profile.color_space != DataColorSpace::Rgb {
        return picture;
    }
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default());
    let Ok(transform) = transform else { return picture };
    let mut out = RgbImage::new(picture.width(), picture.height());
    match transform.transform(picture.as_raw(), &mut out) {
        Ok(()) => out,
        Err(_) => picture,
    }
}
