//! Measures folding and the cutting of words on a text, in megabytes (10^6 bytes) a second on one core.
//!
//! ```text
//! cargo run --release -p arabic --example speed -- FILE
//! ```
//!
//! A short text is repeated to eight megabytes and measured in pieces of about 64 kilobytes, cut at line ends. Each piece
//! counts with the best of nine rounds, so that other programs on the machine spoil little.

use std::io::{Error, Write};
use std::time::Instant;

use arabic::fold::{Level, fold, folded, print};
use arabic::words::{search_terms, words};

const LEAST_BYTES: usize = 8_000_000;
const PIECE_BYTES: usize = 64_000;
const ROUNDS: usize = 9;

fn main() -> Result<(), Error> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "README.md".into());
    let one = std::fs::read_to_string(path)?;
    let text = one.repeat(LEAST_BYTES / one.len().max(1) + 1);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut pieces = vec![String::new()];
    for line in &lines {
        match pieces.last_mut() {
            Some(last) if last.len() < PIECE_BYTES => last.push_str(line),
            _ => pieces.push((*line).into()),
        }
    }
    measure("fold, search", &pieces, |text| fold(text, Level::Search).as_str().len())?;
    measure("fold, match", &pieces, |text| fold(text, Level::Match).as_str().len())?;
    measure("fold, name", &pieces, |text| fold(text, Level::Name).as_str().len())?;
    measure("fold, match, line by line", &pieces, |text| {
        text.split_inclusive('\n').map(|line| fold(line, Level::Match).as_str().len()).sum()
    })?;
    measure("folded, search", &pieces, |text| folded(text, Level::Search).len())?;
    measure("print", &pieces, |text| usize::from(print(text) > 0))?;
    measure("words", &pieces, |text| words(text).count())?;
    measure("search_terms", &pieces, |text| search_terms(text).len())
}

fn measure(what: &str, pieces: &[String], work: impl Fn(&str) -> usize) -> Result<(), Error> {
    let mut best = vec![f64::INFINITY; pieces.len()];
    let mut result = 0;
    for _ in 0..ROUNDS {
        result = 0;
        for (piece, best) in pieces.iter().zip(&mut best) {
            let started = Instant::now();
            result += work(piece);
            *best = best.min(started.elapsed().as_secs_f64());
        }
    }
    let bytes: usize = pieces.iter().map(String::len).sum();
    let speed = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / best.iter().sum::<f64>() / 1e6;
    writeln!(std::io::stdout(), "{what:<26} {speed:>8.0} MB/s   ({bytes} bytes, result {result})")
}
