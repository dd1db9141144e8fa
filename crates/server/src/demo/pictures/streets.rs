//! A tram in town, a market street, a road through open country.

use super::canvas::{Area, Canvas, HEIGHT, WIDTH};
use super::dice::Dice;
use super::ink::{BLUE, DAYS, DEEP, INK, Ink, Mood, OCHRE, PAPER, RUST, SAGE, SAND, SEA, TERRACOTTA, WARM};
use super::scenery::{birds, clouds, cypress, hills, lamp, palm, sky, skyline, sun, tree};

/// A tram passing a row of town houses.
pub fn tram(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    sky(c, &mood, 470.0);
    sun(c, dice, &mood, 400.0);
    skyline(c, dice, 500.0, (190.0, 330.0), (mood.layer(0.14), None));
    skyline(c, dice, 500.0, (120.0, 230.0), (mood.layer(0.27), None));
    terrace(c, dice, &mood, 506.0);
    for x in [96.0, 700.0, 1080.0] {
        tree(c, (x + dice.between(-30.0, 30.0), 512.0), dice.between(150.0, 200.0), mood.tint(SAGE.mix(SEA, 0.35)));
    }
    c.rect([0.0, 506.0, WIDTH, 22.0], mood.tint(WARM));
    c.rect([0.0, 528.0, WIDTH, 6.0], mood.tint(SAND).darker(0.3));
    c.fade([0.0, 534.0, WIDTH, 141.0], mood.tint(BLUE).darker(0.35), mood.tint(BLUE).darker(0.6));
    for y in [585.0, 622.0] {
        c.rect([0.0, y, WIDTH, 5.0], mood.low.mix(mood.dark, 0.35));
        c.rect([0.0, y + 5.0, WIDTH, 4.0], mood.dark);
    }
    overhead(c, &mood);
    let livery = dice.pick([TERRACOTTA, SEA, OCHRE, BLUE]);
    let x = dice.between(120.0, 330.0).round();
    tram_cars(c, &mood, (x, 604.0), livery);
    for x in [0.0, 260.0, 560.0, 910.0] {
        c.round([x + 40.0, 655.0, 110.0, 6.0], 3.0, mood.low.faint(0.35));
    }
}

/// Flat-roofed houses wall to wall, with arched windows and shutters.
fn terrace(c: &mut Canvas, dice: &mut Dice, mood: &Mood, base: f32) {
    let mut x = -30.0;
    while x < WIDTH {
        let (width, height) = (dice.between(130.0, 200.0).round(), dice.between(170.0, 265.0).round());
        let wall =
            mood.tint(dice.pick([SAND, WARM, SAND.mix(TERRACOTTA, 0.4), WARM.mix(SAGE, 0.4), SAND.mix(RUST, 0.2)]));
        let glass = wall.darker(0.5);
        c.rect([x, base - height, width, height], wall);
        c.rect([x, base - height, width, 9.0], wall.darker(0.18));
        c.rect([x + width - 14.0, base - height + 9.0, 14.0, height - 9.0], wall.darker(0.07));
        let columns = (width / 48.0).floor();
        for row in 0..((height - 70.0) / 62.0) as u32 {
            for column in 0..columns as u32 {
                let left = (x + (column as f32 + 0.5) * width / columns - 12.0).round();
                let top = base - height + 26.0 + row as f32 * 62.0;
                c.arch([left, top, 24.0, 38.0], if dice.chance(0.2) { mood.lit } else { glass });
                c.rect([left - 4.0, top + 38.0, 32.0, 4.0], wall.darker(0.22));
            }
        }
        c.rect([x, base - 58.0, width, 58.0], wall.darker(0.55));
        c.rect([x, base - 62.0, width, 20.0], mood.tint(dice.pick([TERRACOTTA, SEA, OCHRE, PAPER])));
        x += width;
    }
}

fn overhead(c: &mut Canvas, mood: &Mood) {
    for x in [60.0, 1120.0] {
        c.line(&[(x, 512.0), (x, 250.0)], 7.0, mood.dark);
        c.line(&[(x, 282.0), (x + 46.0, 282.0)], 4.0, mood.dark);
        c.line(&[(x, 252.0), (x + 44.0, 280.0)], 3.0, mood.dark);
    }
    c.wire((-540.0, 286.0), (60.0, 286.0), 10.0, (2.5, mood.dark));
    c.wire((60.0, 286.0), (1120.0, 286.0), 10.0, (2.5, mood.dark));
    c.wire((1120.0, 286.0), (1700.0, 286.0), 10.0, (2.5, mood.dark));
}

/// Two coupled cars on the near rail; `(x, foot)` is where the rear begins and the wheels stand.
fn tram_cars(c: &mut Canvas, mood: &Mood, (x, foot): (f32, f32), livery: Ink) {
    let (paint, glass, roof) = (mood.tint(livery), mood.tint(INK.mix(BLUE, 0.35)), mood.tint(PAPER).darker(0.25));
    c.oval((x + 370.0, foot + 20.0), (410.0, 13.0), mood.dark.faint(0.45));
    c.line(&[(x + 200.0, foot - 214.0), (x + 240.0, foot - 262.0), (x + 196.0, foot - 304.0)], 4.0, mood.dark);
    c.line(&[(x + 164.0, foot - 306.0), (x + 228.0, foot - 306.0)], 5.0, mood.dark);
    for (left, width) in [(60.0, 120.0), (230.0, 80.0), (450.0, 190.0)] {
        c.round([x + left, foot - 224.0, width, 24.0], 8.0, roof.darker(0.2));
    }
    c.round([x + 340.0, foot - 176.0, 60.0, 160.0], 6.0, mood.dark);
    for wheel in [90.0, 160.0, 480.0, 550.0] {
        c.disc((x + wheel, foot - 6.0), 22.0, mood.dark);
        c.disc((x + wheel, foot - 6.0), 9.0, roof.darker(0.3));
    }
    c.round([x, foot - 206.0, 362.0, 186.0], 30.0, paint);
    nose(c, (x + 378.0, foot), paint);
    c.rect([x + 8.0, foot - 196.0, 346.0, 14.0], mood.tint(PAPER));
    c.rect([x + 386.0, foot - 196.0, 252.0, 14.0], mood.tint(PAPER));
    c.rect([x, foot - 66.0, 362.0, 8.0], mood.tint(PAPER));
    c.rect([x + 378.0, foot - 66.0, 352.0, 8.0], mood.tint(PAPER));
    for pane in [22.0, 98.0, 244.0, 394.0, 548.0] {
        pane_of_glass(c, [x + pane, foot - 168.0, 66.0, 78.0], glass, mood);
    }
    for door in [174.0, 474.0] {
        pane_of_glass(c, [x + door, foot - 168.0, 28.0, 134.0], glass, mood);
        pane_of_glass(c, [x + door + 32.0, foot - 168.0, 28.0, 134.0], glass, mood);
    }
    pane_of_glass(c, [x + 318.0, foot - 168.0, 30.0, 78.0], glass, mood);
    c.polygon(
        &[(x + 636.0, foot - 172.0), (x + 676.0, foot - 172.0), (x + 712.0, foot - 88.0), (x + 636.0, foot - 88.0)],
        glass,
    );
    c.polygon(
        &[(x + 660.0, foot - 172.0), (x + 676.0, foot - 172.0), (x + 712.0, foot - 88.0), (x + 694.0, foot - 88.0)],
        glass.lighter(0.25),
    );
    c.round([x + 702.0, foot - 50.0, 26.0, 12.0], 6.0, mood.lit);
    c.rect([x + 14.0, foot - 34.0, 700.0, 10.0], paint.darker(0.4));
}

/// The leading car, its front drawn back.
fn nose(c: &mut Canvas, (x, foot): (f32, f32), paint: Ink) {
    c.fill(paint, |pen| {
        pen.move_to(x, foot - 190.0);
        pen.quad_to(x, foot - 206.0, x + 18.0, foot - 206.0);
        pen.line_to(x + 260.0, foot - 206.0);
        pen.cubic_to(x + 316.0, foot - 206.0, x + 336.0, foot - 110.0, x + 352.0, foot - 66.0);
        pen.quad_to(x + 362.0, foot - 20.0, x + 336.0, foot - 20.0);
        pen.line_to(x, foot - 20.0);
    });
}

fn pane_of_glass(c: &mut Canvas, area: Area, glass: Ink, mood: &Mood) {
    let [x, y, width, height] = area;
    c.round(area, 7.0, glass);
    if width < 40.0 {
        return;
    }
    c.polygon(
        &[
            (x + width * 0.3, y),
            (x + width * 0.62, y),
            (x + width * 0.32, y + height),
            (x, y + height),
            (x, y + height * 0.9),
        ],
        mood.low.faint(0.16),
    );
}

/// Stalls under striped awnings before an arcade.
pub fn market(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    sky(c, &mood, 420.0);
    sun(c, dice, &mood, 330.0);
    hills(c, dice, 186.0, 40.0, mood.layer(0.2));
    for x in [120.0, 210.0, 820.0] {
        palm(c, (x + dice.between(-40.0, 40.0), 280.0), dice.between(150.0, 220.0), mood.layer(0.5));
    }
    arcade(c, dice, &mood);
    c.fade([0.0, 520.0, WIDTH, HEIGHT - 520.0], mood.tint(SAND), mood.tint(SAND).darker(0.22));
    let stripes = [TERRACOTTA, SEA, OCHRE, BLUE, RUST];
    let start = dice.count(0, 4) as usize;
    for (place, x) in [-50.0, 270.0, 590.0, 910.0].into_iter().enumerate() {
        let drop = dice.between(-14.0, 14.0).round();
        stall(c, dice, &mood, ((x, 360.0 + drop), stripes[(start + place) % stripes.len()]));
    }
    c.wire((-20.0, 250.0), (600.0, 250.0), 46.0, (2.5, mood.dark));
    c.wire((600.0, 250.0), (1220.0, 250.0), 46.0, (2.5, mood.dark));
    for bulb in 0..14u8 {
        let along = (f32::from(bulb % 7) + 0.5) / 7.0;
        let x = -20.0 + 620.0 * (along + f32::from(bulb / 7));
        let y = 250.0 + 46.0 * 4.0 * along * (1.0 - along) + 10.0;
        c.glow((x, y), 24.0, mood.lit);
        c.disc((x, y), 7.0, mood.lit);
    }
}

fn arcade(c: &mut Canvas, dice: &mut Dice, mood: &Mood) {
    let wall = mood.tint(dice.pick([SAND, WARM, SAND.mix(TERRACOTTA, 0.35)]));
    c.rect([0.0, 200.0, WIDTH, 330.0], wall);
    c.rect([0.0, 192.0, WIDTH, 14.0], wall.darker(0.18));
    c.rect([0.0, 318.0, WIDTH, 8.0], wall.darker(0.14));
    for column in 0..10u8 {
        let x = f32::from(column) * 124.0 + 12.0;
        c.arch([x + 30.0, 226.0, 36.0, 66.0], wall.darker(0.45));
        c.arch([x, 346.0, 98.0, 190.0], wall.darker(0.5));
        c.arch([x + 8.0, 356.0, 82.0, 180.0], wall.darker(0.68));
    }
}

/// One stall: posts, a counter with crates, and the awning over it.
fn stall(c: &mut Canvas, dice: &mut Dice, mood: &Mood, ((x, top), cloth): ((f32, f32), Ink)) {
    let (width, wood) = (300.0, mood.tint(RUST).darker(0.35));
    for post in [16.0, width - 24.0] {
        c.rect([x + post, top, 8.0, 270.0], wood);
    }
    c.round([x - 6.0, 628.0, width + 12.0, 14.0], 7.0, mood.dark.faint(0.3));
    c.rect([x + 4.0, 540.0, width - 8.0, 94.0], wood.mix(SAND, 0.22));
    for plank in [571.0, 602.0] {
        c.rect([x + 4.0, plank, width - 8.0, 3.0], wood);
    }
    let wares = [OCHRE, TERRACOTTA, SAGE, SEA, RUST, SAND];
    for heap in 0..3u8 {
        let left = x + 16.0 + f32::from(heap) * 92.0;
        crate_of(c, (left, 546.0), mood.tint(dice.pick(wares)), wood);
    }
    for stripe in 0..10u8 {
        let (left, ink) =
            (x + f32::from(stripe) * 30.0, if stripe % 2 == 0 { mood.tint(cloth) } else { mood.tint(PAPER) });
        // The cloth is narrower where it hangs on the wall than where it ends over the counter.
        let hung = x + 14.0 + f32::from(stripe) * 27.2;
        c.polygon(&[(hung, top - 40.0), (hung + 27.6, top - 40.0), (left + 30.4, top + 40.0), (left, top + 40.0)], ink);
        c.round([left, top + 30.0, 30.0, 30.0], 15.0, ink.darker(0.1));
    }
}

/// A crate heaped with round fruit.
fn crate_of(c: &mut Canvas, (x, foot): (f32, f32), fruit: Ink, wood: Ink) {
    for (row, many) in [(0.0, 5u8), (1.0, 4), (2.0, 2)] {
        for place in 0..many {
            let at = (x + 42.0 + (f32::from(place) - f32::from(many - 1) / 2.0) * 17.0, foot - 32.0 - row * 13.0);
            c.disc(at, 9.5, fruit.darker(0.12));
            c.disc((at.0 - 1.5, at.1 - 1.5), 7.0, fruit);
        }
    }
    c.rect([x, foot - 34.0, 84.0, 30.0], wood.mix(SAND, 0.55));
    c.rect([x, foot - 20.0, 84.0, 3.0], wood.mix(SAND, 0.2));
}

/// A road that winds away towards hills.
pub fn road(c: &mut Canvas, dice: &mut Dice) {
    let mood = dice.pick(DAYS);
    let horizon = dice.between(300.0, 350.0);
    sky(c, &mood, horizon);
    let light = sun(c, dice, &mood, horizon);
    clouds(c, dice, &mood, horizon * 0.6);
    birds(c, dice, (light.0 - 260.0, 150.0), mood.layer(0.6));
    hills(c, dice, horizon - 10.0, 46.0, mood.layer(0.2));
    hills(c, dice, horizon + 20.0, 34.0, mood.layer(0.34));
    c.fade(
        [0.0, horizon + 40.0, WIDTH, HEIGHT - horizon - 40.0],
        mood.layer(0.3).mix(SAND, 0.3),
        mood.layer(0.52).mix(SAND, 0.25),
    );
    dunes(c, dice, &mood, horizon + 40.0);
    let asphalt = mood.tint(INK.mix(BLUE, 0.25));
    let bends =
        Bends { horizon: horizon + 40.0, reach: dice.between(150.0, 230.0), vanish: dice.between(420.0, 620.0) };
    ribbon(c, &bends, (-1.12, 1.12), mood.tint(WARM));
    ribbon(c, &bends, (-1.0, 1.0), asphalt);
    for dash in 0..11u8 {
        let far = f32::from(dash) / 11.0;
        stretch(c, &bends, (far, far + 0.045), (-0.035, 0.035), mood.tint(PAPER));
    }
    for post in 0..8u8 {
        let depth = (f32::from(post) / 8.0).powf(1.5) * 0.9;
        let (x, y, half) = bends.at(depth);
        lamp_post(c, (x - half * 1.5, y), half, &mood);
    }
    for _ in 0..5u8 {
        let (x, y, half) = bends.at(dice.between(0.2, 0.6));
        let foot = (x + half * dice.between(2.2, 5.5) + 60.0, y);
        c.oval((foot.0 - half * 0.2, y), (14.0 + half * 0.35, 3.0 + half * 0.06), mood.dark.faint(0.22));
        cypress(c, foot, 60.0 + half * 0.7, mood.tint(DEEP));
    }
    palm(c, (1090.0, 700.0), 330.0, mood.layer(0.8));
    palm(c, (1000.0, 705.0), 240.0, mood.layer(0.86));
}

/// The open country beside the road: long low waves of sand and scrub.
fn dunes(c: &mut Canvas, dice: &mut Dice, mood: &Mood, horizon: f32) {
    for wave in 0..4u8 {
        let near = f32::from(wave) / 3.0;
        let ink = mood.layer(0.36 + 0.16 * near).mix(SAND, 0.34 - 0.1 * near);
        hills(c, dice, horizon + 26.0 + 190.0 * near * near, 9.0 + 16.0 * near, ink);
    }
    for _ in 0..40u8 {
        let depth = dice.between(0.0, 1.0);
        let (x, y) = (dice.between(0.0, WIDTH), horizon + 20.0 + (HEIGHT - horizon) * depth);
        c.oval((x, y), (5.0 + 13.0 * depth, 2.5 + 6.0 * depth), mood.layer(0.5 + 0.12 * depth).mix(SAGE, 0.3));
    }
}

/// Where the road runs: `reach` is how far it swings, `vanish` where it meets the horizon.
struct Bends {
    horizon: f32,
    reach: f32,
    vanish: f32,
}

impl Bends {
    /// The middle of the road and half its width at a depth from 0 (horizon) to 1 (the viewer's feet).
    fn at(&self, depth: f32) -> (f32, f32, f32) {
        let y = self.horizon + (HEIGHT + 30.0 - self.horizon) * depth.powf(1.7);
        let swing = (depth * 7.2).sin() * self.reach * depth.powf(0.8) * (1.15 - depth);
        (self.vanish + swing + (500.0 - self.vanish) * depth, y, 4.0 + 236.0 * depth.powf(1.7))
    }
}

fn ribbon(c: &mut Canvas, bends: &Bends, edges: (f32, f32), ink: Ink) {
    stretch(c, bends, (0.0, 1.0), edges, ink);
}

/// The part of the road between two depths and two edges, each a share of its half width.
fn stretch(c: &mut Canvas, bends: &Bends, (far, near): (f32, f32), edges: (f32, f32), ink: Ink) {
    let along = |step: u8| bends.at(far + (near - far) * f32::from(step) / 40.0);
    let mut corners = Vec::with_capacity(82);
    corners.extend((0..=40).map(along).map(|(x, y, half)| (x + half * edges.0, y)));
    corners.extend((0..=40).rev().map(along).map(|(x, y, half)| (x + half * edges.1, y)));
    c.polygon(&corners, ink);
}

fn lamp_post(c: &mut Canvas, foot: (f32, f32), half: f32, mood: &Mood) {
    lamp(c, foot, 26.0 + half * 1.5, (mood.layer(0.86), mood.lit));
}
