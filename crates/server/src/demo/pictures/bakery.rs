//! Bread, fresh from the oven.

use super::canvas::{Canvas, HEIGHT, Spot, WIDTH};
use super::dice::Dice;
use super::ink::{BLUE, DEEP, INK, Ink, OCHRE, PAPER, RUST, SAND, SEA, TERRACOTTA, WARM};

/// A brick oven aglow, and the morning's loaves on the table before it.
pub fn bread(c: &mut Canvas, dice: &mut Dice) {
    let wall = dice.pick([DEEP.darker(0.3), INK.mix(BLUE, 0.25), RUST.darker(0.5), SAND.mix(TERRACOTTA, 0.25)]);
    c.fade([0.0, 0.0, WIDTH, HEIGHT], wall.lighter(0.12), wall);
    let middle = dice.between(700.0, 860.0).round();
    oven(c, (middle, 450.0));
    shelf(c, dice, (60.0, 190.0));
    c.fade([0.0, 446.0, WIDTH, HEIGHT - 446.0], RUST.mix(OCHRE, 0.45), RUST.darker(0.15));
    c.rect([0.0, 446.0, WIDTH, 8.0], OCHRE.mix(SAND, 0.4));
    for grain in [498.0, 548.0, 610.0] {
        c.rect([0.0, grain, WIDTH, 3.0], RUST.darker(0.15).faint(0.6));
    }
    stack(c, dice, (170.0, 560.0));
    cloth(c, dice.pick([SEA, BLUE, TERRACOTTA]));
    let crust = dice.pick([OCHRE, OCHRE.mix(RUST, 0.25), OCHRE.mix(TERRACOTTA, 0.3)]);
    loaf(c, (610.0, 560.0), (dice.between(165.0, 185.0), crust));
    loaf(c, (420.0, 606.0), (dice.between(135.0, 160.0), crust.mix(RUST, 0.22)));
    baguette(c, (800.0, 640.0), crust);
    basket(c, dice, (985.0, 590.0));
    wheat(c, dice);
}

/// The mouth of the oven, bricks around it.
fn oven(c: &mut Canvas, (x, foot): Spot) {
    let brick = RUST.mix(SAND, 0.25);
    c.arch([x - 290.0, foot - 420.0, 580.0, 440.0], brick.darker(0.35));
    for ring in 0..19u8 {
        let angle = std::f32::consts::PI * (f32::from(ring) + 0.5) / 19.0;
        let spot = |far: f32, turn: f32| (x - (angle + turn).cos() * far, foot - 130.0 - (angle + turn).sin() * far);
        let ink = if ring % 2 == 0 { brick } else { brick.mix(TERRACOTTA, 0.5) };
        c.polygon(&[spot(216.0, -0.076), spot(282.0, -0.076), spot(282.0, 0.076), spot(216.0, 0.076)], ink);
    }
    for course in 0..4u8 {
        let y = foot - 126.0 + f32::from(course) * 34.0;
        for left in [x - 282.0, x + 216.0] {
            c.rect([left, y, 66.0, 30.0], if course % 2 == 0 { brick } else { brick.mix(TERRACOTTA, 0.5) });
        }
    }
    c.arch([x - 208.0, foot - 338.0, 416.0, 360.0], INK);
    for (shrink, ink) in [(30.0, RUST), (72.0, TERRACOTTA), (116.0, OCHRE), (158.0, WARM)] {
        c.oval((x, foot), (208.0 - shrink, 210.0 - shrink), ink.faint(0.8));
    }
}

fn shelf(c: &mut Canvas, dice: &mut Dice, (x, y): Spot) {
    for (row, many) in [(0.0, 4u8), (140.0, 3)] {
        c.round([x, y + row, 330.0, 12.0], 3.0, OCHRE.mix(RUST, 0.5));
        for bracket in [30.0, 290.0] {
            c.rect([x + bracket, y + row + 12.0, 8.0, 22.0], RUST.darker(0.3));
        }
        for place in 0..many {
            let at = (x + 46.0 + f32::from(place) * 80.0, y + row);
            match dice.count(0, 2) {
                0 => jar(c, at, dice.pick([SEA.lighter(0.3), SAND, TERRACOTTA.lighter(0.2)])),
                1 => bowl(c, at, dice.pick([PAPER.darker(0.08), SEA, TERRACOTTA])),
                _ => jar(c, at, WARM),
            }
        }
    }
}

fn jar(c: &mut Canvas, (x, foot): Spot, ink: Ink) {
    c.round([x - 24.0, foot - 70.0, 48.0, 70.0], 12.0, ink);
    c.round([x + 8.0, foot - 66.0, 16.0, 66.0], 10.0, ink.darker(0.14));
    c.round([x - 20.0, foot - 84.0, 40.0, 16.0], 5.0, RUST.darker(0.1));
}

fn bowl(c: &mut Canvas, (x, foot): Spot, ink: Ink) {
    for nest in 0..3u8 {
        let top = foot - 34.0 - f32::from(nest) * 12.0;
        c.fill(ink.darker(0.12 * f32::from(nest)), |pen| {
            pen.move_to(x - 34.0, top);
            pen.quad_to(x - 26.0, top + 34.0, x - 14.0, top + 34.0);
            pen.line_to(x + 14.0, top + 34.0);
            pen.quad_to(x + 26.0, top + 34.0, x + 34.0, top);
        });
    }
}

/// Flat round breads, one on another.
fn stack(c: &mut Canvas, dice: &mut Dice, (x, foot): Spot) {
    c.oval((x, foot + 10.0), (172.0, 22.0), INK.faint(0.3));
    for sheet in 0..dice.count(6, 9) {
        let (y, slide) = (foot - 17.0 * sheet as f32, dice.between(-9.0, 9.0));
        let crust = OCHRE.mix(SAND, 0.5).mix(RUST, dice.between(0.0, 0.16));
        c.oval((x + slide, y), (148.0, 26.0), crust.darker(0.22));
        c.oval((x + slide, y - 7.0), (148.0, 24.0), crust);
        for spot in 0..6u8 {
            let at = (x + slide + (f32::from(spot) - 2.5) * 42.0, y - 8.0 + dice.between(-9.0, 9.0));
            c.oval(at, (dice.between(7.0, 15.0), dice.between(2.5, 5.0)), crust.mix(RUST, 0.45));
        }
    }
}

/// A folded checked cloth under the loaves.
fn cloth(c: &mut Canvas, ink: Ink) {
    let base = PAPER.darker(0.05);
    c.polygon(&[(330.0, 560.0), (780.0, 540.0), (850.0, HEIGHT), (280.0, HEIGHT)], base);
    for stripe in 0..9u8 {
        let share = (f32::from(stripe) + 0.3) / 9.0;
        let (far, near) = (330.0 + 450.0 * share, 280.0 + 570.0 * share);
        c.polygon(
            &[(far, 560.0 - 20.0 * share), (far + 18.0, 559.0 - 20.0 * share), (near + 24.0, HEIGHT), (near, HEIGHT)],
            ink.faint(0.5),
        );
    }
    for (y, deep) in [(572.0, 9.0), (600.0, 12.0), (634.0, 15.0)] {
        c.polygon(&[(326.0, y), (800.0, y - 14.0), (806.0, y - 14.0 + deep), (320.0, y + deep)], ink.faint(0.5));
    }
}

/// A round country loaf, cut three times across.
fn loaf(c: &mut Canvas, (x, foot): Spot, (half, crust): (f32, Ink)) {
    c.oval((x + 8.0, foot), (half * 1.02, half * 0.14), INK.faint(0.3));
    let dome = |grow: f32, lift: f32| {
        move |pen: &mut tiny_skia::PathBuilder| {
            pen.move_to(x - half * grow, foot - lift - half * 0.06);
            pen.cubic_to(
                x - half * grow,
                foot - half * 0.86 * grow,
                x + half * grow,
                foot - half * 0.86 * grow,
                x + half * grow,
                foot - lift - half * 0.06,
            );
            pen.quad_to(x + half * grow * 0.9, foot + half * 0.06 - lift, x, foot + half * 0.06 - lift);
            pen.quad_to(x - half * grow * 0.9, foot + half * 0.06 - lift, x - half * grow, foot - lift - half * 0.06);
        }
    };
    c.fill(crust.mix(RUST, 0.55), dome(1.0, 0.0));
    c.fill(crust, dome(0.95, half * 0.07));
    c.fill(crust.lighter(0.2), dome(0.72, half * 0.22));
    for cut in [-0.42, 0.0, 0.42] {
        let at = (x + cut * half, foot - half * (0.42 - 0.1 * f32::abs(cut)));
        c.stroke(half * 0.085, crust.mix(RUST, 0.6), |pen| {
            pen.move_to(at.0 - half * 0.16, at.1 + half * 0.15);
            pen.quad_to(at.0, at.1 + half * 0.03, at.0 + half * 0.1, at.1 - half * 0.15);
        });
        c.stroke(half * 0.05, WARM, |pen| {
            pen.move_to(at.0 - half * 0.15, at.1 + half * 0.16);
            pen.quad_to(at.0 + half * 0.01, at.1 + half * 0.04, at.0 + half * 0.1, at.1 - half * 0.13);
        });
    }
}

fn baguette(c: &mut Canvas, (x, foot): Spot, crust: Ink) {
    c.line(&[(x - 150.0, foot + 8.0), (x + 150.0, foot - 22.0)], 54.0, INK.faint(0.25));
    c.line(&[(x - 150.0, foot - 8.0), (x + 150.0, foot - 40.0)], 58.0, crust.mix(RUST, 0.5));
    c.line(&[(x - 146.0, foot - 15.0), (x + 146.0, foot - 46.0)], 42.0, crust);
    for cut in 0..6u8 {
        let along = f32::from(cut) / 5.0;
        let at = (x - 130.0 + 260.0 * along, foot - 20.0 - 28.0 * along);
        c.line(&[(at.0 - 14.0, at.1 + 12.0), (at.0 + 16.0, at.1 - 12.0)], 11.0, crust.mix(RUST, 0.5));
        c.line(&[(at.0 - 12.0, at.1 + 12.0), (at.0 + 17.0, at.1 - 10.0)], 6.0, WARM);
    }
}

/// A wicker basket with rolls and long loaves standing in it.
fn basket(c: &mut Canvas, dice: &mut Dice, (x, foot): Spot) {
    let cane = OCHRE.mix(RUST, 0.4);
    c.oval((x, foot + 4.0), (150.0, 18.0), INK.faint(0.3));
    for (lean, tall) in [(-76.0, 150.0), (10.0, 190.0), (92.0, 140.0)] {
        let (from, to) = ((x + lean * 0.5, foot - 90.0), (x + lean, foot - 90.0 - tall));
        c.line(&[from, to], 46.0, OCHRE.mix(RUST, 0.5));
        c.line(&[(from.0 - 5.0, from.1), (to.0 - 5.0, to.1)], 32.0, OCHRE.mix(SAND, dice.between(0.0, 0.25)));
        for cut in 1..4u8 {
            let up = f32::from(cut) / 4.0;
            let at = (from.0 + (to.0 - from.0) * up, from.1 + (to.1 - from.1) * up);
            c.line(&[(at.0 - 13.0, at.1 + 7.0), (at.0 + 11.0, at.1 - 7.0)], 7.0, WARM);
        }
    }
    for roll in [-92.0, -30.0, 36.0, 96.0] {
        c.disc((x + roll, foot - 112.0), 40.0, OCHRE.mix(RUST, 0.45));
        c.disc((x + roll - 4.0, foot - 118.0), 32.0, OCHRE.mix(SAND, 0.2));
    }
    c.polygon(
        &[(x - 144.0, foot - 108.0), (x + 144.0, foot - 108.0), (x + 112.0, foot + 8.0), (x - 112.0, foot + 8.0)],
        cane,
    );
    for band in 0..4u8 {
        let y = foot - 84.0 + f32::from(band) * 26.0;
        for weave in 0..8u8 {
            let left = x - 124.0 + f32::from(weave) * 31.0 + if band % 2 == 0 { 0.0 } else { 15.0 };
            let reach = 138.0 - f32::from(band) * 7.0;
            if left > x - reach && left + 20.0 < x + reach {
                c.round([left, y, 20.0, 12.0], 5.0, cane.lighter(0.28));
            }
        }
    }
    c.round([x - 152.0, foot - 118.0, 304.0, 20.0], 10.0, cane.darker(0.2));
}

fn wheat(c: &mut Canvas, dice: &mut Dice) {
    for stalk in 0..7u8 {
        let (x, y) = (40.0 + f32::from(stalk) * 9.0, 652.0 - f32::from(stalk) * 3.0);
        let tip = (x + 190.0, y - 30.0 + f32::from(stalk) * 9.0 + dice.between(-4.0, 4.0));
        c.line(&[(x - 70.0, y), tip], 3.0, OCHRE.mix(SAND, 0.3));
        for grain in 0..6u8 {
            let along = (tip.0 + f32::from(grain) * 11.0, tip.1 - f32::from(grain) * 0.6);
            c.oval((along.0, along.1 - 5.0), (8.0, 4.0), OCHRE.lighter(0.1));
            c.oval((along.0 + 5.0, along.1 + 4.0), (8.0, 4.0), OCHRE.mix(SAND, 0.5));
        }
    }
}
