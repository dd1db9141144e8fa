//! What the head for contempt sees, and what it says.

use super::features;
use crate::stance::{Rules, Scan};
use crate::{Head, Models, Reading, Reason, Rulebook, Submission, examine};
use alloc::vec::Vec;

fn seen(text: &str) -> Option<Vec<u32>> {
    let reading = Reading::of(text);
    features(&Scan::of(&reading, &Rules::shipped()))
}

#[test]
fn whoever_is_named_is_the_same_to_it() {
    assert_eq!(seen("رأيت النساء في السوق"), seen("رأيت اللاجئين في السوق"));
    assert!(seen("رأيت النساء في السوق") != seen("رأيت النساء في البيت"));
}

#[test]
fn it_is_asked_only_where_people_are_named_in_arabic_letters() {
    assert_eq!(seen("رأيت الغيوم في السماء"), None);
    assert_eq!(seen("les femmes travaillent au port"), None);
}

#[test]
fn a_denied_word_is_another_word() {
    let (said, denied) = (seen("النساء كسولات").unwrap(), seen("النساء لسن كسولات").unwrap());
    assert!(said.iter().filter(|feature| denied.contains(feature)).count() * 2 < said.len());
}

#[test]
fn it_asks_for_a_look_and_never_for_more() {
    let (rules, models) = (Rulebook::default(), Models::shipped());
    let judged = |text: &str| examine(&Submission { text, name: "" }, &crate::Facts::default(), &rules, &models);
    let of_people = |text: &str| {
        let findings = judged(text).findings.into_iter();
        let weights = findings.filter(|finding| matches!(finding.reason, Reason::Likely { head: Head::Hate, .. }));
        weights.map(|finding| finding.weight).max().unwrap_or(0)
    };
    assert_eq!(of_people("مش قادر أتحمل اللاجئين في بلدنا"), 350);
    assert_eq!(of_people("أحب العمل مع اللاجئين في بلدنا"), 0);
}

#[test]
fn it_follows_the_threshold_that_an_editor_sets_for_hate() {
    let models = Models::shipped();
    let weighs = |rules: &str| {
        let rules = Rulebook::parse(rules).unwrap();
        let submission = Submission { text: "مش قادر أتحمل اللاجئين في بلدنا", name: "" };
        let findings = examine(&submission, &crate::Facts::default(), &rules, &models).findings;
        findings.iter().any(|found| matches!(found.reason, Reason::Likely { head: Head::Hate, .. }) && found.weight > 0)
    };
    assert!(weighs(""));
    assert!(weighs("[heads.hate]\nhold = 0.1\npropose = 0.99"));
    assert!(!weighs("[heads.hate]\nhold = 0.995\npropose = 0.999"));
}
