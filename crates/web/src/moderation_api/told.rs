//! A verdict as another program is told it.

use crate::app::App;
use crate::desk::explain;
use crate::words::Words;
use moderation::{Advice, Argument, Category, Finding, Head, Under, Verdict};
use newsroom::languages::detected;
use serde::Serialize;
use serde_json::{Map, Value};
use std::ops::Range;

/// A verdict.
#[derive(Debug, Serialize)]
pub struct Told {
    findings: Vec<ToldFinding>,
    /// A head's name → its probability.
    scores: Map<String, Value>,
    priority: u16,
    advice: Advice,
    /// `false`: the engine could not answer, and a person must look.
    examined: bool,
    languages: Vec<&'static str>,
}

/// A finding, for programs and for people.
#[derive(Debug, Serialize)]
struct ToldFinding {
    key: &'static str,
    arguments: Map<String, Value>,
    category: Category,
    weight: u16,
    ranges: Vec<Place>,
    sentence: String,
    unless: String,
}

/// One place, counted in two ways: first, and first behind it.
#[derive(Debug, Serialize)]
struct Place {
    bytes: [usize; 2],
    utf16: [usize; 2],
}

/// What judged: the same text, facts and fingerprints give the same verdict.
#[derive(Debug, Serialize)]
pub struct Engine {
    version: &'static str,
    rulebook: String,
    models: String,
}

impl Told {
    /// Says a verdict on a text.
    pub fn new(t: &Words, text: &str, verdict: &Verdict) -> Self {
        let findings = verdict.findings.iter().zip(utf16_places(text, verdict));
        let score =
            |head: Head| (head.name().to_owned(), Value::from(f64::from(verdict.scores.get(head).points()) / 10_000.0));
        Self {
            findings: findings.map(|(finding, utf16)| ToldFinding::new(t, finding, &utf16)).collect(),
            scores: Head::ALL.into_iter().map(score).collect(),
            priority: verdict.priority,
            advice: verdict.advice,
            examined: verdict.findings.iter().all(|finding| finding.category != Category::Engine),
            languages: detected(text),
        }
    }
}

impl ToldFinding {
    fn new(t: &Words, finding: &Finding, utf16: &[Range<usize>]) -> Self {
        let said = explain(t, finding);
        let arguments = finding.reason.arguments().into_iter().map(|(name, argument)| {
            let value = match argument {
                Argument::Count(count) => Value::from(count),
                Argument::Text(text) | Argument::Key(text) => Value::from(text),
            };
            (name.to_owned(), value)
        });
        let pair = |range: &Range<usize>| [range.start, range.end];
        let places = finding.ranges.iter().zip(utf16);
        let key = finding.reason.key();
        Self {
            key: key.strip_prefix("finding.").unwrap_or(key),
            arguments: arguments.collect(),
            category: finding.category,
            weight: finding.weight,
            ranges: places.map(|(bytes, utf16)| Place { bytes: pair(bytes), utf16: pair(utf16) }).collect(),
            sentence: said.sentence,
            unless: said.unless,
        }
    }
}

impl Engine {
    /// What judges here now.
    pub fn of(app: &App) -> Self {
        let under = Under::of(&app.rulebook_now(), &app.models);
        Self {
            version: env!("CARGO_PKG_VERSION"),
            rulebook: format!("{:016x}", under.rulebook),
            models: format!("{:016x}", under.models),
        }
    }
}

/// The places of every finding in UTF-16 units, by which JavaScript and Java count; one pass over the text for all.
pub fn utf16_places(text: &str, verdict: &Verdict) -> Vec<Vec<Range<usize>>> {
    let findings = || verdict.findings.iter();
    let all: Vec<Range<usize>> = findings().flat_map(|finding| finding.ranges.iter().cloned()).collect();
    let mut units = arabic::places::utf16(text, &all).into_iter();
    findings().map(|finding| units.by_ref().take(finding.ranges.len()).collect()).collect()
}
