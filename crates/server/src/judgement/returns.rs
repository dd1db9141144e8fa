//! Whether a refused text is recognised that comes back in another coat.

use super::evaluate::Share;
use super::index::Index;
use moderation::paste::Sample;
use moderation::{Alike, Facts, Models, Origin, Reason, Rulebook, Submission, examine};
use std::collections::BTreeMap;

/// Shorter texts have no probes: many say the same in so few words.
const FEWEST_WORDS: usize = 12;

/// What a change is called, and what it makes of a text.
type Change = (&'static str, fn(&str) -> String);

const CHANGES: [Change; 6] = [
    ("as it was", str::to_owned),
    ("tatweel and marks in every word", |text| {
        by_words(text, |_, word| word.chars().flat_map(|letter| [letter, '\u{640}', '\u{64E}']).collect())
    }),
    ("second half first", |text| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (first, second) = words.split_at(words.len() / 2);
        [second, first].concat().join(" ")
    }),
    ("every tenth word another", |text| every(10, text)),
    ("every seventh word another", |text| every(7, text)),
    ("every fifth word another", |text| every(5, text)),
];

/// How many of these texts are recognised after each change, each looked for among all of them.
pub fn returned(texts: &[&str], rulebook: &Rulebook, models: &Models) -> BTreeMap<String, Share> {
    let long: Vec<&str> =
        texts.iter().copied().filter(|text| text.split_whitespace().count() >= FEWEST_WORDS).collect();
    let mut index = Index::default();
    long.iter().enumerate().for_each(|(number, text)| index.keep(number, text, Sample::Comment));
    let mut counted: BTreeMap<String, Share> = BTreeMap::new();
    for (name, change) in CHANGES {
        for text in &long {
            let back = change(text);
            let alike: Vec<Alike<'_>> = index
                .alike(&back, usize::MAX)
                .into_iter()
                .map(|number| Alike { origin: Origin::Refused, title: "", text: long[number] })
                .collect();
            let facts = Facts { alike: &alike, ..Facts::default() };
            let verdict = examine(&Submission { text: &back, name: "" }, &facts, rulebook, models);
            let pasted = verdict.findings.iter().any(|finding| matches!(finding.reason, Reason::Pasted { .. }));
            counted.entry(name.to_owned()).or_default().count(pasted);
        }
    }
    counted
}

fn by_words(text: &str, change: impl Fn(usize, &str) -> String) -> String {
    let words = text.split_whitespace().enumerate().map(|(number, word)| change(number, word));
    words.collect::<Vec<_>>().join(" ")
}

fn every(so_many: usize, text: &str) -> String {
    by_words(text, |number, word| match number % so_many == so_many / 2 {
        true => format!("other{number}"),
        false => word.to_owned(),
    })
}
