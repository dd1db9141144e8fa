//! The heads: what they see, that they can be read or refused, that training comes again, and that names weigh alike.

use super::features::{features, seen};
use super::train::{answers, with_thresholds};
use super::{BadModel, Heads, Learner, Models, Row, Settings, names, train};
use crate::stance::Rules;
use crate::{Head, Reading};
use alloc::{string::String, vec::Vec};
use proptest::prelude::*;

fn all(text: &str) -> Vec<u32> {
    let reading = Reading::of(text);
    features(&reading, 0..reading.words.len(), &names(&reading, &Rules::shipped()))
}

#[test]
fn addresses_accounts_and_long_numbers_are_seen_as_the_data_write_them() {
    for (sent, written) in [
        ("زوروا https://example.com/a?b=1 الآن", "زوروا URL الآن"),
        ("زوروا www.example.com الآن", "زوروا URL الآن"),
        ("@huda_1990 أحسنت", "@USER أحسنت"),
        ("إلى huda@example.com", "إلى EMAIL"),
        ("اتصل 0551234567", "اتصل 0000000000"),
        ("#وسم_طويل هنا", "وسم طويل هنا"),
    ] {
        assert_eq!(all(sent), all(written), "{sent}");
    }
    assert_ne!(all("زوروا URL"), all("زوروا"));
}

#[test]
fn every_group_is_the_same_to_the_heads() {
    let masked = |text: &str, name: &str| {
        let reading = Reading::of(text);
        let at = (0..reading.words.len()).find(|word| reading.word(*word) == name).unwrap();
        features(&reading, 0..reading.words.len(), core::slice::from_ref(&(at..at + 1)))
    };
    let one = masked("أعلنت كتائبالفجر انسحابها", "كتايبالفجر");
    assert_eq!(one, masked("أعلنت جبهةالرايات انسحابها", "جبههالرايات"));
    assert_ne!(one, all("أعلنت كتائبالفجر انسحابها"));
}

#[test]
fn another_name_stands_bare_where_a_group_was_named() {
    let renamed = |text: &str| super::renamed(text, "راية الغد", &Rules::shipped());
    let news = "أعلن تنظيم داعش أمس وقف القتال";
    assert_eq!(renamed(news).as_deref(), Some("أعلن راية الغد أمس وقف القتال"));
    assert_eq!(renamed("افتتحت المكتبة أمس"), None);
}

#[test]
fn a_word_in_latin_letters_shares_what_is_heard() {
    let shared = |one: &str, other: &str| {
        let other = all(other);
        all(one).into_iter().filter(|feature| other.contains(feature)).count()
    };
    assert!(shared("مكتبة جميلة جدا", "maktaba jmila jdan") > shared("مكتبة جميلة جدا", "sayara kbira 5adra"));
}

#[test]
fn a_feature_points_at_its_words() {
    let reading = Reading::of("مرحبا بكم في «المكتبة»");
    for seen in seen(&reading, 0..4, &[]) {
        assert!(seen.words.0 <= seen.words.1 && seen.words.1 <= 4, "{seen:?}");
    }
}

fn rows() -> Vec<(String, bool)> {
    let (kind, rude) = (["جميل", "رائع", "مفيد", "واضح"], ["سخيف", "تافه", "أحمق", "بليد"]);
    let subjects = ["المقال", "الكاتب", "التعليق", "الخبر", "الموقع", "الصديق", "الرأي"];
    let mut rows = Vec::new();
    for subject in subjects {
        rows.extend(kind.map(|word| (alloc::format!("هذا {subject} {word} فعلا"), false)));
        rows.extend(rude.map(|word| (alloc::format!("هذا {subject} {word} فعلا"), true)));
    }
    rows
}

fn trained(settings: &Settings) -> super::Trained {
    let texts = rows();
    let rows: Vec<Row<'_>> = texts
        .iter()
        .map(|(text, rude)| Row {
            text,
            source: "written",
            published: false,
            answers: answers(rude.then_some("insult"), ["insult", "hate"]),
        })
        .collect();
    train(&rows, &|reading| names(reading, &Rules::shipped()), settings)
}

fn small(learner: Learner) -> Settings {
    Settings { learner, bits: 12, least: 1, folds: 3, ..Settings::default() }
}

#[test]
fn what_was_taught_is_known_and_pointed_at() {
    for learner in [Learner::Logistic, Learner::Hinge] {
        let trained = trained(&small(learner));
        let heads = Heads::read_shared(trained.bytes.clone()).unwrap();
        let said = |text: &str| heads.scores(&Reading::of(text), &[]).get(Head::Insult).probability();
        assert!(said("هذا الكتاب سخيف فعلا") > 0.5 && said("هذا الكتاب جميل فعلا") < 0.5, "{learner:?}");
        let text = "هذا الكتاب سخيف فعلا";
        let places = heads.speaking(&Reading::of(text), &[], Head::Insult);
        assert!(places.iter().any(|place| &text[place.clone()] == "سخيف"), "{places:?}");
        assert_eq!(trained.crossed.len(), rows().len());
        // Nobody taught it threats, so it knows none.
        assert!(heads.scores(&Reading::of(text), &[]).threat.probability() < 0.6);
    }
}

#[test]
fn the_same_rows_and_settings_make_the_same_bytes() {
    let settings = small(Learner::Hinge);
    assert_eq!(trained(&settings).bytes, trained(&settings).bytes);
    assert_ne!(trained(&settings).bytes, trained(&Settings { seed: 8, ..settings }).bytes);
}

#[test]
fn thresholds_are_kept_and_change_the_fingerprint() {
    let heads = Heads::read_shared(trained(&small(Learner::Hinge)).bytes).unwrap();
    let other = Heads::read_shared(with_thresholds(&heads, |_| (0.25, 0.75))).unwrap();
    assert_eq!((other.numbers(Head::Spam).look, other.numbers(Head::Spam).hold), (0.25, 0.75));
    assert_ne!(heads.fingerprint(), other.fingerprint());
    assert_eq!(heads.made(), other.made());
}

#[test]
fn what_is_not_known_teaches_nothing() {
    let of = |labels: &[&'static str], known: &[&'static str]| answers(labels.to_vec(), known.to_vec());
    let safe = of(&[], &["threat"]);
    assert_eq!((safe[Head::Threat as usize], safe[Head::Abuse as usize]), (Some(false), None));
    let rude = of(&["sexual"], &["insult", "sexual"]);
    assert_eq!((rude[Head::Insult as usize], rude[Head::Abuse as usize]), (Some(false), Some(true)));
    assert_eq!(of(&["threat"], &["threat"])[Head::Abuse as usize], Some(true));
    assert_eq!(of(&["sexual"], &["sexual"])[Head::Abuse as usize], None);
    assert_eq!(of(&["ok"], &["insult", "hate"])[Head::Abuse as usize], Some(false));
}

#[test]
fn the_heads_as_shipped_are_read_and_their_thresholds_stand_in_order() {
    let heads = Models::shipped().heads.unwrap();
    for head in Head::ALL {
        let numbers = heads.numbers(head);
        assert!(numbers.look <= numbers.hold && numbers.look > 0.0, "{head:?} {numbers:?}");
    }
    assert!(heads.as_bytes().len() <= 4_000_000);
}

#[test]
fn a_damaged_file_is_refused_with_its_reason() {
    let bytes = trained(&small(Learner::Hinge)).bytes;
    let refused = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = bytes.to_vec();
        change(&mut bytes);
        Heads::read_shared(bytes.into()).err()
    };
    assert_eq!(refused(&|_| ()), None);
    assert_eq!(refused(&|bytes| bytes.truncate(100)), Some(BadModel::Length));
    assert_eq!(refused(&|bytes| bytes.push(0)), Some(BadModel::Length));
    assert_eq!(refused(&|bytes| bytes[0] = b'x'), Some(BadModel::Strange));
    assert_eq!(refused(&|bytes| bytes[48] ^= 0xFF), Some(BadModel::OtherFeatures));
    assert_eq!(refused(&|bytes| bytes[5_000] ^= 1), Some(BadModel::Damaged));
    // Whole and sealed, but a number in it is none.
    let heads = Heads::read_shared(bytes.clone()).unwrap();
    let strange = with_thresholds(&heads, |_| (f32::NAN, 0.5));
    assert_eq!(Heads::read_shared(strange).err(), Some(BadModel::Unusable));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(start in 0usize..400, scribble in prop::collection::vec(any::<u8>(), 0..64)) {
        let heads = Models::shipped().heads.unwrap();
        let mut bytes = heads.as_bytes()[..8_000].to_vec();
        bytes.splice(start..(start + scribble.len()).min(8_000), scribble.clone());
        prop_assert!(Heads::read_shared(bytes.into()).is_err());
        prop_assert!(Heads::read_shared(scribble.into()).is_err());
    }

    #[test]
    fn any_text_is_seen_within_its_words(text in any::<String>()) {
        let reading = Reading::of(&text);
        let words = reading.words.len();
        for seen in seen(&reading, 0..words, &names(&reading, &Rules::shipped())) {
            prop_assert!(seen.words.0 <= seen.words.1 && seen.words.1 <= words);
        }
    }
}

#[test]
fn an_insult_in_a_long_text_is_found_as_if_it_stood_alone() {
    let heads = Models::shipped().heads.unwrap();
    let said = |text: &str| heads.scores(&Reading::of(text), &[]).abuse.probability();
    let insult = "انت حمار وكلب يا غبي يا تافه ".repeat(20);
    let long = "قرأت المقال عن المكتبة الجديدة في المدينة ".repeat(60) + &insult;
    assert!(said(&long) > 0.5, "{}", said(&long));
    assert!(said(&"قرأت المقال عن المكتبة الجديدة في المدينة ".repeat(60)) < 0.5);
}
