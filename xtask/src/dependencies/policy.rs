//! What `dependencies.toml` allows.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Policy {
    /// Where crates may come from, as `Cargo.lock` writes it.
    pub sources: Vec<String>,
    /// Identifiers of licences that go together with the program's own.
    pub licences: Vec<String>,
    /// Crates by which build scripts call a compiler of C or look for a library of the system.
    pub tools_of_c: Vec<String>,
    /// A licence for one crate alone.
    #[serde(default)]
    pub licence_for: Vec<LicenceFor>,
    /// What may never come in.
    #[serde(default)]
    pub banned: Vec<Banned>,
    /// What may use those tools, or say that it links a library.
    #[serde(default)]
    pub native: Vec<Native>,
    /// Crates that are known to be there in several lines of versions.
    #[serde(default)]
    pub twice: Vec<Twice>,
    /// Known faults, and why they do no harm here.
    #[serde(default)]
    pub advisory: Vec<Advisory>,
}

/// A licence that is allowed for one crate and no other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LicenceFor {
    /// The crate.
    #[serde(rename = "crate")]
    pub name: String,
    /// The licence's identifier.
    pub licence: String,
    /// Why it may.
    pub because: String,
}

/// Crates that may never come in, for one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Banned {
    /// Their names.
    pub crates: Vec<String>,
    /// What speaks against them.
    pub because: String,
}

/// A crate that calls for C, or says that it links something.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Native {
    /// The crate.
    #[serde(rename = "crate")]
    pub name: String,
    /// Why it may.
    pub because: String,
}

/// Crates in several lines of versions, for one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Twice {
    /// `name line line …`, as in `base64 0.22 0.23`.
    pub crates: Vec<String>,
    /// Who holds the older one.
    pub because: String,
}

/// A known fault in a crate that is used all the same.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advisory {
    /// As RustSec calls it.
    pub id: String,
    /// The crate.
    #[serde(rename = "crate")]
    pub name: String,
    /// The versions it was accepted for. Another one asks for another look.
    pub versions: Vec<String>,
    /// Why it does no harm here.
    pub accepted: String,
}

impl Policy {
    /// Reads the file. Every entry has a reason.
    pub fn parse(text: &str) -> Result<Self> {
        let policy: Self = toml::from_str(text).context("dependencies.toml cannot be read")?;
        let reasons = (policy.licence_for.iter().map(|entry| &entry.because))
            .chain(policy.banned.iter().map(|entry| &entry.because))
            .chain(policy.native.iter().map(|entry| &entry.because))
            .chain(policy.twice.iter().map(|entry| &entry.because))
            .chain(policy.advisory.iter().map(|entry| &entry.accepted));
        for reason in reasons {
            ensure!(reason.trim().len() > 10, "dependencies.toml: «{reason}» is no reason");
        }
        Ok(policy)
    }

    /// Every crate that is known to be there several times, with its lines of versions.
    pub fn known_twice(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.twice.iter().flat_map(|entry| &entry.crates).map(|words| {
            let mut words = words.split_whitespace();
            (words.next().unwrap_or_default(), words.collect())
        })
    }
}
