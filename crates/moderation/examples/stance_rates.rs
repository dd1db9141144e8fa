//! How often the stance phases hold labelled texts, as rates only: no text is ever printed.
//!
//! ```text
//! MIDAD_MODERATION_DATA=folder cargo run --release -p moderation --example stance_rates
//! ```
//!
//! The folder holds `train.jsonl` and `dev.jsonl`: one object a line with `text`, `source`, `labels`, `ent` and `slice`.

use moderation::{Facts, Finding, Models, Reason, Rulebook, Submission, examine};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Error, Write};

#[derive(Deserialize)]
struct Record {
    text: String,
    source: String,
    labels: Vec<String>,
    #[serde(default)]
    ent: bool,
    #[serde(default)]
    slice: Option<String>,
}

/// Texts, those held for support or a call, those proposed for refusal, those held for contempt.
#[derive(Default)]
struct Counts {
    texts: u32,
    support: u32,
    refused: u32,
    hate: u32,
}

fn main() -> Result<(), Error> {
    let folder = std::env::var("MIDAD_MODERATION_DATA").map_err(Error::other)?;
    let rules = Rulebook::default();
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for file in ["train.jsonl", "dev.jsonl"] {
        let file = std::fs::File::open(std::path::Path::new(&folder).join(file))?;
        for line in BufReader::new(file).lines() {
            let record: Record = serde_json::from_str(&line?)?;
            let submission = Submission { text: &record.text, name: "" };
            let verdict = examine(&submission, &Facts::default(), &rules, &Models::default());
            for kind in kinds(&record) {
                counts.entry(kind).or_default().add(&verdict.findings);
            }
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:<44} {:>6} {:>9} {:>9} {:>9}", "texts", "n", "support %", "refused %", "hate %")?;
    for (kind, count) in &counts {
        let percent = |part: u32| 100.0 * f64::from(part) / f64::from(count.texts);
        let (support, refused, hate) = (percent(count.support), percent(count.refused), percent(count.hate));
        writeln!(out, "{kind:<44} {:>6} {support:>9.2} {refused:>9.2} {hate:>9.2}", count.texts)?;
    }
    Ok(())
}

/// Under which lines of the table a record counts.
fn kinds(record: &Record) -> Vec<String> {
    let mut kinds = vec![format!("source {}", record.source)];
    if record.labels.iter().any(|label| label == "extremism_support") {
        kinds.push("labelled extremism_support".into());
    } else if record.ent && record.source != "ant_report" {
        kinds.push("names a group, other than news".into());
    }
    if record.source == "mhc_ar" {
        let hateful = record.labels.iter().any(|label| label == "hate");
        kinds.push(format!("mhc_ar {}", if hateful { "hateful" } else { "harmless" }));
        kinds.extend(record.slice.iter().map(|slice| format!("mhc_ar {slice}")));
    }
    kinds
}

impl Counts {
    fn add(&mut self, findings: &[Finding]) {
        let held = |wanted: fn(&Reason) -> bool, least: u16| {
            findings.iter().any(|finding| finding.weight >= least && wanted(&finding.reason))
        };
        let stance = |reason: &Reason| matches!(reason, Reason::Supports { .. } | Reason::Calls { .. });
        self.texts += 1;
        self.support += u32::from(held(stance, 500));
        self.refused += u32::from(held(stance, 900));
        self.hate += u32::from(held(|reason| matches!(reason, Reason::Derogates { .. }), 500));
    }
}
