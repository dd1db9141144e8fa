//! Trains heads on labelled JSON lines, and measures them.
//!
//! `cargo run --release -p moderation --example learn -- train TRAIN.jsonl OUT.midad [--licensed-only] [NAME=VALUE …]`
//! `cargo run --release -p moderation --example learn -- choose MODEL DEV.jsonl OUT.midad`
//! `cargo run --release -p moderation --example learn -- evaluate MODEL FILE.jsonl …`

use moderation::learned::{self, Heads, Learner, Row, Settings, train};
use moderation::measure::{
    Report, Told, area_under_curve, average_precision, best_macro_f1, calibration_error, recall_at_precision,
};
use moderation::stance::Rules;
use moderation::{Head, Reading, Scores};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::{env, error::Error, fs, hint::black_box, time::Instant};

type Outcome = Result<(), Box<dyn Error>>;

#[derive(Deserialize)]
struct Record {
    text: String,
    source: String,
    lang: String,
    labels: Vec<String>,
    known: Vec<String>,
    lic: String,
    gold: String,
    #[serde(default)]
    ent: bool,
    #[serde(default)]
    slice: Option<String>,
}

fn main() -> Outcome {
    let words: Vec<String> = env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["train", data, out, rest @ ..] => make(data, out, rest),
        ["choose", model, dev, out] => choose(model, dev, out),
        ["evaluate", model, files @ ..] => files.iter().try_for_each(|file| evaluate(model, file)),
        ["speed", model, file] => speed(model, file),
        _ => Err("train DATA OUT, choose MODEL DEV OUT, or evaluate MODEL FILE…".into()),
    }
}

fn records(path: &str) -> Result<Vec<Record>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    text.lines().map(|line| serde_json::from_str(line).map_err(Into::into)).collect()
}

fn row(record: &Record) -> Row<'_> {
    let strings = |list: &'_ [String]| list.to_vec();
    let (labels, known) = (strings(&record.labels), strings(&record.known));
    let answers = learned::train::answers(labels.iter().map(String::as_str), known.iter().map(String::as_str));
    Row { text: &record.text, source: &record.source, published: record.gold == "published", answers }
}

fn names(reading: &Reading<'_>) -> Vec<Range<usize>> {
    learned::names(reading, &Rules::shipped())
}

fn make(data: &str, out: &str, rest: &[&str]) -> Outcome {
    let mut settings = Settings::default();
    let mut licensed = false;
    let mut templates = Vec::new();
    for word in rest {
        match word.split_once('=') {
            None if *word == "--licensed-only" => licensed = true,
            Some(("learner", "hinge")) => settings.learner = Learner::Hinge,
            Some(("learner", "logistic")) => settings.learner = Learner::Logistic,
            Some(("cost", cost)) => settings.cost = [cost.parse()?; Head::COUNT],
            Some(("positive", times)) => settings.positive = [times.parse()?; Head::COUNT],
            Some(("bayes", share)) => settings.bayes = [share.parse()?; Head::COUNT],
            Some(("sources", weight)) => settings.sources = weight.parse()?,
            Some(("published", weight)) => settings.published = weight.parse()?,
            Some(("naming", times)) => settings.naming = times.parse()?,
            Some(("templates", path)) => templates = written_out(path)?,
            Some(("layer", rounds)) => settings.layer_rounds = rounds.parse()?,
            Some(("rate", rate)) => settings.layer_rate = rate.parse()?,
            Some(("rounds", rounds)) => settings.rounds = rounds.parse()?,
            Some(("folds", folds)) => settings.folds = folds.parse()?,
            Some(("bits", bits)) => settings.bits = bits.parse()?,
            Some(("least", least)) => settings.least = least.parse()?,
            Some(("seed", seed)) => settings.seed = seed.parse()?,
            Some((name, value)) => of_head(&mut settings, name, value.parse()?)?,
            None => return Err(format!("what is {word}?").into()),
        }
    }
    let mut records = records(data)?;
    records.extend(templates);
    let rows: Vec<Row<'_>> = records
        .iter()
        .filter(|record| !licensed || record.lic != "none")
        .map(|record| row(record).assuming_no_advertising())
        .collect();
    let start = Instant::now();
    let trained = train(&rows, &names, &settings);
    writeln!(std::io::stderr(), "{} rows in {:.1?}", rows.len(), start.elapsed())?;
    fs::write(out, &trained.bytes)?;
    if trained.crossed.is_empty() {
        return Ok(());
    }
    let kept: Vec<&Record> = records.iter().filter(|record| !licensed || record.lic != "none").collect();
    for head in Head::ALL {
        let told: Vec<Told> = rows
            .iter()
            .zip(&trained.crossed)
            .filter(|(row, _)| row.source != "templates")
            .filter_map(|(row, said)| row.answers[head as usize].map(|truth| Told { said: said[head as usize], truth }))
            .collect();
        let (ap, best) = (average_precision(&told), best_macro_f1(&told).1);
        let (recall, off) = (recall_at_precision(&told, 0.9), calibration_error(&told));
        writeln!(
            std::io::stdout(),
            "crossed {:8} AP {ap:.4} macro-F1 {best:.3} R@P.90 {recall:.3} ECE {off:.3}",
            head.name()
        )?;
    }
    support(&kept, &trained.crossed)
}

/// A setting of one head: «threat.cost».
fn of_head(settings: &mut Settings, name: &str, value: f32) -> Outcome {
    let (head, what) = name.split_once('.').ok_or(format!("what is {name}?"))?;
    let head = Head::named(head).ok_or(format!("no head is called {head}"))? as usize;
    match what {
        "cost" => settings.cost[head] = value,
        "positive" => settings.positive[head] = value,
        "bayes" => settings.bayes[head] = value,
        _ => return Err(format!("what is {what}?").into()),
    }
    Ok(())
}

/// What it costs to find so much of the support, by heads that had not seen the texts.
fn support(records: &[&Record], crossed: &[[f32; Head::COUNT]]) -> Outcome {
    let said = |which: &dyn Fn(&Record) -> bool| -> Vec<f32> {
        let chosen = records.iter().zip(crossed).filter(|(record, _)| which(record));
        chosen.map(|(_, said)| said[Head::Support as usize]).collect()
    };
    let is = |record: &Record| record.labels.iter().any(|label| label == "extremism_support");
    let no = |record: &Record| !is(record) && record.known.iter().any(|harm| harm == "extremism_support");
    let mut found = said(&is);
    found.sort_by(|one, other| other.total_cmp(one));
    let news = said(&|record| record.source == "ant_report");
    let naming = said(&|record| no(record) && record.ent && !record.source.starts_with("ant_"));
    let readers = said(&|record| record.gold == "published");
    for recall in [0.80, 0.90, 0.92, 0.95] {
        let threshold = found.get((found.len() as f64 * recall) as usize).copied().unwrap_or(1.0);
        let share = |all: &[f32]| {
            let over = all.iter().filter(|said| **said >= threshold).count();
            format!("{over}/{} = {:.2} %", all.len(), over as f64 / all.len() as f64 * 100.0)
        };
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "support found {recall} at {threshold:.3}: news {}, others naming groups {}, readers {}",
            share(&news),
            share(&naming),
            share(&readers)
        )?;
    }
    Ok(())
}

/// Sentences of our own about people and things: what is hate, what is not, and what only looks like it.
fn written_out(path: &str) -> Result<Vec<Record>, Box<dyn Error>> {
    let lists: BTreeMap<String, Vec<String>> = serde_json::from_str(&fs::read_to_string(path)?)?;
    let list = |name: &str| lists.get(name).map_or(&[][..], Vec::as_slice);
    let strings = |words: &[&str]| words.iter().map(|word| String::from(*word)).collect::<Vec<_>>();
    let mut records = Vec::new();
    for (kind, slot, labels) in [
        ("hate", "people", &["hate"][..]),
        ("threat", "people", &["hate", "threat"]),
        ("harmless", "people", &[]),
        ("plain", "things", &[]),
    ] {
        for (template, word) in
            list(kind).iter().flat_map(|template| list(slot).iter().map(move |word| (template, word)))
        {
            let known = if labels.is_empty() { &["insult", "hate", "threat"][..] } else { &["hate", "threat"] };
            records.push(Record {
                text: template.replace(&format!("{{{slot}}}"), word),
                source: "templates".into(),
                lang: "ar".into(),
                labels: strings(labels),
                known: strings(known),
                lic: "own".into(),
                gold: "template".into(),
                ent: false,
                slice: None,
            });
        }
    }
    Ok(records)
}

fn judged<'a>(heads: &Heads, records: &'a [Record]) -> Vec<(Row<'a>, Scores)> {
    let judge = |record: &'a Record| {
        let reading = Reading::of(&record.text);
        (row(record), heads.scores(&reading, &names(&reading)))
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
    let chosen = |head: Head| {
        let told: Vec<Told> = judged
            .iter()
            .filter_map(|(row, scores)| {
                row.answers[head as usize].map(|truth| Told { said: scores.get(head).probability(), truth })
            })
            .collect();
        learned::train::thresholds(head, &told)
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
        for source in &head.sources {
            write!(out, "  {} F1 {:.3} AUC {:.3}", source.source, source.counts.macro_f1(), source.area)?;
            writeln!(out, "  held {}/{}", source.flagged.held, source.flagged.all)?;
        }
        for flagged in &head.unknown {
            let share = flagged.held as f64 / flagged.all as f64 * 100.0;
            writeln!(out, "  {}: held {}/{} = {share:.2} %", flagged.source, flagged.held, flagged.all)?;
        }
    }
    swapped(&heads, &records, &mut out)?;
    functional(&heads, &tests, &mut out)
}

/// How long the median text takes: reading it, and all heads.
fn speed(model: &str, file: &str) -> Outcome {
    let heads = Heads::read_shared(fs::read(model)?.into())?;
    let best = |work: &dyn Fn()| {
        let times = (0..7).map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_nanos()
        });
        times.min().unwrap_or(0)
    };
    let (mut read, mut scored, mut letters) = (Vec::new(), Vec::new(), Vec::new());
    for record in records(file)? {
        let reading = Reading::of(&record.text);
        read.push(best(&|| drop(black_box(Reading::of(black_box(&record.text))))));
        scored.push(best(&|| {
            black_box(heads.scores(black_box(&reading), &names(&reading)));
        }));
        letters.push(record.text.chars().count());
    }
    for (what, times) in [("read", &mut read), ("score", &mut scored)] {
        times.sort_unstable();
        let at = |share: usize| times[(times.len() - 1) * share / 100] as f64 / 1_000.0;
        writeln!(std::io::stdout(), "{what}: median {:.1} µs, nine of ten below {:.1} µs", at(50), at(90))?;
    }
    letters.sort_unstable();
    writeln!(std::io::stdout(), "median text: {} letters", letters[letters.len() / 2])?;
    Ok(())
}

/// News that names groups, with another name put in: how much of it is taken for support.
fn swapped(heads: &Heads, records: &[Record], out: &mut impl Write) -> Outcome {
    let hold = heads.numbers(Head::Support).hold;
    let look = heads.numbers(Head::Support).look;
    let (mut held, mut looked, mut all) = (0, 0, 0);
    for record in records.iter().filter(|record| record.source == "ant_report") {
        let reading = Reading::of(&record.text);
        let mut text = record.text.clone();
        for name in names(&reading).into_iter().rev() {
            // The media's word before the name goes with it.
            let first = name.start - usize::from(name.start > 0 && reading.word(name.start - 1) == "تنظيم");
            text.replace_range(reading.original(first..name.end), "الدولة الإسلامية");
        }
        if text == record.text {
            continue;
        }
        let reading = Reading::of(&text);
        let said = heads.scores(&reading, &names(&reading)).support.probability();
        held += u32::from(said >= hold);
        looked += u32::from(said >= look);
        all += 1;
    }
    writeln!(out, "news with another name put in: held {held}, looked at {looked} of {all}")?;
    Ok(())
}

/// Hateful found and harmless passed, by language and function, at the thresholds of abuse and hate.
fn functional(heads: &Heads, tests: &[Record], out: &mut impl Write) -> Outcome {
    let mut told: BTreeMap<(&str, &str), Vec<Told>> = BTreeMap::new();
    let mut functions: BTreeMap<(&str, &str), (u32, u32)> = Default::default();
    for (record, (row, scores)) in tests.iter().zip(judged(heads, tests)) {
        let hateful = row.answers[Head::Hate as usize] == Some(true);
        let flagged = scores.abuse.probability() >= heads.numbers(Head::Abuse).look;
        let slice = record.slice.as_deref().unwrap_or("");
        for head in [Head::Abuse, Head::Hate] {
            let said = scores.get(head).probability();
            told.entry((&record.lang, head.name())).or_default().push(Told { said, truth: hateful });
        }
        for key in [slice, if hateful { "~ hateful" } else { "~ harmless" }] {
            let place = functions.entry((record.lang.as_str(), key)).or_default();
            place.0 += u32::from(flagged == hateful);
            place.1 += 1;
        }
    }
    for ((lang, head), told) in told {
        writeln!(out, "functional {lang} {head}: AUC {:.3}", area_under_curve(&told))?;
    }
    for ((lang, function), (right, all)) in functions {
        if lang == "ar" || function.starts_with('~') {
            writeln!(out, "{lang} {function}: {right}/{all} = {:.2}", f64::from(right) / f64::from(all))?;
        }
    }
    Ok(())
}
