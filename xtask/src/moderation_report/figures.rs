//! What `midad evaluate --json` and `midad judge --json` say, as far as the page needs it.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything that was measured.
#[derive(Debug, Deserialize)]
pub struct Evaluation {
    /// Fingerprints and version.
    pub under: serde_json::Value,
    /// Texts judged.
    pub texts: u64,
    /// The learned heads alone.
    pub heads: Heads,
    /// The whole engine, by what it found.
    pub engine: Vec<Engine>,
    /// By source.
    pub sources: BTreeMap<String, Source>,
    /// Functional tests, by language and function.
    pub functional: BTreeMap<String, Share>,
    /// Mirrored pairs, by class.
    pub pairs: BTreeMap<String, Class>,
    /// News with other groups' names put in.
    pub swapped: Swapped,
    /// Texts taken from articles.
    pub pastes: Option<Pastes>,
}

/// News with other groups' names put in.
#[derive(Debug, Default, Deserialize)]
pub struct Swapped {
    /// Names.
    pub names: u64,
    /// Sentences that name a group.
    pub sentences: u64,
    /// The head of support found them worth a look.
    pub looked: Share,
    /// The engine found support or a call that weighs.
    pub found: Share,
    /// Advised against.
    pub refused: Share,
}

/// Texts taken from articles, and those that were not.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Pastes {
    /// Articles in the index.
    pub articles: u64,
    /// Rows that they take.
    pub article_rows: u64,
    /// Published comments in the index.
    pub comments: u64,
    /// Rows that they take.
    pub comment_rows: u64,
    /// Found with the right article, by kind of paste.
    pub found: BTreeMap<String, Share>,
    /// Taken for pastes of articles though they are none, by source.
    pub alarms: BTreeMap<String, Share>,
    /// Found to share passages with another published comment, by source.
    pub copies: BTreeMap<String, Share>,
    /// As if refused, and recognised when they come back changed, by what was changed.
    pub returned: BTreeMap<String, Share>,
}

/// What `midad train --json` says.
#[derive(Debug, Default, Deserialize)]
pub struct Taught {
    /// Texts learned from.
    pub texts: u64,
    /// What heads say that have not seen the texts.
    pub crossed: Crossed,
}

/// What heads say that have not seen the texts.
#[derive(Debug, Default, Deserialize)]
pub struct Crossed {
    /// Head by head.
    pub heads: Heads,
    /// What it costs to find support.
    pub support: Option<Support>,
}

/// What it costs to find support.
#[derive(Debug, Clone, Deserialize)]
pub struct Support {
    /// Where both limits hold.
    pub within: Cost,
    /// Where so much is found.
    pub at: Vec<Cost>,
}

/// What is found at a threshold, and what is wrongly flagged.
#[derive(Debug, Clone, Deserialize)]
pub struct Cost {
    /// Support found.
    pub found: Share,
    /// News that names groups, flagged.
    pub news: Share,
    /// Other texts that name groups, flagged.
    pub others: Share,
    /// Published comments, flagged.
    pub published: Share,
}

/// The learned heads.
#[derive(Debug, Default, Deserialize)]
pub struct Heads {
    /// Those on which something is known.
    pub heads: Vec<Head>,
}

/// One head.
#[derive(Debug, Deserialize)]
pub struct Head {
    /// Its name.
    pub head: String,
    /// Texts on which something is known.
    pub known: u64,
    /// Those where it is «yes».
    pub positive: u64,
    /// Average precision and its interval.
    pub average_precision: (f64, Interval),
    /// Area under the curve of true and false alarms.
    pub area: f64,
    /// The best macro-F1, and at which threshold.
    pub best_macro_f1: (f64, f64),
    /// Recall at precision .80, .90, .95.
    pub recall: [f64; 3],
    /// Expected calibration error.
    pub calibration_error: f64,
    /// Recall and precision.
    #[serde(default)]
    pub curve: Vec<(f64, f64)>,
    /// Said on average, share of the true, texts.
    #[serde(default)]
    pub calibration: Vec<(f64, f64, u64)>,
    /// Texts of sources of which nothing is known, at the head's threshold for holding.
    pub unknown: Vec<Flagged>,
}

/// Texts of a source that a head would hold.
#[derive(Debug, Deserialize)]
pub struct Flagged {
    /// The source.
    pub source: String,
    /// Held.
    pub held: u64,
    /// All.
    pub all: u64,
}

/// The ends of a 95 % interval.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A part of a whole.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
pub struct Share {
    /// Those.
    pub part: u64,
    /// Of so many.
    pub of: u64,
    /// Of the share.
    pub interval: Interval,
}

/// What the whole engine found of one kind.
#[derive(Debug, Deserialize)]
pub struct Engine {
    /// The kind.
    pub what: String,
    /// Rightly found.
    pub found: u64,
    /// Not found.
    pub missed: u64,
    /// Wrongly found.
    pub alarms: u64,
    /// Rightly passed.
    pub passed: u64,
}

/// How the texts of a source fared.
#[derive(Debug, Deserialize)]
pub struct Source {
    /// Held for whatever reason.
    pub held: Share,
    /// Held for abuse.
    pub abuse: Share,
    /// Held for support of a group, or a call.
    pub support: Share,
    /// Held for advertising.
    pub spam: Share,
    /// Advised against.
    pub refused: Share,
}

/// How a class of pairs fared.
#[derive(Debug, Deserialize)]
pub struct Class {
    /// Pairs.
    pub pairs: u64,
    /// With both sides right.
    pub both: u64,
    /// Found that were to be found.
    pub caught: u64,
    /// Passed that were to pass.
    pub passed: u64,
    /// Advised against though they were to pass.
    pub refused: u64,
}

/// Texts that must pass, and what became of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Passes {
    /// All.
    pub texts: u64,
    /// Those of which nothing found weighs anything.
    pub free: u64,
    /// Those advised against.
    pub refused: u64,
}

impl Passes {
    /// Counts the verdicts, one a line.
    pub fn of(lines: &str) -> Result<Self> {
        let mut counted = Self::default();
        for line in lines.lines() {
            let line: serde_json::Value = serde_json::from_str(line).context("what midad judge --json said")?;
            counted.texts += 1;
            counted.free += u64::from(line["verdict"]["priority"] == 0);
            counted.refused += u64::from(line["verdict"]["advice"] == "refuse");
        }
        Ok(counted)
    }
}

impl Share {
    /// So many of so many, with the interval that Wilson gives (1927).
    pub fn of(part: u64, of: u64) -> Self {
        const Z: f64 = 1.959_963_984_540_054;
        if of == 0 {
            return Self { part, of, interval: Interval { low: 0.0, high: 1.0 } };
        }
        let (share, all) = (part as f64 / of as f64, of as f64);
        let middle = share + Z * Z / (2.0 * all);
        let reach = Z * (share * (1.0 - share) / all + Z * Z / (4.0 * all * all)).sqrt();
        let below = 1.0 + Z * Z / all;
        let interval = Interval { low: ((middle - reach) / below).max(0.0), high: ((middle + reach) / below).min(1.0) };
        Self { part, of, interval }
    }

    /// Several taken together.
    pub fn sum<'a>(shares: impl Iterator<Item = &'a Self>) -> Self {
        let (part, of) = shares.fold((0, 0), |(part, of), share| (part + share.part, of + share.of));
        Self::of(part, of)
    }

    /// 0 to 1; 0 where there is nothing.
    pub fn value(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.part as f64 / self.of as f64 }
    }
}
