//! Queries as readers type them.

use super::{Fields, Known, Piece, Query, Stemming, fused, likeliest, marked, rank, slips, snippet, terms, vocabulary};
use crate::StoryId;
use jiff::Timestamp;

fn hits(pieces: &[Piece]) -> Vec<&str> {
    pieces.iter().filter(|piece| piece.is_hit).map(|piece| piece.text.as_str()).collect()
}

#[test]
fn phrases_exclusions_and_the_word_that_is_being_typed_are_told_apart() {
    let query = Query::read("«خط الترام» -\"حادث سير\" -مطار المرف");
    assert_eq!(query.wanted.len(), 2);
    assert_eq!(query.wanted[0].forms, [["خط", "ترام"]]);
    assert_eq!(query.wanted[1].begins.as_deref(), Some("مرف"));
    assert_eq!(query.without.len(), 2);
    assert_eq!(query.without[0].forms[0].len(), 2);
    assert_eq!(Query::read("المرفأ ").wanted[0].begins, None, "a space ends the word");
    assert!(Query::read("-مطار").is_empty());
    for nothing in ["", " ", "«»", "\"", "-", "؟!", "- -"] {
        assert!(Query::read(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn small_words_are_left_out_where_others_stand_beside_them() {
    assert_eq!(Query::read("متى يفتح الجسر").wanted.len(), 2);
    assert_eq!(Query::read("في").wanted.len(), 1);
    assert_eq!(Query::read("«الخبر في المدينة»").wanted[0].forms[0].len(), 3);
}

#[test]
fn words_of_french_and_english_stories_meet_their_other_forms() {
    let query = Query::read("élection");
    let stands = |text: &str, stemming| terms(text, stemming).iter().any(|term| query.wanted[0].meets(term).is_some());
    assert!(stands("Les élections municipales", Stemming::French));
    assert!(stands("The election", Stemming::Whole));
    assert!(Query::read("stations").wanted[0].meets(&Stemming::English.cut("station")).is_some());
}

#[test]
fn hits_are_shown_as_they_were_printed() {
    let pieces = marked("زار الوزيرُ الـمَدْرَسَةَ الجديدة", &Query::read("مدرسه جديدة"));
    assert_eq!(hits(&pieces), ["الـمَدْرَسَةَ", "الجديدة"]);
    let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(whole, "زار الوزيرُ الـمَدْرَسَةَ الجديدة");
    assert_eq!(hits(&marked("خط الترام وترام الخط", &Query::read("«خط الترام»"))), ["خط الترام"]);
    assert_eq!(hits(&marked("مكتبات", &Query::read("مكت"))), ["مكتبات"]);
    assert_eq!(hits(&marked("The stations", &Query::read("station "))), ["stations"]);
}

#[test]
fn a_snippet_stands_around_the_first_hit_and_cuts_no_word() {
    let text = format!("{} كلمة الميناء القديم {}", "بداية طويلة".to_owned() + &" حشو".repeat(60), "نهاية ".repeat(90));
    let pieces = snippet(&text, &Query::read("ميناء"), 120).expect("a hit");
    assert_eq!(hits(&pieces), ["الميناء"]);
    assert_eq!(pieces[0].text, "…");
    assert_eq!(pieces.last().expect("an end").text, "…");
    let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert!(whole.chars().count() <= 125, "{whole}");
    assert!(whole.split_whitespace().all(|word| text.contains(word.trim_matches('…'))));
    assert_eq!(snippet(&text, &Query::read("مطار"), 120), None);
}

#[test]
fn the_headline_goes_before_the_body_and_the_younger_before_the_older() {
    let query = Query::read("جسر المشاة ");
    let fields = |headline: &str, standfirst: &str| Fields {
        headline: terms(headline, Stemming::Whole).join(" "),
        standfirst: terms(standfirst, Stemming::Whole).join(" "),
        ..Fields::default()
    };
    let at = |year: i64| Timestamp::from_second(year * 365 * 86_400).expect("a time");
    let of = |fields: &Fields, year| rank(&query, fields, at(year), true);
    let (both, one, none) = (fields("جسر المشاة يفتح", ""), fields("جسر النهر", "للمشاة"), fields("خبر", ""));
    assert!(of(&both, 50) > of(&one, 50) && of(&one, 50) > of(&none, 50));
    assert!(of(&both, 51) > of(&both, 50));
    assert!(of(&both, 50) > of(&none, 56), "age alone does not bury what was asked for");
    assert!(rank(&query, &none, at(50), false) < of(&none, 50));
}

#[test]
fn a_slip_leads_to_the_word_that_was_meant() {
    let words = vocabulary("افتتاح المدرسة الثانويّة، والمستشفى");
    assert_eq!(words.keys().collect::<Vec<_>>(), ["افتتاح", "ثانويه", "مدرسه", "مستشفي"]);
    assert_eq!(words["ثانويه"], "ثانوية");
    let shares = |typed: &str, word: &str| slips(typed).intersection(&slips(word)).next().is_some();
    for (typed, word) in [("مدرشه", "مدرسه"), ("مدسه", "مدرسه"), ("مدررسه", "مدرسه"), ("مدسره", "مدرسه")]
    {
        assert!(shares(typed, word), "{typed}");
        let known = Known { word: word.to_owned(), shown: "مدرسة".to_owned(), stories: 2 };
        assert_eq!(likeliest(typed, [known]).expect("near").shown, "مدرسة");
    }
    let known = |word: &str, stories| Known { word: word.to_owned(), shown: word.to_owned(), stories };
    let found = likeliest("كتات", [known("كتاب", 1), known("كتان", 5), known("بيت", 50)]);
    assert_eq!(found.expect("near").word, "كتان");
    assert_eq!(likeliest("كتاب", [known("كتاب", 9)]), None);
}

#[test]
fn a_corrected_word_stands_in_its_query() {
    let query = Query::read("افتتاح المدرشة الجديدة");
    assert_eq!(query.with("المدرشة", "المدرسة"), "افتتاح المدرسة الجديدة");
}

#[test]
fn what_has_every_word_goes_before_what_is_near_in_meaning() {
    let words = [(900, StoryId(1)), (-5, StoryId(2))];
    let order = |mut found: Vec<(i64, StoryId)>| {
        found.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
        found.into_iter().map(|(_, story)| story.0).collect::<Vec<_>>()
    };
    let near = [StoryId(3), StoryId(2), StoryId(4)];
    assert_eq!(order(fused(&words, &near, true)), [1, 2, 3, 4]);
    assert_eq!(order(fused(&words, &near, false)), [2, 3, 1, 4], "both lists have the second");
    assert_eq!(fused(&words, &[], false), words);
    assert_eq!(order(fused(&[], &near, false)), [3, 2, 4]);
}

#[test]
fn a_query_with_signs_is_none_for_meaning() {
    for words in ["ترام المرفأ", "bread prices", "l'étudiant"] {
        assert!(Query::read(words).is_of_words_alone(), "{words}");
    }
    for signs in ["«ترام المرفأ»", "ترام -مطار", "\"tram line\" port"] {
        assert!(!Query::read(signs).is_of_words_alone(), "{signs}");
    }
}
