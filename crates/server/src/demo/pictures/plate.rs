//! The plate a picture is printed from: a PNG file of at most 256 inks, a quarter of what full colour would take.

use std::collections::HashMap;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};
use tiny_skia::Pixmap;

/// How many inks fit on a plate: one byte names one.
const MOST_INKS: usize = 256;

/// The squared distance within which a shade needs no ink of its own: about three of 255 steps, which no eye sees.
const NEAR_ENOUGH: i32 = 8;

type Shade = [u8; 3];

/// The picture as an indexed PNG file. Rare shades, mostly those of softened edges, are printed with the nearest ink.
/// `None` only where a PNG cannot be written at all.
pub fn press(picture: &Pixmap) -> Option<Vec<u8>> {
    let shades: Vec<Shade> = picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let (inks, index) = choose_inks(&shades);
    let mut previous = (shades.first().copied()?, 0);
    previous.1 = index.get(&previous.0).copied()?;
    let mut printed = Vec::with_capacity(shades.len());
    for shade in shades {
        // Most pixels repeat their neighbour: asking the index only at an edge is what makes this quick.
        if shade != previous.0 {
            previous = (shade, index.get(&shade).copied()?);
        }
        printed.push(previous.1);
    }
    write(picture, inks.concat(), &printed)
}

/// The inks of a plate, and which of them prints each shade. Common shades choose first; a shade close to an ink
/// already chosen does without its own, so that a long gradient leaves room for small bright things.
fn choose_inks(shades: &[Shade]) -> (Vec<Shade>, HashMap<Shade, u8>) {
    let mut inks: Vec<Shade> = Vec::with_capacity(MOST_INKS);
    let (mut index, mut edges) = (HashMap::new(), HashMap::new());
    for shade in commonest_first(shades) {
        if inks.len() == MOST_INKS {
            // What is left are single pixels on edges: those alike to the eye share one search.
            let alike = shade.map(|part| part >> 3);
            let place = *edges.entry(alike).or_insert_with(|| nearest(&inks, shade).0);
            index.insert(shade, place as u8);
            continue;
        }
        let (mut place, away) = nearest(&inks, shade);
        if away > NEAR_ENOUGH {
            place = inks.len();
            inks.push(shade);
        }
        // At most 256 inks: the place always fits a byte.
        index.insert(shade, place as u8);
    }
    (inks, index)
}

fn commonest_first(shades: &[Shade]) -> Vec<Shade> {
    let mut counts: HashMap<Shade, usize> = HashMap::new();
    for run in shades.chunk_by(|one, next| one == next) {
        *counts.entry(run[0]).or_default() += run.len();
    }
    let mut common: Vec<(Shade, usize)> = counts.into_iter().collect();
    // Shades equally common are ordered by colour: the same picture always gives the same file.
    common.sort_unstable_by_key(|(shade, count)| (std::cmp::Reverse(*count), *shade));
    common.into_iter().map(|(shade, _)| shade).collect()
}

/// The place of the ink nearest to a shade, and its squared distance.
fn nearest(inks: &[Shade], [red, green, blue]: Shade) -> (usize, i32) {
    let mut best = (0, i32::MAX);
    // A plain loop: it runs a million times for each picture, also where our code is built to be debugged.
    for (place, ink) in inks.iter().enumerate() {
        let off = [
            i32::from(ink[0]) - i32::from(red),
            i32::from(ink[1]) - i32::from(green),
            i32::from(ink[2]) - i32::from(blue),
        ];
        let away = off[0] * off[0] + off[1] * off[1] + off[2] * off[2];
        if away < best.1 {
            best = (place, away);
        }
    }
    best
}

fn write(picture: &Pixmap, inks: Vec<u8>, printed: &[u8]) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(inks);
    // Neighbouring ink numbers mean nothing to each other, so no filter can foretell one from the next.
    encoder.set_filter(Filter::NoFilter);
    encoder.set_deflate_compression(DeflateCompression::Level(6));
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(printed).ok()?;
    writer.finish().ok()?;
    Some(file)
}
