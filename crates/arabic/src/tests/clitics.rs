use std::string::String;
use std::vec::Vec;

use proptest::prelude::*;

use crate::fold::{Level, folded};
use crate::words::{contracted, is_enclitic, is_ending, is_proclitic};

/// What stands before and after the listed word, folded; none where it does not occur.
fn around(sent: &str, listed: &str) -> Option<(String, String)> {
    let word = folded(sent, Level::Match);
    let (before, after) = word.split_once(listed)?;
    Some((before.into(), after.into()))
}

fn matches(sent: &str, listed: &str) -> bool {
    around(sent, listed).is_some_and(|(before, after)| {
        (before.is_empty() || is_proclitic(&before)) && (after.is_empty() || is_enclitic(&after) || is_ending(&after))
    })
}

#[test]
fn a_listed_word_is_found_with_what_is_written_on_to_it() {
    for sent in [
        "قلم",
        "القلم",
        "وقلم",
        "والقلم",
        "بقلم",
        "بالقلم",
        "وبالقلم",
        "كالقلم",
        "للقلم",
        "وللقلم",
        "فللقلم",
        "لقلم",
        "أقلم",
        "أوالقلم",
        "أفبالقلم",
        "هالقلم",
        "وهالقلم",
        "بهالقلم",
        "عالقلم",
        "شهالقلم",
        "ياقلم",
        "ماقلم",
        "قلمه",
        "قلمها",
        "قلمهم",
        "قلمهما",
        "قلمك",
        "قلمكم",
        "قلمكن",
        "قلمي",
        "قلمنا",
        "قلمو",
        "قلمكو",
        "وبقلمهم",
        "فلقلمنا",
        "قلمان",
        "القلمين",
        "قلمًا",
        "قَلَمِيّة",
        "قلماتهم",
        "قلمتكم",
        "ماقلموش",
        "قلملك",
        "قلملهمش",
    ] {
        assert!(matches(sent, "قلم"), "{sent}");
    }
}

#[test]
fn a_listed_word_is_not_found_inside_another() {
    for sent in ["إقليم", "تقلم", "مقلمة", "قلمبر", "بتقلم", "الوقلم", "قلمستان", "نقلمها", "والوقلم"]
    {
        assert!(!matches(sent, "قلم"), "{sent}");
    }
}

#[test]
fn chains_that_nobody_writes_are_none() {
    for chain in ["", "الب", "بو", "سال", "وو", "لب", "اللل", "بس", "كك", "فو", "x", " و"] {
        assert!(!is_proclitic(chain), "{chain}");
    }
    for chain in ["", "ر", "هك", "شش", "مه", " ه", "x"] {
        assert!(!is_enclitic(chain) && !is_ending(chain), "{chain}");
    }
}

#[test]
fn the_article_behind_lam_loses_its_alef() {
    assert_eq!(contracted("القاعده").as_deref(), Some("للقاعده"));
    assert_eq!(contracted("اللجنه").as_deref(), Some("للجنه"));
    for word in ["قاعده", "ال", "الم", ""] {
        assert_eq!(contracted(word).is_some(), word == "المم", "{word}");
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in any::<String>(), arabic in "[ابتسشفكلمنهوي]{0,8}") {
        for text in [&text, &arabic] {
            let longest: Vec<bool> = [is_proclitic(text), is_enclitic(text), is_ending(text)].into();
            prop_assert!(text.chars().count() <= 8 || longest == [false; 3]);
            prop_assert!(contracted(text).is_none_or(|made| made.starts_with("لل")));
        }
    }
}
