//! Measures folding and the cutting of words on a text, in megabytes (10^6 bytes) a second on one core.
//!
//! ```text
//! cargo run --release -p arabic --example speed -- FILE
//! ```
//!
//! A short text is repeated to eight megabytes. Each line shows the best of seven rounds.

use std::io::{Error, Write};
use std::time::Instant;

use arabic::fold::{Level, fold, folded, print};
use arabic::words::{search_terms, words};

const LEAST_BYTES: usize = 8_000_000;
const ROUNDS: usize = 7;

fn main() -> Result<(), Error> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "README.md".into());
    let one = std::fs::read_to_string(path)?;
    let text = one.repeat(LEAST_BYTES / one.len().max(1) + 1);
    // Stories and comments are folded one by one: pieces of some kilobytes, cut at a line.
    let pieces: Vec<&str> = text.split_inclusive('\n').collect();
    let whole = [text.as_str()];
    measure("fold, search", &whole, |text| fold(text, Level::Search).as_str().len())?;
    measure("fold, match", &whole, |text| fold(text, Level::Match).as_str().len())?;
    measure("fold, name", &whole, |text| fold(text, Level::Name).as_str().len())?;
    measure("fold, match, line by line", &pieces, |text| fold(text, Level::Match).as_str().len())?;
    measure("folded, search", &whole, |text| folded(text, Level::Search).len())?;
    measure("print", &whole, |text| usize::from(print(text) > 0))?;
    measure("words", &whole, |text| words(text).count())?;
    measure("search_terms", &whole, |text| search_terms(text).len())
}

fn measure(what: &str, texts: &[&str], work: impl Fn(&str) -> usize) -> Result<(), Error> {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let mut best = f64::INFINITY;
    let mut result = 0;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        result = texts.iter().map(|text| work(text)).sum();
        best = best.min(started.elapsed().as_secs_f64());
    }
    let speed = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / best / 1e6;
    writeln!(std::io::stdout(), "{what:<26} {speed:>8.0} MB/s   ({bytes} bytes, result {result})")
}
