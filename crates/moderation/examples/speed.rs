//! How long the engine takes: the median and the worst of comments in files of JSON lines (`text`), and of long texts.
//!
//! ```text
//! cargo run --release -p moderation --example speed -- fixtures/comments/*.jsonl
//! ```

use moderation::{Facts, Models, Rulebook, StoryFacts, Submission, examine};
use serde::Deserialize;
use std::hint::black_box;
use std::io::{Error, Write, stdout};
use std::time::{Duration, Instant};

#[derive(Deserialize)]
struct Comment {
    text: String,
}

fn main() -> Result<(), Error> {
    let started = Instant::now();
    let rulebook = Rulebook::default();
    let mut out = stdout().lock();
    writeln!(out, "the rulebook: {:.1} ms once", millis(started.elapsed()))?;
    let mut comments: Vec<String> = Vec::new();
    for file in std::env::args().skip(1) {
        let lines = std::fs::read_to_string(file)?;
        comments.extend(lines.lines().filter_map(|line| serde_json::from_str::<Comment>(line).ok()).map(|c| c.text));
    }
    if !comments.is_empty() {
        let letters: usize = comments.iter().map(|text| text.chars().count()).sum();
        let mut times: Vec<Duration> = comments.iter().map(|text| best_of(9, text, &rulebook)).collect();
        times.sort_unstable();
        let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
        let (median, worst) = (millis(median) * 1_000.0, millis(worst) * 1_000.0);
        let (count, letters) = (comments.len(), letters / comments.len());
        writeln!(out, "{count} comments of {letters} letters: median {median:.0} µs, worst {worst:.0} µs")?;
    }
    let prose: String = comments.join(" ").chars().cycle().take(64 * 1024 / 2).collect();
    let long = [
        ("prose", prose.as_str()),
        ("one insult", "يا غبي "),
        ("one letter", "ا"),
        ("formulas", "سبحان الله العظيم "),
        ("quotes", "«»\""),
    ];
    for (name, scrap) in long.into_iter().filter(|(_, scrap)| !scrap.is_empty()) {
        for size in [64, 128] {
            let bytes = size * 1024_usize;
            let mut text: String = scrap.repeat(bytes.div_ceil(scrap.len()));
            text.truncate(text.floor_char_boundary(bytes));
            writeln!(out, "{size} KB of {name}: {:.1} ms", millis(best_of(5, &text, &rulebook)))?;
        }
    }
    Ok(())
}

fn best_of(times: u32, text: &str, rulebook: &Rulebook) -> Duration {
    let facts = Facts { story: StoryFacts::default(), ..Facts::default() };
    let once = || {
        let started = Instant::now();
        black_box(examine(&Submission { text: black_box(text), name: "" }, &facts, rulebook, &Models::default()));
        started.elapsed()
    };
    (0..times).map(|_| once()).min().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
