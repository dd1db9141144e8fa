//! Whether texts that were taken from known articles are found, and others are not: by an index of probes as the store keeps
//! one, and then by the engine.

use super::evaluate::Share;
use super::index::Index;
use super::labelled::Labelled;
use super::lines::each_line;
use super::returns::returned;
use anyhow::Result;
use moderation::paste::{Sample, nearness};
use moderation::{Alike, Facts, Models, Origin, Reason, Rulebook, Submission, examine};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An article from which texts may have been taken.
#[derive(Debug, Deserialize)]
struct Article {
    #[serde(rename = "ref")]
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

/// Everything about texts taken from elsewhere.
#[derive(Debug, Default, Serialize)]
pub struct Pastes {
    /// Articles in the index.
    pub articles: usize,
    /// Rows that they take in it.
    pub article_rows: usize,
    /// Texts of the files in the index, each beside all others, as if all were in the archive.
    pub comments: usize,
    /// Rows that they take in it.
    pub comment_rows: usize,
    /// Taken from an article, and that article named, or one that is word for word the same.
    pub found: BTreeMap<String, Share>,
    /// Known to be taken from no article, and taken for a paste of one, by source.
    pub alarms: BTreeMap<String, Share>,
    /// Known to be taken from no article, and found to share passages with another published comment, by source: readers do
    /// send a comment twice, and quote each other, and the data do not say who did.
    pub copies: BTreeMap<String, Share>,
    /// Published comments of twelve words and more as if each had been refused, and recognised when they come back
    /// changed, by what was changed.
    pub returned: BTreeMap<String, Share>,
}

/// What may stand in a text: an article, or another text of the files.
struct Known<'a> {
    origin: Origin,
    title: &'a str,
    text: String,
}

/// Looks for the files' texts in the articles and in each other.
pub fn pastes(file: &str, texts: &[Labelled], rulebook: &Rulebook, models: &Models) -> Result<Pastes> {
    let mut articles: Vec<Article> = Vec::new();
    each_line(file, |line| {
        articles.push(serde_json::from_str(line)?);
        Ok(())
    })?;
    let of_articles = articles.iter().map(|article| Known {
        origin: Origin::Article,
        title: &article.id,
        text: format!("{}\n{}", article.title, article.text),
    });
    let published = texts.iter().filter(|text| text.gold == "published");
    let comments = published.map(|text| Known { origin: Origin::Comment, title: "", text: text.text.clone() });
    let known: Vec<Known<'_>> = of_articles.chain(comments).collect();
    let mut index = Index::default();
    let mut counted = Pastes { articles: articles.len(), comments: known.len() - articles.len(), ..Pastes::default() };
    for (number, known) in known.iter().enumerate() {
        let sample = if number < articles.len() { Sample::Article } else { Sample::Comment };
        index.keep(number, &known.text, sample);
        if number + 1 == articles.len() {
            counted.article_rows = index.rows;
        }
    }
    counted.comment_rows = index.rows - counted.article_rows;
    let mut place = articles.len();
    for text in texts {
        let itself = if text.gold == "published" { place } else { usize::MAX };
        place += usize::from(text.gold == "published");
        let Some(is_paste) = text.says("copy_paste") else { continue };
        let from = pasted_from(&text.text, &index, itself, &known, rulebook, models);
        if is_paste {
            let right = from.iter().any(|(origin, title)| {
                *origin == Origin::Article && (*title == text.article || is_twin(title, &text.article, &known))
            });
            counted.found.entry(text.slice.clone()).or_default().count(right);
        } else {
            let is_of = |wanted: Origin| from.iter().any(|(origin, _)| *origin == wanted);
            counted.alarms.entry(text.source.clone()).or_default().count(is_of(Origin::Article));
            counted.copies.entry(text.source.clone()).or_default().count(is_of(Origin::Comment));
        }
    }
    let published = texts.iter().filter(|text| text.gold == "published");
    counted.returned = returned(&published.map(|text| text.text.as_str()).collect::<Vec<_>>(), rulebook, models);
    Ok(counted)
}

/// Two articles of this likeness, in hundredths, are one: some stand in the files twice, under two names.
const TWINS: u8 = 95;

/// Whether two articles are the same text.
fn is_twin(one: &str, other: &str, known: &[Known<'_>]) -> bool {
    let text = |title: &str| known.iter().find(|known| known.origin == Origin::Article && known.title == title);
    matches!((text(one), text(other)), (Some(one), Some(other)) if nearness(&one.text, &other.text) >= TWINS)
}

/// Origins and titles of what the engine says a text was taken from.
fn pasted_from(
    text: &str,
    index: &Index,
    itself: usize,
    known: &[Known<'_>],
    rulebook: &Rulebook,
    models: &Models,
) -> Vec<(Origin, String)> {
    let sources = index.alike(text, itself);
    let alike = sources.iter().map(|number| &known[*number]);
    let alike: Vec<Alike<'_>> =
        alike.map(|known| Alike { origin: known.origin, title: known.title, text: &known.text }).collect();
    let facts = Facts { alike: &alike, ..Facts::default() };
    let verdict = examine(&Submission { text, name: "" }, &facts, rulebook, models);
    let pasted = verdict.findings.into_iter().filter_map(|finding| match finding.reason {
        Reason::Pasted { from, title, .. } => Some((from, title)),
        _ => None,
    });
    pasted.collect()
}
