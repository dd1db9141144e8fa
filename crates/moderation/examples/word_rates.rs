//! How often the word lists and the advertising phase hold texts, as rates for each source and label only.
//!
//! ```text
//! cargo run --release -p moderation --example word_rates -- texts.jsonl
//! ```
//!
//! One object a line with `text`, `source` and `labels`. With a source and `abuse` or `spam` behind the file, the entries
//! that hold its texts are counted.

use moderation::{Category, Facts, Models, Reason, Rulebook, Submission, examine};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Error, Write, stdout};

#[derive(Deserialize)]
struct Record {
    text: String,
    source: String,
    #[serde(default)]
    labels: Vec<String>,
}

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rules = Rulebook::default();
    let mut counts: BTreeMap<String, [u32; 4]> = BTreeMap::new();
    let mut entries: BTreeMap<String, u32> = BTreeMap::new();
    let file = arguments.first().ok_or_else(|| Error::other("which file?"))?;
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let record: Record = serde_json::from_str(&line?)?;
        let submission = Submission { text: &record.text, name: "" };
        let verdict = examine(&submission, &Facts::default(), &rules, &Models::default());
        let mut held = [1, 0, 0, 0];
        for finding in verdict.findings.iter().filter(|finding| finding.weight > 0) {
            let (at, name) = match &finding.reason {
                Reason::Listed { entry, .. } => (1 + usize::from(finding.weight >= 600), entry),
                Reason::Advertises { what } => (3, what),
                _ => continue,
            };
            held[at] = 1;
            let kind = if finding.category == Category::Spam { "spam" } else { "abuse" };
            if arguments.get(1) == Some(&record.source) && arguments.get(2).is_some_and(|wanted| wanted == kind) {
                *entries.entry(name.clone()).or_default() += 1;
            }
        }
        held[1] |= held[2];
        for name in [record.source.clone(), format!("{} {}", record.source, record.labels.join("+"))] {
            let count = counts.entry(name).or_default();
            (0..4).for_each(|at| count[at] += held[at]);
        }
    }
    let mut out = stdout().lock();
    writeln!(out, "{:<50} {:>6} {:>8} {:>8} {:>8}", "texts", "n", "listed %", "doubt %", "advert %")?;
    for (name, count) in counts {
        let percent = |at: usize| 100.0 * f64::from(count[at]) / f64::from(count[0]);
        writeln!(out, "{name:<50} {:>6} {:>8.2} {:>8.2} {:>8.2}", count[0], percent(1), percent(2), percent(3))?;
    }
    let mut entries: Vec<(String, u32)> = entries.into_iter().collect();
    entries.sort_by_key(|(_, times)| u32::MAX - times);
    entries.iter().take(40).try_for_each(|(entry, times)| writeln!(out, "{times:>5} {entry}"))
}
