//! Colours, what is read on what, and places for advertisements.

use crate::site::{
    Ad, AdPlace, AdProblem, Ads, Colour, FOR_TEXT, Face, FontKind, FontProblem, House, LogoKind, MOST_FONT, Scheme,
    Tint, TintProblem, TypedAd, TypedHouse, check_font,
};
use jiff::civil::date;
use std::collections::BTreeMap;

fn colour(text: &str) -> Colour {
    Colour::read(text).expect("a colour")
}

fn house(tints: &[(Tint, &str)]) -> House {
    House { tints: tints.iter().map(|(tint, text)| (*tint, colour(text))).collect(), ..House::default() }
}

/// Colours all over the cube.
fn many() -> impl Iterator<Item = Colour> {
    let steps = || (0..=255).step_by(17);
    steps().flat_map(move |r| steps().flat_map(move |g| steps().map(move |b| Colour([r, g, b]))))
}

#[test]
fn contrast_is_what_wcag_says() {
    for (one, two, hundredths) in [
        ("#000", "#fff", 2_100),
        ("#fff", "#000", 2_100),
        ("#777", "#fff", 447),
        ("#767676", "#ffffff", 454),
        ("#595959", "#fff", 700),
        ("#949494", "#fff", 303),
        ("#f00", "#fff", 399),
        ("#00f", "#fff", 859),
        ("#0f0", "#fff", 137),
        ("#abc", "#abc", 100),
    ] {
        assert_eq!(colour(one).contrast_hundredths(colour(two)), hundredths, "{one} on {two}");
    }
    let grey = colour("#777").contrast(Colour::WHITE);
    assert!((grey - 4.48).abs() < 0.005 && grey < FOR_TEXT, "{grey}");
    assert!((colour("#808080").luminance() - 0.2159).abs() < 0.0001);
}

#[test]
fn a_colour_is_read_in_the_ways_people_write_it() {
    for typed in ["#8C1D18", "8c1d18", " #8c1d18 "] {
        assert_eq!(colour(typed).to_string(), "#8c1d18", "{typed}");
    }
    assert_eq!(colour("fa0").to_string(), "#ffaa00");
    for typed in ["", "#", "red", "#12345", "#1234567", "#gggggg", "#+1+1+1", "#احمر"] {
        assert_eq!(Colour::read(typed), None, "{typed}");
    }
}

#[test]
fn white_or_black_is_read_on_every_colour() {
    for ground in many() {
        assert!(ground.contrast(ground.ink()) >= FOR_TEXT, "{ground}");
    }
}

#[test]
fn the_nearest_shade_is_read_and_none_between_it_and_the_colour_is() {
    for tint in [Tint::AccentLight, Tint::AccentDark] {
        for typed in many() {
            let shade = typed.nearest(|shade| tint.is_read(shade)).expect("black or white at the end");
            assert!(tint.is_read(shade), "{typed} became {shade}");
            assert_eq!(shade == typed, tint.is_read(typed), "{typed} stays itself where it is read");
            if shade != typed {
                assert!(lies_apart(typed, shade) < 12.0, "{typed} and {shade} have another hue");
            }
        }
    }
    // A yellow becomes a dark yellow on white paper, and hardly darker than it must be.
    let shade = colour("#f2c500").nearest(|shade| Tint::AccentLight.is_read(shade)).expect("a shade");
    let worst = Scheme::Light.grounds().map(|(_, ground)| shade.contrast_hundredths(ground));
    assert!(worst.iter().any(|found| (450..460).contains(found)), "{shade}: {worst:?}");
}

/// Degrees between two hues; nothing where one of them is hardly coloured, since rounding makes its hue.
fn lies_apart(one: Colour, two: Colour) -> f64 {
    let hue = |colour: Colour| {
        let [r, g, b] = colour.0.map(f64::from);
        let (most, least) = (r.max(g).max(b), r.min(g).min(b));
        let width = most - least;
        (width > 30.0).then(|| match () {
            () if most == r => 60.0 * ((g - b) / width),
            () if most == g => 60.0 * ((b - r) / width) + 120.0,
            () => 60.0 * ((r - g) / width) + 240.0,
        })
    };
    let (Some(one), Some(two)) = (hue(one), hue(two)) else { return 0.0 };
    let apart = (one - two).rem_euclid(360.0);
    apart.min(360.0 - apart)
}

#[test]
fn the_programs_own_colours_are_read_on_everything_they_stand_on() {
    for (scheme, accent) in [(Scheme::Light, Tint::AccentLight), (Scheme::Dark, Tint::AccentDark)] {
        let of = |token| scheme.standard().colour(token);
        assert!(accent.is_read(of("accent")), "{scheme:?}");
        assert!(of("accent-ink").contrast(of("accent")) >= FOR_TEXT, "{scheme:?}");
        for (name, ground) in scheme.grounds() {
            for ink in ["ink", "ink-soft", "danger"] {
                assert!(of(ink).contrast(ground) >= FOR_TEXT, "{scheme:?}: {ink} on {name}");
            }
        }
    }
}

#[test]
fn a_faint_accent_is_refused_with_its_ratio_and_a_shade_that_is_taken() {
    let tints = BTreeMap::from([(Tint::AccentLight, "#ffc0cb".to_owned()), (Tint::BandLight, "sky".to_owned())]);
    let mut typed = TypedHouse { tints, ..TypedHouse::default() };
    let wrong = typed.read(&House::default()).expect_err("faint");
    let Some((Tint::AccentLight, TintProblem::Faint { ground, found, needed, nearest })) = wrong.first().copied()
    else {
        panic!("{wrong:?}");
    };
    assert!(found < 200 && needed == 450 && Tint::AccentLight.is_read(nearest), "{ground} {found} {nearest}");
    assert_eq!(wrong.get(1), Some(&(Tint::BandLight, TintProblem::NoColour)));
    typed.take_nearest(Tint::AccentLight);
    assert_eq!(typed.tint(Tint::AccentLight), nearest.to_string());
    typed.tints.insert(Tint::BandLight, String::new());
    let house = typed.read(&House::default()).expect("right");
    assert_eq!(house.tints, BTreeMap::from([(Tint::AccentLight, nearest)]));
    assert_eq!(TypedHouse::of(&house).tint(Tint::AccentLight), nearest.to_string());
}

#[test]
fn dark_shades_are_made_of_light_ones_and_give_way_to_chosen_ones() {
    let light = house(&[(Tint::AccentLight, "#003366"), (Tint::BandLight, "#ffd400"), (Tint::StripLight, "#b00020")]);
    let accent = light.accent(Scheme::Dark).expect("made");
    assert!(Tint::AccentDark.is_read(accent) && accent != colour("#003366"));
    let band = light.band(Scheme::Dark).expect("made");
    assert!(band.contrast(Colour::WHITE) >= 7.0, "{band}");
    assert_eq!(light.strip(Scheme::Dark), Some(colour("#b00020")), "as on light paper");
    let own = house(&[(Tint::AccentLight, "#003366"), (Tint::AccentDark, "#99ccff")]);
    assert_eq!(own.accent(Scheme::Dark), Some(colour("#99ccff")));
    assert_eq!(house(&[(Tint::BandDark, "#112233")]).band(Scheme::Light), None);
}

#[test]
fn style_rules_say_what_was_chosen_for_screens_and_nothing_else() {
    assert_eq!(House::default().css(), "");
    assert!(!House::default().is_dressed());
    let mut house = house(&[(Tint::AccentLight, "#003366")]);
    house.headline = Face::SystemSans;
    let css = house.css();
    assert!(css.starts_with("@media screen { :root { --accent: #003366; --accent-ink: #ffffff; } }\n"), "{css}");
    assert!(css.contains("@media screen and (prefers-color-scheme: dark)") && !css.contains("--band"), "{css}");
    assert!(css.contains("--face-headline: system-ui") && !css.contains("--face-text"), "{css}");
    assert!(crate::site::check_css(&css).is_ok(), "asks nobody for anything");
    let dark = house.css_in(Scheme::Dark);
    assert!(dark.starts_with(":root { color-scheme: dark;") && dark.contains("--paper: #151617;"), "{dark}");
    assert_eq!(dark.matches("--accent:").count(), 1, "{dark}");
}

#[test]
fn a_house_comes_back_from_where_it_was_kept() {
    let mut house = house(&[(Tint::StripDark, "#b00020")]);
    let logo = crate::site::Logo { name: "logo-1.png".to_owned(), size: (400, 90) };
    house.logos.insert(LogoKind::Light, logo);
    let kept = serde_json::to_string(&house).expect("json");
    assert!(kept.contains(r##""strip-dark":"#b00020""##), "{kept}");
    assert_eq!(serde_json::from_str::<House>(&kept).expect("a house"), house);
    assert!(serde_json::from_str::<House>(r#"{"tints":{"strip-dark":"red"}}"#).is_err());
    assert!(LogoKind::Icon.takes((512, 512)) && !LogoKind::Icon.takes((512, 300)) && !LogoKind::Icon.takes((64, 64)));
    assert!(LogoKind::Light.takes((400, 90)));
}

fn typed() -> TypedAd {
    TypedAd { html: "<p>كتب</p>".into(), height: "٢٥٠".into(), on: "yes".into(), ..TypedAd::default() }
}

#[test]
fn an_advertisement_is_seen_from_its_first_day_to_its_last() {
    let days = TypedAd { from: "2026-03-04".into(), until: "2026-03-06".into(), width: "300".into(), ..typed() };
    let ad = days.read().expect("right").expect("an advertisement");
    assert_eq!((ad.width, ad.height), (Some(300), 250));
    let ads = Ads(BTreeMap::from([(AdPlace::StoryEnd, ad.clone())]));
    for (day, seen) in [(3, false), (4, true), (6, true), (7, false)] {
        assert_eq!(ads.in_force(AdPlace::StoryEnd, date(2026, 3, day)).is_some(), seen, "{day}");
    }
    assert_eq!(ads.in_force(AdPlace::FrontTop, date(2026, 3, 4)), None);
    assert!(!Ad { on: false, ..ad.clone() }.is_in_force(date(2026, 3, 4)), "switched off");
    assert_eq!(TypedAd::of(&ad).read(), Ok(Some(ad.clone())));
    let kept = serde_json::to_string(&ads).expect("json");
    assert_eq!(serde_json::from_str::<Ads>(&kept).expect("read"), ads);
    for place in AdPlace::ALL {
        assert_eq!(AdPlace::from_key(place.key()), Some(place));
    }
}

#[test]
fn what_is_wrong_with_an_advertisement_is_said_at_once() {
    let wrong = TypedAd { width: "9".into(), height: "high".into(), from: "soon".into(), ..typed() };
    assert_eq!(wrong.read(), Err(vec![AdProblem::Width, AdProblem::Height, AdProblem::Day]));
    let turned = TypedAd { from: "2026-03-06".into(), until: "2026-03-04".into(), ..typed() };
    assert_eq!(turned.read(), Err(vec![AdProblem::EndsFirst]));
    let long = TypedAd { html: "x".repeat(crate::site::MOST_AD_BYTES + 3), ..typed() };
    assert_eq!(long.read(), Err(vec![AdProblem::TooLong(3)]));
    assert_eq!(TypedAd { html: " \n".into(), ..typed() }.read(), Err(vec![AdProblem::Nothing]));
    assert_eq!(TypedAd::default().read(), Ok(None), "an empty place is emptied");
}

/// A head that says so many bytes, and as many.
fn packed(length: usize) -> Vec<u8> {
    let said = u32::try_from(length).expect("short").to_be_bytes();
    let mut bytes = [b"wOF2".as_slice(), &[0, 1, 0, 0], &said, &[0, 9, 0, 0], &9_000_u32.to_be_bytes()].concat();
    bytes.resize(length, 0);
    bytes
}

#[test]
fn a_file_of_letters_is_whole_light_and_packed_for_the_web() {
    let whole = packed(600);
    let (mut collection, mut swollen) = (whole.clone(), whole.clone());
    collection[4..8].copy_from_slice(b"ttcf");
    swollen[16..20].copy_from_slice(&u32::MAX.to_be_bytes());
    for (bytes, found) in [
        (whole.as_slice(), Ok(())),
        (&[], Err(FontProblem::Empty)),
        (&whole[..500], Err(FontProblem::Broken)),
        (&whole[..30], Err(FontProblem::Broken)),
        (&collection, Err(FontProblem::Broken)),
        (&swollen, Err(FontProblem::Heavy)),
        (&packed(MOST_FONT + 1), Err(FontProblem::Heavy)),
        (b"OTTO and more", Err(FontProblem::NotPacked)),
        (&[0, 1, 0, 0, 0, 9], Err(FontProblem::NotPacked)),
        (b"<svg/>", Err(FontProblem::Unknown)),
    ] {
        assert_eq!(check_font(bytes), found, "{:?}", bytes.get(..8));
    }
}

#[test]
fn own_letters_hold_while_their_file_is_there() {
    let mut house = House { headline: Face::House, ..House::default() };
    assert_eq!((house.face(FontKind::Headline), house.css()), (Face::Own, String::new()), "no file");
    house.set_font(FontKind::Headline, Some("font-7.woff2".into()));
    let css = house.css();
    assert!(css.contains("url(/house/font-7.woff2)") && css.contains("--face-headline: \"House Headline\", system-ui"));
    assert!(!css.contains("--face-text"), "{css}");
    let kept = serde_json::to_string(&house).expect("json");
    assert_eq!(serde_json::from_str::<House>(&kept).expect("a house"), house);
    house.headline = Face::SystemSans;
    assert_eq!(house.font(FontKind::Headline), None, "another face is chosen");
    house.set_font(FontKind::Headline, None);
    assert_eq!((house.headline, house.fonts.len()), (Face::SystemSans, 0));
}
