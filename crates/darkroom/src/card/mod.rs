//! The card of a story: the picture that other places show of a link to it. Headline, section and the paper's name are set by
//! real shaping (letters joined, marks in their place, each line in its direction) over the story's picture, or over the
//! paper's colour where it has none.

mod lettering;

use crate::press::{card_jpeg, covering};
use crate::{Refused, SIZE_OF_CARD};
use image::{ImageFormat, Rgb, RgbImage, RgbaImage};
use lettering::{Lettering, Set};
use serde::{Deserialize, Serialize};

/// Pixels between what is written and the edge.
const MARGIN: u32 = 72;
/// The paper's colour along the lower edge.
const EDGE: u32 = 14;
/// The logo's box.
const LOGO: (u32, u32) = (360, 84);
/// Sizes of the headline in pixels: the first in which it has no more than [`MOST_LINES`] lines.
const HEADLINE: [f32; 4] = [72.0, 64.0, 56.0, 50.0];
const MOST_LINES: usize = 4;
/// Of the lines above and below it.
const SMALL: f32 = 32.0;
/// Most of a text that is set, in bytes: more stands in no four lines.
const MOST_TEXT: usize = 600;

/// What is written on a card. Three files go with it, one after the other: the face (WOFF2), the logo (PNG; may be none) and
/// the picture (as it is kept; may be none).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CardWords {
    /// The headline.
    pub headline: String,
    /// Its section; may be empty.
    pub section: String,
    /// The paper's name; it stands where there is no logo.
    pub paper: String,
    /// The headline is read from right to left.
    pub is_rtl: bool,
    /// The paper's colour.
    pub colour: [u8; 3],
    /// What must be seen of the picture, in hundredths from its upper left corner.
    pub focus: (u8, u8),
    /// Bytes of the face.
    pub face: usize,
    /// Bytes of the logo.
    pub logo: usize,
}

/// Draws a card as JPEG, [`SIZE_OF_CARD`] in pixels.
///
/// # Errors
/// [`Refused::Broken`] where the face cannot be read. A picture or a logo that cannot be read is left out.
pub fn card(words: &CardWords, files: &[u8]) -> Result<Vec<u8>, Refused> {
    let (face, rest) = files.split_at_checked(words.face).ok_or(Refused::Broken)?;
    let (logo, picture) = rest.split_at_checked(words.logo).ok_or(Refused::Broken)?;
    let mut lettering = Lettering::of(face)?;
    let mut card = ground(words, picture);
    let below = SIZE_OF_CARD.1 - EDGE - MARGIN;
    let headline = lettering.fitting(cut(&words.headline), &HEADLINE, MOST_LINES, words.is_rtl);
    let top = below.saturating_sub(headline.height());
    headline.draw(&mut lettering, &mut card, top, [255; 3]);
    if !words.section.is_empty() {
        let section = lettering.fitting(cut(&words.section), &[SMALL], 1, words.is_rtl);
        let above = top.saturating_sub(section.height() + 18);
        section.draw(&mut lettering, &mut card, above, [230; 3]);
    }
    if !marked(&mut card, logo, words.is_rtl) {
        let name = lettering.fitting(cut(&words.paper), &[SMALL + 8.0], 1, words.is_rtl);
        name.draw(&mut lettering, &mut card, MARGIN - 24, [255; 3]);
    }
    card_jpeg(&card)
}

/// The longest beginning that is set.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(MOST_TEXT)]
}

/// The picture, darker towards its edges so that what is written on it can be read, or the paper's colour; and below it the
/// edge in that colour.
fn ground(words: &CardWords, picture: &[u8]) -> RgbImage {
    let (width, height) = SIZE_OF_CARD;
    let picture = image::load_from_memory(picture).ok();
    let covered = picture.and_then(|picture| covering(&picture.into_rgb8(), SIZE_OF_CARD, words.focus).ok());
    let has_picture = covered.is_some();
    let mut card = covered.unwrap_or_else(|| RgbImage::from_pixel(width, height, Rgb(dark(words.colour))));
    for (_, y, pixel) in card.enumerate_pixels_mut() {
        if y >= height - EDGE {
            pixel.0 = words.colour;
        } else if has_picture {
            pixel.0 = pixel.0.map(|part| shaded(part, y, height));
        }
    }
    card
}

/// A colour on which white is read (contrast 4.5:1 and more by WCAG 2.2): no part of it is brighter than 90 of 255.
fn dark(colour: [u8; 3]) -> [u8; 3] {
    let brightest = u32::from(colour.into_iter().max().unwrap_or(0)).max(1);
    let most = brightest.min(90);
    colour.map(|part| u8::try_from(u32::from(part) * most / brightest).unwrap_or(90))
}

/// A part of a colour in a line: a fifth to a third of it in the lower half, half of it at the very top, most of it between.
fn shaded(part: u8, y: u32, height: u32) -> u8 {
    let from_top = f64::from(y) / f64::from(height);
    let kept = match from_top {
        0.0..=0.25 => 0.45 + from_top,
        0.25..=0.45 => 0.7 - (from_top - 0.25) * 2.0,
        _ => 0.3 - (from_top - 0.45) * 0.18,
    };
    (f64::from(part) * kept) as u8
}

/// Draws the logo on a white plate in the corner where reading begins; `false` where there is none.
fn marked(card: &mut RgbImage, logo: &[u8], is_rtl: bool) -> bool {
    let Ok(logo) = image::load_from_memory_with_format(logo, ImageFormat::Png) else { return false };
    let logo = logo.thumbnail(LOGO.0, LOGO.1).into_rgba8();
    let (plate, top) = ((logo.width() + 32, logo.height() + 24), MARGIN - 36);
    let start = if is_rtl { SIZE_OF_CARD.0.saturating_sub(MARGIN + plate.0) } else { MARGIN };
    for (x, y, pixel) in card.enumerate_pixels_mut() {
        if (start..start + plate.0).contains(&x) && (top..top + plate.1).contains(&y) {
            pixel.0 = [255; 3];
        }
    }
    laid_over(card, &logo, (start + 16, top + 12));
    true
}

fn laid_over(card: &mut RgbImage, over: &RgbaImage, (left, top): (u32, u32)) {
    for (x, y, from) in over.enumerate_pixels() {
        if let Some(to) = card.get_pixel_mut_checked(left + x, top + y) {
            let [red, green, blue, alpha] = from.0;
            to.0 = mixed(to.0, [red, green, blue], alpha);
        }
    }
}

/// A colour over another one, as thick as `alpha` of 255.
fn mixed(under: [u8; 3], over: [u8; 3], alpha: u8) -> [u8; 3] {
    let alpha = u32::from(alpha);
    let mut parts = under;
    for (part, over) in parts.iter_mut().zip(over) {
        let sum = u32::from(*part) * (255 - alpha) + u32::from(over) * alpha;
        *part = u8::try_from((sum + 127) / 255).unwrap_or(255);
    }
    parts
}

impl Set {
    fn draw(mut self, lettering: &mut Lettering, card: &mut RgbImage, top: u32, colour: [u8; 3]) {
        self.pixels(lettering, |x, y, alpha| {
            let (Some(x), Some(y)) = (MARGIN.checked_add_signed(x), top.checked_add_signed(y)) else { return };
            if let Some(to) = card.get_pixel_mut_checked(x, y) {
                to.0 = mixed(to.0, colour, alpha);
            }
        });
    }
}
