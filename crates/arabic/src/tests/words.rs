use std::string::String;
use std::vec::Vec;

use proptest::prelude::*;

use crate::words::{search_terms, splice, stem, words, words_by_rule};

const TEXTS: [&str; 10] = [
    "أعلنت الحكومة الجزائرية",
    "الإمارات والسعودية",
    "مَدْرَسَةٌ جديدة",
    "العـــربية",
    "مستشفى المدينة",
    "والمدرسة الكبيرة",
    "آسفي مدينة",
    "رؤساء التحرير",
    "القاهرة ٢٠٢٥",
    "غزه الآن",
];

fn found_by(query: &str) -> Vec<usize> {
    let wanted = search_terms(query);
    let holds = |text: &str| {
        let terms = search_terms(text);
        !wanted.is_empty() && wanted.iter().all(|term| terms.contains(term))
    };
    (0..TEXTS.len()).filter(|&at| holds(TEXTS[at])).collect()
}

#[test]
fn every_query_finds_what_it_should_and_nothing_else() {
    let table: [(&str, &[usize]); 13] = [
        ("أعلنت", &[0]),
        ("اعلنت", &[0]),
        ("الامارات", &[1]),
        ("مدرسة", &[2, 5]),
        ("المدرسة", &[2, 5]),
        ("العربية", &[3]),
        ("مستشفى", &[4]),
        ("مستشفي", &[4]),
        ("اسفي", &[6]),
        ("2025", &[8]),
        ("غزة", &[9]),
        ("الحكومه", &[0]),
        ("حكومة", &[0]),
    ];
    for (query, texts) in table {
        assert_eq!(found_by(query), texts, "{query}");
    }
}

#[test]
fn prefixes_and_endings_meet_their_word() {
    for group in [
        "مدرسه المدرسه والمدرسه للمدرسه وللمدرسه بالمدرسه فبالمدرسه كالمدرسه بمدرسه مدرستها مدرستهم ومدرستنا",
        "وزاره الوزاره والوزاره للوزاره وزارات",
        "شركه شركات الشركات وشركات",
        "مصري مصريه مصريون المصريين المصريه",
        "دولي الدولي والدولي دوليه",
        "يوم اليوم واليوم لليوم",
        "دم الدم للدم",
        "لغه اللغه للغه",
        "لجنه اللجنه للجنه",
        "قاهره القاهره للقاهره والقاهره",
        "فلسطين لفلسطين وفلسطين فلسطيني الفلسطينيه",
        "الماني الالماني المانيه",
        "غاز الغاز بالغاز",
        "كبير كبيره الكبير الكبيره",
        "الله والله بالله",
    ] {
        let stems: Vec<String> = group.split(' ').map(stem).collect();
        assert!(stems.iter().all(|one| *one == stems[0]), "{group}: {stems:?}");
    }
}

#[test]
fn words_survive_that_only_look_prefixed() {
    for word in
        ["ورد", "بيت", "ولد", "كلب", "فيل", "لبن", "باب", "كتاب", "لبنان", "وزير", "فلسطين", "والد", "الله", "غزه"]
    {
        assert_eq!(stem(word), word);
    }
    for (one, other) in [("لبنان", "لبن"), ("وزير", "زير"), ("الان", "ان"), ("بيت", "يت"), ("وطن", "طن")]
    {
        assert_ne!(stem(one), stem(other), "{one} {other}");
    }
    assert_eq!(stem(""), "");
    assert_eq!(stem("covid19"), "covid19");
}

#[test]
fn a_stray_letter_in_front_of_the_article_is_seen() {
    assert_eq!(splice("تالمدرسه"), Some("المدرسه"));
    for word in ["المدرسه", "والمدرسه", "عالميه", "رجال", "", "xالمدرسه"] {
        assert_eq!(splice(word), None, "{word}");
    }
}

#[test]
fn words_stand_where_they_stand() {
    let check = |text: &str, expected: &[&str]| {
        let found: Vec<_> = words(text).collect();
        assert_eq!(found.iter().map(|word| word.text).collect::<Vec<_>>(), expected, "{text}");
        assert!(found.iter().all(|word| &text[word.range.clone()] == word.text));
    };
    check("قال:نعم.ثم «ذهب»", &["قال", "نعم", "ثم", "ذهب"]);
    check("مَدْرَسَةٌ، العـــربية؟", &["مَدْرَسَةٌ", "العـــربية"]);
    check("في 25نوفمبر2025", &["في", "25", "نوفمبر", "2025"]);
    check("الـ25 وسبتمبر/أيلول", &["الـ", "25", "وسبتمبر", "أيلول"]);
    check("#غزة_الآن covid19 example.com", &["غزة", "الآن", "covid19", "example.com"]);
    check("١٬٢٣٤ و2.5", &["١٬٢٣٤", "و", "2.5"]);
    check("ـــــــــــــــــ ـ \u{64E} —", &[]);
    check("می\u{200C}خواهم", &["می\u{200C}خواهم"]);
    check("(\u{A0}مداد\u{A0})", &["مداد"]);
    check("", &[]);
}

#[test]
fn terms_of_other_writing() {
    assert_eq!(search_terms("L'École d’Alger, aujourd'hui"), ["ecole", "alger", "aujourdhui"]);
    assert_eq!(search_terms("1,234 1234 ١٬٢٣٤"), ["1234", "1234", "1234"]);
    assert_eq!(search_terms("٢٫٥ 2.5"), ["2.5", "2.5"]);
    assert_eq!(search_terms("سعيد\u{200B}ة"), search_terms("سعيدة"));
    assert_eq!(search_terms("a\u{A0}(b)"), ["a", "b"]);
    assert!(search_terms("ـــ !").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn a_stem_is_its_own_stem_and_part_of_its_word(word in "[ابتلوفكهيمنسدة]{0,12}") {
        let once = stem(&word);
        prop_assert!(word.contains(&once));
        prop_assert_eq!(once.is_empty(), word.is_empty());
    }

    #[test]
    fn words_come_in_order_and_never_overlap(text in any::<String>(), arabic in "[ا-ي0-9٠-٩:._' \u{64B}-\u{655}\u{200C}a-c]{0,60}") {
        for text in [&text, &arabic] {
            let mut last = 0;
            for word in words(text) {
                prop_assert!(word.range.start >= last && !word.text.is_empty());
                prop_assert_eq!(text.get(word.range.clone()), Some(word.text));
                last = word.range.end;
            }
            search_terms(text).iter().for_each(|term| assert!(!term.is_empty()));
        }
    }

    #[test]
    fn the_short_way_finds_the_words_of_the_rules(text in any::<String>(), near in proptest::collection::vec(proptest::sample::select([
        "قال", "مَد", "كـلمة", "a", "b2", "7", "٣", " ", " ", "\u{64E}", "\u{200D}", "\u{200C}", ".", "،", ":", "'", "\"", "«", "»", "(", ")", "\n",
        "_", "🌹", "\u{1F1E9}", "é", "א", "،", "ـ", "\u{AD}", "\r", "ٱ", "\u{300}",
    ].to_vec()), 0..20)) {
        for text in [&text, &near.concat()] {
            let (short, by_rule): (Vec<_>, Vec<_>) = (words(text).collect(), words_by_rule(text).collect());
            prop_assert_eq!(short, by_rule, "{:?}", text);
        }
    }
}
