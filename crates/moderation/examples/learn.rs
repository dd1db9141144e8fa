//! Trains heads on labelled JSON lines, and measures them.
//!
//! `cargo run --release -p moderation --example learn -- train TRAIN.jsonl OUT.midad [--licensed-only] [NAME=VALUE …]`
//! `cargo run --release -p moderation --example learn -- choose MODEL DEV.jsonl OUT.midad`
//! `cargo run --release -p moderation --example learn -- evaluate MODEL FILE.jsonl …`

use moderation::learned::{self, Heads, Learner, Row, Settings, train};
use moderation::measure::{Report, Told, threshold_for_precision};
use moderation::{Head, Reading, Scores};
use serde::Deserialize;
use std::io::Write;
use std::{env, error::Error, fs, time::Instant};

type Outcome = Result<(), Box<dyn Error>>;

#[derive(Deserialize)]
struct Record {
    text: String,
    source: String,
    lang: String,
    labels: Vec<String>,
    known: Vec<String>,
    lic: String,
    #[serde(default)]
    slice: Option<String>,
}

fn main() -> Outcome {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["train", data, out, rest @ ..] => make(data, out, rest),
        ["choose", model, dev, out] => choose(model, dev, out),
        ["evaluate", model, files @ ..] => files.iter().try_for_each(|file| evaluate(model, file)),
        _ => Err("train DATA OUT, choose MODEL DEV OUT, or evaluate MODEL FILE…".into()),
    }
}

fn records(path: &str) -> Result<Vec<Record>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    text.lines().map(|line| serde_json::from_str(line).map_err(Into::into)).collect()
}

fn row(record: &Record) -> Row<'_> {
    let strings = |list: &'static str, record: &'_ Record| match list {
        "labels" => record.labels.clone(),
        _ => record.known.clone(),
    };
    let (labels, known) = (strings("labels", record), strings("known", record));
    let answers = learned::train::answers(labels.iter().map(String::as_str), known.iter().map(String::as_str));
    Row { text: &record.text, source: &record.source, answers }
}

fn make(data: &str, out: &str, rest: &[&str]) -> Outcome {
    let mut settings = Settings::default();
    let mut licensed = false;
    for word in rest {
        match word.split_once('=') {
            None if *word == "--licensed-only" => licensed = true,
            Some(("learner", "hinge")) => settings.learner = Learner::Hinge,
            Some(("learner", "logistic")) => settings.learner = Learner::Logistic,
            Some(("cost", cost)) => settings.cost = [cost.parse()?; Head::COUNT],
            Some(("positive", times)) => settings.positive = [times.parse()?; Head::COUNT],
            Some(("bayes", share)) => settings.bayes = share.parse()?,
            Some(("sources", weight)) => settings.sources = weight.parse()?,
            Some(("rounds", rounds)) => settings.rounds = rounds.parse()?,
            Some(("folds", folds)) => settings.folds = folds.parse()?,
            Some(("bits", bits)) => settings.bits = bits.parse()?,
            Some(("least", least)) => settings.least = least.parse()?,
            Some(("seed", seed)) => settings.seed = seed.parse()?,
            _ => return Err(format!("what is {word}?").into()),
        }
    }
    let records = records(data)?;
    let rows: Vec<Row<'_>> = records.iter().filter(|record| !licensed || record.lic != "none").map(row).collect();
    let start = Instant::now();
    let trained = train(&rows, &learned::names, &settings);
    writeln!(std::io::stderr(), "{} rows in {:.1?}", rows.len(), start.elapsed())?;
    fs::write(out, &trained.bytes)?;
    Ok(())
}

fn judged<'a>(heads: &Heads, records: &'a [Record]) -> Vec<(Row<'a>, Scores)> {
    let judge = |record: &'a Record| {
        let reading = Reading::of(&record.text);
        (row(record), heads.scores(&reading, &learned::names(&reading)))
    };
    records.iter().map(judge).collect()
}

/// Rows of functional tests, which are measured apart.
fn is_test(record: &Record) -> bool {
    record.slice.as_deref().is_some_and(|slice| slice.ends_with("_h") || slice.ends_with("_nh"))
}

fn choose(model: &str, dev: &str, out: &str) -> Outcome {
    let heads = Heads::read_shared(fs::read(model)?.into())?;
    let records: Vec<Record> = records(dev)?.into_iter().filter(|record| !is_test(record)).collect();
    let judged = judged(&heads, &records);
    let threshold = |head: Head, precision: f64| {
        let told: Vec<Told> = judged
            .iter()
            .filter_map(|(row, scores)| {
                row.answers[head as usize].map(|truth| Told { said: scores.get(head).probability(), truth })
            })
            .collect();
        threshold_for_precision(&told, precision)
    };
    let chosen = |head: Head| {
        let hold = threshold(head, 0.90).unwrap_or(1.0);
        (threshold(head, 0.70).unwrap_or(hold).min(hold), hold)
    };
    fs::write(out, learned::train::with_thresholds(&heads, chosen))?;
    Ok(())
}

fn evaluate(model: &str, file: &str) -> Outcome {
    let heads = Heads::read_shared(fs::read(model)?.into())?;
    let mut out = std::io::stdout().lock();
    let all = records(file)?;
    let (tests, records): (Vec<Record>, Vec<Record>) = all.into_iter().partition(is_test);
    let start = Instant::now();
    let judged = judged(&heads, &records);
    let each = start.elapsed().as_secs_f64() / records.len().max(1) as f64;
    writeln!(out, "{file}: {} rows, {:.1} µs each, model {:016x}", records.len(), each * 1e6, heads.fingerprint())?;
    let report = Report::of(&judged, |head| heads.numbers(head).hold);
    for head in &report.heads {
        let (ap, interval) = head.average_precision;
        writeln!(
            out,
            "{:8} {:5}/{:5}  AP {ap:.3} [{:.3} {:.3}]  AUC {:.3}  macro-F1 {:.3} at {:.3}  R@P .80 {:.3} .90 {:.3} .95 {:.3}  ECE {:.3}  hold {:.3}: P {:.3} R {:.3}",
            head.head.name(),
            head.positive,
            head.known,
            interval.low,
            interval.high,
            head.area,
            head.best_macro_f1.0,
            head.best_macro_f1.1,
            head.recall[0],
            head.recall[1],
            head.recall[2],
            head.calibration_error,
            heads.numbers(head.head).hold,
            head.held.precision(),
            head.held.recall(),
        )?;
        if !matches!(head.head, Head::Abuse | Head::Support | Head::Spam) {
            continue;
        }
        for source in &head.sources {
            write!(out, "  {} F1 {:.3} AUC {:.3}", source.source, source.counts.macro_f1(), source.area)?;
            writeln!(out, "  held {}/{}", source.flagged.held, source.flagged.all)?;
        }
        for flagged in &head.unknown {
            let share = flagged.held as f64 / flagged.all as f64 * 100.0;
            writeln!(out, "  {}: held {}/{} = {share:.2} %", flagged.source, flagged.held, flagged.all)?;
        }
    }
    functional(&heads, &tests, &mut out)
}

/// Hateful found and harmless passed, by language and function, at the thresholds of abuse and hate.
fn functional(heads: &Heads, tests: &[Record], out: &mut impl Write) -> Outcome {
    let mut functions: std::collections::BTreeMap<(&str, &str), (u32, u32)> = Default::default();
    for (record, (row, scores)) in tests.iter().zip(judged(heads, tests)) {
        let hateful = row.answers[Head::Hate as usize] == Some(true);
        let flagged = scores.abuse.probability() >= heads.numbers(Head::Abuse).look;
        let slice = record.slice.as_deref().unwrap_or("");
        for key in [slice, if hateful { "~ hateful" } else { "~ harmless" }] {
            let place = functions.entry((record.lang.as_str(), key)).or_default();
            place.0 += u32::from(flagged == hateful);
            place.1 += 1;
        }
    }
    for ((lang, function), (right, all)) in functions {
        if lang == "ar" || function.starts_with('~') {
            writeln!(out, "{lang} {function}: {right}/{all} = {:.2}", f64::from(right) / f64::from(all))?;
        }
    }
    Ok(())
}
