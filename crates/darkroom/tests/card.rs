//! The card of a story: its size, its lines, and that Arabic letters are joined on it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod files;

use darkroom::{Answer, CardWords, Job, Refused, SIZE_OF_CARD, card};
use image::{ImageFormat, RgbImage};

const FACE: &[u8] = include_bytes!("../../web/assets/fonts/card.woff2");

fn words(headline: &str) -> CardWords {
    CardWords {
        headline: headline.into(),
        section: "المدينة".into(),
        paper: "جريدة الساحل".into(),
        is_rtl: true,
        colour: [122, 30, 40],
        focus: (50, 50),
        face: FACE.len(),
        logo: 0,
    }
}

fn drawn(words: &CardWords, picture: &[u8]) -> RgbImage {
    let bytes = card(words, &[FACE, picture].concat()).expect("a card");
    if let Ok(folder) = std::env::var("MIDAD_TEST_CARDS") {
        let name: String = words.headline.chars().filter(|c| c.is_alphanumeric()).take(12).collect();
        std::fs::write(format!("{folder}/{name}-{}.jpg", picture.len()), &bytes).unwrap();
    }
    image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg).expect("a JPEG").into_rgb8()
}

/// Pixels that are nearly white between two lines.
fn light(picture: &RgbImage, lines: std::ops::Range<u32>, columns: std::ops::Range<u32>) -> usize {
    let in_it = |x: u32, y: u32| lines.contains(&y) && columns.contains(&x);
    picture.enumerate_pixels().filter(|(x, y, pixel)| in_it(*x, *y) && pixel.0.iter().all(|part| *part > 200)).count()
}

#[test]
fn a_short_headline_stands_at_the_right_and_one_in_latin_letters_at_the_left() {
    let (_, height) = SIZE_OF_CARD;
    let arabic = drawn(&words("خط الترام"), &[]);
    assert_eq!(arabic.dimensions(), SIZE_OF_CARD);
    let below = height / 2..height - 20;
    assert!(light(&arabic, below.clone(), 700..1_128) > 1_000, "written at the right");
    assert_eq!(light(&arabic, below.clone(), 0..500), 0, "and nowhere else");
    let french = drawn(&CardWords { is_rtl: false, ..words("Le tram du port") }, &[]);
    assert!(light(&french, below.clone(), 72..500) > 1_000);
    assert_eq!(light(&french, below, 900..1_200), 0);
}

#[test]
fn letters_are_joined() {
    // Columns with something written on them, as stretches: a joined word is one, its letters kept apart by zero-width
    // non-joiners are as many as there are.
    let stretches = |headline: &str| {
        let card = drawn(&words(headline), &[]);
        let lit: Vec<bool> = (72..1_128).map(|x| light(&card, 440..600, x..x + 1) > 0).collect();
        lit.windows(2).filter(|pair| !pair[0] && pair[1]).count()
    };
    assert_eq!(stretches("محطتهم"), 1);
    assert_eq!(stretches("م\u{200c}ح\u{200c}ط\u{200c}ت\u{200c}ه\u{200c}م"), 6);
}

#[test]
fn a_long_headline_has_four_lines_and_stays_inside_the_card() {
    let long = "مجلس المدينة الساحلية يناقش خطة الترام الجديدة ويؤجل القرار إلى الخريف ".repeat(6);
    let card = drawn(&words(&long), &[]);
    let (width, height) = SIZE_OF_CARD;
    assert_eq!(light(&card, 0..height, 0..40) + light(&card, 0..height, width - 40..width), 0);
    assert!(light(&card, 200..560, 72..1_128) > 10_000);
}

#[test]
fn a_light_picture_is_darkened_so_that_the_headline_can_be_read() {
    let white = {
        let mut bytes = Vec::new();
        let picture = RgbImage::from_pixel(900, 900, image::Rgb([255; 3]));
        picture.write_to(&mut std::io::Cursor::new(&mut bytes), ImageFormat::Jpeg).unwrap();
        bytes
    };
    let card = drawn(&words("افتتاح المكتبة البلدية"), &white);
    let dark = card.get_pixel(20, 500).0;
    assert!(dark.iter().all(|part| *part < 110), "{dark:?}");
    let photo = drawn(&words("افتتاح المكتبة البلدية"), &files::jpeg(1_400, 800));
    assert_eq!(photo.dimensions(), SIZE_OF_CARD);
}

#[test]
fn a_face_that_is_none_is_refused_and_a_picture_that_is_none_left_out() {
    let broken = CardWords { face: 12, ..words("خط الترام") };
    assert_eq!(card(&broken, b"no face here"), Err(Refused::Broken));
    assert_eq!(card(&words("خط الترام"), b"short"), Err(Refused::Broken));
    assert_eq!(drawn(&words("خط الترام"), b"no picture").dimensions(), SIZE_OF_CARD);
    let job = Job::Card(Box::new(words("خط الترام"))).here(FACE);
    assert!(matches!(job, Ok(Answer::Pressed(bytes)) if bytes.len() < 120_000));
}
