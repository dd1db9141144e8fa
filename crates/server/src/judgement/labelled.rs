//! Labelled texts as JSON lines: what a person said of them, and what the engine says.
//!
//! `{"id", "text", "source", "lang", "labels": […], "known": […], "lic", "slice"?, "ent"?, "ref"?}`: a label in `known` but not in `labels` is a
//! real «no»; one in neither is unknown and is left out, of training and of counting.

use super::lines::each_line;
use anyhow::Result;
use moderation::learned::train::{Row, answers};
use moderation::{Category, Facts, Models, Rulebook, Submission, Verdict, examine};
use serde::Deserialize;

/// A labelled text.
#[derive(Debug, Default, Deserialize)]
pub struct Labelled {
    /// Its id.
    #[serde(default)]
    pub id: String,
    /// The text.
    pub text: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// Its language, `ar`, `fr`, `en`.
    #[serde(default)]
    pub lang: String,
    /// What it is.
    #[serde(default)]
    pub labels: Vec<String>,
    /// What it is known to be or not to be.
    #[serde(default)]
    pub known: Vec<String>,
    /// Who labelled it; `published`: a newspaper let it be published, which says little.
    #[serde(default)]
    pub gold: String,
    /// Its licence; `none`: none is stated.
    #[serde(default)]
    pub lic: String,
    /// The function that a functional test tries; elsewhere the kind of a paste.
    #[serde(default)]
    pub slice: String,
    /// Whether it names an armed group; no label, only a mark by which such texts are counted apart.
    #[serde(default)]
    pub ent: bool,
    /// The article that a paste was taken from.
    #[serde(default, rename = "ref")]
    pub article: String,
}

impl Labelled {
    /// Reads a file of them.
    pub fn read(file: &str) -> Result<Vec<Self>> {
        let mut all = Vec::new();
        each_line(file, |line| {
            all.push(serde_json::from_str(line)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// As the learner wants it.
    pub fn row(&self) -> Row<'_> {
        let answers = answers(self.labels.iter().map(String::as_str), self.known.iter().map(String::as_str));
        Row { text: &self.text, source: &self.source, published: self.gold == "published", answers }
    }

    /// A case of a functional test (Multilingual HateCheck), hateful (`…_h`) or harmless (`…_nh`).
    pub fn functional(&self) -> Option<bool> {
        match self.slice.rsplit('_').next() {
            Some("h") => Some(true),
            Some("nh") => Some(false),
            _ => None,
        }
    }

    /// What is known of a label.
    pub fn says(&self, label: &str) -> Option<bool> {
        let has = self.labels.iter().any(|word| word == label);
        (has || self.known.iter().any(|word| word == label)).then_some(has)
    }

    /// Whether it is known to be abuse of any kind, or not to be: the routing question of the data's own notes.
    pub fn abuse(&self) -> Option<bool> {
        let has = ["insult", "hate", "threat", "sexual"].iter().any(|label| self.says(label) == Some(true));
        (has || self.says("insult").is_some()).then_some(has)
    }

    /// What the whole engine says of it, without any facts around it.
    pub fn judged(&self, rulebook: &Rulebook, models: &Models) -> Verdict {
        examine(&Submission { text: &self.text, name: "" }, &Facts::default(), rulebook, models)
    }
}

/// Whether something of these kinds was found that weighs at least so much.
pub fn weighs(verdict: &Verdict, categories: &[Category], least: u16) -> bool {
    verdict.findings.iter().any(|finding| finding.weight >= least.max(1) && categories.contains(&finding.category))
}
