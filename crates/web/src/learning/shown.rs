//! Before and after in words: what was measured, how sure that is, and what it means.

use crate::words::Words;
use moderation::measure::Shows;
use newsroom::learning::{HeadReport, LEAST, Report};

/// One head in words.
#[derive(Debug)]
pub struct HeadWords {
    /// What it looks for.
    pub head: String,
    /// What the numbers mean.
    pub shows: String,
    /// The numbers, a sentence each.
    pub numbers: Vec<String>,
}

/// A report as sentences, head by head, for the page and for the terminal.
pub fn sentences(t: &Words, report: &Report) -> Vec<HeadWords> {
    report.heads.iter().map(|head| of_head(t, head)).collect()
}

fn of_head(t: &Words, report: &HeadReport) -> HeadWords {
    let trial = &report.trial;
    let shows = match trial.shows() {
        Shows::TooFew => "learning.shows.too-few",
        Shows::Better => "learning.shows.better",
        Shows::Worse => "learning.shows.worse",
        Shows::NoDifference => "learning.shows.no-difference",
    };
    let [was, now] = trial.counts;
    let percent = |share: f64| hundredths(t, share);
    let step = |key: &str, was: f64, now: f64| t.with(key, 1, &[("was", &percent(was)), ("now", &percent(now))]);
    let (low, high) = (signed(t, trial.gain.low), signed(t, trial.gain.high));
    HeadWords {
        head: t.s(&format!("head.{}", report.head.name())),
        shows: t.s(shows),
        numbers: vec![
            t.with("learning.measured", trial.known, &[("yes", &t.number(trial.positive))]),
            step("learning.precision", was.precision(), now.precision()),
            step("learning.recall", was.recall(), now.recall()),
            step("learning.order", trial.average_precision[0], trial.average_precision[1]),
            t.with("learning.gain", 1, &[("low", &low), ("high", &high)]),
        ],
    }
}

/// How much is still to be decided before anything is taught: the smallest step to the first head.
pub fn least(t: &Words) -> String {
    t.n("learning.least", LEAST)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
fn hundredths(t: &Words, share: f64) -> String {
    t.number((share.clamp(0.0, 1.0) * 100.0).round() as u64)
}

/// Hundredths with their sign.
fn signed(t: &Words, share: f64) -> String {
    let number = hundredths(t, share.abs());
    match share {
        _ if number == t.number(0_u64) => number,
        share if share < 0.0 => format!("\u{2212}{number}"),
        _ => format!("+{number}"),
    }
}
