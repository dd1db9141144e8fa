//! `cargo xtask moderation-report --data FOLDER`: how good the moderation engine is, on labelled texts that lie elsewhere.
//!
//! The engine measures itself (`midad evaluate --json`, `midad judge --json`); this command runs it, and makes a page and
//! drawings of what it says. No text of any row comes into them.

mod drawing;
mod figures;
mod page;
mod required;
mod rows;

#[cfg(test)]
mod tests;

use anyhow::{Context, Result, bail, ensure};
use figures::{Evaluation, Passes};
use rows::Sources;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the mirrored pairs stand, and what they are judged by.
const PAIRS: &str = "crates/moderation/tests/pairs";
/// Where the page goes where nothing else is said.
const PAGE: &str = "docs/moderation-report.md";

/// What was asked for.
#[derive(Debug, Default)]
struct Asked {
    data: PathBuf,
    out: PathBuf,
    midad: Option<PathBuf>,
    rulebook: Option<PathBuf>,
}

/// Everything that the page is made of.
#[derive(Debug)]
struct Measured {
    evaluation: Evaluation,
    passes: Passes,
    train: Sources,
    dev: Sources,
}

/// Measures, and writes the page and its drawings.
///
/// # Errors
/// When the data are not there, the program cannot be built or run, or the page cannot be written.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let asked = Asked::read(root, words)?;
    let midad = match &asked.midad {
        Some(midad) => midad.clone(),
        None => built(root)?,
    };
    let dev = rows::lines_of(&asked.data, "dev")?;
    let train = rows::lines_of(&asked.data, "train")?;
    let rulebook = asked.rulebook.clone().unwrap_or_else(|| root.join(PAIRS).join("rulebook.toml"));
    let evaluation = evaluate(root, &midad, &rulebook, &dev)?;
    let passes = passes(root, &midad, &rulebook)?;
    let measured = Measured { evaluation, passes, train: Sources::of(&train)?, dev: Sources::of(&dev)? };
    write(&asked.out, &measured)?;
    println!("{}", asked.out.display());
    Ok(true)
}

impl Asked {
    fn read(root: &Path, words: &[String]) -> Result<Self> {
        let mut asked = Self { out: root.join(PAGE), ..Self::default() };
        let mut words = words.iter();
        while let Some(flag) = words.next() {
            let value = words.next().with_context(|| format!("{flag} names nothing"))?.into();
            match flag.as_str() {
                "--data" => asked.data = value,
                "--out" => asked.out = value,
                "--midad" => asked.midad = Some(value),
                "--rulebook" => asked.rulebook = Some(value),
                other => {
                    bail!("there is no {other}; there are --data FOLDER, --out FILE, --midad PROGRAM, --rulebook FILE")
                }
            }
        }
        ensure!(!asked.data.as_os_str().is_empty(), "--data FOLDER: where dev.jsonl.gz and train.jsonl.gz lie");
        Ok(asked)
    }
}

/// The program, built as it is measured: for release.
fn built(root: &Path) -> Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let words = ["build", "--release", "--package", "server", "--bin", "midad"];
    let status = Command::new(cargo).args(words).current_dir(root).status().context("cargo")?;
    ensure!(status.success(), "cargo {} failed", words.join(" "));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(root.join(target).join("release").join("midad"))
}

/// The whole evaluation: labelled texts under the shipped rules and the invented groups, and every file of pairs.
fn evaluate(root: &Path, midad: &Path, rulebook: &Path, dev: &str) -> Result<Evaluation> {
    let mut words = vec!["evaluate".to_owned(), "-".to_owned(), "--json".to_owned()];
    for file in files_of_pairs(&root.join(PAIRS))? {
        words.extend(["--mirror".to_owned(), file.display().to_string()]);
    }
    serde_json::from_str(&said(midad, &words, rulebook, dev)?).context("what midad evaluate --json said")
}

/// What the engine advises of texts of which none may be advised against.
fn passes(root: &Path, midad: &Path, rulebook: &Path) -> Result<Passes> {
    let file = root.join(PAIRS).join("passes.jsonl");
    let texts = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Passes::of(&said(midad, &["judge".to_owned(), "--json".to_owned()], rulebook, &texts)?)
}

fn files_of_pairs(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let file = entry?.path();
        let is_pairs = file.extension().is_some_and(|end| end == "jsonl") && !file.ends_with("passes.jsonl");
        files.extend(is_pairs.then_some(file));
    }
    files.sort();
    Ok(files)
}

/// Runs the program on texts handed in, and gives what it printed. In an empty environment, so that nobody's settings count.
fn said(midad: &Path, words: &[String], rulebook: &Path, texts: &str) -> Result<String> {
    let mut program = Command::new(midad);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MIDAD_")) {
        program.env_remove(name);
    }
    program.args(words).arg("--set").arg(format!("rulebook={}", rulebook.display()));
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("midad")?;
    let mut into = child.stdin.take().context("midad takes no texts")?;
    let texts = texts.as_bytes().to_vec();
    // Written beside, since both pipes may be full at once. A program that ended early says so itself.
    let writer = std::thread::spawn(move || into.write_all(&texts));
    let output = child.wait_with_output().context("midad")?;
    let written = writer.join();
    ensure!(output.status.success() && written.is_ok(), "midad {} failed", words.join(" "));
    String::from_utf8(output.stdout).context("what midad said is no text")
}

/// The page, and beside it a folder of its name with the drawings.
fn write(out: &Path, measured: &Measured) -> Result<()> {
    let folder = out.with_extension("");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    for report in &measured.evaluation.heads.heads {
        for (name, drawing) in
            [("precision-recall", drawing::precision_recall(report)), ("calibration", drawing::calibration(report))]
        {
            let file = folder.join(format!("{}-{name}.svg", report.head));
            std::fs::write(&file, drawing).with_context(|| file.display().to_string())?;
        }
    }
    let stem = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    std::fs::write(out, page::page(measured, &stem)).with_context(|| out.display().to_string())
}
