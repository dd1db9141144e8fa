//! Pages are read from files and from texts, and compared whole.
#![allow(clippy::expect_used, missing_docs)] // a test that cannot go on says why

use moving::page::{Encoding, SavedPage, decode, read};
use moving::report::WhyDropped;
use std::path::PathBuf;

/// The page in `fixtures/saved-pages/NAME.txt` reads as `NAME.json` says. With `MIDAD_WRITE_EXPECTED` set, the file is
/// written anew, to be read by a person before it is kept.
fn check(name: &str, encoding: Encoding) -> SavedPage {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/saved-pages");
    let decoded = decode(&std::fs::read(folder.join(format!("{name}.txt"))).expect("the page"));
    assert_eq!((decoded.encoding, decoded.replaced), (encoding, 0));
    let page = read(&decoded.text);
    let found = serde_json::to_value(&page).expect("json");
    let expected = folder.join(format!("{name}.json"));
    if std::env::var_os("MIDAD_WRITE_EXPECTED").is_some() {
        std::fs::write(&expected, serde_json::to_string_pretty(&found).expect("json") + "\n").expect("written");
    }
    let expected: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(expected).expect("what is expected")).expect("json");
    pretty_eq(&found, &expected);
    page
}

fn pretty_eq(found: &serde_json::Value, expected: &serde_json::Value) {
    let pretty = |value| serde_json::to_string_pretty(value).expect("json");
    assert_eq!(pretty(found), pretty(expected));
}

#[test]
fn a_plain_page_gives_its_story_and_six_comments() {
    let page = check("plain", Encoding::Utf8);
    assert_eq!(page.comments.len(), 6);
    assert_eq!(page.paragraphs().count(), 6);
}

#[test]
fn a_page_with_every_quirk_gives_its_story_and_its_comments_as_found() {
    let page = check("quirky", Encoding::Utf8);
    assert!(page.comments[0].text.contains(&"ـ".repeat(145)));
    assert!(page.comments[1].text.contains("م\u{64E}\u{651}د") && page.comments[1].text.contains("م\u{651}\u{64E}د"));
    assert!(page.comments[2].text.contains("{ لكن الأبواب أضيق مما كانت ))"));
    assert!(page.comments[2].text.contains("قبل\u{A0}:\u{A0}النقطتين"));
}

#[test]
fn a_page_in_windows_1256_with_crlf_gives_its_story_and_its_comments() {
    let page = check("windows-1256", Encoding::Windows1256);
    assert_eq!(page.byline, None);
    assert!(!page.comments.iter().any(|comment| comment.text.contains('\r')));
}

#[test]
fn a_page_in_utf_16_with_tabs_and_eastern_digits_gives_its_story_and_its_comments() {
    let page = check("utf-16", Encoding::Utf16Le);
    assert_eq!(page.comments.len(), 4);
}

/// Headline and paragraphs of a text.
fn told(text: &str) -> (String, Vec<String>) {
    let page = read(text);
    (page.headline.text.clone(), page.paragraphs().map(str::to_owned).collect())
}

/// Names and texts of the comments below a story and a heading.
fn thread(list: &str) -> Vec<(String, String)> {
    let page = read(&format!("عنوان\n\nفقرة.\n\nتعليقات الزوار\n{list}"));
    page.comments.into_iter().map(|comment| (comment.name, comment.text)).collect()
}

/// What was dropped, by line.
fn dropped(text: &str) -> Vec<(usize, WhyDropped)> {
    read(text).dropped.into_iter().map(|dropped| (dropped.line, dropped.why)).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn wrapped_lines_are_one_paragraph_and_lines_that_all_end_sentences_are_several() {
    assert_eq!(told("ع\n\nسطر أول\nسطر ثان.\n\nآخر"), ("ع".into(), vec!["سطر أول سطر ثان.".into(), "آخر".into()]));
    assert_eq!(told("ع\n\nجملة أولى.\nجملة ثانية؟\n«ثالثة!»").1, ["جملة أولى.", "جملة ثانية؟", "«ثالثة!»"]);
    assert_eq!(told("ع\n\nجملة أولى.\nجملة ثانية\nبقيتها.").1, ["جملة أولى. جملة ثانية بقيتها."]);
    assert_eq!(told("ع\n\nأولى\n\u{A0}\nثانية").1, ["أولى", "ثانية"]);
}

#[test]
fn the_first_picture_is_the_lead_wherever_it_stands() {
    let page = read("IMG_1234\nعنوان\n\nفقرة\nport-1300x866\nفقرة\n");
    assert_eq!(page.headline.text, "عنوان");
    assert_eq!(page.lead.map(|lead| lead.text), Some("IMG_1234".to_owned()));
    assert_eq!(page.body.len(), 3);
}

#[test]
fn an_invitation_above_the_story_does_not_end_it() {
    let page = read("عنوان\nأضف تعليق\nفقرة أولى.\n\nفقرة ثانية.\n");
    assert_eq!(page.paragraphs().collect::<Vec<_>>(), ["فقرة أولى.", "فقرة ثانية."]);
    let long: String = (0..9).map(|n| format!("فقرة رقم {n}.\n\n")).collect();
    let page = read(&format!("عنوان\n\nمقدمة.\n\nأضف تعليق\n\n{long}"));
    assert_eq!(page.paragraphs().count(), 10);
}

#[test]
fn what_stands_in_the_form_is_no_story() {
    let text = "عنوان\n\nفقرة.\n\nأضف تعليق\nلن ينشر بريدك\nالاسم\n\nالتعليقات\n";
    assert_eq!(told(text).1, ["فقرة."]);
    use WhyDropped::{BesideForm, Form, ListHeading};
    assert_eq!(dropped(text), [(5, Form), (6, BesideForm), (7, Form), (9, ListHeading)]);
    // Labels without an invitation, and the same word inside the story.
    assert_eq!(told("عنوان\n\nالموقع\n\nفقرة.\n\nالاسم\nإرسال\n").1, ["الموقع", "فقرة."]);
}

#[test]
fn a_byline_stands_last_and_apart() {
    let byline = |text: &str| read(text).byline.map(|byline| byline.name);
    assert_eq!(byline("ع\n\nفقرة.\n\nهدى سالم للضفة\n\nأضف تعليق\n"), Some("هدى سالم".to_owned()));
    assert_eq!(byline("ع\n\nفقرة.\nهدى سالم للضفة\n\nأضف تعليق\n"), Some("هدى سالم".to_owned()));
    assert_eq!(byline("ع\n\nفقرة لم تنته بعد\nهدى سالم للضفة\n"), None);
    assert_eq!(byline("ع\n\nهدى سالم للضفة\n\nفقرة.\n"), None);
}

#[test]
fn names_carry_any_digits_and_signs() {
    for number in ["1.", "12)", "١٢.", "۱۲ -", "१.", "\u{200F}3\u{200F}."] {
        assert_eq!(thread(&format!("  {number} هدى\n    نعم\n")), pairs(&[("هدى", "نعم")]), "{number}");
    }
    assert_eq!(thread("  1.هدى\n    نعم\n"), pairs(&[("هدى", "نعم")]));
    assert_eq!(thread("  1.\n    نعم\n"), pairs(&[("", "نعم")]));
    assert_eq!(thread("  1. هدى\n    نعم\n  3.5 كيلومتر\n"), pairs(&[("هدى", "نعم\n3.5 كيلومتر")]));
}

#[test]
fn texts_keep_everything_but_their_indentation() {
    let list = "  1. هدى\n    أول  \n\n\n    ثان{ (\n      أعمق\n\n  1. هدى\n\t\tبجدولة\n";
    assert_eq!(thread(list), pairs(&[("هدى", "أول  \n\n\nثان{ (\n  أعمق"), ("هدى", "بجدولة")]));
    // Numbered lines inside a text, deeper lines below them.
    let list = "  1. هدى\n    1. أولا\n      شرح\n    2. ثانيا\n  7. سالم\n    نعم\n";
    assert_eq!(thread(list), pairs(&[("هدى", "1. أولا\n  شرح\n2. ثانيا"), ("سالم", "نعم")]));
    assert_eq!(thread("\t1. هدى\n\t\tنعم\n\t1. سالم\n\t\tلا\n"), pairs(&[("هدى", "نعم"), ("سالم", "لا")]));
    assert_eq!(thread("  1. هدى\n    نعم\n\t2. سالم\n\t\tلا\n"), pairs(&[("هدى", "نعم"), ("سالم", "لا")]));
    assert_eq!(thread("1. هدى\n  نعم\n2. سالم\n  لا\nتذييل\n"), pairs(&[("هدى", "نعم"), ("سالم", "لا")]));
}

#[test]
fn a_stray_line_in_the_list_loses_no_comment() {
    let list = "  1. هدى\n    نعم\nإعلان\n    وبعد\n  2. سالم\n    لا\nتذييل\n    تذييل أيضا\n";
    assert_eq!(thread(list), pairs(&[("هدى", "نعم\nوبعد"), ("سالم", "لا")]));
    let text = format!("عنوان\n\nفقرة.\n\nتعليقات الزوار\n{list}");
    use WhyDropped::{BesideList, Footer, ListHeading};
    assert_eq!(dropped(&text), [(5, ListHeading), (8, BesideList), (12, Footer), (13, Footer)]);
}

#[test]
fn a_list_without_heading_follows_the_form() {
    let page = read("عنوان\n\nفقرة.\n\nأضف تعليق\n\n  1. هدى\n    نعم\n\nتذييل\n");
    assert_eq!(page.comments.len(), 1);
    // A numbered list inside a story is none.
    let page = read("عنوان\n\nفقرة:\n\n  1. أولا\n    شرح\n\nفقرة.\n\nأضف تعليق\n");
    assert_eq!((page.comments.len(), page.paragraphs().count()), (0, 3));
}

#[test]
fn the_word_comments_inside_a_story_opens_no_list() {
    let page = read("عنوان\n\nالتعليقات\n\nفقرة.\n\nتعليقات الزوار\n  1. هدى\n    نعم\n");
    assert_eq!((page.comments.len(), page.paragraphs().count()), (1, 2));
}

#[test]
fn dropped_lines_are_shown_shortened() {
    let page = read(&format!("عنوان\n\nالتعليقات\n  1. هدى\n    نعم\n{}\n", "م\u{64E}".repeat(61)));
    assert_eq!(page.dropped.last().expect("a footer").text, "م\u{64E}".repeat(60) + "…");
}
