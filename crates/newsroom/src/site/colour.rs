//! Colours of screens, and how well one is read on another: relative luminance and contrast of WCAG 2.2.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Steps of lightness that are tried for the nearest shade.
const STEPS: u16 = 1_000;

/// Red, green and blue of sRGB, each from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// White.
    pub const WHITE: Self = Self([255; 3]);
    /// Black.
    pub const BLACK: Self = Self([0; 3]);

    /// Reads `#8c1d18` or `#fff`, also without the sign.
    pub fn read(typed: &str) -> Option<Self> {
        let digits = typed.trim().trim_start_matches('#');
        if !digits.is_ascii() {
            return None;
        }
        let whole: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let part = |at: usize| u8::from_str_radix(whole.get(at..at + 2)?, 16).ok();
        let signs = whole.bytes().all(|sign| sign.is_ascii_hexdigit());
        signs.then(|| Some(Self([part(0)?, part(2)?, part(4)?]))).flatten()
    }

    /// Relative luminance, from 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio of two colours, from 1 to 21, whichever stands on the other.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The same in hundredths, rounded down: what is a little too little is not said to be enough.
    pub fn contrast_hundredths(self, other: Self) -> u64 {
        // Between 100 and 2100.
        (self.contrast(other) * 100.0) as u64
    }

    /// White or black, whichever is read on it: white where that is enough for text. One of them always is.
    pub fn ink(self) -> Self {
        if self.contrast(Self::WHITE) >= super::house::FOR_TEXT { Self::WHITE } else { Self::BLACK }
    }

    /// So many hundredths of it over another one.
    pub fn over(self, ground: Self, hundredths: u16) -> Self {
        let part = |at: usize| {
            let (top, below) = (u16::from(self.0[at]), u16::from(ground.0[at]));
            u8::try_from((top * hundredths + below * (100 - hundredths) + 50) / 100).unwrap_or(u8::MAX)
        };
        Self([part(0), part(1), part(2)])
    }

    /// The shade of the same hue that is nearest in lightness and passes; itself where it does. None passes: nothing.
    pub fn nearest(self, passes: impl Fn(Self) -> bool) -> Option<Self> {
        if passes(self) {
            return Some(self);
        }
        let (hue, saturation, lightness) = self.hsl();
        let from = (lightness * f64::from(STEPS)).round() as i32;
        let shade = |step: i32| {
            let step = u16::try_from(step).ok().filter(|step| *step <= STEPS)?;
            Some(Self::of_hsl(hue, saturation, f64::from(step) / f64::from(STEPS)))
        };
        let nearer = (1..=i32::from(STEPS)).flat_map(|away| [from - away, from + away]);
        nearer.filter_map(shade).find(|shade| passes(*shade))
    }

    /// Hue in sixths of a circle, saturation and lightness from 0 to 1.
    fn hsl(self) -> (f64, f64, f64) {
        let [red, green, blue] = self.0.map(|part| f64::from(part) / 255.0);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let (lightness, width) = ((most + least) / 2.0, most - least);
        if width == 0.0 {
            return (0.0, 0.0, lightness);
        }
        let saturation = width / (1.0 - (2.0 * lightness - 1.0).abs());
        let hue = match () {
            () if most == red => ((green - blue) / width).rem_euclid(6.0),
            () if most == green => (blue - red) / width + 2.0,
            () => (red - green) / width + 4.0,
        };
        (hue, saturation, lightness)
    }

    fn of_hsl(hue: f64, saturation: f64, lightness: f64) -> Self {
        let reach = saturation * lightness.min(1.0 - lightness);
        let part = |turn: f64| {
            let at = (turn + hue * 2.0).rem_euclid(12.0);
            let part = lightness - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0);
            // Between 0 and 255.
            (part * 255.0).round() as u8
        };
        Self([part(0.0), part(8.0), part(4.0)])
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl TryFrom<String> for Colour {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::read(&text).ok_or("no colour")
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}
