//! What `cargo xtask bench pastes` measures: an index of millions of comments, and in it the known articles and the labelled
//! texts looked for as every new comment is. The comments are made by a chain over pairs of neighbouring words of published
//! comments: text as like them as text without sense can be, so that chance has its chance. It prints one line of JSON.
#![allow(clippy::print_stdout, reason = "its answer is what it prints")]

use moderation::paste::{Sample, probes};
use moderation::{Alike, Facts, Models, Origin, Reason, Rulebook, Submission, examine};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use store::{Place, Store};

type Outcome<T> = Result<T, Box<dyn Error>>;

const USAGE: &str = "pastes FOLDER COMMENTS DATA: train.jsonl, dev.jsonl and paste-reference.jsonl lie in DATA";
/// Sources from this number on are articles, those before it comments.
const ARTICLES: i64 = 1 << 40;
/// Texts whose probes are made between two words about how far it is.
const STEP: i64 = 1_000_000;

/// A labelled text; `known` says which labels were looked for.
#[derive(Deserialize)]
struct Labelled {
    text: String,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    known: Vec<String>,
    #[serde(default)]
    gold: String,
}

#[derive(Deserialize)]
struct Article {
    #[serde(default)]
    title: String,
    text: String,
}

/// Which word follows which, and how long comments are.
struct Chain {
    words: Vec<String>,
    next: HashMap<(u32, u32), Vec<u32>>,
    firsts: Vec<(u32, u32)>,
    lengths: Vec<usize>,
}

/// `SplitMix64` (Steele, Lea, Flood, OOPSLA 2014): the same comment for the same number.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end.max(1) as u64).unwrap_or_default()
    }
}

impl Chain {
    fn of(texts: &[&str]) -> Self {
        let mut chain = Self { words: Vec::new(), next: HashMap::new(), firsts: Vec::new(), lengths: Vec::new() };
        let mut numbers: HashMap<String, u32> = HashMap::new();
        for text in texts {
            let mut ids: Vec<u32> = Vec::new();
            for word in text.split_whitespace() {
                let new = u32::try_from(chain.words.len()).unwrap_or(u32::MAX);
                let id = *numbers.entry(word.to_owned()).or_insert_with(|| {
                    chain.words.push(word.to_owned());
                    new
                });
                ids.push(id);
            }
            if let [first, second, ..] = ids[..] {
                chain.firsts.push((first, second));
                chain.lengths.push(ids.len());
            }
            for three in ids.windows(3) {
                chain.next.entry((three[0], three[1])).or_default().push(three[2]);
            }
        }
        chain
    }

    /// The comment of this number. From two words on to a third where the two were seen with several, and to a new beginning
    /// where they were seen with one: nothing is written out of the originals at length.
    fn comment(&self, number: i64) -> String {
        let mut chance = Chance(number.cast_unsigned());
        let length = self.lengths[chance.below(self.lengths.len())];
        let mut text: Vec<&str> = Vec::with_capacity(length);
        let mut last = (0, 0);
        while text.len() < length {
            let followers = self.next.get(&last).filter(|followers| followers.len() > 1 && !text.is_empty());
            if let Some(followers) = followers {
                last = (last.1, followers[chance.below(followers.len())]);
                text.push(&self.words[last.1 as usize]);
            } else {
                last = self.firsts[chance.below(self.firsts.len())];
                text.extend([self.words[last.0 as usize].as_str(), self.words[last.1 as usize].as_str()]);
            }
        }
        text.join(" ")
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, comments, data] = &words[..] else { return Err(USAGE.into()) };
    let (folder, data, comments) = (PathBuf::from(folder), PathBuf::from(data), comments.parse::<i64>()?);
    let train: Vec<Labelled> = lines(&data.join("train.jsonl"))?;
    let dev: Vec<Labelled> = lines(&data.join("dev.jsonl"))?;
    let articles: Vec<Article> = lines(&data.join("paste-reference.jsonl"))?;
    let published: Vec<&str> =
        train.iter().filter(|text| text.gold == "published").map(|text| text.text.as_str()).collect();
    let chain = Chain::of(&published);
    let store = Store::open(&Place::Folder(folder.clone())).await?;
    let start = Instant::now();
    let kept = store.know_by_probes(rows(&chain, comments, &articles)).await?;
    let filled = start.elapsed();
    let known = |source: i64| {
        let article = usize::try_from(source - ARTICLES).ok().and_then(|number| articles.get(number));
        article.map_or_else(
            || (Origin::Comment, chain.comment(source)),
            |article| (Origin::Article, format!("{}\n{}", article.title, article.text)),
        )
    };
    let asked: Vec<&Labelled> =
        train.iter().chain(&dev).filter(|text| text.known.iter().any(|label| label == "copy_paste")).collect();
    let cold = look_up(&store, &asked, &known).await?;
    let warm = look_up(&store, &asked, &known).await?;
    let line = json!({
        "comments": comments, "articles": articles.len(), "rows": kept, "filled_s": filled.as_secs_f64(),
        "bytes": size(&folder)?,
        "pastes": warm.pastes, "found": warm.found, "others": warm.others,
        "taken_for_articles": warm.alarms, "taken_for_comments": warm.copies,
        "cold_ms": middle_and_tail(cold.times), "warm_ms": middle_and_tail(warm.times),
    });
    println!("{line}");
    store.close().await;
    Ok(())
}

fn lines<T: for<'a> Deserialize<'a>>(file: &Path) -> Outcome<Vec<T>> {
    let text = std::fs::read_to_string(file).map_err(|problem| format!("{}: {problem}", file.display()))?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// The probes of everything: articles first, as a paper has its stories before the comments.
fn rows(chain: &Chain, comments: i64, articles: &[Article]) -> Vec<(i64, i64)> {
    let mut rows: Vec<(i64, i64)> = Vec::new();
    for (source, article) in (ARTICLES..).zip(articles) {
        let text = format!("{}\n{}", article.title, article.text);
        rows.extend(probes(&text, Sample::Article).into_iter().map(|probe| (probe, source)));
    }
    for number in 1..=comments {
        rows.extend(probes(&chain.comment(number), Sample::Comment).into_iter().map(|probe| (probe, number)));
        if number % STEP == 0 {
            tracing::info!("{number} comments");
        }
    }
    rows
}

/// What came of looking for the labelled texts.
#[derive(Default)]
struct Found {
    pastes: usize,
    found: usize,
    others: usize,
    alarms: usize,
    copies: usize,
    times: Vec<Duration>,
}

async fn look_up(store: &Store, asked: &[&Labelled], known: &impl Fn(i64) -> (Origin, String)) -> Outcome<Found> {
    let (rulebook, models) = (Rulebook::default(), Models::shipped());
    let mut found = Found::default();
    for Labelled { text, labels, .. } in asked {
        let start = Instant::now();
        let sources = store.likeliest_sources(text).await?;
        found.times.push(start.elapsed());
        let texts: Vec<(Origin, String)> = sources.into_iter().take(5).map(known).collect();
        let alike: Vec<Alike<'_>> =
            texts.iter().map(|(origin, text)| Alike { origin: *origin, title: "", text }).collect();
        let facts = Facts { alike: &alike, ..Facts::default() };
        let verdict = examine(&Submission { text, name: "" }, &facts, &rulebook, &models);
        let from = |wanted: Origin| {
            let is = |reason: &Reason| matches!(reason, Reason::Pasted { from, .. } if *from == wanted);
            verdict.findings.iter().any(|finding| is(&finding.reason))
        };
        if labels.iter().any(|label| label == "copy_paste") {
            found.pastes += 1;
            found.found += usize::from(from(Origin::Article));
        } else {
            found.others += 1;
            found.alarms += usize::from(from(Origin::Article));
            found.copies += usize::from(from(Origin::Comment));
        }
    }
    Ok(found)
}

/// The middle one and the slowest hundredth, in milliseconds.
fn middle_and_tail(mut times: Vec<Duration>) -> [f64; 2] {
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    [at(50), at(99)]
}

fn size(folder: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}
