//! The labelled rows: where they come from and under which licence. Their texts are handed to the engine and kept nowhere.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Rows by licence, then by source.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// `none` where none is stated.
    pub by_licence: BTreeMap<String, BTreeMap<String, u64>>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    source: String,
    #[serde(default)]
    lic: String,
}

impl Sources {
    /// Counts the rows of a file.
    pub fn of(lines: &str) -> Result<Self> {
        let mut counted = Self::default();
        for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row: Row = serde_json::from_str(line).with_context(|| format!("row {}", number + 1))?;
            *counted.by_licence.entry(row.lic).or_default().entry(row.source).or_default() += 1;
        }
        Ok(counted)
    }

    /// Rows of a source under a licence.
    pub fn count(&self, licence: &str, source: &str) -> u64 {
        self.by_licence.get(licence).and_then(|sources| sources.get(source)).copied().unwrap_or(0)
    }
}

/// The rows of which it is known whether they were taken from an article.
pub fn about_pastes(lines: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct Known {
        #[serde(default)]
        known: Vec<String>,
    }
    let mut about = String::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let row: Known = serde_json::from_str(line).context("a row")?;
        if row.known.iter().any(|label| label == "copy_paste") {
            about.push_str(line);
            about.push('\n');
        }
    }
    Ok(about)
}

/// The rows of `NAME.jsonl` or `NAME.jsonl.gz` in a folder.
pub fn lines_of(folder: &Path, name: &str) -> Result<String> {
    let plain = folder.join(format!("{name}.jsonl"));
    if plain.is_file() {
        return std::fs::read_to_string(&plain).with_context(|| plain.display().to_string());
    }
    let packed = folder.join(format!("{name}.jsonl.gz"));
    let output = Command::new("gzip").arg("-dc").arg(&packed).output().context("gzip is needed to read the rows")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}: {}", packed.display(), complaint.trim());
    String::from_utf8(output.stdout).with_context(|| packed.display().to_string())
}
