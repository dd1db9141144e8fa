//! Bringing in and taking out, with a report in words.

use crate::bring_wire::wire;
use crate::commands::text;
use crate::leaving;
use crate::sections;
use crate::serve::open;
use crate::settings::Settings;
use crate::traces;
use crate::upkeep::{complain, print};
use crate::wordpress::{other, wordpress};
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressStyle};
use moderation::{Argument, Models};
use moving::everything::{Tally, read_everything, write_everything};
use moving::page::{PageOptions, bring_page};
use moving::report::Report;
use newsroom::{SectionId, Timestamp};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use store::Store;
use tracing::Instrument;
use web::Words;

/// Brings in saved pages or a whole export.
pub async fn import(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let store = open(settings, t).await?;
    match asked.subcommand() {
        Some(("page", asked)) => pages(settings, &store, asked, t).await,
        Some(("wordpress", asked)) => wordpress(settings, &store, asked, t).await,
        Some(("wire", asked)) => wire(settings, &store, asked, t).await,
        Some(("all", asked)) => all(&store, text(asked, "file"), t).await,
        Some((word, asked)) => other(settings, &store, word, asked, t).await,
        None => Ok(()),
    }
}

async fn pages(settings: &Settings, store: &Store, asked: &ArgMatches, t: &Words) -> Result<()> {
    let options = PageOptions {
        dry_run: asked.get_flag("dry-run"),
        publish: asked.get_flag("publish"),
        section: section(store, asked, t).await?,
        published_at: date(settings, store, asked, t).await?,
        rulebook: settings.rulebook(store, t).await?,
        models: Models::shipped(),
        language: settings.paper(t)?.writing.language,
    };
    let files: Vec<&String> = asked.get_many("files").into_iter().flatten().collect();
    let progress = bar(files.len() as u64, t);
    let mut failed = 0_u64;
    for file in files {
        let brought = match std::fs::read(file).with_context(|| file.clone()) {
            Ok(bytes) => {
                let bringing = bring_page(store, file, &bytes, &options, Timestamp::now());
                bringing.instrument(traces::work("import a page")).await.map_err(|e| say_error(&e, t))
            }
            Err(problem) => Err(problem),
        };
        progress.inc(1);
        match brought {
            Ok(report) => progress.suspend(|| lines(&report, t).iter().for_each(|line| print(line))),
            Err(problem) => {
                failed += 1;
                progress.suspend(|| complain(&format!("{problem:#}")));
            }
        }
    }
    progress.finish_and_clear();
    if failed > 0 { Err(anyhow!(t.n("cli.import.failed", failed))) } else { Ok(()) }
}

/// The file, the line, and what is wrong there, in words.
fn say_error(problem: &moving::MovingError, t: &Words) -> anyhow::Error {
    match problem {
        moving::MovingError::Unreadable { file, line, why } => anyhow!("{file}:{line}: {}", t.s(why.key())),
        moving::MovingError::Broken(_) | moving::MovingError::Store(_) => anyhow!("{problem}"),
    }
}

/// The section that is asked for, if one is.
pub async fn section(store: &Store, asked: &ArgMatches, t: &Words) -> Result<Option<SectionId>> {
    let Some(slug) = asked.get_one::<String>("section") else { return Ok(None) };
    let sections = store.sections().await?;
    if let Some(section) = sections.iter().find(|section| section.slug == *slug || section.name == *slug) {
        return Ok(Some(section.id));
    }
    Err(anyhow!(sections::unknown(slug, &sections, t)))
}

/// A day, at noon by the paper's clock.
async fn date(settings: &Settings, store: &Store, asked: &ArgMatches, t: &Words) -> Result<Option<Timestamp>> {
    let Some(day) = asked.get_one::<String>("date") else { return Ok(None) };
    let parsed = arabic::digits::to_western(day).parse::<jiff::civil::Date>();
    let date = parsed.map_err(|_| anyhow!(t.with("cli.import.bad-date", 1, &[("date", day)])))?;
    let paper = web::paper_in_force(settings.paper(t)?, store).await?;
    Ok(Some(date.at(12, 0, 0, 0).to_zoned(paper.zone)?.timestamp()))
}

/// The report as lines of text.
fn lines(report: &Report, t: &Words) -> Vec<String> {
    let mut out = vec![format!("{} ({})", report.file, report.encoding.key())];
    let mut say = |indent: &str, line: String| out.push(format!("{indent}{line}"));
    if report.dry_run {
        say("  ", t.s("import.dry-run"));
    }
    let state = t.s(&format!("story-state.{}", report.story.state.key()));
    say("  ", format!("{}: {state} · {}", t.s(report.story.outcome.key()), report.story.id.short()));
    for missing in &report.story.missing {
        say("    ! ", t.s(missing.key()));
    }
    say("  ", t.s("import.became"));
    for became in &report.became {
        say("    + ", sentence(t, became.key(), &became.arguments()));
    }
    let comments = &report.comments;
    say("    + ", t.n("import.comments-new", comments.new));
    say("    = ", t.n("import.comments-known", comments.known));
    say("    ? ", t.n("import.comments-findings", comments.with_findings));
    say("  ", t.n("import.dropped", report.dropped.len()));
    for dropped in &report.dropped {
        say("    - ", format!("{}: {} «{}»", t.number(dropped.line), t.s(dropped.why.key()), dropped.text));
    }
    say("  ", t.n("import.needs", report.needs.len()));
    for need in &report.needs {
        say("    ! ", sentence(t, need.key(), &need.arguments()));
    }
    out
}

/// A key with its arguments, as a sentence.
fn sentence(t: &Words, key: &str, arguments: &[(&'static str, Argument)]) -> String {
    let mut count = 1;
    let mut texts: Vec<(&str, String)> = Vec::new();
    for (name, argument) in arguments {
        match argument {
            Argument::Count(n) if *name == "n" => count = *n,
            Argument::Count(n) => texts.push((name, t.number(*n))),
            Argument::Text(text) => texts.push((name, text.clone())),
            Argument::Key(key) => texts.push((name, t.s(key))),
        }
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    t.with(key, count, &texts)
}

async fn all(store: &Store, file: &str, t: &Words) -> Result<()> {
    let input = BufReader::new(File::open(file).with_context(|| file.to_owned())?);
    let progress = spinner(t);
    let tally = read_everything(store, input, &mut |rows| progress.set_position(rows)).await;
    progress.finish_and_clear();
    say_tally(&tally.with_context(|| file.to_owned())?, t);
    Ok(())
}

/// Writes everything to a file, or to the output when it is `-`.
pub async fn export(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let store = open(settings, t).await?;
    if asked.get_flag("wxr") {
        return leaving::wxr(settings, &store, text(asked, "file"), t).await;
    }
    let file = text(asked, "file");
    if file == "-" {
        let mut out = std::io::stdout();
        write_everything(&store, &mut out, &mut |_| {}).await?;
        return Ok(());
    }
    let progress = spinner(t);
    // Beside its place first, so that a broken export never stands where a whole one stood.
    let beside = format!("{file}.part");
    let mut out = BufWriter::new(private_file(&beside).with_context(|| beside.clone())?);
    let tally = write_everything(&store, &mut out, &mut |rows| progress.set_position(rows)).await?;
    let whole = out.into_inner().map_err(|problem| anyhow!("{problem}"))?;
    whole.sync_all().context(beside.clone())?;
    std::fs::rename(&beside, file).with_context(|| file.to_owned())?;
    progress.finish_and_clear();
    say_tally(&tally, t);
    Ok(())
}

/// A file that only its owner reads: the export holds the keys of the paper.
pub fn private_file(path: &str) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn say_tally(tally: &Tally, t: &Words) {
    let mut out = std::io::stderr();
    for (table, rows) in &tally.0 {
        // The report is no part of the data; a closed terminal must not fail a finished export.
        let _ = writeln!(out, "{rows:>10}  {table}");
    }
    let _ = writeln!(out, "{}", t.n("cli.rows", tally.rows()));
}

/// How far a work of a known length is.
pub fn bar(length: u64, t: &Words) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style).with_message(t.s("cli.progress"))
}

/// How far a work is whose length shows while it goes on, in hundredths.
pub fn share(t: &Words) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} [{bar:30}] {percent} % {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(1).with_style(style).with_message(t.s("cli.progress"))
}

/// How far a work is whose length nobody knows.
pub fn spinner(t: &Words) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{spinner} {msg} {pos}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style).with_message(t.s("cli.progress"))
}
