//! The paper as WordPress's importer reads it, for whoever leaves.

use crate::bring::{private_file, spinner};
use crate::settings::Settings;
use anyhow::{Context, Result, anyhow};
use moving::leaving::{Departed, LeavingPaper, write_wxr};
use std::io::{BufWriter, Write};
use store::Store;
use web::Words;

/// Writes the file, or to the output when it is `-`.
pub async fn wxr(settings: &Settings, store: &Store, file: &str, t: &Words) -> Result<()> {
    let paper = paper(settings, store, t).await?;
    if file == "-" {
        let mut out = BufWriter::new(std::io::stdout());
        write_wxr(store, &mut out, &paper, &mut |_| {}).await?;
        return Ok(());
    }
    let progress = spinner(t);
    // Beside its place first, as every export. Comments that wait are in it: only its owner reads it.
    let beside = format!("{file}.part");
    let mut out = BufWriter::new(private_file(&beside).with_context(|| beside.clone())?);
    let departed = write_wxr(store, &mut out, &paper, &mut |pieces| progress.set_position(pieces)).await?;
    let whole = out.into_inner().map_err(|problem| anyhow!("{problem}"))?;
    whole.sync_all().context(beside.clone())?;
    std::fs::rename(&beside, file).with_context(|| file.to_owned())?;
    progress.finish_and_clear();
    say(&departed, t);
    Ok(())
}

async fn paper(settings: &Settings, store: &Store, t: &Words) -> Result<LeavingPaper> {
    let paper = web::paper_in_force(settings.paper(t)?, store).await?;
    let words = Words::new(paper.writing.language, paper.writing.digits);
    Ok(LeavingPaper {
        correction: words.s("cli.wxr.correction"),
        name: paper.name,
        tagline: paper.tagline,
        address: paper.address.trim_end_matches('/').to_owned(),
        language: paper.writing.language.tag().to_owned(),
        zone: paper.zone,
    })
}

/// What went and what stayed, a line each; what there is none of is not told.
fn say(departed: &Departed, t: &Words) {
    let mut out = std::io::stderr();
    for (name, n) in departed.lines().into_iter().filter(|(_, n)| *n > 0) {
        // The report is no part of the data; a closed terminal must not fail a finished export.
        let _ = writeln!(out, "{n:>10}  {}", t.s(&format!("cli.wxr.{name}")));
    }
}
