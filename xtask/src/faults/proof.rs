//! What is seen of the paper, compared with what is known of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::Value;

use super::ledger::{Ledger, Standing, State};
use super::marks::{Marked, marks};

/// Everything of the run that an export holds.
#[derive(Debug, Default)]
pub struct Kept {
    /// State and words of a comment's rows.
    pub comments: BTreeMap<u32, Vec<(String, String)>>,
    /// The states of a story's rows.
    pub stories: BTreeMap<u32, Vec<String>>,
    /// The id of a comment.
    pub ids: BTreeMap<u32, i64>,
    /// The number of a story by its id.
    numbers: BTreeMap<i64, u32>,
    /// Which stories were published, and when, in milliseconds since 1970.
    published: Vec<(i64, i64)>,
}

impl Kept {
    /// Reads an export.
    pub fn read(file: &Path, word: &str) -> Result<Self> {
        let mut kept = Self::default();
        let lines = std::io::BufReader::new(std::fs::File::open(file).context("the export")?).lines();
        for line in lines {
            let line = line.context("the export")?;
            // Rows without a mark, pictures above all, are not worth reading.
            if line.contains(word) || line.contains("\"story-published\"") {
                kept.row(&serde_json::from_str(&line).context("a line of the export")?, word);
            }
        }
        Ok(kept)
    }

    fn row(&mut self, line: &Value, word: &str) {
        let (row, table) = (&line["row"], line["table"].as_str().unwrap_or_default());
        let text = row["text"].as_str().unwrap_or_default();
        let state = row["state"].as_str().unwrap_or_default().to_owned();
        let id = |name: &str| row[name].as_i64().unwrap_or_default();
        match (table, marks(word, text).first()) {
            ("comments", Some(Marked::Comment(number))) => {
                self.ids.insert(*number, id("comment_id"));
                self.comments.entry(*number).or_default().push((state, text.to_owned()));
            }
            ("stories", Some(Marked::Story(number))) => {
                self.numbers.insert(id("story_id"), *number);
                self.stories.entry(*number).or_default().push(state);
            }
            ("happenings", _) if row["kind"] == "story-published" => self.published.push((id("story_id"), id("at"))),
            _ => {}
        }
    }

    /// When each story of the run was published, as often as it was.
    pub fn publications(&self) -> BTreeMap<u32, Vec<i64>> {
        let mut all = BTreeMap::<u32, Vec<i64>>::new();
        for (story, at) in &self.published {
            if let Some(number) = self.numbers.get(story) {
                all.entry(*number).or_default().push(*at);
            }
        }
        all
    }
}

/// Compares everything that was done with everything that is kept, and takes what was «perhaps» as it came out.
pub fn compare(ledger: &mut Ledger, kept: &Kept) {
    for (number, rows) in &kept.comments {
        let mark = ledger.of_comment(*number);
        match ledger.comments.get(number) {
            None => ledger.find("there without having been done", format!("comment {mark}, which nobody sent")),
            Some(comment) if rows.iter().any(|(_, text)| *text != comment.text) => {
                ledger.find("other words than those sent", format!("comment {mark}: {rows:?}"));
            }
            Some(_) => {}
        }
        if rows.len() > 1 {
            ledger.find("there more than once", format!("comment {mark}: {} rows, {rows:?}", rows.len()));
        }
    }
    for (number, states) in &kept.stories {
        if states.len() > 1 {
            let mark = ledger.of_story(*number);
            ledger.find("there more than once", format!("story {mark}: {} rows, {states:?}", states.len()));
        }
    }
    for number in ledger.comments.keys().copied().collect::<Vec<_>>() {
        let state = kept.comments.get(&number).and_then(|rows| rows.first()).map(|(state, _)| state);
        let seen = known(ledger, state, State::named);
        ledger.settle_comment(number, seen);
    }
    for number in ledger.stories.keys().copied().collect::<Vec<_>>() {
        let state = kept.stories.get(&number).and_then(|states| states.first());
        let seen = known(ledger, state, Standing::named);
        ledger.settle_story(number, seen);
    }
}

fn known<S>(ledger: &mut Ledger, word: Option<&String>, named: fn(&str) -> Option<S>) -> Option<S> {
    let seen = named(word?);
    if seen.is_none() {
        ledger.find("in another state", format!("«{}», which nobody brought about", word.map_or("", String::as_str)));
    }
    seen
}

/// An export that was taken while people wrote: what had been acknowledged before it began is in it, once.
pub fn has_all(ledger: &mut Ledger, kept: &Kept, before: &BTreeSet<u32>) {
    for number in before {
        let rows = kept.comments.get(number).map_or(0, Vec::len);
        if rows != 1 {
            let mark = ledger.of_comment(*number);
            ledger.find("missing in an export", format!("comment {mark} was acknowledged before: {rows} rows"));
        }
    }
}

/// What a public text shows and must not.
pub fn look_for_leaks(ledger: &mut Ledger, address: &str, text: &str) {
    look_for_leaks_since(ledger, address, text, Instant::now());
}

/// The same of a text that was asked for at that moment: what was public until later may stand in it.
pub fn look_for_leaks_since(ledger: &mut Ledger, address: &str, text: &str, asked_at: Instant) {
    for mark in marks(&ledger.word, text) {
        match mark {
            Marked::Comment(number) => {
                let may = ledger.comments.get(&number).is_some_and(|comment| {
                    comment.fate.may_be(State::Released) || comment.gone_at.is_some_and(|gone| gone > asked_at)
                });
                if !may {
                    let (word, fate) =
                        (ledger.of_comment(number), fate_of(ledger.comments.get(&number).map(|c| &c.fate)));
                    ledger.find("public without a ruling", format!("comment {word} at {address}; known: {fate}"));
                }
            }
            Marked::Story(number) => {
                let may = ledger.stories.get(&number).is_some_and(|story| {
                    story.fate.may_be(Standing::Public) || story.gone_at.is_some_and(|gone| gone > asked_at)
                });
                if !may {
                    let (word, fate) = (ledger.of_story(number), fate_of(ledger.stories.get(&number).map(|s| &s.fate)));
                    ledger.find("public without a publication", format!("story {word} at {address}; known: {fate}"));
                }
            }
        }
    }
}

fn fate_of(fate: Option<&impl std::fmt::Debug>) -> String {
    fate.map_or_else(|| "nothing".to_owned(), |fate| format!("{fate:?}"))
}

/// What stood on the pages of a story: whatever was released is there, and the count on the page is theirs.
pub fn all_shown(ledger: &mut Ledger, path: &str, shown: &BTreeSet<u32>, count: Option<(usize, usize)>) {
    let ours = ledger.comments.iter().filter(|(_, comment)| comment.story == path);
    let released: Vec<u32> = ours
        .filter(|(_, comment)| comment.fate.exactly() == Some(State::Released))
        .map(|(number, _)| *number)
        .collect();
    let missing: Vec<String> =
        released.iter().filter(|number| !shown.contains(number)).map(|number| ledger.of_comment(*number)).collect();
    for mark in missing {
        ledger.find("released and not shown", format!("comment {mark} on {path}"));
    }
    if let Some((counted, others)) = count
        && counted != released.len() + others
    {
        let text = format!("{path} says {counted}, released are {} of the run and {others} before it", released.len());
        ledger.find("a public count is wrong", text);
    }
}
