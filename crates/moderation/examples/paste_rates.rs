//! How many pastes are found, and how many other texts are taken for pastes: by the probes first, as the store's index
//! does it, and then by the phases. The data are labelled JSON lines, unpacked; they are not part of the program.
//!
//! ```text
//! MIDAD_MODERATION_DATA=folder cargo run --release -p moderation --example paste_rates
//! ```
//!
//! The folder holds `paste-reference.jsonl`, `dev.jsonl` and `train.jsonl`.

use moderation::paste::{Sample, probes};
use moderation::{Alike, Facts, Models, Origin, Reason, Rulebook, Submission, Verdict, examine};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::io::{Error, Write};

#[derive(Deserialize)]
struct Article {
    #[serde(rename = "ref")]
    id: String,
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Row {
    text: String,
    source: String,
    labels: Vec<String>,
    known: Vec<String>,
    #[serde(default)]
    slice: Option<String>,
    #[serde(default, rename = "ref")]
    article: Option<String>,
}

/// The index: which sources have a probe. One in four of them or more is in everybody's mouth.
struct Index {
    sources: HashMap<i64, Vec<usize>>,
    most: usize,
}

impl Index {
    fn keep(&mut self, source: usize, text: &str, sample: Sample) {
        for probe in probes(text, sample) {
            let sources = self.sources.entry(probe).or_default();
            if sources.len() < self.most {
                sources.push(source);
            }
        }
    }

    /// The likeliest five.
    fn alike(&self, text: &str) -> Vec<usize> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let found = probes(text, Sample::Question).into_iter().filter_map(|probe| self.sources.get(&probe));
        for source in found.filter(|sources| sources.len() < self.most).flatten() {
            *shared.entry(*source).or_default() += 1;
        }
        let mut sources: Vec<_> = shared.into_iter().collect();
        sources.sort_by_key(|(source, shared)| (std::cmp::Reverse(*shared), *source));
        sources.into_iter().take(5).map(|(source, _)| source).collect()
    }
}

#[derive(Default)]
struct Count {
    all: usize,
    brought: usize,
    pasted: usize,
    right: usize,
    altered: usize,
    foreign: usize,
    long: usize,
    verbatim: usize,
}

fn main() -> Result<(), Error> {
    let folder = std::env::var("MIDAD_MODERATION_DATA").map_err(Error::other)?;
    let articles: Vec<Article> = lines(&folder, "paste-reference.jsonl")?;
    let mut index = Index { sources: HashMap::new(), most: 4 };
    for (number, article) in articles.iter().enumerate() {
        index.keep(number, &format!("{}\n{}", article.title, article.text), Sample::Article);
    }
    let all_words: String = articles.iter().map(|article| plain(&article.text)).collect::<Vec<_>>().join(" | ");
    let mut counts: BTreeMap<(&str, String), Count> = BTreeMap::new();
    let mut comments = Vec::new();
    for file in ["dev", "train"] {
        for row in lines::<Row>(&folder, &format!("{file}.jsonl"))? {
            let is_paste = row.labels.iter().any(|label| label == "copy_paste");
            let speaks = row.known.iter().any(|known| known == "copy_paste");
            if !speaks && !["ans_titles", "ant_news", "ant_report"].contains(&row.source.as_str()) {
                continue;
            }
            let name =
                row.slice.as_ref().filter(|_| is_paste).map_or(row.source.clone(), |slice| format!("paste {slice}"));
            let counted = counts.entry((file, name)).or_default();
            count(counted, &row, &index, &articles);
            // A news sentence can really be one of an article's: then it is no false alarm.
            counted.verbatim += usize::from(all_words.contains(&plain(&row.text)));
            if ["hespress", "aoc_riyadh"].contains(&row.source.as_str()) {
                comments.push(row.text);
            }
        }
    }
    let mut honest = Count::default();
    for article in &articles {
        let verdict = judged(&article.text, &[]);
        honest.all += 1;
        honest.foreign += usize::from(has(&verdict, |reason| matches!(reason, Reason::Foreign { .. })));
    }
    counts.insert(("ref", "articles themselves".into()), honest);
    let mut out = std::io::stdout().lock();
    writeln!(out, "file   texts                    all brought pasted  right altered foreign   long verbatim")?;
    for ((file, name), c) in &counts {
        let (brought, pasted, right, altered) = (c.brought, c.pasted, c.right, c.altered);
        let (foreign, long) = (c.foreign, c.long);
        writeln!(
            out,
            "{file:6} {name:22} {:5} {brought:7} {pasted:6} {right:6} {altered:7} {foreign:7} {long:6} {:8}",
            c.all, c.verbatim
        )?;
    }
    returns(&comments, &mut out)
}

fn lines<T: serde::de::DeserializeOwned>(folder: &str, file: &str) -> Result<Vec<T>, Error> {
    let text = std::fs::read_to_string(std::path::Path::new(folder).join(file))?;
    text.lines().map(|line| serde_json::from_str(line).map_err(Error::other)).collect()
}

fn count(count: &mut Count, row: &Row, index: &Index, articles: &[Article]) {
    let found = index.alike(&row.text);
    let texts: Vec<String> = found.iter().map(|n| format!("{}\n{}", articles[*n].title, articles[*n].text)).collect();
    let alike: Vec<Alike<'_>> = found
        .iter()
        .zip(&texts)
        .map(|(n, text)| Alike { origin: Origin::Article, title: &articles[*n].id, text })
        .collect();
    let verdict = judged(&row.text, &alike);
    count.all += 1;
    count.brought += usize::from(!found.is_empty());
    count.pasted += usize::from(has(&verdict, |reason| matches!(reason, Reason::Pasted { .. })));
    let id = row.article.as_deref().unwrap_or_default();
    count.right += usize::from(has(&verdict, |reason| matches!(reason, Reason::Pasted { title, .. } if title == id)));
    count.altered += usize::from(has(&verdict, |reason| matches!(reason, Reason::Altered { .. })));
    count.foreign += usize::from(has(&verdict, |reason| matches!(reason, Reason::Foreign { .. })));
    count.long += usize::from(has(&verdict, |reason| matches!(reason, Reason::LongPaste { .. })));
}

/// The words alone, folded.
fn plain(text: &str) -> String {
    let reading = moderation::Reading::of(text);
    (0..reading.words.len()).map(|number| reading.word(number)).collect::<Vec<_>>().join(" ")
}

fn judged(text: &str, alike: &[Alike<'_>]) -> Verdict {
    let facts = Facts { alike, today: Some((2026, 11, 22)), ..Facts::default() };
    examine(&Submission { text, name: "" }, &facts, &Rulebook::default(), &Models::default())
}

fn has(verdict: &Verdict, is: impl Fn(&Reason) -> bool) -> bool {
    verdict.findings.iter().any(|finding| is(&finding.reason))
}

/// Real comments of twelve words and more as if each had been refused, and back in another coat.
fn returns(comments: &[String], out: &mut impl Write) -> Result<(), Error> {
    let mut index = Index { sources: HashMap::new(), most: 4 };
    let long: Vec<&String> = comments.iter().filter(|text| text.split_whitespace().count() >= 12).collect();
    for (number, text) in long.iter().enumerate() {
        index.keep(number, text, Sample::Comment);
    }
    let kept: usize = index.sources.values().map(Vec::len).sum();
    writeln!(out, "\n{} comments of 12 words and more, {kept} probes kept; as refused, and back:", long.len())?;
    for (name, change) in CHANGES {
        let (mut brought, mut found) = (0, 0);
        for (number, text) in long.iter().enumerate() {
            let back = change(text);
            let sources = index.alike(&back);
            brought += usize::from(sources.contains(&number));
            let alike = sources.iter().map(|n| Alike { origin: Origin::Refused, title: "", text: long[*n] });
            let verdict = judged(&back, &alike.collect::<Vec<_>>());
            found += usize::from(has(&verdict, |reason| matches!(reason, Reason::Pasted { .. })));
        }
        writeln!(out, "{name:34} brought {brought:5}  pasted {found:5}")?;
    }
    for origin in [Origin::Comment, Origin::Refused] {
        let mut percents = Vec::new();
        for (number, text) in long.iter().enumerate() {
            let sources: Vec<usize> = index.alike(text).into_iter().filter(|n| *n != number).collect();
            let alike = sources.iter().map(|n| Alike { origin, title: "", text: long[*n] });
            let verdict = judged(text, &alike.collect::<Vec<_>>());
            percents.extend(verdict.findings.iter().find_map(|finding| match finding.reason {
                Reason::Pasted { percent, .. } => Some(percent),
                _ => None,
            }));
        }
        let nearly_all = percents.iter().filter(|percent| **percent >= 80).count();
        let (all, least) = (percents.len(), percents.iter().min().copied().unwrap_or(0));
        writeln!(
            out,
            "taken from another of these comments, as {}: {all}, of them {nearly_all} by 80 words of 100 and more; least {least}",
            origin.name()
        )?;
    }
    times(comments, out)
}

/// What it costs, without known texts: the median over the comments, each at the quickest of five times, so that what else
/// runs on the machine is left out.
fn times(comments: &[String], out: &mut impl Write) -> Result<(), Error> {
    let asked: usize = comments.iter().map(|text| probes(text, Sample::Question).len()).sum();
    let probing = median(comments, |text| probes(text, Sample::Question).len());
    let judging = median(comments, |text| judged(text, &[]).findings.len());
    let probes = asked as f64 / comments.len().max(1) as f64;
    writeln!(out, "{probes:.1} probes asked a comment; {probing:.1} µs to find them, all phases {judging:.1} µs")
}

fn median(comments: &[String], work: impl Fn(&str) -> usize) -> f64 {
    let quickest = |text: &String| {
        let times = (0..5).map(|_| {
            let began = std::time::Instant::now();
            std::hint::black_box(work(text));
            began.elapsed()
        });
        times.min().unwrap_or_default()
    };
    let mut times: Vec<_> = comments.iter().map(quickest).collect();
    times.sort();
    times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1e6)
}

type Change = (&'static str, fn(&str) -> String);

const CHANGES: [Change; 6] = [
    ("as it was", |text| text.to_owned()),
    ("tatweel and marks in every word", |text| {
        by_words(text, |_, word| word.chars().flat_map(|c| [c, '\u{640}', '\u{64E}']).collect())
    }),
    ("second half first", |text| {
        let words: Vec<&str> = text.split_whitespace().collect();
        [&words[words.len() / 2..], &words[..words.len() / 2]].concat().join(" ")
    }),
    ("every tenth word another", |text| by_words(text, |n, word| other(n, 10, word))),
    ("every seventh word another", |text| by_words(text, |n, word| other(n, 7, word))),
    ("every fifth word another", |text| by_words(text, |n, word| other(n, 5, word))),
];

fn by_words(text: &str, change: impl Fn(usize, &str) -> String) -> String {
    let words = text.split_whitespace().enumerate().map(|(n, word)| change(n, word));
    words.collect::<Vec<_>>().join(" ")
}

fn other(n: usize, every: usize, word: &str) -> String {
    if n % every == every / 2 { format!("غير{n}") } else { word.to_owned() }
}
