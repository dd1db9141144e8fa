//! Harbour, river and open sea.

use super::canvas::{Canvas, HEIGHT, Spot, WIDTH};
use super::dice::Dice;
use super::ink::{BLUE, DAYS, DEEP, Ink, MIST, Mood, OCHRE, PAPER, RUST, SAGE, SAND, SEA, TERRACOTTA, WARM};
use super::scenery::{birds, clouds, cypress, hills, sailing_boat, sky, skyline, sun, tree, water};

/// Cranes unloading a freighter, and a fishing boat at the near quay.
pub fn harbour(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    sky(c, &mood, 430.0);
    let light = sun(c, dice, &mood, 330.0);
    clouds(c, dice, &mood, 180.0);
    hills(c, dice, 400.0, 36.0, mood.layer(0.15));
    skyline(c, dice, 440.0, (20.0, 70.0), (mood.layer(0.25), None));
    water(c, dice, &mood, (436.0, light.0));
    c.rect([0.0, 424.0, 620.0, 20.0], mood.layer(0.55));
    let first = dice.between(50.0, 110.0).round();
    for crane in 0..3u8 {
        let scale = 1.0 - 0.08 * f32::from(crane);
        gantry(c, (first + f32::from(crane) * 178.0, 428.0), (scale, mood.layer(0.62 - 0.06 * f32::from(crane))));
    }
    let bow = dice.between(240.0, 330.0).round();
    freighter(c, dice, &mood, (bow, 494.0));
    birds(c, dice, (620.0, 150.0), mood.layer(0.7));
    fishing_boat(c, &mood, (dice.between(880.0, 980.0), 600.0), dice.pick([TERRACOTTA, SEA, OCHRE]));
    quay(c, &mood);
}

/// A container crane: four legs, a boom out over the water, a cabin and its cable.
fn gantry(c: &mut Canvas, (x, foot): Spot, (scale, ink): (f32, Ink)) {
    let at = |dx: f32, dy: f32| (x + dx * scale, foot - dy * scale);
    let bar = 8.0 * scale;
    for leg in [0.0, 92.0] {
        c.line(&[at(leg, 0.0), at(leg, 196.0)], bar, ink);
    }
    c.line(&[at(0.0, 96.0), at(92.0, 96.0)], bar * 0.8, ink);
    c.line(&[at(0.0, 96.0), at(92.0, 190.0)], bar * 0.5, ink);
    c.line(&[at(-56.0, 196.0), at(250.0, 196.0)], bar * 1.2, ink);
    c.line(&[at(46.0, 196.0), at(70.0, 292.0), at(92.0, 196.0)], bar * 0.8, ink);
    c.line(&[at(70.0, 292.0), at(240.0, 200.0)], bar * 0.4, ink);
    c.line(&[at(70.0, 292.0), at(160.0, 200.0)], bar * 0.4, ink);
    c.line(&[at(70.0, 292.0), at(-50.0, 200.0)], bar * 0.4, ink);
    let cabin = at(150.0, 190.0);
    c.rect([cabin.0, cabin.1, 26.0 * scale, 20.0 * scale], ink);
    c.line(&[at(196.0, 196.0), at(196.0, 120.0)], 2.0, ink);
    let load = at(178.0, 120.0);
    c.rect([load.0, load.1, 38.0 * scale, 16.0 * scale], TERRACOTTA.mix(ink, 0.4));
}

fn freighter(c: &mut Canvas, dice: &mut Dice, mood: &Mood, (x, waterline): Spot) {
    let hull = mood.tint(dice.pick([BLUE.darker(0.45), RUST, DEEP]));
    let boxes = [TERRACOTTA, SEA, OCHRE, MIST, SAND, BLUE, RUST];
    for column in 0..8u8 {
        for row in 0..dice.count(2, 4) {
            let left = x + 148.0 + f32::from(column) * 45.0;
            let ink = mood.tint(dice.pick(boxes));
            c.rect([left, waterline - 84.0 - row as f32 * 21.0, 43.0, 20.0], ink);
            c.rect([left, waterline - 84.0 - row as f32 * 21.0, 43.0, 4.0], ink.darker(0.2));
        }
    }
    c.rect([x + 50.0, waterline - 170.0, 76.0, 120.0], mood.tint(PAPER));
    c.rect([x + 38.0, waterline - 186.0, 100.0, 24.0], mood.tint(PAPER).darker(0.12));
    c.rect([x + 44.0, waterline - 180.0, 88.0, 9.0], hull);
    c.rect([x + 66.0, waterline - 216.0, 30.0, 30.0], mood.tint(TERRACOTTA));
    for deck in [142.0, 118.0, 94.0] {
        for port in 0..4u8 {
            c.rect([x + 58.0 + f32::from(port) * 17.0, waterline - deck, 9.0, 9.0], hull.lighter(0.1));
        }
    }
    c.polygon(
        &[(x, waterline - 66.0), (x + 570.0, waterline - 72.0), (x + 530.0, waterline), (x + 24.0, waterline)],
        hull,
    );
    c.polygon(
        &[(x + 12.0, waterline - 14.0), (x + 538.0, waterline - 14.0), (x + 530.0, waterline), (x + 24.0, waterline)],
        hull.mix(TERRACOTTA, 0.65),
    );
    c.round([x + 30.0, waterline + 4.0, 490.0, 10.0], 5.0, hull.faint(0.35));
    c.round([x + 90.0, waterline + 20.0, 360.0, 7.0], 4.0, hull.faint(0.22));
}

fn fishing_boat(c: &mut Canvas, mood: &Mood, (x, waterline): Spot, stripe: Ink) {
    let white = mood.tint(PAPER);
    c.round([x - 120.0, waterline + 4.0, 250.0, 12.0], 6.0, mood.dark.faint(0.3));
    c.line(&[(x + 30.0, waterline - 50.0), (x + 30.0, waterline - 190.0)], 5.0, mood.dark);
    c.line(&[(x + 30.0, waterline - 184.0), (x + 128.0, waterline - 66.0)], 2.0, mood.dark);
    c.line(&[(x + 30.0, waterline - 150.0), (x - 124.0, waterline - 60.0)], 2.0, mood.dark);
    c.round([x - 62.0, waterline - 122.0, 84.0, 74.0], 6.0, white);
    c.round([x - 72.0, waterline - 130.0, 104.0, 14.0], 6.0, mood.tint(stripe));
    for pane in [-50.0, -14.0] {
        c.round([x + pane, waterline - 104.0, 26.0, 24.0], 4.0, mood.dark.lighter(0.15));
    }
    c.fill(mood.tint(stripe).darker(0.25), |pen| {
        pen.move_to(x - 134.0, waterline - 58.0);
        pen.quad_to(x, waterline - 40.0, x + 146.0, waterline - 76.0);
        pen.quad_to(x + 124.0, waterline - 10.0, x + 96.0, waterline + 8.0);
        pen.line_to(x - 108.0, waterline + 8.0);
    });
    c.stroke(8.0, white, |pen| {
        pen.move_to(x - 130.0, waterline - 52.0);
        pen.quad_to(x, waterline - 34.0, x + 140.0, waterline - 70.0);
    });
}

fn quay(c: &mut Canvas, mood: &Mood) {
    c.polygon(&[(0.0, 606.0), (560.0, 640.0), (600.0, HEIGHT), (0.0, HEIGHT)], mood.layer(0.86));
    c.polygon(&[(0.0, 590.0), (566.0, 628.0), (560.0, 642.0), (0.0, 608.0)], mood.layer(0.7));
    for (x, y) in [(150.0, 600.0), (420.0, 620.0)] {
        c.round([x - 14.0, y - 36.0, 28.0, 40.0], 6.0, mood.dark);
        c.round([x - 22.0, y - 42.0, 44.0, 14.0], 7.0, mood.dark);
    }
    c.wire((434.0, 604.0), (800.0, 560.0), 36.0, (3.0, mood.dark));
}

/// A river that winds through hills, under a stone bridge.
pub fn river(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    sky(c, &mood, 330.0);
    let light = sun(c, dice, &mood, 260.0);
    clouds(c, dice, &mood, 150.0);
    birds(c, dice, (light.0 - 300.0, 120.0), mood.layer(0.6));
    hills(c, dice, 290.0, 60.0, mood.layer(0.14));
    hills(c, dice, 330.0, 44.0, mood.layer(0.26));
    hills(c, dice, 374.0, 22.0, mood.layer(0.36).mix(SAGE, 0.35));
    water(c, dice, &mood, (404.0, light.0 - 200.0));
    bridge(c, &mood, dice.between(300.0, 330.0).round());
    banks(c, dice, &mood);
    sailing_boat(c, (dice.between(520.0, 640.0), 585.0), 84.0, (mood.tint(RUST).darker(0.3), mood.tint(PAPER)));
    reeds(c, dice, &mood);
}

/// Four arches of stone; the river is seen through them.
fn bridge(c: &mut Canvas, mood: &Mood, top: f32) {
    let stone = mood.tint(SAND.mix(TERRACOTTA, 0.15));
    let foot = 438.0;
    for pier in 0..5u8 {
        let x = 130.0 + f32::from(pier) * 225.0;
        c.rect([x, top + 20.0, 46.0, foot - top - 20.0], stone.darker(0.1));
        c.polygon(
            &[(x - 6.0, foot), (x + 8.0, foot - 52.0), (x + 38.0, foot - 52.0), (x + 52.0, foot)],
            stone.darker(0.2),
        );
        c.round([x - 6.0, foot + 3.0, 58.0, 8.0], 4.0, mood.dark.faint(0.3));
        c.fill(stone, |pen| {
            pen.move_to(x + 23.0, top + 6.0);
            pen.line_to(x + 248.0, top + 6.0);
            pen.line_to(x + 248.0, foot - 46.0);
            pen.line_to(x + 225.0, foot - 46.0);
            pen.cubic_to(x + 222.0, top + 14.0, x + 48.0, top + 14.0, x + 46.0, foot - 46.0);
            pen.line_to(x + 23.0, foot - 46.0);
        });
    }
    c.rect([0.0, top, WIDTH, 20.0], stone);
    c.rect([0.0, top - 10.0, WIDTH, 12.0], stone.lighter(0.25));
    c.rect([0.0, top + 18.0, WIDTH, 4.0], stone.darker(0.3));
    c.rect([0.0, top + 22.0, 150.0, 180.0], stone);
    for lamp in 0..6u8 {
        let x = 40.0 + f32::from(lamp) * 224.0;
        c.line(&[(x, top - 8.0), (x, top - 52.0)], 3.5, mood.dark);
        c.disc((x, top - 56.0), 8.0, mood.lit);
    }
}

fn banks(c: &mut Canvas, dice: &mut Dice, mood: &Mood) {
    let grass = mood.layer(0.5).mix(SAGE, 0.4);
    c.fill(grass, |pen| {
        pen.move_to(0.0, 410.0);
        pen.cubic_to(190.0, 410.0, 300.0, 470.0, 170.0, 520.0);
        pen.cubic_to(60.0, 560.0, 230.0, 600.0, 330.0, HEIGHT);
        pen.line_to(0.0, HEIGHT);
    });
    c.fill(grass.darker(0.14), |pen| {
        pen.move_to(WIDTH, 400.0);
        pen.cubic_to(1030.0, 420.0, 900.0, 450.0, 1000.0, 500.0);
        pen.cubic_to(1090.0, 550.0, 860.0, 590.0, 830.0, HEIGHT);
        pen.line_to(WIDTH, HEIGHT);
    });
    for (x, y) in [(40.0, 440.0), (130.0, 470.0), (1080.0, 470.0), (1170.0, 490.0)] {
        let leaves = mood.tint(DEEP.mix(SAGE, 0.35));
        tree(c, (x + dice.between(-16.0, 16.0), y), dice.between(130.0, 190.0), leaves);
    }
    for (x, y) in [(70.0, 560.0), (1010.0, 560.0), (1060.0, 580.0)] {
        cypress(c, (x + dice.between(-10.0, 10.0), y), dice.between(150.0, 230.0), mood.tint(DEEP));
    }
}

fn reeds(c: &mut Canvas, dice: &mut Dice, mood: &Mood) {
    for _ in 0..26u8 {
        let (x, tall) = (dice.between(20.0, 300.0), dice.between(50.0, 130.0));
        let lean = dice.between(-18.0, 24.0);
        c.wire((x, HEIGHT + 4.0), (x + lean, HEIGHT - tall), -6.0, (3.0, mood.layer(0.85)));
        if dice.chance(0.4) {
            c.line(
                &[(x + lean, HEIGHT - tall), (x + lean * 1.1, HEIGHT - tall - 20.0)],
                8.0,
                mood.tint(RUST).darker(0.3),
            );
        }
    }
}

/// Open water, a lighthouse on its rock, and sails.
pub fn sea(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    let horizon = dice.between(330.0, 380.0).round();
    sky(c, &mood, horizon);
    let light = sun(c, dice, &mood, horizon);
    clouds(c, dice, &mood, horizon * 0.6);
    hills(c, dice, horizon + 8.0, 18.0, mood.layer(0.16));
    water(c, dice, &mood, (horizon, light.0));
    sailing_boat(c, (dice.between(880.0, 1040.0), horizon + 30.0), 40.0, (mood.dark, mood.tint(WARM)));
    sailing_boat(c, (dice.between(620.0, 760.0), horizon + 110.0), 130.0, (mood.tint(RUST), mood.tint(PAPER)));
    lighthouse(c, &mood, (dice.between(190.0, 280.0), horizon + 70.0));
    birds(c, dice, (480.0, 150.0), mood.layer(0.75));
    for (place, depth) in [0.48, 0.66, 0.84].into_iter().enumerate() {
        swell(c, dice, (590.0 + 34.0 * place as f32, mood.water.darker(depth * 0.6)));
    }
}

fn lighthouse(c: &mut Canvas, mood: &Mood, (x, foot): Spot) {
    let (white, band) = (mood.tint(PAPER), mood.tint(TERRACOTTA));
    let half = |up: f32| 38.0 - up * 0.075;
    for ring in 0..5u8 {
        let (low, high) = (f32::from(ring) * 52.0, f32::from(ring) * 52.0 + 52.5);
        let ink = if ring % 2 == 0 { white } else { band };
        c.polygon(
            &[
                (x - half(low), foot - low),
                (x - half(high), foot - high),
                (x + half(high), foot - high),
                (x + half(low), foot - low),
            ],
            ink,
        );
        c.polygon(
            &[
                (x + half(low) * 0.4, foot - low),
                (x + half(high) * 0.4, foot - high),
                (x + half(high), foot - high),
                (x + half(low), foot - low),
            ],
            ink.darker(0.16),
        );
    }
    c.rect([x - 30.0, foot - 270.0, 60.0, 10.0], mood.dark);
    c.glow((x, foot - 286.0), 120.0, mood.lit.faint(0.1));
    c.rect([x - 15.0, foot - 304.0, 30.0, 34.0], mood.lit);
    for bar in [-16.0, -2.0, 12.0] {
        c.rect([x + bar, foot - 304.0, 4.0, 34.0], mood.dark);
    }
    c.polygon(&[(x - 24.0, foot - 302.0), (x, foot - 332.0), (x + 24.0, foot - 302.0)], band);
    let rock = mood.layer(0.78);
    c.polygon(
        &[
            (x - 260.0, foot + 110.0),
            (x - 150.0, foot + 26.0),
            (x - 60.0, foot - 6.0),
            (x + 60.0, foot - 6.0),
            (x + 130.0, foot + 40.0),
            (x + 210.0, foot + 110.0),
        ],
        rock,
    );
    c.polygon(
        &[
            (x - 60.0, foot - 6.0),
            (x + 10.0, foot + 36.0),
            (x - 20.0, foot + 110.0),
            (x - 260.0, foot + 110.0),
            (x - 150.0, foot + 26.0),
        ],
        rock.lighter(0.1),
    );
}

/// One long wave across the picture, foam along its crest.
fn swell(c: &mut Canvas, dice: &mut Dice, (y, ink): (f32, Ink)) {
    let (length, shift) = (dice.between(190.0, 260.0), dice.between(0.0, 200.0));
    let crest = |step: u8| {
        let x = f32::from(step) * 10.0;
        (x, y - 14.0 * ((x + shift) / length * std::f32::consts::PI).sin().abs())
    };
    let mut corners = vec![(0.0, HEIGHT)];
    corners.extend((0..=120).map(crest));
    corners.push((WIDTH, HEIGHT));
    c.polygon(&corners, ink);
    let line: Vec<Spot> = (0..=120).map(crest).collect();
    c.line(&line, 3.0, PAPER.faint(0.5));
}
