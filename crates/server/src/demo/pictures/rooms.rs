//! A reading room and a classroom.

use super::canvas::{Area, Canvas, HEIGHT, Spot, WIDTH};
use super::dice::Dice;
use super::ink::{
    BLUE, DAYS, DEEP, INK, Ink, MIST, MORNING, Mood, NOON, OCHRE, PAPER, RUST, SAGE, SAND, SEA, SEASIDE, TERRACOTTA,
    WARM,
};
use super::scenery::cypress;

/// A tall arched window between bookshelves, a lamp on the reading table.
pub fn library(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    let wall = dice.pick([DEEP.darker(0.35), INK.mix(BLUE, 0.2), RUST.darker(0.55)]);
    c.fade([0.0, 0.0, WIDTH, HEIGHT], wall.lighter(0.1), wall);
    let middle = dice.between(560.0, 660.0).round();
    tall_window(c, dice, &mood, [middle - 125.0, 60.0, 250.0, 430.0]);
    c.polygon(
        &[(middle - 120.0, 480.0), (middle + 120.0, 480.0), (middle + 330.0, 675.0), (middle - 330.0, 675.0)],
        mood.low.faint(0.1),
    );
    shelves(c, dice, [-20.0, 0.0, middle - 165.0, 560.0], wall);
    shelves(c, dice, [middle + 185.0, 0.0, WIDTH - middle - 165.0, 560.0], wall);
    ladder(c, dice.between(180.0, 280.0));
    c.rect([0.0, 556.0, WIDTH, 120.0], wall.darker(0.4));
    reading_table(c, dice, middle);
}

fn tall_window(c: &mut Canvas, dice: &mut Dice, mood: &Mood, area: Area) {
    let [x, y, width, height] = area;
    c.arch([x - 16.0, y - 16.0, width + 32.0, height + 16.0], SAND.darker(0.35));
    c.arch(area, mood.low);
    c.arch([x, y, width, height * 0.7], mood.high.mix(mood.low, 0.45));
    c.disc((x + width * dice.between(0.3, 0.7), y + height * 0.42), 34.0, mood.sun);
    c.fill(mood.layer(0.3), |pen| {
        pen.move_to(x, y + height);
        pen.line_to(x, y + height * 0.84);
        pen.quad_to(x + width * 0.4, y + height * 0.66, x + width, y + height * 0.8);
        pen.line_to(x + width, y + height);
    });
    c.rect([x, y + height - 40.0, width, 40.0], mood.layer(0.42));
    cypress(c, (x + 52.0, y + height), 150.0, mood.layer(0.62));
    cypress(c, (x + 190.0, y + height), 110.0, mood.layer(0.55));
    for bar in [width / 3.0, width * 2.0 / 3.0] {
        c.rect([x + bar - 4.0, y + 8.0, 8.0, height - 8.0], SAND.darker(0.35));
    }
    for bar in [height * 0.3, height * 0.53, height * 0.76] {
        c.rect([x, y + bar, width, 7.0], SAND.darker(0.35));
    }
    c.rect([x - 30.0, y + height, width + 60.0, 18.0], SAND.darker(0.25));
}

/// Six boards of books, some leaning, some lying.
fn shelves(c: &mut Canvas, dice: &mut Dice, [x, y, width, height]: Area, wall: Ink) {
    let wood = RUST.darker(0.42);
    c.rect([x, y, width, height], wall.darker(0.55));
    let board = height / 5.0;
    for row in 0..5u8 {
        let foot = y + board * f32::from(row + 1) - 12.0;
        books(c, dice, (x + 14.0, x + width - 12.0), (foot, board - 26.0));
        c.rect([x, foot, width, 12.0], wood);
        c.rect([x, foot, width, 3.0], wood.lighter(0.16));
    }
    for post in [x, x + width - 12.0] {
        c.rect([post, y, 12.0, height], wood.darker(0.1));
    }
}

fn books(c: &mut Canvas, dice: &mut Dice, (from, to): (f32, f32), (foot, tallest): (f32, f32)) {
    let bindings = [TERRACOTTA, RUST, OCHRE, SAND, SEA, DEEP, BLUE, MIST, SAGE, WARM, BLUE.darker(0.4)];
    let mut x = from;
    while x < to - 34.0 {
        let (width, tall) = (dice.between(13.0, 30.0).round(), (tallest * dice.between(0.66, 0.97)).round());
        let ink = dice.pick(bindings).darker(0.14);
        if dice.chance(0.07) {
            c.polygon(
                &[
                    (x + 16.0, foot),
                    (x + 16.0 + width, foot),
                    (x + width + 2.0, foot - tall),
                    (x + 2.0, foot - tall + 4.0),
                ],
                ink,
            );
            x += width + 22.0;
            continue;
        }
        c.rect([x, foot - tall, width, tall], ink);
        c.rect([x + width - 3.0, foot - tall, 3.0, tall], ink.darker(0.25));
        if width > 17.0 {
            c.rect([x, foot - tall * 0.82, width, 3.0], SAND.faint(0.8));
            c.rect([x, foot - tall * 0.22, width, 3.0], SAND.faint(0.8));
        }
        x += width + 1.0;
        if dice.chance(0.06) {
            x += dice.between(16.0, 40.0).round();
        }
    }
}

fn ladder(c: &mut Canvas, x: f32) {
    let wood = OCHRE.darker(0.3);
    for rung in 0..9u8 {
        let y = 90.0 + f32::from(rung) * 56.0;
        let lean = (560.0 - y) * 0.12;
        c.line(&[(x + lean, y), (x + 74.0 + lean, y)], 7.0, wood.darker(0.15));
    }
    for rail in [0.0, 74.0] {
        c.line(&[(x + rail + 62.0, 44.0), (x + rail, 566.0)], 9.0, wood);
    }
}

fn reading_table(c: &mut Canvas, dice: &mut Dice, middle: f32) {
    let (wood, shade) = (RUST.darker(0.2), dice.pick([SEA, TERRACOTTA, OCHRE]));
    c.round([middle - 420.0, 572.0, 840.0, 26.0], 6.0, wood.lighter(0.1));
    c.rect([middle - 400.0, 598.0, 800.0, 77.0], wood.darker(0.3));
    c.polygon(
        &[(middle + 92.0, 492.0), (middle + 208.0, 492.0), (middle + 330.0, 572.0), (middle - 30.0, 572.0)],
        WARM.faint(0.28),
    );
    c.line(&[(middle + 150.0, 570.0), (middle + 150.0, 480.0)], 7.0, OCHRE.darker(0.2));
    c.round([middle + 116.0, 562.0, 68.0, 12.0], 6.0, OCHRE.darker(0.2));
    c.fill(shade, |pen| {
        pen.move_to(middle + 78.0, 494.0);
        pen.cubic_to(middle + 88.0, 438.0, middle + 212.0, 438.0, middle + 222.0, 494.0);
    });
    c.rect([middle + 84.0, 490.0, 132.0, 5.0], PAPER);
    open_book(c, (middle - 40.0, 572.0));
    for (row, ink) in [TERRACOTTA, SAND, DEEP, OCHRE].into_iter().enumerate() {
        let slide = dice.between(-10.0, 10.0);
        c.round([middle - 330.0 + slide, 552.0 - 20.0 * row as f32, 130.0, 20.0], 3.0, ink.darker(0.1));
        c.rect([middle - 206.0 + slide, 555.0 - 20.0 * row as f32, 6.0, 14.0], PAPER);
    }
}

fn open_book(c: &mut Canvas, (x, foot): Spot) {
    for side in [-1.0, 1.0] {
        c.fill(if side < 0.0 { PAPER } else { PAPER.darker(0.08) }, |pen| {
            pen.move_to(x, foot - 4.0);
            pen.quad_to(x + side * 46.0, foot - 30.0, x + side * 92.0, foot - 8.0);
            pen.line_to(x + side * 96.0, foot);
            pen.line_to(x, foot);
        });
    }
}

/// A classroom: a board with a figure on it, desks in rows, daylight from the side.
pub fn school(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick([MORNING, NOON, SEASIDE]);
    let wall = dice.pick([WARM, WARM.mix(SAGE, 0.4), WARM.mix(MIST, 0.5), SAND.mix(PAPER, 0.4)]);
    c.fade([0.0, 0.0, WIDTH, 470.0], wall.lighter(0.2), wall);
    c.fade([0.0, 470.0, WIDTH, HEIGHT - 470.0], SAND.mix(TERRACOTTA, 0.3), SAND.mix(TERRACOTTA, 0.3).darker(0.25));
    c.rect([0.0, 458.0, WIDTH, 14.0], wall.darker(0.22));
    c.polygon(&[(0.0, 500.0), (330.0, 476.0), (760.0, HEIGHT), (120.0, HEIGHT)], PAPER.faint(0.2));
    for x in [-60.0, 176.0] {
        class_window(c, dice, &mood, [x, 90.0, 190.0, 270.0]);
    }
    let board = dice.pick([DEEP.darker(0.25), INK.mix(BLUE, 0.3), DEEP.mix(SEA, 0.3)]);
    blackboard(c, dice, [440.0, 84.0, 580.0, 292.0], board);
    clock(c, dice, (1112.0, 150.0));
    globe(c, (1116.0, 420.0), dice.pick([SEA, BLUE]));
    let seat = dice.pick([TERRACOTTA, SEA, BLUE, OCHRE]);
    for (y, scale, start) in [(436.0, 0.74, 130.0), (528.0, 1.04, -40.0)] {
        for place in 0..4u8 {
            desk(c, (start + f32::from(place) * 320.0 * scale, y), (scale, seat));
        }
    }
}

fn class_window(c: &mut Canvas, dice: &mut Dice, mood: &Mood, area: Area) {
    let [x, y, width, height] = area;
    c.rect([x - 12.0, y - 12.0, width + 24.0, height + 24.0], PAPER);
    c.fade(area, mood.high, mood.low);
    c.round([x + dice.between(10.0, 60.0), y + 50.0, 100.0, 16.0], 8.0, mood.sun.faint(0.6));
    c.rect([x, y + height - 64.0, width, 64.0], mood.layer(0.25));
    for tree in [0.18, 0.52, 0.84] {
        c.disc((x + width * tree, y + height - 60.0), dice.between(22.0, 31.0), mood.layer(0.42).mix(SAGE, 0.4));
    }
    c.rect([x, y + height - 34.0, width, 34.0], mood.layer(0.5).mix(SAGE, 0.3));
    for bar in [width / 3.0, width * 2.0 / 3.0] {
        c.rect([(x + bar - 4.0).round(), y, 8.0, height], PAPER);
    }
    c.rect([x, (y + height * 0.5).round(), width, 7.0], PAPER);
    c.rect([x - 20.0, y + height + 8.0, width + 40.0, 14.0], PAPER.darker(0.1));
}

fn blackboard(c: &mut Canvas, dice: &mut Dice, area: Area, ink: Ink) {
    let ([x, y, width, height], chalk) = (area, PAPER.faint(0.85));
    c.rect([x - 14.0, y - 14.0, width + 28.0, height + 28.0], RUST.mix(OCHRE, 0.35));
    c.rect(area, ink);
    c.polygon(&[(x, y), (x + width * 0.4, y), (x + width * 0.1, y + height), (x, y + height)], PAPER.faint(0.05));
    let (foot, left) = (y + height - 56.0, x + 60.0);
    c.line(
        &[(left, foot), (left + 200.0, foot), (left + 200.0, foot - dice.between(120.0, 170.0)), (left, foot)],
        4.0,
        chalk,
    );
    c.line(&[(left + 180.0, foot), (left + 180.0, foot - 20.0), (left + 200.0, foot - 20.0)], 3.0, chalk);
    c.stroke(4.0, chalk, |pen| pen.push_circle(x + 366.0, y + 112.0, 62.0));
    c.line(&[(x + 366.0, y + 112.0), (x + 410.0, y + 68.0)], 3.0, OCHRE);
    c.line(&[(x + 318.0, y + 250.0), (x + 540.0, y + 250.0)], 3.0, chalk);
    c.line(&[(x + 330.0, y + 262.0), (x + 330.0, y + 190.0)], 3.0, chalk);
    c.stroke(4.0, TERRACOTTA.lighter(0.3), |pen| {
        pen.move_to(x + 334.0, y + 246.0);
        pen.cubic_to(x + 400.0, y + 240.0, x + 420.0, y + 150.0, x + 530.0, y + 150.0);
    });
    c.round([x + 20.0, y + height + 12.0, width - 40.0, 10.0], 4.0, RUST.darker(0.2));
    c.round([x + 90.0, y + height + 4.0, 34.0, 8.0], 3.0, PAPER);
}

fn clock(c: &mut Canvas, dice: &mut Dice, (x, y): Spot) {
    c.disc((x, y), 44.0, INK.mix(BLUE, 0.3));
    c.disc((x, y), 37.0, PAPER);
    let hour = dice.between(3.8, 5.4);
    c.line(&[(x, y), (x + hour.cos() * 18.0, y + hour.sin() * 18.0)], 5.0, INK);
    c.line(&[(x, y), (x, y - 28.0)], 3.5, INK);
}

fn globe(c: &mut Canvas, (x, y): Spot, water: Ink) {
    c.round([x - 80.0, y + 66.0, 170.0, 150.0], 4.0, RUST.mix(OCHRE, 0.3).darker(0.2));
    c.round([x - 90.0, y + 58.0, 190.0, 14.0], 4.0, RUST.mix(OCHRE, 0.4));
    c.line(&[(x, y + 60.0), (x, y + 30.0)], 6.0, INK);
    c.round([x - 30.0, y + 52.0, 60.0, 8.0], 4.0, INK);
    c.stroke(4.0, OCHRE.darker(0.2), |pen| pen.push_circle(x, y, 52.0));
    c.disc((x, y), 46.0, water);
    c.oval((x - 14.0, y - 16.0), (19.0, 12.0), SAND);
    c.oval((x - 4.0, y + 14.0), (10.0, 17.0), SAND);
    c.oval((x + 27.0, y - 3.0), (9.0, 14.0), SAND);
    c.oval((x + 16.0, y - 28.0), (11.0, 6.0), SAND);
}

fn desk(c: &mut Canvas, (x, y): Spot, (scale, seat): (f32, Ink)) {
    let at = |dx: f32, dy: f32| (x + dx * scale, y + dy * scale);
    for leg in [14.0, 176.0] {
        c.line(&[at(leg, 20.0), at(leg, 128.0)], 7.0 * scale, INK.mix(BLUE, 0.2));
    }
    let top = at(0.0, 0.0);
    c.polygon(&[at(14.0, 0.0), at(176.0, 0.0), at(194.0, 24.0), at(-4.0, 24.0)], OCHRE.mix(SAND, 0.55));
    c.round([top.0 - 6.0 * scale, top.1 + 22.0 * scale, 202.0 * scale, 13.0 * scale], 4.0, OCHRE.mix(RUST, 0.35));
    c.polygon(&[at(52.0, 5.0), at(104.0, 5.0), at(106.0, 17.0), at(46.0, 17.0)], PAPER);
    c.line(&[at(126.0, 15.0), at(152.0, 7.0)], 3.0 * scale, TERRACOTTA);
    for leg in [58.0, 132.0] {
        c.line(&[at(leg, 44.0), at(leg, 158.0)], 6.0 * scale, INK.mix(BLUE, 0.35));
    }
    let (back, sitting) = (at(46.0, 30.0), at(40.0, 102.0));
    c.round([back.0, back.1, 98.0 * scale, 42.0 * scale], 14.0 * scale, seat);
    c.round([back.0 + 8.0 * scale, back.1 + 6.0 * scale, 82.0 * scale, 5.0 * scale], 3.0, seat.lighter(0.25));
    c.round([sitting.0, sitting.1, 110.0 * scale, 13.0 * scale], 6.0, seat.darker(0.16));
}
