//! Locale files that are right, and each way in which they are wrong.

use super::judge;
use crate::tree::Tree;

const AR: &str = r#"{
  "story.by": "بقلم {name}",
  "comments.count": {
    "zero": "لا تعليقات", "one": "تعليق واحد", "two": "تعليقان",
    "few": "{n} تعليقات", "many": "{n} تعليقًا", "other": "{n} تعليق"
  }
}"#;
const FR: &str = r#"{
  "story.by": "par {name}",
  "comments.count": { "one": "{n} commentaire", "many": "{n} de commentaires", "other": "{n} commentaires" }
}"#;
const EN: &str = r#"{
  "story.by": "by {name}",
  "comments.count": { "one": "one comment", "other": "{n} comments" }
}"#;

/// Everything said about a folder with these three files.
fn said(ar: &str, fr: &str, en: &str) -> String {
    let tree = Tree::of(&[
        ("crates/web/locales/ar.json", ar),
        ("crates/web/locales/fr.json", fr),
        ("crates/web/locales/en.json", en),
    ]);
    let judged = judge(&tree);
    assert_eq!(judged.len(), 3);
    let all: Vec<String> = judged.iter().flat_map(|file| file.complaints.iter().map(ToString::to_string)).collect();
    all.join("\n")
}

#[test]
fn three_languages_that_agree_are_fine() {
    assert_eq!(said(AR, FR, EN), "");
}

#[test]
fn a_key_that_one_language_lacks_is_named() {
    let en = EN.replace("story.by", "story.author");
    let said = said(AR, FR, &en);
    assert_eq!(
        said,
        "crates/web/locales/en.json: «story.by» is missing\n\
         crates/web/locales/en.json: «story.author» is not in the Arabic file"
    );
}

#[test]
fn a_language_without_a_file_is_named() {
    let tree = Tree::of(&[("crates/web/locales/ar.json", AR)]);
    let bad = judge(&tree).into_iter().filter(|f| !f.complaints.is_empty());
    let paths: Vec<String> = bad.map(|file| file.path).collect();
    assert_eq!(paths, ["crates/web/locales/fr.json", "crates/web/locales/en.json"]);
}

#[test]
fn arabic_counts_by_six_forms_and_english_by_two() {
    let ar = AR.replace("\"few\": \"{n} تعليقات\", ", "");
    assert!(said(&ar, FR, EN).contains("«comments.count» lacks the plural form «few»"));
    let en = EN.replace("\"other\"", "\"few\": \"{n} comments\", \"other\"");
    assert!(said(AR, FR, &en).contains("has «few», which this language does not count by"));
}

#[test]
fn placeholders_are_the_same_everywhere() {
    let fr = FR.replace("{name}", "{nom}");
    let said = said(AR, &fr, EN);
    assert!(said.contains("«story.by» lacks {name}"), "{said}");
    assert!(said.contains("«story.by» has {nom}"), "{said}");
}

#[test]
fn only_the_forms_that_name_their_number_may_leave_it_out() {
    let ar = AR.replace("{n} تعليقات", "تعليقات");
    assert!(said(&ar, FR, EN).contains("«comments.count» (few) lacks {n}"));
}

#[test]
fn a_text_is_counted_in_every_language_or_in_none() {
    let en = r#"{ "story.by": "by {name}", "comments.count": "{n} comments" }"#;
    assert!(said(AR, FR, en).contains("plural forms in one language"));
}

#[test]
fn a_repeated_key_and_an_empty_text_are_seen() {
    let en = EN.replacen("\"story.by\"", "\"story.by\": \" \", \"story.by\"", 1);
    let said = said(AR, FR, &en);
    assert!(said.contains("«story.by» occurs twice"), "{said}");
    assert!(said.contains("«story.by» has an empty text"), "{said}");
}

#[test]
fn a_file_that_is_not_flat_is_refused_with_its_line() {
    let en = r#"{ "story": { "by": { "name": "by {name}" } } }"#;
    let said = said(AR, FR, en);
    assert!(said.contains("en.json: is not a flat object"), "{said}");
    assert!(said.contains("line 1"), "{said}");
}

#[test]
fn a_language_nobody_described_is_refused() {
    let tree = Tree::of(&[
        ("crates/web/locales/ar.json", AR),
        ("crates/web/locales/fr.json", FR),
        ("crates/web/locales/en.json", EN),
        ("crates/web/locales/de.json", EN),
    ]);
    let judged = judge(&tree);
    let bad: Vec<&str> =
        judged.iter().filter(|file| !file.complaints.is_empty()).map(|file| file.path.as_str()).collect();
    assert_eq!(bad, ["crates/web/locales/de.json"]);
}

#[test]
fn folders_of_other_crates_are_judged_too() {
    let tree = Tree::of(&[("crates/server/locales/ar.json", "{")]);
    assert_eq!(judge(&tree).len(), 3);
    assert!(judge(&Tree::of(&[("crates/web/assets/ar.json", "{")])).is_empty());
}
