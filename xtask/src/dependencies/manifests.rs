//! What cargo knows of each crate's manifest.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The manifests of the crates that stand on this machine.
pub struct Manifests {
    /// Ours among them.
    pub crates: Vec<Manifest>,
    /// Whether those that only other systems need are here, too.
    pub of_all_systems: bool,
}

/// The few lines of a manifest that matter here.
#[derive(Deserialize)]
pub struct Manifest {
    /// As it is published.
    pub name: String,
    /// As it is published.
    pub version: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// The native library that its build script says it links.
    pub links: Option<String>,
    /// Where it stands on this machine.
    #[serde(default)]
    pub manifest_path: PathBuf,
}

#[derive(Deserialize)]
struct Told {
    packages: Vec<Manifest>,
}

impl Manifests {
    /// Asks cargo for all crates of the lock file without the network, and where some are missing for those that this
    /// system needs: a build has brought them.
    pub fn ask(root: &Path) -> Result<Self> {
        let all = ["metadata", "--format-version", "1", "--locked"];
        if let Ok(told) = cargo(root, &[&all[..], &["--offline"]].concat()) {
            return Self::parse(&told, true);
        }
        let system = host(root)?;
        let told = cargo(root, &[&all[..], &["--filter-platform", &system]].concat())?;
        Self::parse(&told, false)
    }

    /// Reads what `cargo metadata` answered.
    pub fn parse(told: &str, of_all_systems: bool) -> Result<Self> {
        let told: Told = serde_json::from_str(told).context("reading what cargo metadata said")?;
        Ok(Self { crates: told.packages, of_all_systems })
    }

    /// The manifest of this name and version.
    pub fn get(&self, name: &str, version: &str) -> Option<&Manifest> {
        self.crates.iter().find(|manifest| manifest.name == name && manifest.version == version)
    }
}

/// The system that this machine's cargo builds for.
pub fn host(root: &Path) -> Result<String> {
    let told = cargo(root, &["-vV"])?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("cargo does not say for which system it builds")?.to_owned())
}

/// What cargo prints when it is asked in the repository's root.
pub fn cargo(root: &Path, words: &[&str]) -> Result<String> {
    let answer = crate::cargo::command(root, words).output().context("starting cargo")?;
    if !answer.status.success() {
        bail!("cargo {} failed:\n{}", words.join(" "), String::from_utf8_lossy(&answer.stderr).trim())
    }
    String::from_utf8(answer.stdout).context("cargo's answer is not UTF-8")
}
