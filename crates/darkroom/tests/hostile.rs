//! Every file that may come in has a clear end: a clean picture or a reason.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "tests")]

mod files;
mod memory;

use darkroom::{Answer, Job, Kind, Refused, develop, press, work};
use files::{Fate, MARK, hostile, photo_with_everything_beside};
use std::time::Instant;

/// What the worker may address, in MiB, as the program sets it.
const MOST_MEMORY: u64 = 1_536;

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn every_hostile_file_is_a_clean_picture_or_a_reason() {
    let all = hostile();
    assert!(all.len() >= 40, "{}", all.len());
    for (name, bytes, fate) in all {
        let (began, rested) = (Instant::now(), memory::forget_the_peak());
        let done = develop(&bytes);
        let (took, peak) = (began.elapsed().as_millis(), memory::peak().saturating_sub(rested));
        let out = match &done {
            Ok(picture) => format!("{:?}", picture.size),
            Err(why) => why.key().to_owned(),
        };
        println!("{name}: {} bytes, {took} ms, {peak} MiB: {out}", bytes.len());
        assert!(peak < MOST_MEMORY, "{name} took {peak} MiB");
        match (fate, done) {
            (Fate::Clean(width, height), Ok(picture)) => assert_eq!(picture.size, (width, height), "{name}"),
            (Fate::Refused(key), Err(why)) => assert_eq!(why.key(), key, "{name}"),
            (Fate::Either, Ok(picture)) => assert_eq!(Kind::of(&picture.bytes), Ok(Kind::Jpeg), "{name}"),
            (Fate::Either, Err(why)) => assert!(Refused::ALL.contains(&why)),
            (fate, done) => panic!("{name}: {fate:?}, but {:?}", done.map(|picture| picture.size)),
        }
    }
}

#[test]
fn nothing_that_stood_beside_the_pixels_is_kept() {
    let file = photo_with_everything_beside(1_200, 800, 6);
    assert!(holds(&file, MARK), "the file that comes in has it");
    let picture = develop(&file).expect("a picture");
    assert_eq!(picture.size, (800, 1_200), "upright");
    let pressed = press(&picture.bytes, 320).expect("a size");
    for words in [MARK, "Exif", "Camera", "xmp", "Photoshop"] {
        assert!(!holds(&pressed, words), "{words} in a size");
    }
    for words in [MARK, "Exif\0", "Camera", "xmp", "Photoshop"] {
        assert!(!holds(&picture.bytes, words), "{words}");
    }
}

/// Width and height as an AVIF says them (ISO/IEC 23008-12, `ispe`).
#[cfg(feature = "avif")]
fn size_of_avif(bytes: &[u8]) -> Option<(u32, u32)> {
    let at = bytes.windows(4).position(|name| name == b"ispe")? + 8;
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((number(at)?, number(at + 4)?))
}

#[cfg(feature = "avif")]
#[test]
fn a_size_as_avif_is_one_and_smaller_and_holds_pixels_alone() {
    let picture = develop(&photo_with_everything_beside(4_000, 3_000, 1)).expect("a picture");
    for width in [480, 1_600] {
        let (began, rested) = (Instant::now(), memory::forget_the_peak());
        let pressed = darkroom::press_avif(&picture.bytes, width).expect("a size");
        let (took, peak) = (began.elapsed().as_millis(), memory::peak().saturating_sub(rested));
        let jpeg = press(&picture.bytes, width).expect("a size");
        println!("{width}: {} bytes as AVIF, {} as JPEG, {took} ms, {peak} MiB", pressed.len(), jpeg.len());
        assert_eq!((&pressed[4..12], size_of_avif(&pressed)), (&b"ftypavif"[..], Some((width, width * 3 / 4))));
        assert!(pressed.len() < jpeg.len() && peak < MOST_MEMORY);
        assert!([MARK, "Exif", "Camera", "xmp", "Photoshop"].iter().all(|words| !holds(&pressed, words)));
    }
    let small = develop(&files::jpeg(90, 60)).expect("a picture");
    let pressed = darkroom::press_avif(&small.bytes, 480).expect("a size");
    assert_eq!(size_of_avif(&pressed), Some(small.size), "never wider than it is");
}

#[test]
fn who_made_it_is_read_before_it_goes() {
    let said = develop(&photo_with_everything_beside(40, 30, 1)).expect("a picture").said;
    assert_eq!(said.caption, "عربة ترام في الميناء");
    assert_eq!((said.credit.as_str(), said.holder.as_str()), ("وكالة متخيلة", "دار الساحل"));
}

#[test]
fn the_same_picture_under_other_metadata_has_the_same_print() {
    let one = develop(&files::jpeg(400, 300)).expect("a picture");
    let two = develop(&photo_with_everything_beside(400, 300, 1)).expect("a picture");
    let other = develop(&files::jpeg(400, 301)).expect("a picture");
    assert_eq!((one.print.as_str(), one.print.len()), (two.print.as_str(), 32));
    assert_ne!(one.print, other.print);
    assert!(
        one.placeholder.starts_with("data:image/png;base64,") && one.placeholder.len() < 700,
        "{}",
        one.placeholder
    );
}

#[test]
fn work_goes_over_a_line_and_back() {
    let asked = [Job::Develop.head(), files::jpeg(400, 300)].concat();
    let Answer::Developed(picture) = Answer::read(work(&asked)).expect("a picture") else { panic!("another answer") };
    let asked = [Job::Press { width: 100 }.head(), picture.bytes.clone()].concat();
    let Answer::Pressed(bytes) = Answer::read(work(&asked)).expect("a size") else { panic!("another answer") };
    let size = image::load_from_memory(&bytes).expect("a picture");
    assert_eq!((size.width(), size.height()), (100, 75));
    assert_eq!(Answer::read(work(&[Job::Develop.head(), b"%PDF".to_vec()].concat())), Err(Refused::Unknown));
    assert_eq!(Answer::read(Vec::new()), Err(Refused::Costly), "a worker that was ended says nothing");
    assert_eq!(Answer::read(work(b"nonsense")), Err(Refused::Broken));
}

#[test]
fn a_logo_stays_transparent_and_every_hostile_file_is_one_or_a_reason() {
    let mut drawn = image::RgbaImage::from_pixel(1_920, 480, image::Rgba([0, 0, 0, 0]));
    drawn.put_pixel(0, 0, image::Rgba([200, 10, 10, 255]));
    let file = files::written(&image::DynamicImage::ImageRgba8(drawn), image::ImageFormat::Png);
    let asked = [Job::Logo.head(), file].concat();
    let Answer::Developed(logo) = Answer::read(work(&asked)).expect("a logo") else { panic!("another answer") };
    assert_eq!((logo.size, Kind::of(&logo.bytes)), ((960, 240), Ok(Kind::Png)));
    let read = image::load_from_memory(&logo.bytes).expect("a picture").into_rgba8();
    assert_eq!(read.get_pixel(900, 200).0[3], 0, "what was transparent is");
    assert!(read.get_pixel(0, 0).0[3] > 0, "what was not is not");
    let photo = darkroom::logo(&photo_with_everything_beside(400, 300, 6)).expect("a logo");
    assert_eq!(photo.size, (300, 400), "upright");
    assert!(!holds(&photo.bytes, MARK));
    for (name, bytes, fate) in hostile() {
        match (fate, darkroom::logo(&bytes)) {
            (Fate::Refused(key), Err(why)) => assert_eq!(why.key(), key, "{name}"),
            (Fate::Refused(_), Ok(_)) => panic!("{name} became a logo"),
            (_, Ok(one)) => assert!(one.size.0.max(one.size.1) <= darkroom::LOGO_SIDE, "{name}"),
            (fate, Err(why)) => assert!(fate == Fate::Either, "{name}: {why}"),
        }
    }
}
