//! Which crate asks for which, as `cargo tree` draws it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};

use crate::dependencies::cargo;

/// A crate's name and version.
pub type Key = (String, String);

/// Crates, each with those that it asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// In the order of their names.
    pub crates: BTreeMap<Key, BTreeSet<Key>>,
}

impl Graph {
    /// What `server` is built from for `system`, with the features as shipped. `edges` are cargo's word for the kinds
    /// of dependencies: cargo itself knows which features they switch on in each other, and metadata does not.
    pub fn ask(root: &Path, system: &str, edges: &str) -> Result<Self> {
        let words = ["tree", "--locked", "--package", "server", "--target", system, "--edges", edges];
        let shape = ["--prefix", "depth", "--format", "{p}", "--charset", "ascii", "--color", "never"];
        Self::parse(&cargo(root, &[&words[..], &shape[..]].concat())?)
    }

    /// Reads lines like `2base64 v0.23.1`: how deep, and what. What was drawn before stands without its branches.
    pub fn parse(drawn: &str) -> Result<Self> {
        let mut graph = Self::default();
        let mut above: Vec<Key> = Vec::new();
        for line in drawn.lines().filter(|line| !line.is_empty()) {
            let (depth, key) = read(line).with_context(|| format!("cargo tree says «{line}»"))?;
            above.truncate(depth);
            if let Some(parent) = above.last() {
                graph.crates.entry(parent.clone()).or_default().insert(key.clone());
            }
            graph.crates.entry(key.clone()).or_default();
            above.push(key);
        }
        Ok(graph)
    }
}

fn read(line: &str) -> Option<(usize, Key)> {
    let name_from = line.find(|letter: char| !letter.is_ascii_digit())?;
    let (depth, rest) = line.split_at(name_from);
    let mut words = rest.split(' ');
    let name = words.next()?;
    let version = words.next()?.strip_prefix('v')?;
    Some((depth.parse().ok()?, (name.to_owned(), version.to_owned())))
}
