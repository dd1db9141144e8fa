//! The program that is measured: built for release, and run in an empty environment, so that nobody's settings count.

use super::figures::{Evaluation, Passes, Taught};
use crate::cargo;
use anyhow::{Context, Result, ensure};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// `midad`, and the rules under which it judges.
#[derive(Debug)]
pub struct Program {
    midad: PathBuf,
    rulebook: PathBuf,
}

/// What an evaluation is given beside the texts.
#[derive(Debug, Default)]
pub struct With<'a> {
    /// A folder of mirrored pairs.
    pub pairs: Option<&'a Path>,
    /// Articles from which texts may have been taken.
    pub articles: Option<&'a Path>,
    /// Heads other than the shipped ones.
    pub heads: Option<&'a Path>,
}

impl Program {
    /// The given program, or the one that is built here, under a rulebook.
    pub fn new(root: &Path, midad: Option<&PathBuf>, rulebook: PathBuf) -> Result<Self> {
        let midad = midad.cloned().map_or_else(|| built(root), Ok)?;
        Ok(Self { midad, rulebook })
    }

    /// The same program under other rules.
    pub fn under(&self, rulebook: PathBuf) -> Self {
        Self { midad: self.midad.clone(), rulebook }
    }

    /// Labelled texts, and every file of pairs.
    pub fn evaluate(&self, texts: &str, with: &With<'_>) -> Result<Evaluation> {
        let mut words = words(&["evaluate", "-", "--json"]);
        for file in with.pairs.map(files_of_pairs).transpose()?.unwrap_or_default() {
            words.extend(["--mirror".to_owned(), file.display().to_string()]);
        }
        for (flag, file) in [("--articles", with.articles), ("--models", with.heads)] {
            words.extend(file.map(|file| [flag.to_owned(), file.display().to_string()]).into_iter().flatten());
        }
        serde_json::from_str(&self.said(&words, texts)?).context("what midad evaluate --json said")
    }

    /// What the engine advises of texts of which none may be advised against.
    pub fn passes(&self, pairs: &Path) -> Result<Passes> {
        let file = pairs.join("passes.jsonl");
        let texts = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        Passes::of(&self.said(&words(&["judge", "--json"]), &texts)?)
    }

    /// Heads taught anew, and how they do on what they have not seen.
    pub fn taught(&self, rows: &str, held_out: &Path, templates: &Path, out: &Path, flags: &[&str]) -> Result<Taught> {
        let mut words = words(&["train", "-", "--json"]);
        for (flag, file) in [("--choose-on", held_out), ("--templates", templates), ("--out", out)] {
            words.extend([flag.to_owned(), file.display().to_string()]);
        }
        words.extend(flags.iter().map(|flag| (*flag).to_owned()));
        serde_json::from_str(&self.said(&words, rows)?).context("what midad train --json said")
    }

    /// Runs the program on texts handed in, and gives what it printed.
    fn said(&self, words: &[String], texts: &str) -> Result<String> {
        let mut program = Command::new(&self.midad);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MIDAD_")) {
            program.env_remove(name);
        }
        program.args(words).arg("--set").arg(format!("rulebook={}", self.rulebook.display()));
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
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The program, built as it is measured: for release.
fn built(root: &Path) -> Result<PathBuf> {
    cargo::done(root, &["build", "--release", "--package", "server", "--bin", "midad"])?;
    Ok(cargo::made(root, "release").join("midad"))
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
