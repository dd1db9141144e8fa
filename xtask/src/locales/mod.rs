//! `cargo xtask locales`: whatever a reader can see, she can see in every language.
//!
//! A file is one flat object: a key, and its text or its plural forms. Arabic is
//! the reference; the other languages have its keys, no fewer and no more.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::complaint::Complaint;
use crate::tree::{File, Tree};

mod entries;
#[cfg(test)]
mod tests;

use entries::{Entries, Text};

/// Every language, the reference first, with the plural forms it distinguishes
/// (Unicode CLDR, cardinals).
const LANGUAGES: &[(&str, &[&str])] = &[
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ("fr", &["one", "many", "other"]),
    ("en", &["one", "other"]),
];

/// Forms that may name the number in words («تعليقان») and so leave out `{n}`.
const MAY_OMIT_N: &[&str] = &["zero", "one", "two"];

/// What was found in one file.
pub struct Judged {
    /// The file, which may be missing.
    pub path: String,
    /// What is wrong with it; empty when all is well.
    pub complaints: Vec<Complaint>,
}

/// `cargo xtask locales`.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    ensure!(words.is_empty(), "locales takes no arguments");
    let judged = judge(&Tree::read(root)?);
    ensure!(!judged.is_empty(), "no crate has a folder locales/");
    report(&judged);
    Ok(judged.iter().all(|file| file.complaints.is_empty()))
}

/// Prints one line for each file, and under it what is wrong.
pub fn report(judged: &[Judged]) {
    for file in judged {
        let mark = match file.complaints.is_empty() {
            true => "ok  ",
            false => "FAIL",
        };
        println!("{mark} {}", file.path);
        for complaint in &file.complaints {
            println!("       {complaint}");
        }
    }
}

/// Judges every folder called `locales` under `crates/`.
pub fn judge(tree: &Tree) -> Vec<Judged> {
    folders(tree).iter().flat_map(|folder| judge_folder(tree, folder)).collect()
}

fn folders(tree: &Tree) -> BTreeSet<&str> {
    tree.under("crates/", ".json")
        .filter_map(|file| file.path.rsplit_once('/'))
        .map(|(folder, _)| folder)
        .filter(|folder| folder.ends_with("/locales"))
        .collect()
}

fn judge_folder(tree: &Tree, folder: &str) -> Vec<Judged> {
    let read = |language: &str| tree.file(&format!("{folder}/{language}.json"));
    let reference = read(LANGUAGES[0].0).and_then(|file| Entries::parse(&file.text).ok());
    let mut judged = Vec::new();
    for (language, forms) in LANGUAGES {
        let path = format!("{folder}/{language}.json");
        let says = match read(language) {
            Some(file) => judge_file(file, forms, reference.as_ref()),
            None => vec!["is missing".to_owned()],
        };
        let complaints = says.into_iter().map(|says| Complaint::about(&path, says));
        judged.push(Judged { complaints: complaints.collect(), path });
    }
    judged.extend(strangers(tree, folder));
    judged
}

/// A language whose plural forms are not written above cannot be judged.
fn strangers<'a>(tree: &'a Tree, folder: &'a str) -> impl Iterator<Item = Judged> + 'a {
    tree.under(folder, ".json")
        .filter(move |file| {
            let name = file.path[folder.len()..].trim_matches('/').trim_end_matches(".json");
            !LANGUAGES.iter().any(|(language, _)| *language == name)
        })
        .map(|file| Judged {
            path: file.path.clone(),
            complaints: vec![Complaint::about(&file.path, "its plural forms are not written in xtask/src/locales")],
        })
}

fn judge_file(file: &File, forms: &[&str], reference: Option<&Entries>) -> Vec<String> {
    let entries = match Entries::parse(&file.text) {
        Ok(entries) => entries,
        Err(error) => return vec![format!("is not a flat object of texts and plural forms: {error}")],
    };
    let mut says = entries.repeated();
    for (key, text) in &entries.0 {
        says.extend(judge_forms(key, text, forms));
    }
    let Some(reference) = reference else {
        says.push("cannot be compared: the Arabic file is missing or broken".to_owned());
        return says;
    };
    says.extend(compare(&entries, reference));
    says
}

/// The text by itself: not empty, exactly the plural forms of its language.
fn judge_forms(key: &str, text: &Text, forms: &[&str]) -> Vec<String> {
    let mut says = Vec::new();
    if text.spoken().iter().any(|(_, words)| words.trim().is_empty()) {
        says.push(format!("«{key}» has an empty text"));
    }
    if let Text::Counted(found) = text {
        let found: BTreeSet<&str> = found.iter().map(|(form, _)| form.as_str()).collect();
        let wanted: BTreeSet<&str> = forms.iter().copied().collect();
        for form in wanted.difference(&found) {
            says.push(format!("«{key}» lacks the plural form «{form}»"));
        }
        for form in found.difference(&wanted) {
            says.push(format!("«{key}» has «{form}», which this language does not count by"));
        }
    }
    says
}

/// The file beside the reference: same keys, same kind of text, same placeholders.
fn compare(entries: &Entries, reference: &Entries) -> Vec<String> {
    let mut says = Vec::new();
    for (key, meant) in &reference.0 {
        match entries.get(key) {
            None => says.push(format!("«{key}» is missing")),
            Some(text) if text.is_counted() != meant.is_counted() => {
                says.push(format!("«{key}» has plural forms in one language and not in another"));
            }
            Some(text) => says.extend(compare_placeholders(key, text, &meant.placeholders())),
        }
    }
    for (key, _) in &entries.0 {
        if reference.get(key).is_none() {
            says.push(format!("«{key}» is not in the Arabic file"));
        }
    }
    says
}

fn compare_placeholders(key: &str, text: &Text, wanted: &BTreeSet<String>) -> Vec<String> {
    let mut says = Vec::new();
    for (form, words) in text.spoken() {
        let found = entries::placeholders(words);
        let may_omit_n = MAY_OMIT_N.contains(&form);
        let missing = wanted.difference(&found).filter(|name| !(may_omit_n && *name == "n"));
        let place = match form {
            "" => format!("«{key}»"),
            form => format!("«{key}» ({form})"),
        };
        says.extend(missing.map(|name| format!("{place} lacks {{{name}}}")));
        let strange = found.difference(wanted);
        says.extend(strange.map(|name| format!("{place} has {{{name}}}, the Arabic text has not")));
    }
    says
}
