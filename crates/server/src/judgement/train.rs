//! `midad train`: makes the learned heads anew from labelled texts.

use super::crossed::{self, Crossed};
use super::labelled::Labelled;
use super::templates;
use crate::commands::text;
use crate::settings::Settings;
use crate::upkeep::{complain, print};
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use moderation::learned::train::{Row, thresholds, with_thresholds};
use moderation::learned::{self, Heads, Settings as Learning, train};
use moderation::measure::Told;
use moderation::stance::Rules;
use moderation::{Head, Reading};
use serde::Serialize;
use std::sync::Arc;
use web::Words;

/// What was made, and how it does on texts that it had not seen.
#[derive(Debug, Serialize)]
pub struct Taught {
    /// The number of the heads.
    pub fingerprint: String,
    /// Texts learned from, the sentences of our own among them.
    pub texts: usize,
    /// Each part judged by heads taught on the others.
    pub crossed: Crossed,
}

/// Trains on the files and writes the heads; with held-out texts it chooses the thresholds on them.
///
/// # Errors
/// When a file cannot be read, has no labelled text, or the heads cannot be written.
pub fn run(_: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let texts = lessons(asked, t)?;
    complain(&t.n("cli.train.begins", texts.len()));
    let rows: Vec<Row<'_>> = texts.iter().map(Labelled::row).collect();
    let names_of = Rules::shipped();
    let trained = train(&rows, &|reading| learned::names(reading, &names_of), &Learning::default());
    let mut heads = read(trained.bytes)?;
    if let Some(held_out) = asked.get_one::<String>("choose-on") {
        heads = read(choose(&heads, &Labelled::read(held_out)?))?;
    }
    let out = text(asked, "out");
    std::fs::write(out, heads.as_bytes()).with_context(|| out.to_owned())?;
    let fingerprint = format!("{:016x}", heads.fingerprint());
    if asked.get_flag("json") {
        let crossed = crossed::measured(&texts, &trained.crossed);
        print(&serde_json::to_string_pretty(&Taught { fingerprint, texts: texts.len(), crossed })?);
    } else {
        print(&t.with("cli.train.done", 1, &[("file", out), ("print", &fingerprint)]));
    }
    Ok(())
}

/// The texts of all files, then the sentences of our own; functional tests are for measuring alone.
fn lessons(asked: &ArgMatches, t: &Words) -> Result<Vec<Labelled>> {
    let mut texts = Vec::new();
    for file in asked.get_many::<String>("files").into_iter().flatten() {
        texts.extend(Labelled::read(file)?);
    }
    if let Some(file) = asked.get_one::<String>("templates") {
        texts.extend(templates::written_out(file)?);
    }
    if asked.get_flag("licensed-only") {
        texts.retain(|text| text.lic != "none");
    }
    texts.retain(|text| text.functional().is_none());
    if texts.is_empty() { Err(anyhow!(t.s("cli.train.nothing"))) } else { Ok(texts) }
}

fn read(bytes: Arc<[u8]>) -> Result<Heads> {
    Heads::read_shared(bytes).map_err(|problem| anyhow!("{problem}"))
}

/// The heads with thresholds at which held-out texts give the wanted precision.
fn choose(heads: &Heads, held_out: &[Labelled]) -> Arc<[u8]> {
    let plain = held_out.iter().filter(|text| text.functional().is_none());
    let judged: Vec<_> = plain
        .map(|text| {
            let reading = Reading::of(&text.text);
            (text.row().answers, heads.scores(&reading, &learned::names(&reading, &Rules::shipped())))
        })
        .collect();
    with_thresholds(heads, |head: Head| {
        let told: Vec<Told> = judged
            .iter()
            .filter_map(|(answers, scores)| {
                answers[head as usize].map(|truth| Told { said: scores.get(head).probability(), truth })
            })
            .collect();
        thresholds(head, &told)
    })
}
