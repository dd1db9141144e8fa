//! `midad evaluate`: how good the engine is on labelled texts, head by head and as a whole.

use super::labelled::{Labelled, weighs};
use super::pairs::{Class, try_pairs};
use super::pastes::{Pastes, pastes};
use super::shown;
use super::swapped::{Swapped, swapped};
use crate::settings::Settings;
use crate::upkeep::print;
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use moderation::measure::{Interval, Report, wilson};
use moderation::{Advice, Category, Heads, Models, Rulebook, Scores, Verdict};
use serde::Serialize;
use std::collections::BTreeMap;
use web::Words;

/// From this weight on a text would be held under a policy that lets unmarked ones through.
const HELD: u16 = 300;

/// Everything that is measured.
#[derive(Debug, Serialize)]
pub struct Evaluation {
    /// The rulebook's and the models' fingerprints.
    pub under: moderation::Under,
    /// Texts judged.
    pub texts: usize,
    /// The learned heads alone.
    pub heads: Report,
    /// The whole engine, by what it found.
    pub engine: Vec<Engine>,
    /// By source: texts that would be held, and texts that the engine would refuse.
    pub sources: BTreeMap<String, Source>,
    /// Functional tests, by language and function.
    pub functional: BTreeMap<String, Share>,
    /// Mirrored pairs, by class.
    pub pairs: BTreeMap<String, Class>,
    /// News with other groups' names put in.
    pub swapped: Swapped,
    /// Texts taken from articles; nothing where no articles were given.
    pub pastes: Option<Pastes>,
    /// Ids of texts on which the engine as a whole was wrong about abuse or support.
    pub misses: Vec<Miss>,
}

/// What the whole engine found of one kind.
#[derive(Debug, Default, Serialize)]
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

/// A part of a whole, with its 95 % interval.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Share {
    /// Those.
    pub part: u64,
    /// Of so many.
    pub of: u64,
    /// The 95 % interval of the share (Wilson).
    pub interval: Interval,
}

/// How the texts of a source fared.
#[derive(Debug, Default, Serialize)]
pub struct Source {
    /// Something weighs at least 300.
    pub held: Share,
    /// Abuse was found.
    pub abuse: Share,
    /// Support for a group or a call was found.
    pub support: Share,
    /// Advertising was found.
    pub spam: Share,
    /// The engine would refuse it.
    pub refused: Share,
}

/// A text on which the engine was wrong.
#[derive(Debug, Serialize)]
pub struct Miss {
    /// Its id.
    pub id: String,
    /// About what.
    pub what: &'static str,
    /// Not found, or wrongly found.
    pub kind: &'static str,
    /// The text, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Measures the files, and prints tables or JSON.
pub fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let rulebook = settings.rulebook_file(t)?.unwrap_or_default();
    let models = asked.get_one::<String>("models").map_or_else(|| Ok(Models::shipped()), |file| read_models(file))?;
    let all = |name: &str| asked.get_many::<String>(name).into_iter().flatten();
    let mut texts = Vec::new();
    for file in all("files") {
        texts.extend(Labelled::read(file)?);
    }
    let mut evaluation = evaluate(&texts, &rulebook, &models, asked.get_flag("show-text"));
    for file in all("mirror") {
        try_pairs(file, &rulebook, &models, &mut evaluation.pairs)?;
    }
    if let Some(file) = asked.get_one::<String>("articles") {
        evaluation.pastes = Some(pastes(file, &texts, &rulebook, &models)?);
    }
    if asked.get_flag("json") {
        print(&serde_json::to_string_pretty(&evaluation)?);
    } else {
        shown::lines(&evaluation, asked.get_flag("misses")).iter().for_each(|line| print(line));
    }
    Ok(())
}

/// Heads that are not the shipped ones.
fn read_models(file: &str) -> Result<Models> {
    let bytes = std::fs::read(file).with_context(|| file.to_owned())?;
    let heads = Heads::read_shared(bytes.into()).map_err(|problem| anyhow!("{file}: {problem}"))?;
    Ok(Models { heads: Some(heads), own: None })
}

/// Judges every text and counts.
pub fn evaluate(texts: &[Labelled], rulebook: &Rulebook, models: &Models, show_text: bool) -> Evaluation {
    let judged: Vec<(&Labelled, Verdict)> = texts.iter().map(|text| (text, text.judged(rulebook, models))).collect();
    let plain = || judged.iter().filter(|(text, _)| text.functional().is_none());
    let rows: Vec<(_, Scores)> = plain().map(|(text, verdict)| (text.row(), verdict.scores)).collect();
    let look = |head| models.heads.as_ref().map_or(1.0, |heads| heads.numbers(head).look);
    let mut misses = Vec::new();
    let engine = KINDS.iter().map(|kind| kind.count(plain(), show_text, &mut misses)).collect();
    Evaluation {
        under: moderation::Under::of(rulebook, models),
        texts: texts.len(),
        heads: Report::of(&rows, look),
        engine,
        sources: sources(plain()),
        functional: functional(&judged),
        pairs: BTreeMap::new(),
        swapped: swapped(texts, rulebook, models),
        pastes: None,
        misses,
    }
}

/// A question to the whole engine.
struct Kind {
    what: &'static str,
    categories: &'static [Category],
    truth: fn(&Labelled) -> Option<bool>,
}

const KINDS: [Kind; 3] = [
    Kind { what: "abuse", categories: &[Category::Abuse], truth: Labelled::abuse },
    Kind {
        what: "support",
        categories: &[Category::Support, Category::Call],
        truth: |text| text.says("extremism_support"),
    },
    Kind { what: "spam", categories: &[Category::Spam], truth: |text| text.says("spam") },
];

impl Kind {
    fn count<'a>(
        &self,
        judged: impl Iterator<Item = &'a (&'a Labelled, Verdict)>,
        show_text: bool,
        misses: &mut Vec<Miss>,
    ) -> Engine {
        let mut counts = Engine { what: self.what.to_owned(), ..Engine::default() };
        for (text, verdict) in judged {
            let Some(truth) = (self.truth)(text) else { continue };
            let said = weighs(verdict, self.categories, 1);
            match (truth, said) {
                (true, true) => counts.found += 1,
                (false, false) => counts.passed += 1,
                (true, false) => counts.missed += 1,
                (false, true) => counts.alarms += 1,
            }
            if truth != said {
                let kind = if truth { "missed" } else { "alarm" };
                let text_shown = show_text.then(|| text.text.clone());
                misses.push(Miss { id: text.id.clone(), what: self.what, kind, text: text_shown });
            }
        }
        counts
    }
}

fn sources<'a>(judged: impl Iterator<Item = &'a (&'a Labelled, Verdict)>) -> BTreeMap<String, Source> {
    let mut sources: BTreeMap<String, Source> = BTreeMap::new();
    for (text, verdict) in judged {
        let source = sources.entry(text.source.clone()).or_default();
        source.held.count(verdict.findings.iter().any(|finding| finding.weight >= HELD));
        source.abuse.count(weighs(verdict, &[Category::Abuse], 1));
        source.support.count(weighs(verdict, &[Category::Support, Category::Call], 1));
        source.spam.count(weighs(verdict, &[Category::Spam], 1));
        source.refused.count(verdict.advice == Advice::Refuse);
    }
    sources
}

/// Hateful found and harmless passed. A hateful case counts as found where abuse, support or a call was found.
fn functional(judged: &[(&Labelled, Verdict)]) -> BTreeMap<String, Share> {
    let mut functions: BTreeMap<String, Share> = BTreeMap::new();
    for (text, verdict) in judged {
        let Some(hateful) = text.functional() else { continue };
        let found = weighs(verdict, &[Category::Abuse, Category::Support, Category::Call], 1);
        let whole = if hateful { "all hateful, found" } else { "all harmless, passed" };
        for function in [text.slice.as_str(), whole] {
            functions.entry(format!("{} {function}", text.lang)).or_default().count(found == hateful);
        }
    }
    functions
}

impl Share {
    /// So many of so many.
    pub fn of(part: usize, of: usize) -> Self {
        let (part, of) = (part as u64, of as u64);
        Self { part, of, interval: wilson(part, of) }
    }

    /// 0 to 1; 0 where there is nothing.
    pub fn value(&self) -> f64 {
        if self.of == 0 { 0.0 } else { self.part as f64 / self.of as f64 }
    }

    /// One more, and whether it is one of those.
    pub fn count(&mut self, is_one: bool) {
        self.part += u64::from(is_one);
        self.of += 1;
        self.interval = wilson(self.part, self.of);
    }
}
