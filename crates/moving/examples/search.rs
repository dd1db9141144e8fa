//! How long a reader's search takes in the paper that the example `import` made: so many queries of each kind, one after the other,
//! each by itself. Prints a line of JSON for each kind: milliseconds at the median, of 99 in 100, at most, and what was found.
#![allow(clippy::print_stdout, reason = "its answer is what it prints")]

mod invented;

use invented::{Ranks, headline, word};
use newsroom::search::Query;
use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use store::search::{Asked, Narrow};
use store::{Place, Store};

const USAGE: &str = "search FOLDER-OR-POSTGRES STORIES QUERIES";
/// Stories and comments of a page.
const PAGE: u32 = 20;

/// Kinds of queries, in the shares in which readers ask them.
const KINDS: [(&str, u64); 7] = [
    ("one word", 20),
    ("two words", 40),
    ("three words", 15),
    ("phrase", 5),
    ("begun", 10),
    ("slip", 5),
    ("a year", 5),
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [place, stories, queries] = &given[..] else { return Err(USAGE.into()) };
    let (stories, queries): (u64, u64) = (stories.parse()?, queries.parse()?);
    let place = match place.starts_with("postgres") {
        true => Place::Postgres(place.clone()),
        false => Place::Folder(PathBuf::from(place)),
    };
    let store = Store::open(&place).await?;
    let mut whole = [Vec::new(), Vec::new()];
    for (kind, share) in KINDS {
        let mut times = [Vec::new(), Vec::new()];
        let mut found = [0, 0];
        for n in 0..queries * share / 100 {
            let asked = asked(kind, n * 7_919 % stories);
            let begun = Instant::now();
            found[0] += store.search_stories(&asked, None, PAGE).await?.stories.len();
            times[0].push(begun.elapsed());
            let begun = Instant::now();
            found[1] += store.search_comments(&asked, None, PAGE).await?.comments.len();
            times[1].push(begun.elapsed());
        }
        for (at, what) in ["stories", "comments"].into_iter().enumerate() {
            say(kind, what, &mut times[at], found[at]);
            whole[at].append(&mut times[at]);
        }
    }
    for (at, what) in ["stories", "comments"].into_iter().enumerate() {
        say("all", what, &mut whole[at], 0);
    }
    store.close().await;
    Ok(())
}

/// A query about the story of this number.
fn asked(kind: &str, story: u64) -> Asked {
    let words = headline(story).map(word);
    let typed = match kind {
        "one word" => format!("{} ", words[0]),
        "three words" => format!("{} {} {} ", words[0], words[2], words[4]),
        "phrase" => format!("«{} {}» ", words[1], words[2]),
        "begun" => format!("{} {}", words[0], words[1].chars().take(3).collect::<String>()),
        "slip" => {
            let mut letters: Vec<char> = words[3].chars().collect();
            let at = Ranks::new(story).below(letters.len() as u64);
            letters.remove(usize::try_from(at).unwrap_or_default());
            format!("{} ", letters.into_iter().collect::<String>())
        }
        _ => format!("{} {} ", words[0], words[1]),
    };
    let mut narrow = Narrow::default();
    if kind == "a year" {
        let year = 2005 + story / 336 % 20;
        narrow.from = format!("{year}-01-01T00:00:00Z").parse().ok();
        narrow.to = format!("{}-01-01T00:00:00Z", year + 1).parse().ok();
    }
    Asked { query: Query::read(&typed), narrow }
}

fn say(kind: &str, what: &str, times: &mut [Duration], found: usize) {
    times.sort_unstable();
    let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied();
    let ms = |time: Option<Duration>| time.unwrap_or_default().as_secs_f64() * 1_000.0;
    println!(
        "{{\"kind\":\"{kind}\",\"what\":\"{what}\",\"queries\":{},\"median_ms\":{:.2},\"p99_ms\":{:.2},\"most_ms\":{:.2},\"found\":{found}}}",
        times.len(),
        ms(at(50)),
        ms(at(99)),
        ms(at(100))
    );
}
