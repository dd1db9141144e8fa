//! Languages.

use newsroom::languages::detected;

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
