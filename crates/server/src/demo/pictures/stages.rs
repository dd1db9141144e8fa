//! Where people sit and watch: a theatre and a stadium.

use super::canvas::{Canvas, HEIGHT, Spot, WIDTH};
use super::dice::Dice;
use super::ink::{
    BLUE, DEEP, DUSK, EMBER, INK, Ink, Mood, NIGHT, OCHRE, PAPER, RUST, SAGE, SAND, SEA, TERRACOTTA, WARM,
};
use super::scenery::sky;

/// The curtain is up: one chair in the spotlight, the house in the dark.
pub fn theatre(c: &mut Canvas, dice: &mut Dice) {
    let cloth = dice.pick([RUST, TERRACOTTA.darker(0.12), DEEP, BLUE.darker(0.25)]);
    let back = INK.mix(cloth, 0.2);
    c.fade([0.0, 0.0, WIDTH, 480.0], back.darker(0.3), back.lighter(0.1));
    backdrop(c, dice, back);
    c.fade([0.0, 470.0, WIDTH, HEIGHT - 470.0], OCHRE.mix(RUST, 0.6).darker(0.15), RUST.darker(0.6));
    for board in -9..10i8 {
        let x = 600.0 + f32::from(board) * 76.0;
        c.line(&[(x, 472.0), (600.0 + f32::from(board) * 128.0, 620.0)], 2.0, INK.faint(0.35));
    }
    let spot = dice.between(500.0, 700.0).round();
    for (half, cover) in [(190.0, 0.10), (150.0, 0.12)] {
        let beam = [(spot + 130.0, -10.0), (spot + 170.0, -10.0), (spot + half, 540.0), (spot - half, 540.0)];
        c.polygon(&beam, WARM.faint(cover));
        c.oval((spot, 540.0), (half, half * 0.23), WARM.faint(cover * 2.6));
    }
    match dice.count(0, 2) {
        0 => chair(c, (spot, 540.0)),
        1 => microphone(c, (spot, 540.0)),
        _ => cello(c, (spot, 540.0)),
    }
    for side in [-1.0, 1.0] {
        drape(c, cloth, side);
    }
    valance(c, cloth);
    c.rect([0.0, 606.0, WIDTH, 10.0], OCHRE.darker(0.1));
    c.rect([0.0, 616.0, WIDTH, 60.0], INK.mix(RUST, 0.25));
    audience(c, dice);
}

/// A painted backdrop: hills under a paper moon.
fn backdrop(c: &mut Canvas, dice: &mut Dice, back: Ink) {
    let (x, tone) = (dice.between(380.0, 820.0), dice.pick([BLUE, SEA, TERRACOTTA]));
    c.disc((x, 250.0), 84.0, SAND.mix(back, 0.35));
    for (rise, share) in [(130.0, 0.66), (70.0, 0.5)] {
        let shift = dice.between(-80.0, 80.0);
        c.fill(tone.mix(back, share), |pen| {
            pen.move_to(100.0, 480.0);
            pen.cubic_to(
                300.0 + shift,
                480.0 - rise * 2.0,
                480.0 + shift,
                480.0 - rise * 0.6,
                640.0,
                470.0 - rise * 0.5,
            );
            pen.cubic_to(800.0, 480.0 - rise * 2.0, 1000.0 + shift, 480.0 - rise, 1120.0, 480.0);
        });
    }
}

/// One side's curtain, gathered by a cord.
fn drape(c: &mut Canvas, cloth: Ink, side: f32) {
    let at = |from_edge: f32| 600.0 + side * (620.0 - from_edge);
    for fold in 0..7u8 {
        let (near, far) = (f32::from(fold) * 40.0, f32::from(fold) * 40.0 + 42.0);
        let ink = [cloth, cloth.darker(0.2), cloth.lighter(0.08), cloth.darker(0.3)][usize::from(fold % 4)];
        let (tie, end) = (0.5, 0.78);
        c.fill(ink, |pen| {
            pen.move_to(at(near), -10.0);
            pen.line_to(at(far), -10.0);
            pen.cubic_to(at(far), 240.0, at(far * tie + 10.0), 320.0, at(far * tie), 400.0);
            pen.cubic_to(at(far * tie), 470.0, at(far * end), 540.0, at(far * end), 612.0);
            pen.line_to(at(near * end), 612.0);
            pen.cubic_to(at(near * end), 540.0, at(near * tie), 470.0, at(near * tie), 400.0);
            pen.cubic_to(at(near * tie), 320.0, at(near), 240.0, at(near), -10.0);
        });
    }
    c.wire((at(0.0), 384.0), (at(148.0), 400.0), 12.0, (12.0, OCHRE));
    c.line(&[(at(136.0), 412.0), (at(132.0), 456.0)], 11.0, OCHRE.darker(0.1));
}

fn valance(c: &mut Canvas, cloth: Ink) {
    for scallop in 0..6u8 {
        let x = f32::from(scallop) * 200.0;
        c.fill(if scallop % 2 == 0 { cloth.darker(0.14) } else { cloth.darker(0.24) }, |pen| {
            pen.move_to(x - 4.0, -4.0);
            pen.line_to(x + 204.0, -4.0);
            pen.line_to(x + 204.0, 62.0);
            pen.cubic_to(x + 160.0, 132.0, x + 40.0, 132.0, x - 4.0, 62.0);
        });
        for fold in [0.3, 0.5, 0.7] {
            let foot = 62.0 + 52.0 * (1.0 - f32::abs(fold - 0.5) * 1.6);
            c.line(
                &[(x + 200.0 * fold, 0.0), (x + 200.0 * (0.5 + (fold - 0.5) * 0.6), foot - 14.0)],
                5.0,
                cloth.darker(0.38),
            );
        }
        c.stroke(7.0, OCHRE, |pen| {
            pen.move_to(x, 64.0);
            pen.cubic_to(x + 40.0, 130.0, x + 160.0, 130.0, x + 200.0, 64.0);
        });
    }
}

fn chair(c: &mut Canvas, (x, foot): Spot) {
    let wood = INK.mix(RUST, 0.35);
    c.oval((x, foot + 2.0), (70.0, 10.0), INK.faint(0.35));
    for (from, to) in [
        ((-38.0, -78.0), (-46.0, 0.0)),
        ((38.0, -78.0), (46.0, 0.0)),
        ((-30.0, -84.0), (-32.0, -10.0)),
        ((30.0, -84.0), (32.0, -10.0)),
    ] {
        c.line(&[(x + from.0, foot + from.1), (x + to.0, foot + to.1)], 8.0, wood);
    }
    c.polygon(
        &[(x - 34.0, foot - 96.0), (x + 34.0, foot - 96.0), (x + 46.0, foot - 74.0), (x - 46.0, foot - 74.0)],
        TERRACOTTA,
    );
    for post in [-32.0, 32.0] {
        c.line(&[(x + post, foot - 94.0), (x + post * 1.06, foot - 190.0)], 8.0, wood);
    }
    for rail in [186.0, 156.0, 128.0] {
        c.line(&[(x - 32.0, foot - rail), (x + 32.0, foot - rail)], 9.0, wood);
    }
}

fn microphone(c: &mut Canvas, (x, foot): Spot) {
    c.oval((x, foot), (44.0, 10.0), INK);
    c.line(&[(x, foot), (x, foot - 210.0)], 6.0, INK);
    c.line(&[(x, foot - 206.0), (x + 26.0, foot - 232.0)], 8.0, INK);
    c.line(&[(x + 28.0, foot - 234.0), (x + 42.0, foot - 248.0)], 24.0, INK.lighter(0.2));
    c.line(&[(x + 22.0, foot - 244.0), (x + 40.0, foot - 226.0)], 5.0, OCHRE);
}

/// A cello left leaning on its stand.
fn cello(c: &mut Canvas, (x, foot): Spot) {
    let wood = OCHRE.mix(RUST, 0.55);
    c.oval((x, foot + 2.0), (80.0, 11.0), INK.faint(0.4));
    c.line(&[(x, foot - 20.0), (x - 4.0, foot)], 5.0, INK);
    c.line(&[(x, foot - 180.0), (x + 8.0, foot - 292.0)], 13.0, INK);
    c.disc((x + 8.0, foot - 296.0), 11.0, wood.darker(0.2));
    for (grow, ink) in [(1.0, wood.darker(0.3)), (0.92, wood)] {
        c.oval((x, foot - 64.0), (58.0 * grow, 50.0 * grow), ink);
        c.oval((x + 3.0, foot - 146.0), (45.0 * grow, 44.0 * grow), ink);
        c.rect([x - 32.0 * grow, foot - 126.0, 66.0 * grow, 40.0], ink);
    }
    for side in [-1.0, 1.0] {
        c.wire((x + side * 24.0, foot - 128.0), (x + side * 26.0, foot - 78.0), 4.0, (4.0, INK));
    }
    c.line(&[(x + 1.0, foot - 50.0), (x + 6.0, foot - 200.0)], 9.0, INK);
    c.rect([x - 18.0, foot - 104.0, 38.0, 6.0], SAND);
    c.line(&[(x + 62.0, foot - 4.0), (x + 26.0, foot - 240.0)], 4.0, WARM);
}

/// The backs of heads and seats in the first rows.
fn audience(c: &mut Canvas, dice: &mut Dice) {
    for (row, y) in [(0u8, 650.0), (1, 690.0)] {
        for place in 0..13u8 {
            let x = f32::from(place) * 98.0 + if row == 0 { 10.0 } else { -36.0 };
            let ink = INK.mix(RUST, 0.10 - 0.06 * f32::from(row)).darker(0.2 * f32::from(row));
            if dice.chance(0.8) {
                let size = dice.between(19.0, 24.0);
                c.oval((x, y - 38.0), (size * 0.86, size), ink);
                c.round([x - 38.0, y - 18.0, 76.0, 70.0], 26.0, ink);
            }
            c.round([x - 42.0, y + 8.0, 84.0, 70.0], 16.0, ink.mix(RUST, 0.22));
        }
    }
}

/// The bowl under floodlights.
pub fn stadium(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick([NIGHT, NIGHT, DUSK, EMBER]);
    sky(c, &mood, 420.0);
    let lift = dice.between(-16.0, 16.0).round();
    roof_and_stands(c, dice, &mood, lift);
    pitch(c, dice, &mood);
    for (x, scale) in [(110.0, 1.0), (390.0, 0.7), (810.0, 0.7), (1090.0, 1.0)] {
        floodlight(c, &mood, ((x, 60.0 + 90.0 * (1.0 - scale) + lift), scale));
    }
    near_stand(c, dice, &mood);
}

/// The far stands: tiers of dots under a roof that curves away.
fn roof_and_stands(c: &mut Canvas, dice: &mut Dice, mood: &Mood, lift: f32) {
    let concrete = mood.layer(0.66);
    for (top, reach, ink) in
        [(236.0, 250.0, mood.layer(0.5)), (262.0, 230.0, concrete), (340.0, 160.0, concrete.lighter(0.08))]
    {
        c.oval((600.0, top + reach + lift), (740.0, reach), ink);
    }
    for tier in 0..13u8 {
        let near = f32::from(tier);
        let (width, tall) = (700.0 - near * 9.0, 216.0 - near * 8.0);
        let crowd = 96 - 2 * u32::from(tier);
        for seat in 0..crowd {
            let angle = std::f32::consts::PI * (0.05 + 0.9 * seat as f32 / crowd as f32);
            let at =
                (600.0 - angle.cos() * width, 494.0 + lift - angle.sin() * tall + if tier > 5 { 12.0 } else { 0.0 });
            let ink = dice.pick([PAPER, SAND, TERRACOTTA, SEA, BLUE, concrete, concrete]);
            c.rect([at.0.round(), at.1.round(), 6.0, 6.0], ink.mix(concrete, 0.35));
        }
    }
    c.stroke(16.0, mood.layer(0.4).lighter(0.3), |pen| {
        pen.move_to(-160.0, 430.0 + lift);
        pen.cubic_to(120.0, 160.0 + lift, 1080.0, 160.0 + lift, 1360.0, 430.0 + lift);
    });
}

/// The grass, mown in stripes, its lines in perspective.
fn pitch(c: &mut Canvas, dice: &mut Dice, mood: &Mood) {
    let grass = SEA.mix(SAGE, dice.between(0.2, 0.45)).mix(mood.dark, 0.12);
    let (top, foot) = (404.0, HEIGHT);
    c.oval((600.0, 560.0), (760.0, 190.0), mood.tint(TERRACOTTA).darker(0.35));
    let edge = |across: f32, depth: f32| {
        let y = top + (foot - top) * depth;
        (600.0 + (across - 0.5) * (760.0 + 720.0 * depth), y)
    };
    for stripe in 0..10u8 {
        let (from, to) = (f32::from(stripe) / 10.0, f32::from(stripe + 1) / 10.0);
        let ink = if stripe % 2 == 0 { grass } else { grass.lighter(0.09) };
        c.polygon(&[edge(from, 0.0), edge(to, 0.0), edge(to, 1.0), edge(from, 1.0)], ink);
    }
    let chalk = PAPER.faint(0.85);
    c.line(&[edge(0.03, 1.0), edge(0.03, 0.06), edge(0.97, 0.06), edge(0.97, 1.0)], 4.0, chalk);
    c.line(&[edge(0.5, 0.06), edge(0.5, 1.0)], 4.0, chalk);
    c.stroke(4.0, chalk, |pen| {
        if let Some(circle) = tiny_skia::Rect::from_xywh(470.0, 474.0, 260.0, 84.0) {
            pen.push_oval(circle);
        }
    });
    for side in [0.0, 1.0] {
        let inside = |share: f32| side + (0.5 - side) * 2.0 * share;
        c.line(
            &[edge(inside(0.03), 0.22), edge(inside(0.16), 0.22), edge(inside(0.16), 0.72), edge(inside(0.03), 0.72)],
            4.0,
            chalk,
        );
    }
    c.disc((612.0, 512.0), 8.0, PAPER);
    c.oval((612.0, 521.0), (9.0, 3.0), INK.faint(0.4));
}

/// A mast with its bank of lamps, the beam falling on the pitch.
fn floodlight(c: &mut Canvas, mood: &Mood, ((x, y), scale): (Spot, f32)) {
    let lean = (600.0 - x) * 0.55;
    c.polygon(
        &[
            (x - 50.0 * scale, y + 30.0),
            (x + 50.0 * scale, y + 30.0),
            (x + lean + 250.0, 540.0),
            (x + lean - 250.0, 540.0),
        ],
        WARM.faint(0.06),
    );
    c.line(&[(x, y + 40.0), (x, y + 350.0 * scale)], 10.0 * scale, mood.dark.lighter(0.08));
    c.glow((x, y + 22.0), 130.0 * scale, WARM.faint(0.1));
    c.round([x - 66.0 * scale, y - 18.0 * scale, 132.0 * scale, 84.0 * scale], 6.0, mood.dark);
    for row in 0..3u8 {
        for lamp in 0..5u8 {
            let at = (x + (f32::from(lamp) - 2.0) * 25.0 * scale, y + (2.0 + f32::from(row) * 23.0) * scale);
            c.disc(at, 9.0 * scale, PAPER);
        }
    }
}

/// Heads and raised arms of the nearest rows.
fn near_stand(c: &mut Canvas, dice: &mut Dice, mood: &Mood) {
    let ink = mood.dark.darker(0.3);
    for place in 0..26u8 {
        let (x, y) = (f32::from(place) * 48.0 + dice.between(-10.0, 10.0), 652.0 + dice.between(-12.0, 14.0));
        let size = dice.between(15.0, 19.0);
        c.oval((x, y), (size * 0.88, size), ink);
        c.round([x - 29.0, y + 16.0, 58.0, 70.0], 20.0, ink);
        if dice.chance(0.25) {
            let side = dice.pick([-1.0, 1.0]);
            c.line(&[(x + side * 24.0, y + 26.0), (x + side * 34.0, y - 8.0), (x + side * 26.0, y - 42.0)], 11.0, ink);
        }
    }
}
