//! Mountains, fields, power lines and a garden.

use super::canvas::{Canvas, HEIGHT, Spot, WIDTH};
use super::dice::Dice;
use super::ink::{DAYS, DEEP, INK, Ink, Mood, OCHRE, PAPER, RUST, SAGE, SAND, SEA, TERRACOTTA, WARM};
use super::scenery::{birds, clouds, cypress, hills, palm, sky, sun, tree};

/// Ranges one behind another, snow on the highest, mist in the valleys.
pub fn mountains(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    sky(c, &mood, 470.0);
    let light = sun(c, dice, &mood, 260.0);
    birds(c, dice, (light.0 - 240.0, 120.0), mood.layer(0.6));
    let top = dice.between(110.0, 170.0);
    range(c, dice, (430.0, top + 70.0), (mood.layer(0.15), mood.layer(0.08)));
    range(c, dice, (500.0, top + 20.0), (mood.layer(0.34), mood.layer(0.22)));
    c.fade([0.0, 380.0, WIDTH, 180.0], mood.low.faint(0.0), mood.low.faint(0.85));
    hills(c, dice, 480.0, 50.0, mood.layer(0.42));
    c.fade([0.0, 450.0, WIDTH, 155.0], mood.low.faint(0.0), mood.low.faint(0.5));
    hills(c, dice, 550.0, 46.0, mood.layer(0.62));
    hills(c, dice, 626.0, 26.0, mood.layer(0.84));
    for _ in 0..26u8 {
        let (x, near) = (dice.between(0.0, WIDTH), dice.between(0.0, 1.0));
        fir(c, (x, 640.0 + near * 60.0), 60.0 + near * 70.0, mood.layer(0.8 + near * 0.18));
    }
}

/// A range of peaks, lit from one side and white above the snow line.
fn range(c: &mut Canvas, dice: &mut Dice, (foot, top): (f32, f32), (shade, lit): (Ink, Ink)) {
    let mut x = dice.between(-80.0, 40.0);
    while x < WIDTH + 60.0 {
        let (half, summit) = (dice.between(170.0, 280.0), top + dice.between(0.0, 110.0));
        peak(c, dice, ((x, summit), half, foot), (shade, lit));
        x += half * dice.between(0.75, 1.1);
    }
    c.rect([0.0, foot, WIDTH, HEIGHT - foot], shade);
}

fn peak(c: &mut Canvas, dice: &mut Dice, ((x, top), half, foot): (Spot, f32, f32), (shade, lit): (Ink, Ink)) {
    let lean = dice.between(-0.2, 0.15) * half;
    let rise = foot - top;
    c.polygon(
        &[
            (x - half, foot),
            (x - half * 0.45, top + rise * 0.5),
            (x, top),
            (x + half * 0.5, top + rise * 0.42),
            (x + half, foot),
        ],
        shade,
    );
    c.polygon(
        &[
            (x - half, foot),
            (x - half * 0.45, top + rise * 0.5),
            (x, top),
            (x + lean * 0.3, top + rise * 0.3),
            (x + lean * 0.2 - 20.0, top + rise * 0.55),
            (x + lean, foot),
        ],
        lit,
    );
    if top < 230.0 {
        let snow = rise * 0.24;
        c.polygon(
            &[
                (x, top),
                (x + half * 0.285, top + snow),
                (x + half * 0.17, top + snow * 0.86),
                (x + half * 0.1, top + snow * 1.25),
                (x, top + snow * 0.8),
                (x - half * 0.09, top + snow * 1.3),
                (x - half * 0.14, top + snow * 0.85),
                (x - half * 0.22, top + snow),
            ],
            PAPER.mix(lit, 0.12),
        );
        c.polygon(
            &[
                (x, top),
                (x + half * 0.285, top + snow),
                (x + half * 0.17, top + snow * 0.86),
                (x + half * 0.1, top + snow * 1.25),
                (x + lean * 0.2, top + snow * 0.8),
            ],
            PAPER.mix(shade, 0.35),
        );
    }
}

fn fir(c: &mut Canvas, (x, foot): Spot, tall: f32, ink: Ink) {
    for (low, high, half) in [(0.1, 0.55, 0.2), (0.32, 0.8, 0.155), (0.58, 1.0, 0.11)] {
        c.polygon(
            &[(x - tall * half, foot - tall * low), (x, foot - tall * high), (x + tall * half, foot - tall * low)],
            ink,
        );
    }
    c.rect([x - tall * 0.02, foot - tall * 0.12, tall * 0.04, tall * 0.12], ink);
}

/// Ploughed rows that run to a farmhouse.
pub fn fields(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    let horizon = dice.between(310.0, 350.0).round();
    sky(c, &mood, horizon);
    let light = sun(c, dice, &mood, horizon);
    clouds(c, dice, &mood, horizon * 0.55);
    birds(c, dice, (light.0 - 300.0, 140.0), mood.layer(0.6));
    hills(c, dice, horizon - 18.0, 36.0, mood.layer(0.18));
    hills(c, dice, horizon + 14.0, 20.0, mood.layer(0.34).mix(SAGE, 0.3));
    let (corn, earth) = dice.pick([(OCHRE, RUST), (SAGE.mix(SEA, 0.3), DEEP), (SAND, TERRACOTTA), (SAGE, RUST)]);
    let top = horizon + 34.0;
    furrows(c, (top, dice.between(520.0, 760.0)), (mood.tint(corn), mood.tint(earth.mix(corn, 0.45))));
    hedge(c, dice, top + 4.0, mood.tint(DEEP.mix(SAGE, 0.3)));
    farm(c, &mood, (dice.between(230.0, 330.0), top + 8.0));
    for place in 0..4u8 {
        cypress(c, (440.0 + f32::from(place) * 34.0, top + 10.0), dice.between(90.0, 130.0), mood.tint(DEEP));
    }
    tree(c, (1010.0, top + 90.0), dice.between(200.0, 250.0), mood.tint(SAGE.mix(DEEP, 0.5)));
    for _ in 0..18u8 {
        ear(
            c,
            (dice.between(0.0, WIDTH), HEIGHT + 10.0),
            dice.between(50.0, 120.0),
            mood.tint(OCHRE.mix(RUST, dice.between(0.1, 0.5))),
        );
    }
}

/// Rows of crop and earth in turn, meeting at one point of the horizon.
fn furrows(c: &mut Canvas, (top, vanish): Spot, (corn, earth): (Ink, Ink)) {
    c.rect([0.0, top, WIDTH, HEIGHT - top], corn);
    for row in -18..18i8 {
        let (near, far) = (vanish + f32::from(row) * 180.0, vanish + f32::from(row) * 36.0);
        c.polygon(&[(far, top), (far + 16.0, top), (near + 80.0, HEIGHT), (near, HEIGHT)], earth);
        c.polygon(
            &[(far + 16.0, top), (far + 20.0, top), (near + 100.0, HEIGHT), (near + 80.0, HEIGHT)],
            corn.lighter(0.2),
        );
    }
}

fn hedge(c: &mut Canvas, dice: &mut Dice, y: f32, ink: Ink) {
    let mut x = 0.0;
    while x < WIDTH {
        let size = dice.between(12.0, 26.0);
        c.oval((x, y - size * 0.4), (size * 1.3, size), ink);
        x += size * 1.6;
    }
    c.rect([0.0, y - 6.0, WIDTH, 8.0], ink);
}

fn farm(c: &mut Canvas, mood: &Mood, (x, foot): Spot) {
    let (wall, roof) = (mood.tint(WARM), mood.tint(TERRACOTTA));
    c.rect([x - 70.0, foot - 70.0, 150.0, 74.0], wall);
    c.polygon(
        &[(x - 84.0, foot - 66.0), (x - 54.0, foot - 112.0), (x + 64.0, foot - 112.0), (x + 94.0, foot - 66.0)],
        roof,
    );
    c.rect([x + 30.0, foot - 134.0, 16.0, 30.0], wall.darker(0.25));
    c.rect([x - 150.0, foot - 50.0, 84.0, 54.0], wall.darker(0.14));
    c.polygon(&[(x - 160.0, foot - 48.0), (x - 108.0, foot - 84.0), (x - 58.0, foot - 48.0)], roof.darker(0.2));
    c.arch([x - 8.0, foot - 42.0, 26.0, 46.0], wall.darker(0.6));
    for pane in [-50.0, 42.0] {
        c.rect([x + pane, foot - 46.0, 18.0, 22.0], mood.lit.darker(0.25));
    }
}

/// One ear of wheat on its stalk.
fn ear(c: &mut Canvas, (x, foot): Spot, tall: f32, ink: Ink) {
    let lean = (x * 0.37).sin() * 16.0;
    let head = (x + lean, foot - tall);
    c.wire((x, foot), head, 0.0, (2.5, ink.darker(0.2)));
    for grain in 0..6u8 {
        let (up, wide) = (f32::from(grain) * 7.5, 6.0 - f32::from(grain) * 0.6);
        for (side, tone) in [(-1.0, ink), (1.0, ink.lighter(0.18))] {
            let at = (head.0 + side * wide, head.1 - up);
            c.line(&[(at.0 - side * 3.0, at.1 + 4.0), (at.0 + side * 1.5, at.1 - 4.0)], 5.0, tone);
            if grain % 2 == 1 {
                c.line(&[at, (at.0 + side * 7.0, at.1 - 24.0)], 1.5, ink);
            }
        }
    }
}

/// Pylons over the hills, wind turbines behind, solar panels before.
pub fn power(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    sky(c, &mood, 430.0);
    sun(c, dice, &mood, 360.0);
    clouds(c, dice, &mood, 170.0);
    hills(c, dice, 400.0, 40.0, mood.layer(0.16));
    for place in 0..4u8 {
        let at = (650.0 + f32::from(place) * 150.0 + dice.between(-30.0, 30.0), 490.0);
        let tall = dice.between(240.0, 280.0) - 18.0 * f32::from(place);
        turbine(c, dice, at, (tall, mood.layer(0.1).lighter(0.55)));
    }
    hills(c, dice, 452.0, 26.0, mood.layer(0.34).mix(SAGE, 0.2));
    pylons(c, dice, &mood);
    hills(c, dice, 520.0, 14.0, mood.layer(0.52).mix(SAGE, 0.25));
    for (row, y) in [520.0, 566.0, 624.0].into_iter().enumerate() {
        panels(c, &mood, (y, 0.7 + 0.3 * row as f32));
    }
}

fn turbine(c: &mut Canvas, dice: &mut Dice, (x, foot): Spot, (tall, ink): (f32, Ink)) {
    c.polygon(&[(x - 5.0, foot), (x - 2.0, foot - tall), (x + 2.0, foot - tall), (x + 5.0, foot)], ink);
    let turn = dice.between(0.0, 2.1);
    for blade in 0..3u8 {
        let angle = turn + f32::from(blade) * 2.094;
        let (along, across) = ((angle.cos(), angle.sin()), (-angle.sin(), angle.cos()));
        let spot = |far: f32, side: f32| {
            (x + along.0 * far * 190.0 + across.0 * side, foot - tall + along.1 * far * 190.0 + across.1 * side)
        };
        c.polygon(&[spot(0.0, -2.0), spot(0.1, 6.0), spot(0.5, 0.0), spot(0.5, -1.5)], ink);
    }
    c.disc((x, foot - tall), 5.0, ink.darker(0.15));
}

/// Three pylons coming nearer, wires slung between them.
fn pylons(c: &mut Canvas, dice: &mut Dice, mood: &Mood) {
    let shift = dice.between(-30.0, 30.0);
    let stands = [
        (-160.0, 700.0, 1.9),
        (210.0 + shift, 560.0, 1.25),
        (480.0 + shift, 500.0, 0.72),
        (640.0 + shift, 470.0, 0.42),
        (730.0 + shift, 452.0, 0.24),
    ];
    for pair in stands.windows(2) {
        let [(x, foot, scale), (next_x, next_foot, next_scale)] = [pair[0], pair[1]];
        for (side, up) in [(-70.0, 214.0), (70.0, 214.0), (-56.0, 268.0), (56.0, 268.0)] {
            let (from, to) =
                ((x + side * scale, foot - up * scale), (next_x + side * next_scale, next_foot - up * next_scale));
            c.wire(from, to, 26.0 * scale, (1.2 + 0.8 * next_scale, mood.dark));
        }
    }
    for (x, foot, scale) in stands.into_iter().skip(1).rev() {
        pylon(c, (x, foot), (scale, mood.layer(0.55 + 0.35 * scale.min(1.0))));
    }
}

fn pylon(c: &mut Canvas, (x, foot): Spot, (scale, ink): (f32, Ink)) {
    let at = |dx: f32, up: f32| (x + dx * scale, foot - up * scale);
    let bar = 5.5 * scale;
    for side in [-1.0, 1.0] {
        c.line(&[at(46.0 * side, 0.0), at(15.0 * side, 170.0), at(11.0 * side, 290.0), at(0.0, 318.0)], bar, ink);
    }
    for (low, high, from, to) in [
        (0.0, 70.0, 46.0, 33.0),
        (70.0, 125.0, 33.0, 23.0),
        (125.0, 170.0, 23.0, 15.0),
        (170.0, 222.0, 15.0, 13.0),
        (222.0, 276.0, 13.0, 12.0),
    ] {
        c.line(&[at(-from, low), at(to, high)], bar * 0.5, ink);
        c.line(&[at(from, low), at(-to, high)], bar * 0.5, ink);
    }
    for (up, reach) in [(222.0, 74.0), (276.0, 60.0)] {
        c.line(&[at(-reach, up), at(reach, up)], bar * 0.8, ink);
        c.line(&[at(-reach, up), at(0.0, up + 20.0), at(reach, up)], bar * 0.5, ink);
        for side in [-1.0, 1.0] {
            c.line(&[at(reach * side * 0.95, up), at(reach * side * 0.95, up - 9.0)], bar * 0.8, ink.lighter(0.3));
        }
    }
}

/// One row of panels tilted towards the light.
fn panels(c: &mut Canvas, mood: &Mood, (y, scale): (f32, f32)) {
    let (width, tall, glass) = (150.0 * scale, 44.0 * scale, mood.tint(INK.mix(SEA, 0.25)));
    for place in 0..13u8 {
        let x = f32::from(place) * (width + 12.0 * scale) - 60.0;
        let slant = 20.0 * scale;
        c.line(&[(x + width * 0.5, y + tall * 0.5), (x + width * 0.5, y + tall * 1.3)], 5.0 * scale, mood.dark);
        c.polygon(&[(x + slant, y), (x + width + slant, y), (x + width, y + tall), (x, y + tall)], glass);
        c.polygon(
            &[(x + slant, y), (x + width * 0.35 + slant, y), (x + width * 0.18, y + tall), (x, y + tall)],
            mood.low.faint(0.14),
        );
        for line in 1..4u8 {
            let part = f32::from(line) / 4.0 * width;
            c.line(&[(x + slant + part, y), (x + part, y + tall)], 1.6, mood.low.faint(0.6));
        }
        c.line(
            &[(x + slant / 2.0, y + tall / 2.0), (x + width + slant / 2.0, y + tall / 2.0)],
            1.6,
            mood.low.faint(0.6),
        );
        c.line(&[(x + slant, y), (x + width + slant, y)], 2.5, mood.low);
    }
}

/// A fountain between clipped hedges, a path leading up to it.
pub fn garden(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    sky(c, &mood, 380.0);
    sun(c, dice, &mood, 280.0);
    clouds(c, dice, &mood, 150.0);
    hills(c, dice, 350.0, 26.0, mood.layer(0.16));
    let leaves = mood.tint(SAGE.mix(DEEP, 0.4));
    for place in 0..12u8 {
        let (x, tall) = (f32::from(place) * 108.0 + dice.between(-30.0, 30.0), dice.between(130.0, 210.0));
        tree(c, (x, 400.0), tall, leaves.mix(mood.low, 0.42));
    }
    c.fade([0.0, 384.0, WIDTH, HEIGHT - 384.0], mood.tint(SAGE).mix(mood.low, 0.2), mood.tint(SAGE.mix(SEA, 0.45)));
    let path = mood.tint(WARM);
    c.polygon(&[(556.0, 400.0), (644.0, 400.0), (900.0, HEIGHT), (300.0, HEIGHT)], path);
    c.oval((600.0, 478.0), (300.0, 52.0), path);
    for side in [-1.0, 1.0] {
        alley(c, dice, &mood, side);
    }
    fountain(c, &mood, (600.0, 486.0));
    flowers(c, dice, &mood);
    palm(c, (1120.0, 640.0), dice.between(400.0, 470.0), mood.layer(0.82));
    palm(c, (60.0, 660.0), dice.between(330.0, 420.0), mood.layer(0.86));
}

fn alley(c: &mut Canvas, dice: &mut Dice, mood: &Mood, side: f32) {
    for step in 0..4u8 {
        let near = f32::from(step);
        let foot = (600.0 + side * (130.0 + near * 92.0), 404.0 + near * near * 14.0);
        cypress(c, foot, 120.0 + near * 46.0 + dice.between(-10.0, 10.0), mood.tint(DEEP));
        c.oval((foot.0, foot.1 + 4.0), (26.0 + near * 9.0, 7.0 + near * 2.0), mood.dark.faint(0.22));
    }
    let near = 600.0 + side * 455.0;
    c.round([near - 80.0, 520.0, 160.0, 10.0], 4.0, mood.tint(RUST));
    c.round([near - 80.0, 496.0, 160.0, 12.0], 4.0, mood.tint(RUST).lighter(0.1));
    for leg in [-62.0, 54.0] {
        c.rect([near + leg, 496.0, 8.0, 60.0], mood.dark);
    }
}

fn fountain(c: &mut Canvas, mood: &Mood, (x, foot): Spot) {
    let (stone, spray) = (mood.tint(PAPER.mix(SAND, 0.4)), PAPER.faint(0.75));
    c.oval((x, foot + 8.0), (196.0, 40.0), mood.dark.faint(0.2));
    c.oval((x, foot), (186.0, 36.0), stone.darker(0.18));
    c.oval((x, foot - 10.0), (186.0, 36.0), stone);
    c.oval((x, foot - 12.0), (168.0, 29.0), mood.water.mix(mood.high, 0.3));
    c.polygon(
        &[(x - 26.0, foot - 6.0), (x - 12.0, foot - 90.0), (x + 12.0, foot - 90.0), (x + 26.0, foot - 6.0)],
        stone,
    );
    c.oval((x, foot - 90.0), (84.0, 14.0), stone.darker(0.18));
    c.oval((x, foot - 95.0), (84.0, 13.0), stone);
    c.oval((x, foot - 96.0), (72.0, 9.0), mood.water.mix(mood.high, 0.3));
    c.rect([x - 6.0, foot - 134.0, 12.0, 40.0], stone);
    for (reach, lift) in [(26.0, 74.0), (56.0, 66.0)] {
        for side in [-1.0, 1.0] {
            c.stroke(3.5, spray, |pen| {
                pen.move_to(x, foot - 134.0);
                pen.quad_to(x + side * reach * 0.5, foot - 134.0 - lift, x + side * reach, foot - 98.0);
            });
        }
    }
    for drip in [-80.0, 80.0] {
        c.wire((x + drip, foot - 92.0), (x + drip * 1.3, foot - 14.0), -10.0, (3.0, spray));
    }
}

fn flowers(c: &mut Canvas, dice: &mut Dice, mood: &Mood) {
    let blooms = [TERRACOTTA, OCHRE, PAPER, RUST.mix(PAPER, 0.3)];
    for _ in 0..90u8 {
        let depth = dice.between(0.0, 1.0);
        let edge = 190.0 + depth * 170.0 + dice.between(0.0, 90.0 + 170.0 * depth);
        let (x, y) = (600.0 + dice.pick([-1.0, 1.0]) * edge, 556.0 + depth * 116.0);
        let size = 4.0 + 6.0 * depth;
        c.line(&[(x, y), (x, y + size * 2.6)], size * 0.4, mood.tint(DEEP));
        c.oval((x + size, y + size * 2.0), (size, size * 0.4), mood.tint(DEEP));
        c.disc((x, y), size, mood.tint(dice.pick(blooms)));
        c.disc((x, y), size * 0.35, mood.tint(OCHRE).darker(0.3));
    }
}
