//! Lines of text in the paper's own face: shaped, broken and drawn by cosmic-text. No other face is ever looked for.

use super::MARGIN;
use crate::{Refused, SIZE_OF_CARD};
use cosmic_text::fontdb::{Database, Source};
use cosmic_text::{
    Align, Attrs, Buffer, Color, Ellipsize, EllipsizeHeightLimit, Family, FontSystem, Metrics, Shaping, SwashCache,
    Weight,
};
use std::sync::Arc;

/// Of a line, in sizes of its letters: marks stand above and below Arabic letters.
const LINE: f32 = 1.5;
/// Begin a line in its direction, whatever its first letter is (Unicode Bidirectional Algorithm, P2).
const RIGHT_TO_LEFT: char = '\u{200f}';
const LEFT_TO_RIGHT: char = '\u{200e}';

/// A face and what was drawn of it.
pub(super) struct Lettering {
    system: FontSystem,
    drawn: SwashCache,
    family: String,
    weight: Weight,
}

/// Lines that were set and not drawn yet.
pub(super) struct Set {
    buffer: Buffer,
    lines: usize,
    line: f32,
}

impl Lettering {
    /// Reads a face.
    pub(super) fn of(woff2: &[u8]) -> Result<Self, Refused> {
        let file = wuff::decompress_woff2(woff2).map_err(|_| Refused::Broken)?;
        let mut faces = Database::new();
        faces.load_font_source(Source::Binary(Arc::new(file)));
        let face = faces.faces().next().ok_or(Refused::Broken)?;
        let (family, _) = face.families.first().ok_or(Refused::Broken)?;
        let (family, weight) = (family.clone(), face.weight);
        let system = FontSystem::new_with_locale_and_db(String::from("ar"), faces);
        Ok(Self { system, drawn: SwashCache::new(), family, weight })
    }

    /// Sets a text in the largest of some sizes in which it has at most so many lines; in the smallest it is cut.
    pub(super) fn fitting(&mut self, text: &str, sizes: &[f32], most_lines: usize, is_rtl: bool) -> Set {
        let smallest = sizes.last().copied().unwrap_or(LINE);
        for size in sizes.iter().copied() {
            let set = self.set(text, size, is_rtl, Ellipsize::None);
            if set.lines <= most_lines {
                return set;
            }
        }
        let cut = Ellipsize::End(EllipsizeHeightLimit::Lines(most_lines));
        self.set(text, smallest, is_rtl, cut)
    }

    fn set(&mut self, text: &str, size: f32, is_rtl: bool, ellipsize: Ellipsize) -> Set {
        let line = (size * LINE).ceil();
        let mut buffer = Buffer::new(&mut self.system, Metrics::new(size, line));
        let width = SIZE_OF_CARD.0 - 2 * MARGIN;
        buffer.set_size(Some(width as f32), None);
        buffer.set_ellipsize(ellipsize);
        let (begin, align) = if is_rtl { (RIGHT_TO_LEFT, Align::Right) } else { (LEFT_TO_RIGHT, Align::Left) };
        let words: String =
            std::iter::once(begin).chain(text.split_whitespace().flat_map(|word| word.chars().chain([' ']))).collect();
        let attrs = Attrs::new().family(Family::Name(&self.family)).weight(self.weight);
        buffer.set_text(words.trim_end(), &attrs, Shaping::Advanced, Some(align));
        buffer.shape_until_scroll(&mut self.system, false);
        let lines = buffer.layout_runs().count();
        Set { buffer, lines, line }
    }
}

impl Set {
    /// In pixels.
    pub(super) fn height(&self) -> u32 {
        (self.lines as f32 * self.line) as u32
    }

    /// How thick each pixel is, of 255, from the upper left corner of the lines.
    pub(super) fn pixels(&mut self, lettering: &mut Lettering, mut each: impl FnMut(i32, i32, u8)) {
        let Lettering { system, drawn, .. } = lettering;
        self.buffer.draw(system, drawn, Color::rgb(255, 255, 255), |left, top, width, height, colour| {
            let (width, height) = (i32::try_from(width).unwrap_or(0), i32::try_from(height).unwrap_or(0));
            for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
                each(left + x, top + y, colour.a());
            }
        });
    }
}
