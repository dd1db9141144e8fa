//! The demo newspaper's illustrations, drawn when the demo is filled: no photograph has to be carried along,
//! and nobody's picture is used. A motif and a seed always give the same picture.

mod bakery;
mod canvas;
mod cities;
mod country;
mod dice;
mod ink;
mod plate;
mod rooms;
mod scenery;
mod stages;
mod streets;
#[cfg(test)]
mod tests;
mod ward;
mod waters;

use canvas::Canvas;
use dice::Dice;

/// What can be drawn.
pub const MOTIFS: &[&str] = &[
    "tram",
    "harbour",
    "city",
    "river",
    "mountains",
    "fields",
    "library",
    "theatre",
    "stadium",
    "market",
    "school",
    "hospital",
    "power",
    "sea",
    "road",
    "night",
    "garden",
    "bread",
];

/// A finished illustration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Pixels across: always 1200.
    pub width: u32,
    /// Pixels down: always 675.
    pub height: u32,
    /// The picture as a PNG file.
    pub png: Vec<u8>,
}

/// Draws a motif; the seed chooses its light, its proportions and which way it faces. `None` for a motif not in
/// [`MOTIFS`].
pub fn draw(motif: &str, seed: u64) -> Option<Drawing> {
    let paint: fn(&mut Canvas, &mut Dice) = match motif {
        "tram" => streets::tram,
        "market" => streets::market,
        "road" => streets::road,
        "city" => cities::city,
        "night" => cities::night,
        "harbour" => waters::harbour,
        "river" => waters::river,
        "sea" => waters::sea,
        "mountains" => country::mountains,
        "fields" => country::fields,
        "power" => country::power,
        "garden" => country::garden,
        "library" => rooms::library,
        "school" => rooms::school,
        "hospital" => ward::hospital,
        "bread" => bakery::bread,
        "theatre" => stages::theatre,
        "stadium" => stages::stadium,
        _ => return None,
    };
    let (mut canvas, mut dice) = (Canvas::new()?, Dice::new(motif, seed));
    paint(&mut canvas, &mut dice);
    if dice.chance(0.5) {
        canvas.mirror();
    }
    Some(Drawing { width: canvas::WIDTH as u32, height: canvas::HEIGHT as u32, png: plate::press(canvas.picture())? })
}
