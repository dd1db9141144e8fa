//! Bringing in agencies' items, with a report in words.

use crate::bring::{bar, section};
use crate::settings::Settings;
use crate::traces;
use crate::upkeep::{complain, print};
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use moving::markup::Noted;
use moving::wire::{ItemLine, UnreadWire, WireOptions, WireReport, bring_wire};
use newsroom::{StoryId, Timestamp};
use store::Store;
use tracing::Instrument;
use web::Words;

/// Brings in the files that are named, each by itself; a broken one keeps no other back.
pub async fn wire(settings: &Settings, store: &Store, asked: &ArgMatches, t: &Words) -> Result<()> {
    let options = WireOptions {
        dry_run: asked.get_flag("dry-run"),
        section: section(store, asked, t).await?,
        language: settings.paper(t)?.writing.language,
    };
    let files: Vec<&String> = asked.get_many("files").into_iter().flatten().collect();
    let progress = bar(files.len() as u64, t);
    let mut failed = 0_u64;
    for file in files {
        let brought = one(store, file, &options, t).instrument(traces::work("import a wire")).await;
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

async fn one(store: &Store, file: &str, options: &WireOptions, t: &Words) -> Result<WireReport> {
    let bytes = std::fs::read(file).with_context(|| file.to_owned())?;
    let brought = bring_wire(store, file, &bytes, options, Timestamp::now()).await?;
    brought.map_err(|unread| anyhow!("{file}: {}", why_unread(unread, t)))
}

/// What is wrong with a file and where, in words.
fn why_unread(unread: UnreadWire, t: &Words) -> String {
    let why = t.s(unread.why.key());
    if unread.line == 0 {
        return why;
    }
    let (line, column) = (t.number(unread.line), t.number(unread.column));
    t.with("wire.at", 1, &[("line", &line), ("column", &column), ("why", &why)])
}

/// The report as lines of text.
fn lines(report: &WireReport, t: &Words) -> Vec<String> {
    let mut out = vec![format!("{} ({})", report.file, report.format.name())];
    out.extend(report.dry_run.then(|| format!("  {}", t.s("import.dry-run"))));
    out.extend(report.replaced.then(|| format!("  ! {}", t.s("wire.replaced"))));
    for item in &report.items {
        item_lines(item, t, &mut out);
    }
    out
}

fn item_lines(item: &ItemLine, t: &Words, out: &mut Vec<String>) {
    let story = item.became.story().map(|story| format!(" · {}", story.short())).unwrap_or_default();
    out.push(format!("  {}{story}", t.with(item.became.key(), 1, &[("called", &item.called)])));
    let mut say = |line: String| out.push(format!("    {line}"));
    if let Some(until) = item.embargo {
        say(t.with("wire.embargo", 1, &[("until", &until.to_string())]));
    }
    if !item.others.is_empty() {
        let stories: Vec<String> = item.others.iter().map(|story| StoryId::short(*story)).collect();
        say(t.with("wire.others", 1, &[("stories", &stories.join(" "))]));
    }
    if let Some(urgency) = item.urgency {
        say(t.with("wire.urgency", 1, &[("urgency", &t.number(u32::from(urgency)))]));
    }
    if !item.subjects.is_empty() {
        say(t.with("wire.subjects", 1, &[("subjects", &item.subjects.join("، "))]));
    }
    if !item.editor_note.is_empty() {
        say(t.with("wire.note", 1, &[("note", &item.editor_note)]));
    }
    if !item.pictures.is_empty() {
        say(t.with("wire.pictures", item.pictures.len() as u64, &[("files", &item.pictures.join(" "))]));
    }
    item.notes.iter().for_each(|noted| say(said(noted, t)));
}

/// What was changed in a body, in words.
pub fn said(noted: &Noted, t: &Words) -> String {
    let mut line = t.s(noted.what.key());
    if !noted.excerpt.is_empty() {
        line = t.with("markup.named", 1, &[("said", &line), ("what", &noted.excerpt)]);
    }
    if noted.times > 1 { format!("{line} ×{}", t.number(noted.times)) } else { line }
}
