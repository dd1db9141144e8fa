//! Words that stand where they should not: for people in sources, for ourselves
//! on the main line.

use super::template::{templates, without_directives};
use crate::complaint::Complaint;
use crate::rust_text::{mask, words};
use crate::tree::{File, Tree};

/// Sources that read Arabic instead of speaking it, with what they read.
const READERS: &[(&str, &str)] = &[
    ("crates/arabic/", "letters and words are its subject"),
    ("crates/moderation/", "it recognises what visitors write"),
    ("crates/moving/src/page", "it recognises the furniture of other papers' pages"),
];

/// No Arabic letter in a literal: what people read is a key until the last moment.
pub fn in_sources(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let speaking = tree
        .under("crates/", ".rs")
        .filter(|file| file.path.contains("/src/") && !file.is_test())
        .filter(|file| !READERS.iter().any(|(start, _)| file.path.starts_with(start)));
    for file in speaking {
        for literal in mask(&file.text).literals {
            if literal.text.chars().any(is_arabic_letter) {
                complaints.push(Complaint::at(
                    &file.path,
                    literal.line,
                    "words for people: make them a key and put them in locales/",
                ));
            }
        }
    }
    complaints
}

/// No Arabic letter in a template: it holds keys, the locales hold words.
pub fn in_templates(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in templates(tree) {
        // What directives print counts, what comments say does not.
        let directives = file.text.replace("{{", "  ").replace("{%", "  ");
        for (index, line) in without_directives(&directives).lines().map(without_keys).enumerate() {
            if line.chars().any(is_arabic_letter) {
                let says = "words in a template: make them a key and put them in locales/";
                complaints.push(Complaint::at(&file.path, index + 1, says));
            }
        }
    }
    complaints
}

/// What is printed on a key of the keyboard is the keyboard's, not a word.
fn without_keys(line: &str) -> String {
    let mut parts = line.split("<kbd");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("</kbd>").map_or(part, |(_, rest)| rest))
}

/// What is unfinished stays on its branch.
pub fn unfinished(tree: &Tree) -> Vec<Complaint> {
    // In two halves, so that this file is not caught by its own rule.
    let marks = [concat!("FIX", "ME"), concat!("TO", "DO")];
    let macros = [concat!("to", "do!"), concat!("unimple", "mented!")];
    let mut complaints = Vec::new();
    for file in tree.files.iter().filter(|file| is_ours(file)) {
        for (index, line) in file.text.lines().enumerate() {
            let marked = words(line).any(|(_, word)| marks.contains(&word));
            if marked || macros.iter().any(|name| line.contains(name)) {
                complaints.push(Complaint::at(&file.path, index + 1, "unfinished: finish it or file it"));
            }
        }
    }
    complaints
}

fn is_ours(file: &File) -> bool {
    const KINDS: &[&str] = &[".rs", ".html", ".css", ".js", ".sql", ".toml"];
    KINDS.iter().any(|kind| file.path.ends_with(kind)) && !file.is_vendored()
}

/// Letters and vowel signs of the Arabic blocks; the tatweel is a rule, not a word.
fn is_arabic_letter(c: char) -> bool {
    const TATWEEL: char = '\u{640}';
    let block = matches!(c,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    block && c.is_alphabetic() && c != TATWEEL
}
