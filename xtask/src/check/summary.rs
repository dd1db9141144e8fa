//! The last screen: what ran, how it ended, and loudly what did not run.

use std::fmt::Write;

use super::Outcome;
use super::surroundings::Probe;
use super::tally::Tally;

/// The summary of a run; its last line is for machines and hurried people.
pub fn of(outcomes: &[Outcome], missing: &[&Probe]) -> String {
    let total: Tally = outcomes.iter().map(|outcome| outcome.tally).sum();
    let mut lines = vec![String::new(), "step          result   seconds   passed  failed  not run".to_owned()];
    lines.extend(outcomes.iter().map(row));
    if !missing.is_empty() || total.skipped > 0 {
        lines.push(String::new());
        lines.push(format!("!!! NOT EVERYTHING RAN: {} skipped", total.skipped));
        lines.extend(missing.iter().map(|probe| absence(probe)));
    }
    let mut last = format!("{} passed, {} failed", total.passed, total.failed);
    if total.skipped > 0 {
        // Writing to a String cannot fail.
        let _ = write!(last, ", {} skipped", total.skipped);
    }
    lines.push(String::new());
    lines.push(last);
    lines.join("\n") + "\n"
}

fn row(outcome: &Outcome) -> String {
    let Tally { passed, failed, skipped } = outcome.tally;
    let result = match (failed, passed) {
        (1.., _) => "FAILED",
        (0, 0) => "nothing",
        _ => "ok",
    };
    format!("{:<13} {result:<7} {:>8.1} {passed:>8} {failed:>7} {skipped:>8}", outcome.step, outcome.took.as_secs_f64(),)
}

fn absence(probe: &Probe) -> String {
    format!(
        "  {} was not found ({}).\n    without it: {}\n    remedy: {}",
        probe.what, probe.looked_at, probe.needed_by, probe.remedy
    )
}
