//! Reads texts, a JSON string on each line, and writes for each a JSON line with its pieces and its vector.
//!
//!     cargo run --release -p encoder --example vectors < texts.jsonl
#![allow(clippy::print_stdout, reason = "what an example prints is its whole answer")]

use std::error::Error;

use encoder::{Encoder, WEIGHTS};

fn main() -> Result<(), Box<dyn Error>> {
    let encoder = Encoder::from_bytes(std::fs::read(WEIGHTS)?).map_err(|why| format!("{why:?}"))?;
    let texts = std::io::stdin().lines().collect::<Result<Vec<_>, _>>()?;
    let texts = texts.iter().map(|line| serde_json::from_str(line)).collect::<Result<Vec<String>, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for (text, vector) in texts.iter().zip(encoder.encode_batch(&texts)) {
        println!("{}", serde_json::json!({ "pieces": encoder.pieces(text), "vector": vector.numbers() }));
    }
    Ok(())
}
