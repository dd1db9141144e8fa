//! What came of a run, as tables in Markdown.

use std::fmt;
use std::time::Duration;

use super::disk::{Is, Line};
use super::ledger::{Again, Kind};
use super::run::Outcome;
use super::{Asked, Trial};

/// What is printed.
pub struct Report<'r> {
    /// What was asked for.
    pub asked: &'r Asked,
    /// What came of it.
    pub outcome: &'r Outcome,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (outcome, ledger) = (self.outcome, &self.outcome.ledger);
        let engine = if self.asked.on_postgres { "PostgreSQL" } else { "SQLite" };
        writeln!(f, "{}\n", crate::bench::machine())?;
        writeln!(f, "| {engine}, seed {} | |\n|---|--:|", self.asked.seed)?;
        let mut line = |what: &str, value: String| writeln!(f, "| {what} | {value} |");
        line("kills while people were at work", outcome.kills.to_string())?;
        for (what, value) in &outcome.struck {
            line(what, value.clone())?;
        }
        if self.asked.trial == Trial::Kills {
            line("kills in the middle of a start", outcome.in_start.to_string())?;
            line("kills of the very first start, on data of their own", outcome.in_first_start.to_string())?;
            let unheard = outcome.stops.iter().filter(|heard| !**heard).count();
            let stops = format!("{unheard} of {}", outcome.stops.len());
            line(
                "stops (SIGTERM) right after the first answer that ended the process at once instead of being heard",
                stops,
            )?;
        }
        line("looks at everything", outcome.full.to_string())?;
        line("from a start after a kill to the first answer, median", ms(middle(&outcome.starts)))?;
        line("the same, worst", ms(outcome.starts.iter().max().copied()))?;
        line(
            "public addresses read by the last crawl (known and not read)",
            format!("{} ({})", outcome.crawled.0, outcome.crawled.1),
        )?;
        let sent = |again: Again| format!("{} / {} / {}", again.replayed, again.first, again.unknown);
        let ways = "answered as before / carried out now / said to be unknown";
        line(&format!("stories begun again under their name: {ways}"), sent(ledger.again))?;
        line(&format!("rulings sent again under their name: {ways}"), sent(ledger.pressed_again))?;
        line("public pages read while people were at work", ledger.read_meanwhile.to_string())?;
        line("answers that said to come again later", ledger.come_again.to_string())?;
        line("seconds", outcome.took.as_secs().to_string())?;
        line("findings", ledger.findings.len().to_string())?;
        writeln!(
            f,
            "\n| act | acknowledged | without an answer | of these done | of these not done | not sent or refused |"
        )?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|")?;
        for kind in Kind::ALL {
            let count = ledger.counts.get(&kind).copied().unwrap_or_default();
            let (done, perhaps, yes, no) = (count.done, count.perhaps, count.came_true, count.came_to_nothing);
            writeln!(f, "| {} | {done} | {perhaps} | {yes} | {no} | {} |", kind.words(), count.not)?;
        }
        broken_disk(f, &outcome.disk)?;
        for finding in &ledger.findings {
            write!(
                f,
                "\n- **{}** after kill {} (seed {}): {}",
                finding.what, finding.kill, self.asked.seed, finding.detail
            )?;
        }
        Ok(())
    }
}

/// What became of copies on a broken disk.
fn broken_disk(f: &mut fmt::Formatter<'_>, lines: &[Line]) -> fmt::Result {
    if !lines.is_empty() {
        writeln!(f, "\n| on a broken disk | came out | |\n|---|---|---|")?;
    }
    for line in lines {
        let is = match line.is {
            Is::Good => "good",
            Is::Bad => "**bad**",
            Is::Poor => "**poor**",
            Is::NotRun => "**not run**",
        };
        writeln!(f, "| {} | {} | {is} |", line.what, line.came)?;
    }
    Ok(())
}

fn ms(time: Option<Duration>) -> String {
    time.map_or_else(|| "–".to_owned(), |time| format!("{} ms", time.as_millis()))
}

fn middle(times: &[Duration]) -> Option<Duration> {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied()
}
