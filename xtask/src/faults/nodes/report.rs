//! What came of a run of several nodes, as tables in Markdown.

use std::fmt;
use std::time::Duration;

use super::super::ledger::{Finding, Kind, Ledger};
use super::Asked;
use super::live::Seen;
use super::newsletter::Came;
use super::node::MACHINES;
use super::plan::Recovery;
use super::proof::OfTheClock;
use super::tally::{Phase, Tally, below};
use super::watch::Sample;

/// What came of it.
pub struct Outcome {
    /// Part by part.
    pub phases: Vec<Phase>,
    /// Fault by fault.
    pub recoveries: Vec<Recovery>,
    /// How soon nodes showed what was done.
    pub samples: Vec<Sample>,
    /// Those who read along.
    pub seen: Vec<Seen>,
    /// What they missed.
    pub missed: usize,
    /// Letters.
    pub letters: Came,
    /// What the clock published.
    pub clock: OfTheClock,
    /// Pictures that every node showed.
    pub pictures: usize,
    /// What was done.
    pub ledger: Ledger,
    /// How long it took.
    pub took: Duration,
}

/// What is printed.
pub struct Report<'r> {
    /// What was asked for.
    pub asked: &'r Asked,
    /// What came of it.
    pub outcome: &'r Outcome,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = self.outcome;
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split(' ').take(3).collect::<Vec<_>>().join(", ");
        writeln!(f, "{} · load at the end (1, 5, 15 minutes): {load}\n", crate::bench::machine())?;
        recoveries(f, outcome)?;
        phases(f, &outcome.phases)?;
        samples(f, &outcome.samples, &outcome.phases)?;
        self.rest(f)?;
        acts(f, &outcome.ledger)?;
        findings(f, &outcome.ledger.findings, &outcome.phases, self.asked.seed)
    }
}

impl Report<'_> {
    fn rest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (outcome, letters, clock) = (self.outcome, &self.outcome.letters, &self.outcome.clock);
        writeln!(f, "\n| three nodes, seed {} | |\n|---|--:|", self.asked.seed)?;
        let mut line = |what: &str, value: String| writeln!(f, "| {what} | {value} |");
        let (begun, told) = outcome.seen.iter().fold((0, 0), |(begun, told), one| (begun + one.begun, told + one.told));
        line(
            "people who read along; streams that they began; what these told",
            format!("{}; {begun}; {told}", outcome.seen.len()),
        )?;
        line("released comments that one of them missed", outcome.missed.to_string())?;
        line(
            "stories that the clock was told to publish / published once",
            format!("{} / {}", clock.told, clock.once),
        )?;
        let late = format!("{} / {}", ms(below(&clock.late_ms, 50)), ms(clock.late_ms.iter().max().copied()));
        line("after their minute: median / last", late)?;
        line("letters owed: with a link / of an edition", format!("{} / {}", letters.links, letters.editions))?;
        line("of both: came once / wait in the outbox", format!("{} / {}", letters.once, letters.wait))?;
        let passed_over: usize = outcome.phases.iter().map(|phase| phase.proxy.passed_over).sum();
        line("lines that the proxy took to another node", passed_over.to_string())?;
        let stalled = outcome.phases.iter().map(|phase| phase.stalled_ms).max();
        line("this machine kept somebody waiting who wanted the time, at most", ms(stalled))?;
        line("pictures in the bucket, the same bytes at each node", outcome.pictures.to_string())?;
        line("stories begun that died with their node (409)", outcome.ledger.again.unknown.to_string())?;
        line("seconds", outcome.took.as_secs().to_string())?;
        line("findings", outcome.ledger.findings.len().to_string())
    }
}

fn recoveries(f: &mut fmt::Formatter<'_>, outcome: &Outcome) -> fmt::Result {
    writeln!(
        f,
        "| fault | lasted | then, until a comment was acknowledged | until the last page showed what it had missed | |"
    )?;
    writeln!(f, "|---|--:|---|--:|---|")?;
    for one in &outcome.recoveries {
        let names = [one.what.clone(), format!("after: {}", one.what)];
        let of_it =
            |sample: &&Sample| outcome.phases.get(sample.phase).is_some_and(|phase| names.contains(&phase.name));
        let shown =
            outcome.samples.iter().filter(|sample| sample.after_heal).filter(of_it).map(|sample| sample.ms).max();
        let taken = one.taken.iter().map(|(node, taken)| {
            let taken = taken.map_or("**not**".to_owned(), |taken| format!("{} ms", taken.as_millis()));
            format!("{} {taken}", MACHINES[*node])
        });
        let taken: Vec<String> = taken.collect();
        let (away, taken, shown) = (one.away.as_secs_f64(), taken.join(", "), ms(shown));
        writeln!(f, "| {} | {away:.1} s | {taken} | {shown} | {} |", one.what, one.beside)?;
    }
    Ok(())
}

/// Those who asked in one way.
type Way = fn(&Phase) -> &Tally;
/// What a row tells of.
type Fits<'f> = &'f dyn Fn(&Sample) -> bool;

fn phases(f: &mut fmt::Formatter<'_>, all: &[Phase]) -> fmt::Result {
    let ways: [(&str, Way); 2] =
        [("through the proxy", |phase| &phase.proxy), ("straight to one node each", |phase| &phase.straight)];
    for (way, of) in ways {
        writeln!(
            f,
            "\n| {way} | s | pages | asked to come again | no page | slowest page | acts acknowledged | asked to come again, or cut | not sent | slowest act |"
        )?;
        writeln!(f, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")?;
        for phase in all.iter().filter(|phase| !of(phase).page_ms.is_empty()) {
            let (tally, seconds) = (of(phase), phase.took.as_secs());
            let slowest = |all: &[u32]| ms(all.iter().max().copied());
            let (page, act) = (slowest(&tally.page_ms), slowest(&tally.act_ms));
            let pages = format!("{} | {} | {}", tally.pages, tally.pages_refused, tally.pages_broken);
            let acts = format!("{} | {} | {}", tally.done, tally.perhaps, tally.not);
            writeln!(f, "| {} | {seconds} | {pages} | {page} | {acts} | {act} |", phase.name)?;
        }
    }
    Ok(())
}

fn samples(f: &mut fmt::Formatter<'_>, all: &[Sample], phases: &[Phase]) -> fmt::Result {
    writeln!(
        f,
        "\n| until a node shows a ruling or a publication | seen | median | 99 of 100 | last |\n|---|--:|--:|--:|--:|"
    )?;
    let calm = |sample: &Sample| phases.get(sample.phase).is_some_and(|phase| phase.name.starts_with("calm"));
    let rows: [(&str, Fits<'_>); 5] = [
        ("the node at which it was done, calm", &|sample| calm(sample) && sample.same && !sample.after_heal),
        ("another node, calm", &|sample| calm(sample) && !sample.same && !sample.after_heal),
        ("the node at which it was done, amid faults elsewhere", &|sample| {
            !calm(sample) && sample.same && !sample.after_heal
        }),
        ("another node, amid faults elsewhere", &|sample| !calm(sample) && !sample.same && !sample.after_heal),
        ("a node after its own fault, counted from the end of it", &|sample| sample.after_heal),
    ];
    for (name, fits) in rows {
        let fitting: Vec<u32> = all.iter().filter(|sample| fits(sample)).map(|sample| sample.ms).collect();
        let (middle, most, last) = (below(&fitting, 50), below(&fitting, 99), fitting.iter().max().copied());
        writeln!(f, "| {name} | {} | {} | {} | {} |", fitting.len(), ms(middle), ms(most), ms(last))?;
    }
    Ok(())
}

fn acts(f: &mut fmt::Formatter<'_>, ledger: &Ledger) -> fmt::Result {
    writeln!(
        f,
        "\n| act | acknowledged | without an answer | of these done | of these not done | not sent or refused |"
    )?;
    writeln!(f, "|---|--:|--:|--:|--:|--:|")?;
    for kind in Kind::ALL {
        let Some(count) = ledger.counts.get(&kind) else { continue };
        let (done, perhaps, yes, no) = (count.done, count.perhaps, count.came_true, count.came_to_nothing);
        writeln!(f, "| {} | {done} | {perhaps} | {yes} | {no} | {} |", kind.words(), count.not)?;
    }
    Ok(())
}

fn findings(f: &mut fmt::Formatter<'_>, all: &[Finding], phases: &[Phase], seed: u64) -> fmt::Result {
    for finding in all {
        let part = phases.get(finding.kill).map_or("", |phase| &phase.name);
        write!(f, "\n- **{}** (seed {seed}, {part}): {}", finding.what, finding.detail)?;
    }
    Ok(())
}

fn ms(time: Option<u32>) -> String {
    time.map_or_else(|| "–".to_owned(), |time| format!("{time} ms"))
}
