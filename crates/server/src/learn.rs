//! `midad learn`: a layer is taught by the paper's decisions, at the terminal.

use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::Result;
use clap::ArgMatches;
use moderation::Models;
use moderation::learned::personal::ROUTED;
use newsroom::Timestamp;
use web::Words;
use web::learning::{learn, new_layer, sentences};

/// Teaches one, shows before and after, and keeps it unless it is only tried. Nothing is switched on.
///
/// # Errors
/// When the data cannot be opened or read.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let (store, models) = (open(settings, t).await?, Models::shipped());
    let rulebook = settings.rulebook(&store, t).await?;
    let suggestions = store.learning().await?.is_some_and(|version| version.used.suggestions);
    let quiet = |_| std::future::ready(Ok(()));
    let learned = learn(&store, &rulebook, &models, suggestions, quiet).await?;
    for (head, [no, yes]) in ROUTED.into_iter().zip(learned.counts) {
        let head = t.s(&format!("head.{}", head.name()));
        print(&t.with("cli.learn.counts", 1, &[("head", &head), ("yes", &t.number(yes)), ("no", &t.number(no))]));
    }
    let Some((layer, report)) = learned.layer else {
        print(&t.s("cli.learn.too-few"));
        return Ok(());
    };
    print(&t.with("learning.last", report.measured, &[("taught", &t.number(report.taught))]));
    for words in sentences(t, &report) {
        print(&format!("\n{}: {}", words.head, words.shows));
        words.numbers.iter().for_each(|line| print(&format!("  {line}")));
    }
    let all = t.number(report.measured);
    print(&format!("\n{}", t.with("rules.raised", report.raised, &[("all", &all)])));
    print(&t.with("rules.lowered", report.lowered, &[("all", &all)]));
    if !asked.get_flag("dry-run") {
        let new = new_layer(&models, None, learned.decisions, &layer, report);
        store.keep_layer(new, Timestamp::now()).await?;
        print(&t.with("cli.learn.kept", 1, &[("page", "/desk/learning")]));
    }
    store.close().await;
    Ok(())
}
