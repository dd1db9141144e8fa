//! The surface an illustration is drawn on, and the plain shapes every picture is made of.
//!
//! Positions are pixels from the upper corner at the start of the row; an area is `[x, y, width, height]`.
//! A shape without extent draws nothing: a picture never fails over a detail.

use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, PathBuilder, Pixmap, Rect, Shader, Stroke, Transform};

use super::ink::Ink;

/// Pixels across: 16 to 9, as the front page shows its lead.
pub const WIDTH: f32 = 1200.0;
/// Pixels down.
pub const HEIGHT: f32 = 675.0;

/// A place on the canvas, in pixels: across, then down.
pub type Spot = (f32, f32);

/// `[x, y, width, height]` in pixels.
pub type Area = [f32; 4];

/// The surface of one picture, drawn on from the farthest layer to the nearest.
pub struct Canvas {
    pixels: Pixmap,
}

impl Canvas {
    /// An empty canvas; `None` where there is no memory for one.
    pub fn new() -> Option<Canvas> {
        Some(Canvas { pixels: Pixmap::new(WIDTH as u32, HEIGHT as u32)? })
    }

    /// Turns the picture around: what stood at one side stands at the other.
    pub fn mirror(&mut self) {
        for row in self.pixels.pixels_mut().chunks_exact_mut(WIDTH as usize) {
            row.reverse();
        }
    }

    /// The picture as it stands.
    pub fn picture(&self) -> &Pixmap {
        &self.pixels
    }

    /// A plain rectangle; on whole pixels its edges are sharp and its file small.
    pub fn rect(&mut self, area: Area, ink: Ink) {
        let [x, y, width, height] = area;
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            self.pixels.fill_rect(rect, &solid(ink), Transform::identity(), None);
        }
    }

    /// A rectangle that turns from one ink above into another below, in steps just too small to see: quicker to draw
    /// than a gradient, and few enough colours to be stored exactly.
    pub fn fade(&mut self, area: Area, above: Ink, below: Ink) {
        let [x, y, width, height] = area.map(f32::round);
        let steps = (above.steps_to(below) / 3.4).ceil().clamp(1.0, height.max(1.0));
        let edge = |step: f32| (y + height * step / steps).round();
        for step in 0..steps as u32 {
            let (top, share) = (step as f32, step as f32 / (steps - 1.0).max(1.0));
            self.rect([x, edge(top), width, edge(top + 1.0) - edge(top)], above.mix(below, share));
        }
    }

    /// A rectangle with rounded corners.
    pub fn round(&mut self, area: Area, radius: f32, ink: Ink) {
        let [x, y, width, height] = area;
        let (right, foot, r) = (x + width, y + height, radius.min(width / 2.0).min(height / 2.0));
        self.fill(ink, |pen| {
            pen.move_to(x + r, y);
            pen.line_to(right - r, y);
            pen.quad_to(right, y, right, y + r);
            pen.line_to(right, foot - r);
            pen.quad_to(right, foot, right - r, foot);
            pen.line_to(x + r, foot);
            pen.quad_to(x, foot, x, foot - r);
            pen.line_to(x, y + r);
            pen.quad_to(x, y, x + r, y);
        });
    }

    /// A doorway: straight below, a half circle above.
    pub fn arch(&mut self, area: Area, ink: Ink) {
        let [x, y, width, height] = area;
        let (r, foot) = (width / 2.0, y + height);
        // 0.5523 of the radius makes a cubic curve follow a quarter circle.
        let bend = r * 0.5523;
        self.fill(ink, |pen| {
            pen.move_to(x, foot);
            pen.line_to(x, y + r);
            pen.cubic_to(x, y + r - bend, x + r - bend, y, x + r, y);
            pen.cubic_to(x + r + bend, y, x + width, y + r - bend, x + width, y + r);
            pen.line_to(x + width, foot);
        });
    }

    /// A filled circle.
    pub fn disc(&mut self, at: Spot, radius: f32, ink: Ink) {
        self.fill(ink, |pen| pen.push_circle(at.0, at.1, radius));
    }

    /// An ellipse; `reach` is half its width and half its height.
    pub fn oval(&mut self, at: Spot, reach: Spot, ink: Ink) {
        if let Some(rect) = Rect::from_xywh(at.0 - reach.0, at.1 - reach.1, reach.0 * 2.0, reach.1 * 2.0) {
            self.fill(ink, |pen| pen.push_oval(rect));
        }
    }

    /// Light around a lamp or the sun: two discs, the wider one fainter. Rings compress well, a soft blur does not.
    pub fn glow(&mut self, at: Spot, radius: f32, ink: Ink) {
        self.disc(at, radius, ink.faint(0.10));
        self.disc(at, radius * 0.62, ink.faint(0.13));
    }

    /// A surface with straight edges, closed from the last corner to the first.
    pub fn polygon(&mut self, corners: &[Spot], ink: Ink) {
        self.fill(ink, |pen| trace(pen, corners));
    }

    /// A line through the spots, its ends rounded.
    pub fn line(&mut self, spots: &[Spot], width: f32, ink: Ink) {
        self.stroke(width, ink, |pen| trace(pen, spots));
    }

    /// A wire from one spot to another that hangs `sag` pixels through in the middle.
    pub fn wire(&mut self, from: Spot, to: Spot, sag: f32, stroke: (f32, Ink)) {
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0 + sag * 2.0);
        self.stroke(stroke.0, stroke.1, |pen| {
            pen.move_to(from.0, from.1);
            pen.quad_to(middle.0, middle.1, to.0, to.1);
        });
    }

    /// The inside of whatever the pen draws.
    pub fn fill(&mut self, ink: Ink, draw: impl FnOnce(&mut PathBuilder)) {
        let mut pen = PathBuilder::new();
        draw(&mut pen);
        if let Some(path) = pen.finish() {
            self.pixels.fill_path(&path, &solid(ink), FillRule::Winding, Transform::identity(), None);
        }
    }

    /// The way the pen goes, `width` pixels broad.
    pub fn stroke(&mut self, width: f32, ink: Ink, draw: impl FnOnce(&mut PathBuilder)) {
        let mut pen = PathBuilder::new();
        draw(&mut pen);
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        if let Some(path) = pen.finish() {
            self.pixels.stroke_path(&path, &solid(ink), &stroke, Transform::identity(), None);
        }
    }
}

fn trace(pen: &mut PathBuilder, spots: &[Spot]) {
    for (place, &(x, y)) in spots.iter().enumerate() {
        if place == 0 {
            pen.move_to(x, y);
        } else {
            pen.line_to(x, y);
        }
    }
}

fn solid(ink: Ink) -> Paint<'static> {
    Paint { shader: Shader::SolidColor(colour(ink)), anti_alias: true, ..Paint::default() }
}

fn colour(ink: Ink) -> Color {
    // Mixing keeps every share between 0 and 1; black stands in should one ever leave that range.
    Color::from_rgba(ink.red, ink.green, ink.blue, ink.cover).unwrap_or(Color::BLACK)
}
