//! Reads a comment from standard input and writes the verdict as JSON.
//!
//! ```text
//! echo 'شكرًا، انظروا www.example.com' | cargo run -p moderation --example examine
//! ```

use moderation::{Facts, Models, Rulebook, Submission, examine};
use std::io::{Error, Read, Write};

fn main() -> Result<(), Error> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let submission = Submission { text: text.trim_end_matches('\n'), name: "" };
    let verdict = examine(&submission, &Facts::default(), &Rulebook::default(), &Models::default());
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &verdict)?;
    writeln!(out)
}
