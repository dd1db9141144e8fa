//! Every word that a page asks for is there, in every language and every plural form.

use super::{AR, EN, Entry, FR, Table, Words};
use crate::error::PageError;
use arabic::digits::Digits;
use newsroom::profile::Language;
use std::path::{Path, PathBuf};

#[test]
fn every_key_that_a_page_or_a_source_names_is_in_the_reference_language() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut asked = 0;
    for file in files_in(&folder) {
        let text = std::fs::read_to_string(&file).expect("a source can be read");
        for key in keys_in(&text) {
            asked += 1;
            assert!(AR.contains_key(key), "{key}, asked for in {}, is not in ar.json", file.display());
        }
    }
    assert!(asked > 50, "the search found only {asked} keys: it does not look where they are");
}

#[test]
fn every_language_has_the_keys_and_arguments_of_the_reference() {
    for (name, table) in [("fr", &*FR), ("en", &*EN)] {
        for (key, entry) in AR.iter() {
            let other = table.get(key).unwrap_or_else(|| panic!("{key} is not in {name}.json"));
            assert_eq!(arguments(entry), arguments(other), "{key} in {name}.json has other arguments");
        }
        assert_eq!(AR.len(), table.len(), "{name}.json has keys that ar.json has not");
    }
}

#[test]
fn what_is_counted_has_the_plural_forms_of_its_language() {
    let forms = |table: &Table, expected: &[&str]| {
        for (key, entry) in table {
            let Entry::Forms(forms) = entry else { continue };
            let mut found: Vec<&str> = forms.keys().map(String::as_str).collect();
            found.sort_unstable();
            assert_eq!(found, expected, "the forms of {key}");
        }
    };
    forms(&AR, &["few", "many", "one", "other", "two", "zero"]);
    forms(&FR, &["many", "one", "other"]);
    forms(&EN, &["one", "other"]);
}

#[test]
fn every_error_has_a_title_and_a_text() {
    let errors = [
        PageError::NotFound,
        PageError::Withdrawn { note: String::new() },
        PageError::CommentsClosed,
        PageError::Forbidden,
        PageError::SignInFirst,
        PageError::TooFast { wait: 3 },
        PageError::Overtaken,
        PageError::BadRequest("a test"),
        PageError::WrongMethod,
        PageError::TooLarge,
        PageError::TooSlow,
        PageError::Panicked,
    ];
    for error in errors {
        for key in [error.key().to_owned(), format!("{}.text", error.key())] {
            assert!(AR.contains_key(key.as_str()), "{key}");
        }
    }
}

#[test]
fn counts_take_their_form_and_the_papers_digits() {
    let words = |language, digits, n: u64| Words::new(language, digits).n("list.stories-count", n);
    assert_eq!(words(Language::Ar, Digits::Western, 2), "مادتان");
    assert_eq!(words(Language::Ar, Digits::Western, 7), "7 مواد");
    assert_eq!(words(Language::Ar, Digits::Eastern, 11), "١١ مادة");
    assert_eq!(words(Language::Fr, Digits::Western, 1), "1 article");
    assert_eq!(words(Language::En, Digits::Western, 5), "5 stories");
}

#[test]
fn the_text_of_others_is_isolated_in_a_sentence() {
    let words = Words::new(Language::Ar, Digits::Western);
    let line = words.with("story.for-outlet", 1, &[("outlet", "La Revue")]);
    assert_eq!(line, "لـ«\u{2068}La Revue\u{2069}»");
}

#[test]
fn what_stands_in_a_text_is_no_place_of_its_sentence() {
    let words = Words::new(Language::Fr, Digits::Western);
    let line = words.with("story.for-outlet", 1, &[("outlet", "{outlet} {n} {")]);
    assert!(line.contains("\u{2068}{outlet} {n} {\u{2069}"), "{line}");
    let around = words.around("comment.numbered", "number");
    assert_eq!(around.with("{number}"), words.with("comment.numbered", 1, &[("number", "{number}")]));
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder can be read");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    paths.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

/// Keys given as they stand: `t.s("…")`, `t.n("…"`, `t.with("…"`, `t.forms("…"`, `t.around("…"`.
fn keys_in(text: &str) -> impl Iterator<Item = &str> {
    ["t.s(\"", "t.n(\"", "t.with(\"", "t.forms(\"", "t.around(\""]
        .into_iter()
        .flat_map(|call| text.match_indices(call).map(|(at, call)| &text[at + call.len()..]))
        .filter_map(|rest| rest.split_once('"').map(|(key, _)| key))
        .filter(|key| !key.contains('…'))
}

fn arguments(entry: &Entry) -> Vec<String> {
    let texts: Vec<&str> = match entry {
        Entry::One(text) => vec![text],
        Entry::Forms(forms) => forms.values().map(String::as_str).collect(),
    };
    let names = |text: &str| -> Vec<String> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
    };
    // The count is left out: «تعليقان» says two without a number.
    let mut all: Vec<String> = texts.into_iter().flat_map(names).filter(|name| name != "n").collect();
    all.sort_unstable();
    all.dedup();
    all
}
