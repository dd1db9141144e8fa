//! How quick the encoder is on one core, and what it holds: for `cargo xtask bench encoder`, which reads the JSON.
//!
//!     cargo run --release -p encoder --example speed FILE    # texts, one on each line
#![allow(clippy::print_stdout, reason = "what an example prints is its whole answer")]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use encoder::{Encoder, Packed, Vector, WEIGHTS, scan};

const STORIES: usize = 200_000;
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("a file of texts, one on each line")?;
    let texts = std::fs::read_to_string(file)?;
    let texts: Vec<&str> = texts.lines().filter(|line| !line.is_empty()).collect();
    let before = Instant::now();
    let encoder = Encoder::from_bytes(std::fs::read(WEIGHTS)?).map_err(|why| format!("{why:?}"))?;
    let opened = before.elapsed().as_secs_f64();
    black_box(encoder.encode_batch(&texts));
    let before = Instant::now();
    black_box(encoder.encode_batch(&texts));
    let by_the_clock = before.elapsed().as_secs_f64();
    let batch = middle(|| drop(black_box(encoder.encode_batch(&texts))));
    let mut singles: Vec<f64> = texts.iter().map(|text| timed(|| drop(black_box(encoder.encode(text))))).collect();
    singles.sort_by(f64::total_cmp);
    let memory = resident();
    let pieces: usize = texts.iter().map(|text| encoder.pieces(text).len()).sum();
    let cutting = quickest(|| texts.iter().for_each(|text| drop(black_box(encoder.pieces(text)))));
    let known: Vec<Packed> = encoder.encode_batch(&texts).iter().map(Vector::pack).collect();
    let many: Vec<Packed> = known.iter().cycle().take(STORIES).copied().collect();
    let wanted = encoder.encode(texts.first().ok_or("no texts")?).pack();
    let scanned = quickest(|| drop(black_box(scan(&many, &wanted, 20))));
    let said = serde_json::json!({
        "texts": texts.len(),
        "pieces": pieces,
        "opened_ms": opened * 1e3,
        "texts_per_second": texts.len() as f64 / batch,
        "texts_per_second_by_the_clock": texts.len() as f64 / by_the_clock,
        "cut_per_second": texts.len() as f64 / cutting,
        "single_ms": singles[singles.len() / 2] * 1e3,
        "single_p99_ms": singles[singles.len() * 99 / 100] * 1e3,
        "resident_mb": memory,
        "scan_stories": STORIES,
        "scan_ms": scanned * 1e3,
    });
    println!("{said}");
    Ok(())
}

/// Seconds of the processor: what else the machine does at the time does not count.
fn timed(work: impl FnOnce()) -> f64 {
    let before = processor();
    work();
    processor() - before
}

/// Seconds of the processor that all threads have had, as Linux tells them.
fn processor() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let told = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
    told.filter_map(|line| line.split(' ').next()?.parse::<f64>().ok()).sum::<f64>() / 1e9
}

/// The middle of some rounds, in seconds.
fn middle(mut work: impl FnMut()) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS).map(|_| timed(&mut work)).collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

/// The quickest of some rounds by the clock, for what is over before Linux has counted it.
fn quickest(mut work: impl FnMut()) -> f64 {
    let timed = |()| {
        let before = Instant::now();
        work();
        before.elapsed().as_secs_f64()
    };
    std::iter::repeat_n((), 4 * ROUNDS).map(timed).fold(f64::INFINITY, f64::min)
}

/// The memory of this process in megabytes, as Linux tells it; nought elsewhere.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or_default() / 1e3
}
