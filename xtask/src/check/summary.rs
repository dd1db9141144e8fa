//! The last screen: what ran, how it ended, and loudly what did not run.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Outcome;
use super::surroundings::Probe;
use super::tally::Tally;

/// The summary of a run; its last line is for machines and hurried people.
pub fn of(outcomes: &[Outcome], missing: &[&Probe]) -> String {
    let total: Tally = outcomes.iter().map(|outcome| outcome.tally).sum();
    let mut lines = vec![String::new(), "step          result   seconds   passed  failed  not run".to_owned()];
    lines.extend(outcomes.iter().map(row));
    let reasons = reasons(outcomes);
    if !missing.is_empty() || !reasons.is_empty() || total.skipped > 0 {
        lines.push(String::new());
        lines.push("!!! NOT EVERYTHING RAN".to_owned());
        lines.extend(missing.iter().map(|probe| absence(probe)));
        lines.extend(reasons);
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

/// What tests said about themselves, each reason once with the number of tests.
fn reasons(outcomes: &[Outcome]) -> Vec<String> {
    let mut counted = BTreeMap::new();
    for reason in outcomes.iter().flat_map(|outcome| &outcome.reasons) {
        *counted.entry(reason).or_insert(0) += 1;
    }
    counted.iter().map(|(reason, tests)| format!("  {tests} tests did not run: {reason}")).collect()
}

fn row(outcome: &Outcome) -> String {
    let Tally { passed, failed, skipped } = outcome.tally;
    let result = match (failed, passed) {
        (1.., _) => "FAILED",
        (0, 0) => "nothing",
        _ => "ok",
    };
    format!("{:<13} {result:<7} {:>8.1} {passed:>8} {failed:>7} {skipped:>8}", outcome.step, outcome.took.as_secs_f64())
}

fn absence(probe: &Probe) -> String {
    format!(
        "  {} was not found ({}).\n    without it: {}\n    remedy: {}",
        probe.what, probe.looked_at, probe.needed_by, probe.remedy
    )
}
