use crate::plural::Form::{Few, Many, One, Other, Two, Zero};
use crate::plural::{Form, form, forms_of};

#[test]
fn arabic_counts_in_six_forms() {
    let table = [
        (0..=0, Zero),
        (1..=1, One),
        (2..=2, Two),
        (3..=10, Few),
        (11..=99, Many),
        (100..=102, Other),
        (103..=110, Few),
        (111..=199, Many),
        (200..=202, Other),
        (203..=203, Few),
        (1000..=1000, Other),
        (1003..=1003, Few),
    ];
    for (counts, expected) in table {
        for n in counts {
            assert_eq!(form("ar", n), expected, "{n}");
            assert_eq!(form("ar-MA", n), expected, "{n}");
        }
    }
}

#[test]
fn other_languages_have_their_own() {
    for (language, n, expected) in [
        ("fr", 0, One),
        ("fr", 1, One),
        ("fr", 2, Other),
        ("fr", 1_000_000, Many),
        ("en", 0, Other),
        ("en", 1, One),
        ("ja", 1, Other),
        ("ru", 3, Few),
        ("zz", 1, One),
        ("zz", 2, Other),
        ("", 1, One),
        ("لغة", 5, Other),
        ("und", 1, One),
    ] {
        assert_eq!(form(language, n), expected, "{language} {n}");
    }
}

#[test]
fn a_translation_knows_which_forms_it_needs() {
    assert_eq!(forms_of("ar"), Form::ALL);
    assert_eq!(forms_of("fr"), [One, Many, Other]);
    assert_eq!(forms_of("en_GB"), [One, Other]);
    assert_eq!(forms_of("lv"), [Zero, One, Other]);
    assert_eq!(forms_of("ja"), [Other]);
    assert_eq!(forms_of("zz"), [One, Other]);
    for language in ["ar", "fr", "en", "ru", "he", "ga", "gd", "cy", "zh", "xx-nonsense", "pl", "mt"] {
        for n in (0..300).chain([1_000_000]) {
            assert!(forms_of(language).contains(&form(language, n)), "{language} {n}");
        }
    }
    assert_eq!(Form::ALL.map(Form::key), ["zero", "one", "two", "few", "many", "other"]);
}
