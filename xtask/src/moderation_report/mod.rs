//! `cargo xtask moderation-report --data FOLDER`: how good the moderation engine is, on labelled texts that lie elsewhere.
//!
//! The engine measures itself (`midad evaluate --json`, `midad train --json`, `midad judge --json`); this command runs it,
//! and makes a page and drawings of what it says. No text of any row comes into them.

mod drawing;
mod figures;
mod page;
mod program;
mod required;
mod rows;
mod sections;

#[cfg(test)]
mod tests;

use anyhow::{Context, Result, bail, ensure};
use figures::{Class, Evaluation, Head, Passes, Pastes, Taught};
use program::{Program, With};
use rows::Sources;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the mirrored pairs stand, and what they are judged by.
const PAIRS: &str = "crates/moderation/tests/pairs";
/// Those that were written by somebody who knew neither the engine nor the first ones.
const BLIND: &str = "crates/moderation/tests/pairs-2";
/// Sentences of our own that heads are taught besides.
const TEMPLATES: &str = "models/templates.json";
/// The heads as shipped.
const HEADS: &str = "models/heads.midad";
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
    blind: Blind,
    /// Texts taken from articles: among those held out, and among those that heads were taught.
    pastes: [Option<Pastes>; 2],
    made_again: MadeAgain,
    train: Sources,
    dev: Sources,
}

/// The second set of pairs.
#[derive(Debug, Default)]
struct Blind {
    pairs: BTreeMap<String, Class>,
    passes: Passes,
}

/// Heads taught anew from the rows.
#[derive(Debug)]
struct MadeAgain {
    taught: Taught,
    /// Whether they are the shipped ones, byte for byte.
    same: bool,
    /// How many texts state a licence, and how heads taught on them alone do on those held out.
    licensed: (u64, Vec<Head>),
}

/// Measures, and writes the page and its drawings.
///
/// # Errors
/// When the data are not there, the program cannot be built or run, or the page cannot be written.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let asked = Asked::read(root, words)?;
    let rulebook = asked.rulebook.clone().unwrap_or_else(|| root.join(PAIRS).join("rulebook.toml"));
    let program = Program::new(root, asked.midad.as_ref(), rulebook)?;
    let folder = std::env::temp_dir().join(format!("midad_report_{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let measured = measured(root, &asked.data, &program, &folder);
    std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    write(&asked.out, &measured?)?;
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

/// Everything, one after the other. `folder` is for files that are not kept.
fn measured(root: &Path, data: &Path, program: &Program, folder: &Path) -> Result<Measured> {
    let [dev, train, articles] =
        ["dev", "train", "paste-reference"].map(|name| unpacked(data, name, folder)).map(Result::unwrap_or_default);
    ensure!(!dev.text.is_empty() && !train.text.is_empty(), "{}: dev.jsonl and train.jsonl are wanted", data.display());
    let articles = (!articles.text.is_empty()).then_some(articles.file.as_path());
    let pairs = root.join(PAIRS);
    let evaluation = program.evaluate(&dev.text, &With { pairs: Some(&pairs), articles, ..With::default() })?;
    let of_train = program.evaluate(&rows::about_pastes(&train.text)?, &With { articles, ..With::default() })?;
    Ok(Measured {
        passes: program.passes(&pairs)?,
        blind: blind(root, program)?,
        pastes: [evaluation.pastes.clone(), of_train.pastes],
        made_again: made_again(root, program, &train.text, &dev, folder)?,
        evaluation,
        train: Sources::of(&train.text)?,
        dev: Sources::of(&dev.text)?,
    })
}

/// A file of the data, unpacked.
#[derive(Debug, Default)]
struct Unpacked {
    file: PathBuf,
    text: String,
}

fn unpacked(data: &Path, name: &str, folder: &Path) -> Result<Unpacked> {
    let (text, file) = (rows::lines_of(data, name)?, folder.join(format!("{name}.jsonl")));
    std::fs::write(&file, &text).with_context(|| file.display().to_string())?;
    Ok(Unpacked { file, text })
}

/// The second set, by its own invented groups.
fn blind(root: &Path, program: &Program) -> Result<Blind> {
    let pairs = root.join(BLIND);
    let program = program.under(pairs.join("rulebook.toml"));
    let evaluation = program.evaluate("", &With { pairs: Some(&pairs), ..With::default() })?;
    Ok(Blind { pairs: evaluation.pairs, passes: program.passes(&pairs)? })
}

/// The shipped heads once more, and heads taught only on what states a licence.
fn made_again(root: &Path, program: &Program, rows: &str, dev: &Unpacked, folder: &Path) -> Result<MadeAgain> {
    let templates = root.join(TEMPLATES);
    let [all, licensed] = ["heads.midad", "licensed.midad"].map(|name| folder.join(name));
    let taught = program.taught(rows, &dev.file, &templates, &all, &[])?;
    let shipped = root.join(HEADS);
    let read = |file: &Path| std::fs::read(file).with_context(|| file.display().to_string());
    let same = read(&all)? == read(&shipped)?;
    let few = program.taught(rows, &dev.file, &templates, &licensed, &["--licensed-only"])?;
    let of_few = program.evaluate(&dev.text, &With { heads: Some(&licensed), ..With::default() })?;
    Ok(MadeAgain { taught, same, licensed: (few.texts, of_few.heads.heads) })
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
