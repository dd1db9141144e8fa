//! Sentences of our own that heads are taught besides: what is hate, what is not, and what only looks like it.

use super::labelled::Labelled;
use anyhow::{Context, Result};
use moderation::learned::train::OWN_SENTENCES;
use std::collections::BTreeMap;

/// The source by which such sentences are known; nothing is measured on them.
const SOURCE: &str = "templates";

/// Whether a text is such a sentence.
pub fn is_own(text: &Labelled) -> bool {
    [SOURCE, OWN_SENTENCES].contains(&text.source.as_str())
}

/// A kind of sentence: whom it teaches, what is put into it, its labels, and what it is known for.
struct Kind {
    name: &'static str,
    source: &'static str,
    slot: &'static str,
    labels: &'static [&'static str],
    known: &'static [&'static str],
}

const HARMLESS: &[&str] = &["insult", "hate", "threat"];

const KINDS: [Kind; 6] = [
    Kind { name: "hate", source: SOURCE, slot: "people", labels: &["hate"], known: &["hate", "threat"] },
    Kind { name: "threat", source: SOURCE, slot: "people", labels: &["hate", "threat"], known: &["hate", "threat"] },
    Kind { name: "harmless", source: SOURCE, slot: "people", labels: &[], known: HARMLESS },
    Kind { name: "plain", source: SOURCE, slot: "things", labels: &[], known: HARMLESS },
    // For the head that is asked about people alone: it sees no name, so that three of them are enough.
    Kind { name: "contempt", source: OWN_SENTENCES, slot: "named", labels: &["hate"], known: &["hate"] },
    Kind { name: "no-contempt", source: OWN_SENTENCES, slot: "named", labels: &[], known: &["hate"] },
];

/// Every sentence of a file with every word that its slot takes.
///
/// # Errors
/// When the file cannot be read, or is not a table of lists.
pub fn written_out(file: &str) -> Result<Vec<Labelled>> {
    let text = std::fs::read_to_string(file).with_context(|| file.to_owned())?;
    let lists: BTreeMap<String, Vec<String>> = serde_json::from_str(&text).with_context(|| file.to_owned())?;
    let list = |name: &str| lists.get(name).map_or(&[][..], Vec::as_slice);
    let sentences = KINDS.iter().flat_map(|kind| {
        let slot = format!("{{{}}}", kind.slot);
        list(kind.name).iter().flat_map(move |sentence| {
            let slot = slot.clone();
            list(kind.slot).iter().map(move |word| kind.labelled(sentence.replace(&slot, word)))
        })
    });
    Ok(sentences.collect())
}

impl Kind {
    fn labelled(&self, text: String) -> Labelled {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Labelled {
            text,
            source: self.source.to_owned(),
            lang: "ar".to_owned(),
            labels: owned(self.labels),
            known: owned(self.known),
            gold: "template".to_owned(),
            lic: "own".to_owned(),
            ..Labelled::default()
        }
    }
}
