//! A hospital ward.

use super::canvas::{Area, Canvas, HEIGHT, Spot, WIDTH};
use super::dice::Dice;
use super::ink::{BLUE, DAYS, DEEP, INK, Ink, MIST, Mood, OCHRE, PAPER, RUST, SAGE, SAND, SEA, TERRACOTTA, WARM};

/// A quiet ward: a made bed, a drip stand, a monitor, morning at the window.
pub fn hospital(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    let wall = dice.pick([MIST.lighter(0.5), SAGE.lighter(0.6), WARM.lighter(0.2), SEA.lighter(0.72)]);
    c.fade([0.0, 0.0, WIDTH, 500.0], wall.lighter(0.25), wall);
    c.fade([0.0, 500.0, WIDTH, HEIGHT - 500.0], wall.darker(0.2), wall.darker(0.34));
    c.rect([0.0, 350.0, WIDTH, 8.0], wall.darker(0.14));
    c.rect([0.0, 492.0, WIDTH, 10.0], wall.darker(0.28));
    ward_window(c, dice, &mood, [96.0, 70.0, 360.0, 250.0]);
    c.polygon(&[(120.0, 520.0), (470.0, 500.0), (640.0, 640.0), (210.0, HEIGHT)], PAPER.faint(0.25));
    let cloth = dice.pick([SEA, TERRACOTTA, BLUE, OCHRE]);
    bed(c, (430.0, 600.0), cloth);
    drip(c, (392.0, 610.0));
    monitor(c, dice, (790.0, 190.0));
    framed_picture(c, dice, [590.0, 150.0, 130.0, 96.0]);
    curtain(c, cloth.lighter(0.4));
    bedside(c, dice, (236.0, 604.0));
}

fn ward_window(c: &mut Canvas, dice: &mut Dice, mood: &Mood, area: Area) {
    let [x, y, width, height] = area;
    c.rect([x - 14.0, y - 14.0, width + 28.0, height + 28.0], PAPER);
    c.fade(area, mood.high, mood.low);
    c.disc((x + width * dice.between(0.25, 0.75), y + height * 0.4), 30.0, mood.sun);
    let mut left = x;
    while left < x + width - 1.0 {
        let (tall, broad) = (dice.between(46.0, 120.0).round(), dice.between(30.0, 60.0).min(x + width - left).round());
        c.rect([left, y + height - tall, broad, tall], mood.layer(dice.pick([0.2, 0.28, 0.36])));
        left += broad;
    }
    c.rect([x, y + height - 24.0, width, 24.0], mood.layer(0.5).mix(SAGE, 0.3));
    for bar in [width / 3.0, width * 2.0 / 3.0] {
        c.rect([x + bar - 4.0, y, 8.0, height], PAPER);
    }
    c.rect([x - 24.0, y + height + 10.0, width + 48.0, 14.0], PAPER.darker(0.12));
}

fn bed(c: &mut Canvas, (x, foot): Spot, cloth: Ink) {
    let metal = BLUE.lighter(0.25);
    c.oval((x + 270.0, foot + 16.0), (310.0, 14.0), INK.faint(0.2));
    for wheel in [40.0, 500.0] {
        c.line(&[(x + wheel, foot - 90.0), (x + wheel, foot - 4.0)], 9.0, metal.darker(0.2));
        c.disc((x + wheel, foot + 2.0), 13.0, INK.lighter(0.12));
    }
    c.round([x - 6.0, foot - 240.0, 20.0, 170.0], 8.0, metal);
    c.round([x + 528.0, foot - 186.0, 18.0, 120.0], 8.0, metal);
    c.round([x + 6.0, foot - 104.0, 530.0, 22.0], 6.0, metal.darker(0.15));
    c.round([x + 10.0, foot - 146.0, 522.0, 46.0], 14.0, PAPER.darker(0.06));
    c.polygon(&[(x + 14.0, foot - 210.0), (x + 150.0, foot - 150.0), (x + 14.0, foot - 140.0)], PAPER.darker(0.06));
    c.round([x + 20.0, foot - 206.0, 120.0, 50.0], 24.0, PAPER);
    c.fill(cloth, |pen| {
        pen.move_to(x + 190.0, foot - 158.0);
        pen.cubic_to(x + 280.0, foot - 178.0, x + 420.0, foot - 166.0, x + 532.0, foot - 156.0);
        pen.line_to(x + 532.0, foot - 86.0);
        pen.quad_to(x + 380.0, foot - 74.0, x + 196.0, foot - 88.0);
    });
    c.polygon(
        &[(x + 186.0, foot - 160.0), (x + 228.0, foot - 166.0), (x + 234.0, foot - 84.0), (x + 190.0, foot - 88.0)],
        PAPER,
    );
    for fold in [300.0, 380.0, 460.0] {
        c.wire((x + fold, foot - 160.0), (x + fold + 16.0, foot - 86.0), 5.0, (4.0, cloth.darker(0.15)));
    }
    c.line(
        &[(x + 250.0, foot - 118.0), (x + 250.0, foot - 196.0), (x + 430.0, foot - 196.0), (x + 430.0, foot - 118.0)],
        6.0,
        metal,
    );
}

fn drip(c: &mut Canvas, (x, foot): Spot) {
    let metal = BLUE.lighter(0.15);
    c.line(&[(x, foot), (x, 216.0)], 6.0, metal);
    c.line(&[(x - 30.0, 222.0), (x, 212.0), (x + 30.0, 222.0)], 5.0, metal);
    c.line(&[(x - 40.0, foot + 6.0), (x, foot - 12.0), (x + 40.0, foot + 6.0)], 6.0, metal);
    c.round([x + 14.0, 226.0, 38.0, 66.0], 10.0, PAPER);
    c.round([x + 14.0, 252.0, 38.0, 40.0], 10.0, SEA.lighter(0.45));
    c.stroke(2.5, SEA, |pen| {
        pen.move_to(x + 33.0, 292.0);
        pen.cubic_to(x + 36.0, 420.0, x + 90.0, 380.0, x + 190.0, 446.0);
    });
}

fn monitor(c: &mut Canvas, dice: &mut Dice, (x, y): Spot) {
    c.line(&[(x + 88.0, y), (x + 88.0, y - 60.0), (x + 300.0, y - 60.0)], 9.0, BLUE.lighter(0.2));
    c.round([x - 10.0, y - 4.0, 196.0, 136.0], 12.0, PAPER.darker(0.1));
    c.round([x, y + 6.0, 176.0, 104.0], 6.0, INK);
    let beat = dice.between(30.0, 60.0);
    let pulse = |dx: f32, up: f32| (x + 10.0 + dx, y + 50.0 - up);
    c.line(
        &[
            pulse(0.0, 0.0),
            pulse(beat, 0.0),
            pulse(beat + 9.0, 14.0),
            pulse(beat + 20.0, -14.0),
            pulse(beat + 32.0, 34.0),
            pulse(beat + 44.0, -8.0),
            pulse(beat + 52.0, 0.0),
            pulse(156.0, 0.0),
        ],
        3.5,
        SEA.lighter(0.35),
    );
    c.wire((x + 10.0, y + 84.0), (x + 88.0, y + 84.0), 12.0, (3.0, OCHRE));
    c.wire((x + 88.0, y + 84.0), (x + 166.0, y + 84.0), 12.0, (3.0, OCHRE));
    c.disc((x + 88.0, y + 121.0), 5.0, TERRACOTTA);
}

/// A small landscape on the wall.
fn framed_picture(c: &mut Canvas, dice: &mut Dice, [x, y, width, height]: Area) {
    let tone = dice.pick([SEA, TERRACOTTA, BLUE]);
    c.rect([x - 12.0, y - 12.0, width + 24.0, height + 24.0], OCHRE.mix(RUST, 0.4));
    c.rect([x - 7.0, y - 7.0, width + 14.0, height + 14.0], PAPER);
    c.rect([x, y, width, height], SAND.lighter(0.4));
    c.disc((x + width * 0.7, y + height * 0.36), 12.0, OCHRE);
    for (top, ink) in [(0.5, tone.lighter(0.4)), (0.68, tone)] {
        c.fill(ink, |pen| {
            pen.move_to(x, y + height);
            pen.line_to(x, y + height * top);
            pen.quad_to(x + width * 0.3, y + height * (top - 0.22), x + width * 0.62, y + height * (top + 0.1));
            pen.quad_to(x + width * 0.8, y + height * top, x + width, y + height * (top + 0.04));
            pen.line_to(x + width, y + height);
        });
    }
}

fn curtain(c: &mut Canvas, cloth: Ink) {
    c.rect([980.0, 40.0, 240.0, 8.0], BLUE.lighter(0.3));
    for fold in 0..5u8 {
        let x = 1096.0 + f32::from(fold) * 26.0;
        c.round([x, 46.0, 26.0, 548.0], 8.0, if fold % 2 == 0 { cloth } else { cloth.darker(0.12) });
    }
}

fn bedside(c: &mut Canvas, dice: &mut Dice, (x, foot): Spot) {
    c.round([x - 70.0, foot - 130.0, 130.0, 130.0], 6.0, SAND.lighter(0.3));
    c.round([x - 78.0, foot - 138.0, 146.0, 14.0], 4.0, SAND);
    for drawer in [-108.0, -58.0] {
        c.round([x - 58.0, foot + drawer, 106.0, 42.0], 4.0, SAND.lighter(0.1));
        c.round([x - 18.0, foot + drawer + 16.0, 26.0, 6.0], 3.0, RUST);
    }
    c.polygon(
        &[(x - 36.0, foot - 190.0), (x - 2.0, foot - 190.0), (x - 8.0, foot - 138.0), (x - 30.0, foot - 138.0)],
        SEA.lighter(0.35),
    );
    for (dx, up) in [(-34.0, 238.0), (-18.0, 256.0), (0.0, 236.0)] {
        c.line(&[(x - 19.0, foot - 186.0), (x + dx, foot - up)], 3.0, DEEP);
        c.disc((x + dx, foot - up), 14.0, dice.pick([TERRACOTTA, OCHRE, PAPER]));
        c.disc((x + dx, foot - up), 5.0, RUST);
    }
    c.round([x + 26.0, foot - 172.0, 24.0, 34.0], 4.0, PAPER.faint(0.8));
}
