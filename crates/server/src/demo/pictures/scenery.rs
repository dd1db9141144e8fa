//! What several pictures share: skies, hills, houses, trees, water and boats.

use super::canvas::{Area, Canvas, HEIGHT, Spot, WIDTH};
use super::dice::Dice;
use super::ink::{Ink, Mood, PAPER};

/// The sky down to the horizon, and its lowest tone below it, so that no layer leaves a gap.
pub fn sky(c: &mut Canvas, mood: &Mood, horizon: f32) {
    let horizon = horizon.round();
    c.fade([0.0, 0.0, WIDTH, horizon], mood.high, mood.low);
    c.rect([0.0, horizon, WIDTH, HEIGHT - horizon], mood.low);
}

/// A sun somewhere over the horizon, in the outer thirds, where it leaves room for the motif.
pub fn sun(c: &mut Canvas, dice: &mut Dice, mood: &Mood, horizon: f32) -> Spot {
    let at = (dice.between(0.62, 0.86) * WIDTH, horizon * dice.between(0.3, 0.62));
    let radius = dice.between(38.0, 62.0);
    c.glow(at, radius * 3.8, mood.sun);
    c.disc(at, radius, mood.sun);
    at
}

/// Long flat clouds, each in its own stretch of sky.
pub fn clouds(c: &mut Canvas, dice: &mut Dice, mood: &Mood, lowest: f32) {
    let many = dice.count(2, 3);
    for place in 0..many {
        let stretch = WIDTH / many as f32;
        let (width, ink) = (dice.between(190.0, 340.0), mood.sun.faint(0.34));
        let x = stretch * place as f32 + dice.between(-40.0, stretch - width + 40.0);
        let y = dice.between(56.0, lowest);
        c.round([x, y, width, 20.0], 10.0, ink);
        c.round([x + width * 0.22, y - 18.0, width * 0.5, 18.0], 9.0, ink);
        c.round([x + width * 0.45, y + 20.0, width * 0.42, 14.0], 7.0, ink);
    }
}

/// A few birds far away.
pub fn birds(c: &mut Canvas, dice: &mut Dice, around: Spot, ink: Ink) {
    for _ in 0..dice.count(3, 6) {
        let (x, y) = (around.0 + dice.between(-110.0, 110.0), around.1 + dice.between(-45.0, 45.0));
        let span = dice.between(7.0, 14.0);
        c.stroke(2.4, ink, |pen| {
            pen.move_to(x - span, y - span * 0.35);
            pen.quad_to(x - span * 0.4, y - span * 0.6, x, y);
            pen.quad_to(x + span * 0.4, y - span * 0.6, x + span, y - span * 0.35);
        });
    }
}

/// Rounded hills across the whole picture, filled down to its foot; `swell` is how far they rise and fall.
pub fn hills(c: &mut Canvas, dice: &mut Dice, base: f32, swell: f32, ink: Ink) {
    let (long, short) = (dice.between(420.0, 760.0), dice.between(180.0, 300.0));
    let (first, second) = (dice.between(0.0, 6.3), dice.between(0.0, 6.3));
    let mut corners = vec![(0.0, HEIGHT)];
    for step in 0..=100u8 {
        let x = f32::from(step) * WIDTH / 100.0;
        let wave = (x / long * std::f32::consts::TAU + first).sin() * 0.7
            + (x / short * std::f32::consts::TAU + second).sin() * 0.3;
        corners.push((x, base - swell * wave));
    }
    corners.push((WIDTH, HEIGHT));
    c.polygon(&corners, ink);
}

/// A row of plain towers far away: one silhouette, with windows where somebody is in.
pub fn skyline(c: &mut Canvas, dice: &mut Dice, base: f32, heights: (f32, f32), inks: (Ink, Option<Ink>)) {
    let mut x = -20.0;
    while x < WIDTH {
        let (width, height) = (dice.between(46.0, 110.0).round(), dice.between(heights.0, heights.1).round());
        c.rect([x, base - height, width, height + 2.0], inks.0);
        if dice.chance(0.35) {
            c.rect([x + width * 0.25, base - height - 16.0, width * 0.5, 17.0], inks.0);
        }
        if let Some(lit) = inks.1 {
            windows(c, dice, [x + 9.0, base - height + 12.0, width - 18.0, height - 16.0], (15.0, lit, 0.35));
        }
        x += width + dice.pick([0.0, 0.0, 6.0, 14.0]);
    }
}

/// Windows in rows and columns over a wall, `pitch` apart; `share` of them drawn.
pub fn windows(c: &mut Canvas, dice: &mut Dice, wall: Area, (pitch, ink, share): (f32, Ink, f32)) {
    let [x, y, width, height] = wall;
    let (columns, rows) = ((width / pitch).floor().max(1.0), (height / (pitch * 1.3)).floor().max(0.0));
    // Whole pixels: sharp edges, small files.
    let (step, pane) = ((width / columns).floor(), (pitch * 0.52).round());
    for row in 0..rows as u32 {
        for column in 0..columns as u32 {
            if dice.chance(share) {
                let left = (x + column as f32 * step + (step - pane) / 2.0).round();
                c.rect([left, (y + row as f32 * pitch * 1.3).round(), pane, (pane * 1.25).round()], ink);
            }
        }
    }
}

/// A broad-leaved tree standing on `foot`, `tall` pixels high.
pub fn tree(c: &mut Canvas, foot: Spot, tall: f32, leaves: Ink) {
    let (x, y) = foot;
    let trunk = leaves.darker(0.62);
    c.polygon(
        &[
            (x - tall * 0.035, y),
            (x - tall * 0.02, y - tall * 0.55),
            (x + tall * 0.02, y - tall * 0.55),
            (x + tall * 0.035, y),
        ],
        trunk,
    );
    c.line(&[(x, y - tall * 0.34), (x + tall * 0.13, y - tall * 0.52)], tall * 0.025, trunk);
    c.oval((x, y - tall * 0.62), (tall * 0.3, tall * 0.38), leaves);
    c.oval((x + tall * 0.15, y - tall * 0.5), (tall * 0.2, tall * 0.22), leaves.darker(0.14));
    c.oval((x - tall * 0.1, y - tall * 0.74), (tall * 0.15, tall * 0.17), leaves.mix(PAPER, 0.16));
}

/// A cypress: one slim flame, its shaded half darker.
pub fn cypress(c: &mut Canvas, foot: Spot, tall: f32, leaves: Ink) {
    let (x, y, half) = (foot.0, foot.1, tall * 0.12);
    c.rect([x - tall * 0.015, y - tall * 0.1, tall * 0.03, tall * 0.1], leaves.darker(0.6));
    for (side, ink) in [(-half, leaves), (half, leaves.darker(0.25))] {
        c.fill(ink, |pen| {
            pen.move_to(x, y - tall);
            pen.cubic_to(x + side * 0.9, y - tall * 0.6, x + side * 1.6, y - tall * 0.06, x, y - tall * 0.06);
        });
    }
}

/// A date palm.
pub fn palm(c: &mut Canvas, foot: Spot, tall: f32, leaves: Ink) {
    let (x, y) = foot;
    let crown = (x + tall * 0.07, y - tall * 0.78);
    c.stroke(tall * 0.035, leaves.darker(0.5), |pen| {
        pen.move_to(x, y);
        pen.quad_to(x + tall * 0.01, y - tall * 0.45, crown.0, crown.1);
    });
    for (dx, rise, drop) in [
        (-0.36, 0.10, 0.16),
        (-0.32, 0.24, -0.04),
        (-0.17, 0.3, -0.17),
        (0.11, 0.34, -0.24),
        (0.2, 0.28, -0.14),
        (0.34, 0.2, 0.0),
        (0.34, 0.08, 0.18),
    ] {
        let tip = (crown.0 + dx * tall, crown.1 + drop * tall);
        let bend = (crown.0 + dx * tall * 0.5, crown.1 - rise * tall * 0.8);
        c.fill(if dx > 0.0 { leaves.darker(0.18) } else { leaves }, |pen| {
            pen.move_to(crown.0, crown.1 - tall * 0.02);
            pen.quad_to(bend.0, bend.1 - tall * 0.03, tip.0, tip.1);
            pen.quad_to(bend.0, bend.1 + tall * 0.07, crown.0, crown.1 + tall * 0.03);
        });
    }
}

/// Water from `top` to the foot of the picture, with the glitter of a light above `under`.
pub fn water(c: &mut Canvas, dice: &mut Dice, mood: &Mood, (top, under): (f32, f32)) {
    c.fade([0.0, top, WIDTH, HEIGHT - top], mood.water.mix(mood.low, 0.5), mood.water.darker(0.28));
    for step in 0..26u8 {
        let depth = f32::from(step) / 25.0;
        let y = top + 6.0 + (HEIGHT - top - 16.0) * depth.powf(1.4);
        let reach = 26.0 + 120.0 * depth;
        let width = dice.between(0.4, 1.5) * reach;
        let x = under + dice.between(-0.7, 0.7) * reach - width / 2.0;
        c.round([x, y, width, 3.0 + 4.0 * depth], 3.0, mood.sun.faint(0.42));
        ripple(c, dice, (y, depth), mood);
    }
}

fn ripple(c: &mut Canvas, dice: &mut Dice, (y, depth): (f32, f32), mood: &Mood) {
    let (x, width) = (dice.between(0.0, WIDTH), dice.between(40.0, 120.0) * (0.5 + depth));
    c.round([x, y + 5.0, width, 2.0 + 3.0 * depth], 2.0, mood.low.faint(0.22));
    let x = dice.between(0.0, WIDTH);
    c.round([x, y - 3.0, width, 2.0 + 3.0 * depth], 2.0, mood.dark.faint(0.10));
}

/// A boat under sail, `size` pixels long, on its waterline.
pub fn sailing_boat(c: &mut Canvas, at: Spot, size: f32, (hull, sail): (Ink, Ink)) {
    let (x, y) = at;
    c.round([x - size * 0.5, y + size * 0.03, size, size * 0.06], size * 0.03, hull.faint(0.25));
    c.fill(sail, |pen| {
        pen.move_to(x + size * 0.02, y - size * 1.15);
        pen.quad_to(x + size * 0.42, y - size * 0.55, x + size * 0.5, y - size * 0.2);
        pen.line_to(x + size * 0.02, y - size * 0.17);
    });
    c.fill(sail.darker(0.16), |pen| {
        pen.move_to(x - size * 0.03, y - size * 0.98);
        pen.quad_to(x - size * 0.12, y - size * 0.5, x - size * 0.4, y - size * 0.2);
        pen.line_to(x - size * 0.03, y - size * 0.18);
    });
    c.line(&[(x, y - size * 1.2), (x, y - size * 0.1)], size * 0.02, hull);
    c.fill(hull, |pen| {
        pen.move_to(x - size * 0.56, y - size * 0.15);
        pen.line_to(x + size * 0.6, y - size * 0.17);
        pen.quad_to(x + size * 0.46, y + size * 0.05, x + size * 0.3, y + size * 0.05);
        pen.line_to(x - size * 0.36, y + size * 0.05);
    });
}

/// A street lamp with one arm.
pub fn lamp(c: &mut Canvas, foot: Spot, tall: f32, (post, light): (Ink, Ink)) {
    let (x, y) = foot;
    c.line(&[(x, y), (x, y - tall), (x + tall * 0.16, y - tall)], tall * 0.022, post);
    c.rect([x - tall * 0.025, y - tall * 0.12, tall * 0.05, tall * 0.12], post);
    c.glow((x + tall * 0.19, y - tall * 0.97), tall * 0.16, light);
    c.round([x + tall * 0.13, y - tall, tall * 0.12, tall * 0.035], 4.0, light);
}
