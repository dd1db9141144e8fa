//! The city by day, and its roofs at night.

use super::canvas::{Canvas, HEIGHT, WIDTH};
use super::dice::Dice;
use super::ink::{DAYS, DEEP, Ink, MIST, Mood, NIGHT, PAPER, RUST, SAGE, SAND, SEA, TERRACOTTA, WARM};
use super::scenery::{birds, clouds, cypress, palm, sky, skyline, sun, tree, windows};

/// Towers in the haze behind a slope of flat-roofed houses.
pub fn city(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    sky(c, &mood, 480.0);
    let light = sun(c, dice, &mood, 380.0);
    clouds(c, dice, &mood, 210.0);
    birds(c, dice, (light.0 - 330.0, 130.0), mood.layer(0.6));
    skyline(c, dice, 500.0, (150.0, 330.0), (mood.layer(0.12), None));
    skyline(c, dice, 520.0, (140.0, 290.0), (mood.layer(0.24), None));
    landmark(c, dice, &mood);
    skyline(c, dice, 540.0, (90.0, 220.0), (mood.layer(0.4), Some(mood.lit.faint(0.55))));
    for (base, scale) in [(540.0, 0.62), (600.0, 0.82), (690.0, 1.05)] {
        houses(c, dice, &mood, (base, scale));
    }
}

/// One slender tower that gives the skyline a face.
fn landmark(c: &mut Canvas, dice: &mut Dice, mood: &Mood) {
    let (x, top, ink) = (dice.between(280.0, 460.0).round(), dice.between(90.0, 140.0).round(), mood.layer(0.33));
    c.polygon(&[(x - 44.0, 540.0), (x - 32.0, top + 60.0), (x, top), (x, 540.0)], ink.lighter(0.14));
    c.polygon(&[(x + 44.0, 540.0), (x + 32.0, top + 60.0), (x, top), (x, 540.0)], ink);
    c.line(&[(x, top), (x, top - 50.0)], 3.0, ink);
    for floor in 0..16u8 {
        c.rect([x - 30.0, top + 80.0 + f32::from(floor) * 22.0, 60.0, 3.0], mood.low.faint(0.4));
    }
}

/// A row of houses on a slope, trees between them; `scale` grows towards the viewer.
fn houses(c: &mut Canvas, dice: &mut Dice, mood: &Mood, (base, scale): (f32, f32)) {
    c.rect([0.0, base - 12.0, WIDTH, HEIGHT - base + 12.0], mood.tint(SAND).darker(0.3));
    let mut x = -40.0;
    while x < WIDTH {
        let (width, height) = (dice.between(100.0, 190.0) * scale, dice.between(70.0, 130.0) * scale);
        let foot = base + dice.between(-8.0, 8.0);
        if dice.chance(0.3) {
            let leaves = mood.tint(dice.pick([SAGE.mix(SEA, 0.4), DEEP.mix(SAGE, 0.3)]));
            match dice.count(0, 2) {
                0 => cypress(c, (x + 8.0, foot), 170.0 * scale, leaves),
                1 => tree(c, (x + 10.0, foot), 160.0 * scale, leaves),
                _ => palm(c, (x + 4.0, foot), 190.0 * scale, leaves),
            }
        }
        house(c, dice, mood, ([x.round(), (foot - height).round(), width.round(), height + 60.0], scale));
        x += width + dice.between(-6.0, 26.0) * scale;
    }
}

fn house(c: &mut Canvas, dice: &mut Dice, mood: &Mood, ([x, y, width, height], scale): ([f32; 4], f32)) {
    let plaster = dice.pick([WARM, SAND, PAPER, SAND.mix(TERRACOTTA, 0.45), WARM.mix(RUST, 0.25), WARM.mix(MIST, 0.5)]);
    let wall = mood.tint(plaster).mix(mood.low, 0.45 - 0.4 * scale.min(1.0));
    let side = (width * 0.28).round();
    c.rect([x, y, width, height], wall);
    c.rect([x + width - side, y, side, height], wall.darker(0.2));
    c.rect([x, y, width, (6.0 * scale).round()], wall.darker(0.12));
    if dice.chance(0.5) {
        c.rect([x + width * 0.2, y - 22.0 * scale, 24.0 * scale, 22.0 * scale], wall.darker(0.28));
    }
    let front = [x + 8.0 * scale, y + 18.0 * scale, width - side - 12.0 * scale, height - 20.0];
    windows(c, dice, front, (30.0 * scale, wall.darker(0.58), 0.8));
}

/// Roofs under a full moon, a few windows still awake, and a cat.
pub fn night(c: &mut Canvas, dice: &mut Dice) {
    let mood = NIGHT;
    sky(c, &mood, 560.0);
    for _ in 0..90 {
        let at = (dice.between(0.0, WIDTH).round(), dice.between(0.0, 330.0).round());
        let size = dice.pick([2.0, 2.0, 3.0]);
        c.rect([at.0, at.1, size, size], PAPER.faint(dice.pick([0.35, 0.6, 0.85])));
    }
    let moon = (dice.between(760.0, 960.0), dice.between(120.0, 190.0));
    let radius = dice.between(52.0, 76.0);
    c.glow(moon, radius * 3.0, mood.sun.faint(0.1));
    c.disc(moon, radius, mood.sun);
    for (dx, dy, size) in [(-0.3, -0.25, 0.2), (0.25, 0.2, 0.26), (0.35, -0.4, 0.12), (-0.2, 0.45, 0.13)] {
        c.disc((moon.0 + dx * radius, moon.1 + dy * radius), size * radius, mood.sun.darker(0.09));
    }
    skyline(c, dice, 520.0, (120.0, 260.0), (mood.layer(0.3), Some(mood.lit.faint(0.3))));
    skyline(c, dice, 560.0, (110.0, 220.0), (mood.layer(0.5), Some(mood.lit.faint(0.65))));
    skyline(c, dice, 620.0, (90.0, 200.0), (mood.layer(0.68), Some(mood.lit)));
    roofs(c, dice, &mood);
}

fn roofs(c: &mut Canvas, dice: &mut Dice, mood: &Mood) {
    let near = mood.layer(0.9);
    let edge = dice.between(520.0, 550.0).round();
    c.rect([0.0, edge, 520.0, HEIGHT - edge], near);
    c.rect([0.0, edge - 10.0, 534.0, 12.0], near.lighter(0.08));
    c.rect([520.0, edge + 56.0, 700.0, 200.0], mood.layer(0.84));
    c.rect([506.0, edge + 50.0, 720.0, 10.0], mood.layer(0.84).lighter(0.08));
    window_awake(c, mood, (90.0, edge + 44.0));
    window_awake(c, mood, (360.0, edge + 44.0));
    water_tank(c, (96.0, edge - 10.0), near);
    c.line(&[(230.0, edge), (230.0, edge - 74.0)], 4.0, near);
    for rung in [0.0, 14.0, 28.0] {
        c.line(&[(208.0 + rung * 0.3, edge - 70.0 + rung), (252.0 - rung * 0.3, edge - 70.0 + rung)], 3.0, near);
    }
    cat(c, (dice.between(350.0, 470.0), edge - 10.0), near);
    laundry(c, dice, mood, edge + 50.0);
}

fn window_awake(c: &mut Canvas, mood: &Mood, (x, y): (f32, f32)) {
    c.glow((x + 26.0, y + 36.0), 90.0, mood.lit.faint(0.1));
    c.arch([x, y, 52.0, 80.0], mood.lit);
    c.rect([x + 24.0, y, 4.0, 80.0], mood.dark);
    for bar in [28.0, 54.0] {
        c.rect([x, y + bar, 52.0, 3.0], mood.dark);
    }
}

fn water_tank(c: &mut Canvas, (x, foot): (f32, f32), ink: Ink) {
    for leg in [6.0, 58.0] {
        c.rect([x + leg, foot - 24.0, 6.0, 26.0], ink);
    }
    c.round([x, foot - 82.0, 70.0, 60.0], 10.0, ink);
    c.rect([x + 24.0, foot - 90.0, 22.0, 10.0], ink);
}

fn cat(c: &mut Canvas, (x, foot): (f32, f32), ink: Ink) {
    c.oval((x, foot - 16.0), (15.0, 19.0), ink);
    c.disc((x + 5.0, foot - 40.0), 11.0, ink);
    c.polygon(&[(x - 5.0, foot - 43.0), (x - 3.0, foot - 58.0), (x + 5.0, foot - 49.0)], ink);
    c.polygon(&[(x + 6.0, foot - 49.0), (x + 14.0, foot - 58.0), (x + 15.0, foot - 42.0)], ink);
    c.stroke(5.0, ink, |pen| {
        pen.move_to(x - 10.0, foot - 4.0);
        pen.cubic_to(x - 40.0, foot + 2.0, x - 26.0, foot - 34.0, x - 40.0, foot - 38.0);
    });
}

fn laundry(c: &mut Canvas, dice: &mut Dice, mood: &Mood, foot: f32) {
    for x in [700.0, 1090.0] {
        c.line(&[(x, foot), (x, foot - 96.0)], 5.0, mood.layer(0.9));
    }
    c.wire((700.0, foot - 92.0), (1090.0, foot - 92.0), 12.0, (2.5, mood.layer(0.9)));
    for place in 0..4u8 {
        let (x, cloth) = (736.0 + f32::from(place) * 84.0, dice.pick([TERRACOTTA, SEA, SAND, MIST]));
        let (width, drop) = (dice.between(40.0, 64.0).round(), dice.between(38.0, 58.0).round());
        c.rect([x, foot - 84.0, width, drop], cloth.mix(mood.dark, 0.45));
    }
}
