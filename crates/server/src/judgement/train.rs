//! `midad train`: makes the learned heads anew from labelled texts.

use super::labelled::Labelled;
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
use web::Words;

/// Trains on the files and writes the heads; with held-out texts it chooses the thresholds on them.
///
/// # Errors
/// When a file cannot be read, has no labelled text, or the heads cannot be written.
pub fn run(_: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let mut texts = Vec::new();
    for file in asked.get_many::<String>("files").into_iter().flatten() {
        texts.extend(Labelled::read(file)?);
    }
    if asked.get_flag("licensed-only") {
        texts.retain(|text| text.lic != "none");
    }
    // Functional tests are for measuring alone.
    texts.retain(|text| text.functional().is_none());
    if texts.is_empty() {
        return Err(anyhow!(t.s("cli.train.nothing")));
    }
    complain(&t.n("cli.train.begins", texts.len()));
    let rows: Vec<Row<'_>> = texts.iter().map(|text| text.row().assuming_no_advertising()).collect();
    let names_of = Rules::shipped();
    let trained = train(&rows, &|reading| learned::names(reading, &names_of), &Learning::default());
    let mut bytes = trained.bytes;
    if let Some(held_out) = asked.get_one::<String>("choose-on") {
        let heads = Heads::read_shared(bytes.clone()).map_err(|problem| anyhow!("{problem:?}"))?;
        bytes = choose(&heads, &Labelled::read(held_out)?);
    }
    let out = text(asked, "out");
    std::fs::write(out, &bytes).with_context(|| out.to_owned())?;
    let heads = Heads::read_shared(bytes).map_err(|problem| anyhow!("{problem:?}"))?;
    let named = format!("{:016x}", heads.fingerprint());
    print(&t.with("cli.train.done", 1, &[("file", out), ("print", &named)]));
    Ok(())
}

/// The heads with thresholds at which held-out texts give the wanted precision.
fn choose(heads: &Heads, held_out: &[Labelled]) -> std::sync::Arc<[u8]> {
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
