//! What holds of every text, of every file, and of many vectors.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::LazyLock;

use encoder::{DIMENSIONS, Encoder, LONGEST, MOST_PIECES, NoWeights, Packed, Vector, WEIGHTS, scan};
use proptest::prelude::*;

static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::from_bytes(weights()).unwrap());

fn weights() -> Vec<u8> {
    std::fs::read(WEIGHTS).unwrap()
}

fn length(vector: &Vector) -> f32 {
    vector.numbers().iter().map(|number| number * number).sum::<f32>().sqrt()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_text_has_pieces_and_a_vector_of_length_one(text in "\\PC{0,80}|[\u{0}-\u{10ffff}]{0,40}|[ا-ي ً-ْ]{0,60}") {
        let pieces = ENCODER.pieces(&text);
        prop_assert!(pieces.len() >= 3 && pieces.first() == Some(&1) && pieces.last() == Some(&2));
        prop_assert!((length(&ENCODER.encode(&text)) - 1.0).abs() < 1e-4);
    }

    #[test]
    fn bytes_that_are_no_weights_are_told(mut bytes in prop::collection::vec(any::<u8>(), 0..300), like in any::<bool>()) {
        if like {
            let whole = weights();
            let kept = bytes.len().min(64);
            bytes[..kept].copy_from_slice(&whole[..kept]);
        }
        prop_assert!(Encoder::from_bytes(bytes).is_err());
    }
}

#[test]
fn weights_that_are_cut_off_or_changed_are_told() {
    let whole = weights();
    let mut changed = whole.clone();
    changed[20_000_000] ^= 1;
    assert_eq!(Encoder::from_bytes(changed).err(), Some(NoWeights::Damaged));
    assert_eq!(Encoder::from_bytes(whole[..whole.len() - 1].to_vec()).err(), Some(NoWeights::Damaged));
    let mut later = whole;
    later[8] += 1;
    assert_eq!(Encoder::from_bytes(later).err(), Some(NoWeights::Unknown));
}

#[test]
fn a_text_without_an_end_is_read_as_far_as_the_bound() {
    let bound = "حبر وورق ".repeat(LONGEST);
    let pieces = ENCODER.pieces(&bound);
    assert_eq!((pieces.len(), pieces.last()), (MOST_PIECES, Some(&2)));
    let longer = format!("{bound}end");
    assert_eq!(ENCODER.encode(&bound), ENCODER.encode(&longer));
    // One that becomes many letters, and one that no piece has.
    for letter in ["\u{fdfa}", "\u{13080}", "ا", "\u{0}"] {
        assert!(ENCODER.pieces(&letter.repeat(LONGEST)).len() <= MOST_PIECES);
    }
}

#[test]
fn a_text_among_others_has_the_vector_that_it_has_alone() {
    let long = "جريدة المدينة ".repeat(400);
    let mut texts = vec!["", "خبر", &long, "the harbour garden", "le jardin du port"];
    texts.extend(std::iter::repeat_n("قال رئيس المجلس إن الميزانية ستُقرّ", 60));
    for (text, vector) in texts.iter().zip(ENCODER.encode_batch(&texts)) {
        assert!(vector.likeness(&ENCODER.encode(text)) > 0.9999, "{text}");
    }
    assert!(ENCODER.encode_batch(&[]).is_empty());
}

#[test]
fn a_question_in_french_is_nearest_to_the_story_in_arabic_that_answers_it() {
    let stories = [
        "البلدية تفتح حديقة جديدة على المرفأ",
        "المجلس البلدي يناقش ميزانية العام المقبل",
        "الحافلات الليلية تعود إلى شوارع المدينة",
        "وصفة بسيطة لحساء العدس",
    ];
    let kept: Vec<Packed> = ENCODER.encode_batch(&stories).iter().map(Vector::pack).collect();
    for (wanted, place) in [
        ("un nouveau jardin au port", 0),
        ("le budget de la ville", 1),
        ("night buses are back", 2),
        ("recette de soupe aux lentilles", 3),
    ] {
        assert_eq!(scan(&kept, &ENCODER.encode(wanted).pack(), 1)[0].place, place, "{wanted}");
    }
}

#[test]
fn a_vector_comes_back_from_its_kept_bytes_and_likeness_stays() {
    let (first, second) = (ENCODER.encode("خبر من المرفأ"), ENCODER.encode("nouvelles du port"));
    let (kept, other) = (first.pack(), second.pack());
    assert_eq!(kept.to_bytes().len(), Packed::BYTES);
    assert_eq!(Packed::from_bytes(&kept.to_bytes()), Some(kept));
    assert!((kept.likeness(&other) - first.likeness(&second)).abs() < 0.01);
    assert!((kept.likeness(&kept) - 1.0).abs() < 0.01);
    assert_eq!(Packed::from_bytes(&[1; DIMENSIONS]), None);
    assert_eq!(Packed::from_bytes(&[0; Packed::BYTES]), None);
}

#[test]
fn a_look_through_all_gives_the_nearest_first() {
    let texts: Vec<String> = (0..200).map(|number| format!("الخبر رقم {number} من المدينة")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let kept: Vec<Packed> = ENCODER.encode_batch(&texts).iter().map(Vector::pack).collect();
    let near = scan(&kept, &kept[17], 5);
    assert_eq!((near.len(), near[0].place), (5, 17));
    assert!(near.is_sorted_by(|a, b| a.likeness >= b.likeness));
    let mut all: Vec<f32> = kept.iter().map(|other| kept[17].likeness(other)).collect();
    all.sort_by(|a, b| b.total_cmp(a));
    assert_eq!(near.iter().map(|near| near.likeness).collect::<Vec<_>>(), all[..5]);
    assert_eq!(scan(&kept, &kept[0], 500).len(), 200);
    assert!(scan(&kept, &kept[0], 0).is_empty() && scan(&[], &kept[0], 3).is_empty());
}
