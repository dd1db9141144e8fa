//! `cargo xtask xss`: many texts that would run in a page that does not escape them go through every form, and a browser looks
//! whether one does. `cargo xtask check` does the same with fifty.

use crate::check::{Program, Surroundings};
use anyhow::{Context, Result, bail, ensure};
use std::path::Path;

/// How the test is told how many there are to be.
const HOW_MANY: &str = "MIDAD_XSS_PAYLOADS";
/// The tests: of the texts themselves, and the one in the browser.
const TESTS: &str = "xss::";
/// How the test's own last line ends.
const COUNTED: &str = "pages looked at, none ran";

/// `cargo xtask xss [--payloads N|all]`; true where none ran.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let many = asked_for(words)?;
    let words = ["test", "--workspace", "--test", "browser", "--", TESTS, "--nocapture"];
    let mut cargo = Program::cargo(root, &words);
    let surroundings = Surroundings::probe();
    for probe in surroundings.probes() {
        cargo.tell(probe.variable, probe.value.as_deref());
    }
    cargo.tell(HOW_MANY, Some(&many));
    let ran = cargo.run()?;
    if ran.printed.contains("NOT RUN") {
        bail!("without Chromium and ChromeDriver nothing can be looked at");
    }
    let counted = ran.printed.lines().find_map(|line| Some(&line[..line.find(COUNTED)? + COUNTED.len()]));
    match counted {
        Some(counted) if ran.success => println!("\nxss: {}", counted.rsplit(" ... ").next().unwrap_or(counted)),
        _ => println!("\nxss: FAILED, with {HOW_MANY}={many}"),
    }
    Ok(ran.success && counted.is_some())
}

/// All of them, where nothing else is said.
fn asked_for(words: &[String]) -> Result<String> {
    let many = match words {
        [] => "all",
        [flag, many] if flag == "--payloads" => many.as_str(),
        _ => bail!("xss takes --payloads N, or --payloads all"),
    };
    if many != "all" {
        let number: usize = many.parse().context("--payloads takes a number or all")?;
        ensure!(number > 0, "--payloads takes 1 or more");
    }
    Ok(many.to_owned())
}
