//! Known pastes among millions of comments: `cargo xtask bench pastes --data FOLDER [--comments N]`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::say;

const COMMENTS: &str = "10000000";

/// Measures on SQLite and prints what was found and how long it took.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let (mut comments, mut data) = (COMMENTS.to_owned(), PathBuf::new());
    for pair in words.chunks(2) {
        match pair {
            [flag, number] if flag == "--comments" => comments.clone_from(number),
            [flag, folder] if flag == "--data" => data = PathBuf::from(folder),
            _ => bail!("bench pastes takes --data FOLDER and --comments N"),
        }
    }
    ensure!(comments.parse::<u32>().is_ok_and(|number| number > 0), "«{comments}» is no number");
    ensure!(!data.as_os_str().is_empty(), "--data FOLDER: where the labelled texts lie, packed by gzip");
    super::desk::build(root, &["pastes"])?;
    let program = crate::cargo::made(root, "release").join("examples/pastes");
    let folder = std::env::temp_dir().join(format!("midad-bench-pastes-{}", std::process::id()));
    let said = measure(&program, &folder, &comments, &data);
    // What is left behind is in the system's own folder for such things.
    let _ = std::fs::remove_dir_all(&folder);
    print(&serde_json::from_str(said?.trim()).context("pastes said no JSON")?);
    Ok(true)
}

fn measure(program: &Path, folder: &Path, comments: &str, data: &Path) -> Result<String> {
    let (texts, paper) = (folder.join("texts"), folder.join("paper"));
    std::fs::create_dir_all(&texts)?;
    for name in ["train", "dev", "paste-reference"] {
        let packed = data.join(format!("{name}.jsonl.gz"));
        let output = std::fs::File::create(texts.join(format!("{name}.jsonl")))?;
        let unpacked = Command::new("gzip").arg("-dc").arg(&packed).stdout(output).status().context("gzip")?;
        ensure!(unpacked.success(), "{} could not be unpacked", packed.display());
    }
    say(&format!("{comments} comments and the articles go into the index"));
    let output = Command::new(program)
        .args([&paper, Path::new(comments), &texts])
        .stderr(Stdio::inherit())
        .output()
        .context("pastes")?;
    ensure!(output.status.success(), "pastes failed");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn print(said: &Value) {
    let number = |name: &str| said[name].as_u64().unwrap_or_default();
    let time = |name: &str, at: usize| said[name][at].as_f64().unwrap_or_default();
    println!("\n{} comments, {} articles: {} rows", number("comments"), number("articles"), number("rows"));
    println!(
        "{:.2} GB on the disk, made in {:.0} s",
        said["bytes"].as_f64().unwrap_or_default() / 1e9,
        said["filled_s"].as_f64().unwrap_or_default()
    );
    println!("pastes of the articles found: {} of {}", number("found"), number("pastes"));
    println!("others taken for pastes of an article: {} of {}", number("taken_for_articles"), number("others"));
    println!("others taken for copies of a made comment: {} of {}", number("taken_for_comments"), number("others"));
    for (name, what) in [("cold_ms", "the first time"), ("warm_ms", "the second time")] {
        println!("one look-up, {what}: median {:.2} ms, slowest hundredth {:.2} ms", time(name, 0), time(name, 1));
    }
}
