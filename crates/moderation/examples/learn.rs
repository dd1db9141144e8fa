//! Tries settings of the learner: teaches heads, and says how they do on held-out rows and, with folds, crossed on their own.
//! What ships is made by `midad train`; this is for comparing.
//!
//! `cargo run --release -p moderation --example learn -- TRAIN.jsonl DEV.jsonl [NAME=VALUE …]`, `threat.cost=1` for one head.

use moderation::learned::{self, Heads, Learner, Row, Settings, train};
use moderation::measure::{Told, average_precision, best_macro_f1, recall_at_precision};
use moderation::stance::Rules;
use moderation::{Head, Reading};
use serde::Deserialize;
use std::io::Write;
use std::{env, error::Error, fs, time::Instant};

type Outcome = Result<(), Box<dyn Error>>;

#[derive(Deserialize)]
struct Record {
    text: String,
    source: String,
    labels: Vec<String>,
    known: Vec<String>,
    gold: String,
    #[serde(default)]
    slice: String,
}

fn main() -> Outcome {
    let words: Vec<String> = env::args().skip(1).collect();
    let [data, held_out, named @ ..] = words.as_slice() else { return Err("TRAIN DEV [NAME=VALUE …]".into()) };
    let mut settings = Settings::default();
    for word in named {
        let (name, value) = word.split_once('=').ok_or_else(|| format!("what is {word}?"))?;
        set(&mut settings, name, value)?;
    }
    let (data, held_out) = (records(data)?, records(held_out)?);
    let rows: Vec<Row<'_>> = data.iter().map(row).collect();
    let start = Instant::now();
    let trained = train(&rows, &|reading| learned::names(reading, &Rules::shipped()), &settings);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} rows in {:.1?}", rows.len(), start.elapsed())?;
    let heads = Heads::read_shared(trained.bytes)?;
    let said = |record: &Record| {
        let reading = Reading::of(&record.text);
        let scores = heads.scores(&reading, &learned::names(&reading, &Rules::shipped()));
        Head::ALL.map(|head| scores.get(head).probability())
    };
    let on_held_out: Vec<_> = held_out.iter().map(said).collect();
    let held_out: Vec<Row<'_>> = held_out.iter().map(row).collect();
    for head in Head::ALL {
        for (what, rows, said) in [("held out", &held_out, &on_held_out), ("crossed", &rows, &trained.crossed)] {
            let told = told(head, rows, said);
            let (ap, f1) = (average_precision(&told), best_macro_f1(&told).1);
            let recall = recall_at_precision(&told, 0.9);
            writeln!(out, "{:8} {what:8} AP {ap:.4} macro-F1 {f1:.3} R@P.90 {recall:.3}", head.name())?;
        }
    }
    Ok(())
}

/// The rows of a file without functional tests, which are for measuring the whole engine alone.
fn records(path: &str) -> Result<Vec<Record>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut records: Vec<Record> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    records.retain(|record| !record.slice.ends_with("_h") && !record.slice.ends_with("_nh"));
    Ok(records)
}

fn row(record: &Record) -> Row<'_> {
    let (labels, known) = (record.labels.iter(), record.known.iter());
    let answers = learned::train::answers(labels.map(String::as_str), known.map(String::as_str));
    Row { text: &record.text, source: &record.source, published: record.gold == "published", answers }
}

fn told(head: Head, rows: &[Row<'_>], said: &[[f32; Head::COUNT]]) -> Vec<Told> {
    let known = rows.iter().zip(said).filter_map(|(row, said)| Some((said, row.answers[head as usize]?)));
    known.map(|(said, truth)| Told { said: said[head as usize], truth }).collect()
}

fn set(settings: &mut Settings, name: &str, value: &str) -> Outcome {
    let number = || value.parse::<f32>();
    match name {
        "learner" if value == "hinge" => settings.learner = Learner::Hinge,
        "learner" if value == "logistic" => settings.learner = Learner::Logistic,
        "cost" => settings.cost = [number()?; Head::COUNT],
        "positive" => settings.positive = [number()?; Head::COUNT],
        "bayes" => settings.bayes = [number()?; Head::COUNT],
        "sources" => settings.sources = number()?,
        "published" => settings.published = number()?,
        "no-advertising" => settings.no_advertising[0] = number()?,
        "no-advertising-latin" => settings.no_advertising[1] = number()?,
        "naming" => settings.naming = number()?,
        "layer" => settings.layer_rounds = value.parse()?,
        "rate" => settings.layer_rate = number()?,
        "rounds" => settings.rounds = value.parse()?,
        "folds" => settings.folds = value.parse()?,
        "bits" => settings.bits = value.parse()?,
        "least" => settings.least = value.parse()?,
        "seed" => settings.seed = value.parse()?,
        name => of_head(settings, name, number()?)?,
    }
    Ok(())
}

/// A setting of one head: «threat.cost».
fn of_head(settings: &mut Settings, name: &str, value: f32) -> Outcome {
    let (head, what) = name.split_once('.').ok_or_else(|| format!("what is {name}?"))?;
    let head = Head::named(head).ok_or_else(|| format!("no head is called {head}"))? as usize;
    match what {
        "cost" => settings.cost[head] = value,
        "positive" => settings.positive[head] = value,
        "bayes" => settings.bayes[head] = value,
        _ => return Err(format!("what is {what}?").into()),
    }
    Ok(())
}
