use std::string::String;

use proptest::prelude::*;

use crate::arabizi::{candidates, likeness, looks_arabizi, out_of_place, reading, skeleton};
use crate::fold::{Level, folded};

#[test]
fn everyday_words_are_read() {
    for (word, arabic) in [
        ("3lach", "علاش"),
        ("rak", "راك"),
        ("khoya", "خويا"),
        ("wlad", "ولاد"),
        ("salam", "سلام"),
        ("7abibi", "حبيبي"),
        ("habibi", "حبيبي"),
        ("kalb", "كلب"),
        ("9alb", "قلب"),
        ("galb", "قلب"),
        ("2albi", "قلبي"),
        ("walad", "ولد"),
        ("madrasa", "مدرسة"),
        ("madrase", "مدرسة"),
        ("tari9", "طريق"),
        ("6areeg", "طريق"),
        ("5obz", "خبز"),
        ("khobz", "خبز"),
        ("shams", "شمس"),
        ("chams", "شمس"),
        ("gamil", "جميل"),
        ("ghali", "غالي"),
        ("3'ali", "غالي"),
        ("dhahab", "ذهب"),
        ("thalatha", "ثلاثا"),
        ("elbled", "البلد"),
        ("lbeit", "البيت"),
        ("ennas", "الناس"),
        ("wallah", "والله"),
        ("mabrooook", "مبروك"),
        ("bezzzaf", "بزاف"),
        ("su2al", "سؤال"),
        ("sma3ni", "سمعني"),
        ("ra2i3", "رائع"),
    ] {
        let found = candidates(word);
        let wanted = folded(arabic, Level::Match);
        assert!(found.contains(&wanted), "{word}: {wanted} among {found:?}");
        assert!(found.len() <= 8);
        assert!(
            found.iter().any(|one| skeleton(one) == skeleton(&wanted)),
            "{word}: {} {}",
            skeleton(&found[0]),
            skeleton(&wanted)
        );
    }
    for word in ["", "2025", "été", "!", "سلام", "a_b", "'", &"a".repeat(41)] {
        assert!(candidates(word).is_empty(), "{word}");
    }
}

#[test]
fn skeletons_meet_where_arabizi_leaves_things_open() {
    for (word, arabic) in [
        ("hmar", "حمار"),
        ("7mar", "حمار"),
        ("tabib", "طبيب"),
        ("sadi9", "صديق"),
        ("da3if", "ضعيف"),
        ("lhoukouma", "الحكومه"),
        ("elmadina", "المدينه"),
        ("soura", "صوره"),
        ("shourta", "شرطه"),
    ] {
        assert_eq!(skeleton(&candidates(word)[0]), skeleton(arabic), "{word} {:?}", candidates(word));
    }
    for (one, other) in [("كلب", "قلب"), ("مدرسه", "مدينه"), ("ولد", "بلد"), ("سمك", "شمس")]
    {
        assert_ne!(skeleton(one), skeleton(other));
    }
    assert_eq!(skeleton(""), "");
    assert_eq!(skeleton("ال"), "ل");
}

const ARABIZI: [&str; 20] = [
    "wach rak khoya labas 3lik",
    "3lach ma jitch lbare7 l match",
    "rana farhanin bezaf b had l khbar",
    "chkoun li 9alek had lhadra",
    "hadchi zwin bzaf, tbarkallah 3likom",
    "ana ma fhemtch walou f had l mawdou3",
    "el matar barcha elyoum w tri9 msakkra",
    "ya 3ammi da kalam fadi",
    "ana mesh fahem 7aga men el kalam da",
    "el nas de 3ayza tetkalem we khalas",
    "sabah el 5eir ya gama3a, 2eh el akhbar",
    "shu hal 7aki, ma fi kahraba men mbere7",
    "kifak ya zalame, wein kent",
    "ma bedde rou7 3al madrase bokra",
    "wallah ma adri wesh el salfa",
    "ya5i el jaw 7elw elyom, 5alna nrou7 el ba7ar",
    "inshallah kheir, allah ysahel",
    "7abibi mabrook 3ala el shahada",
    "khti dyali ghadi tji m3ana",
    "3andi so2al, feen el maktaba?",
];

const OTHERS: [&str; 22] = [
    "Le prix du pain augmente encore, c'est la vie.",
    "Bravo à toute l'équipe pour ce beau travail",
    "The covid19 figures are out and web3 is dead",
    "Je vends un 4x4 avec lecteur mp3, pas cher",
    "B2B and p2p payments for small shops",
    "The G7 met in 2025, the G20 will meet later",
    "wallah c'est vrai, je te jure que tu as raison",
    "My habibi restaurant is the best in town and they know it",
    "Il a 3 ans et mesure 95cm, 2e enfant de la famille",
    "Windows 7, PS5, iPhone 15, H2O, CO2",
    "On se voit à 9h ou 7pm ?",
    "la la la",
    "merci beaucoup",
    "nice",
    "ok",
    "El niño y la niña van a la escuela",
    "Ma fille est en CE2, la tienne en CM1",
    "F16 and A320 and h264",
    "https://example.com/3lach-7abibi",
    "writer3@example.com",
    "",
    "مرحبا بكم في الجريدة",
];

#[test]
fn the_small_words_are_sorted() {
    assert_eq!(out_of_place(), None);
}

#[test]
fn arabizi_is_told_from_french_and_english() {
    for text in ARABIZI {
        assert!(looks_arabizi(text), "{text}: {}", likeness(text));
    }
    for text in OTHERS {
        assert!(!looks_arabizi(text), "{text}: {}", likeness(text));
    }
}

#[test]
fn a_sentence_is_read_and_points_back() {
    let sent = "Salam 3likom, chkoun li 9ra l-khbar f Tari9 (2025)?";
    let read = reading(sent);
    let check = |arabic: &str, latin: &str| {
        let at = read.as_str().find(arabic).unwrap_or_else(|| panic!("{arabic} in {}", read.as_str()));
        assert_eq!(&sent[read.original(at..at + arabic.len())], latin);
    };
    check("سلام", "Salam");
    check("خبار", "khbar");
    check("علي", "3li");
    check("(2025)?", "(2025)?");
    let mixed = reading("قال: ya 7abibi 🌹 été");
    assert_eq!(mixed.as_str(), "قال: يا حبيبي 🌹 اته");
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), latin in "[a-eh-z2-9' é]{0,40}") {
        for text in [&text, &latin] {
            let read = reading(text);
            let mut last = 0;
            for (at, c) in read.as_str().char_indices() {
                let place = read.original(at..at + c.len_utf8());
                prop_assert!(place.start >= last && place.start < place.end, "{place:?}");
                prop_assert!(text.get(place.clone()).is_some());
                last = place.start;
            }
            prop_assert!(likeness(text) <= 100);
            prop_assert!(candidates(text).len() <= 8);
            prop_assert!(skeleton(text).chars().count() <= text.chars().count());
        }
    }
}
