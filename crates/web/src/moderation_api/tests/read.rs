//! Places in UTF-16 units, and languages.

use crate::moderation_api::languages::detected;
use crate::moderation_api::units::Units;

#[test]
fn places_are_counted_as_javascript_counts() {
    let text = "كلب 🐕‍🦺 x\u{301}é€ ".repeat(40);
    let units = Units::of(&text);
    let boundaries: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
    for (nth, start) in boundaries.iter().enumerate().step_by(7) {
        for end in boundaries[nth..].iter().step_by(11) {
            let expected = text[..*start].encode_utf16().count()..text[..*end].encode_utf16().count();
            assert_eq!(units.range(&(*start..*end)), expected, "{start}..{end}");
        }
    }
}

#[test]
fn places_beyond_a_text_are_its_end() {
    assert_eq!(Units::of("").range(&(0..9)), 0..0);
    assert_eq!(Units::of("🚋").range(&(0..400)), 0..2);
}

#[test]
fn languages_are_those_in_which_a_comment_is_written() {
    for (text, tags) in [
        ("شكرا لكم على هذا التحقيق", &["ar"][..]),
        ("شُكْرًا لَكُم", &["ar"]),
        ("The tram is late and nobody says why", &["en"]),
        ("Le tram est en retard et personne ne dit pourquoi", &["fr"]),
        ("wallah ma fhemt walou, chno hada ya khoya", &["ar-Latn"]),
        ("3lach ma kaynch tram 7dana", &["ar-Latn"]),
        ("الترام متأخر كل يوم et personne ne dit pourquoi il est en retard", &["fr", "ar"]),
        ("قرأت التقرير كاملا في موقع البلدية ولم أجد فيه شيئا عن tram", &["ar"]),
        ("Straßenbahn", &["und"]),
        ("2025 !! 👏", &[]),
        ("", &[]),
    ] {
        assert_eq!(detected(text), tags, "{text}");
    }
}

#[test]
fn a_long_text_is_not_read_to_its_end_for_its_language() {
    assert_eq!(detected(&"كلمة ".repeat(200_000)), ["ar"]);
}
