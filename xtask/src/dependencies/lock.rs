//! What `Cargo.lock` says: every crate that any build on any system may take, where from, and who asks for it.

use std::collections::{BTreeMap, VecDeque};

use anyhow::{Context, Result};
use serde::Deserialize;

/// Where the ways to a crate begin: the program comes first.
const PROGRAM: &str = "server";

/// The crates of `Cargo.lock`, in its order.
#[derive(Debug)]
pub struct Lock {
    /// Ours among them.
    pub crates: Vec<Locked>,
}

/// One crate in one version.
#[derive(Debug, Deserialize)]
pub struct Locked {
    /// As it is published.
    pub name: String,
    /// As it is published.
    pub version: String,
    /// None for our own.
    pub source: Option<String>,
    /// SHA-256 of the file that the registry gives out.
    pub checksum: Option<String>,
    /// `name`, or `name version` where there are several of the name.
    #[serde(default)]
    dependencies: Vec<String>,
}

#[derive(Deserialize)]
struct Written {
    package: Vec<Locked>,
}

impl Lock {
    /// Reads the text of a `Cargo.lock`.
    pub fn parse(text: &str) -> Result<Self> {
        let written: Written = toml::from_str(text).context("Cargo.lock cannot be read")?;
        Ok(Self { crates: written.package })
    }

    /// All versions of `name`.
    pub fn called<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Locked> + 'a {
        self.crates.iter().filter(move |locked| locked.name == name)
    }

    /// The crate with this name and version.
    pub fn get(&self, name: &str, version: &str) -> Option<&Locked> {
        self.crates.iter().find(|locked| locked.name == name && locked.version == version)
    }

    /// The crates that `locked` asks for, on whatever system and for whatever purpose.
    pub fn asked_by<'a>(&'a self, locked: &'a Locked) -> impl Iterator<Item = &'a Locked> + 'a {
        locked.dependencies.iter().filter_map(|words| {
            let mut words = words.split(' ');
            let name = words.next()?;
            match words.next() {
                Some(version) => self.get(name, version),
                None => self.called(name).next(),
            }
        })
    }

    /// The shortest way from one of our crates to this one, as `server → web → age 0.12.1`.
    pub fn way_to(&self, locked: &Locked) -> String {
        let mut ours: Vec<&Locked> = self.crates.iter().filter(|each| each.source.is_none()).collect();
        ours.sort_by_key(|each| each.name != PROGRAM);
        ours.into_iter()
            .find_map(|root| self.way(root, locked))
            .unwrap_or_else(|| format!("nobody → {}", locked.shown()))
    }

    fn way<'a>(&'a self, from: &'a Locked, to: &Locked) -> Option<String> {
        let mut asked_by: BTreeMap<_, Option<&Locked>> = BTreeMap::from([(from.key(), None)]);
        let mut waiting = VecDeque::from([from]);
        while let Some(next) = waiting.pop_front() {
            if next.key() == to.key() {
                return Some(walked(&asked_by, next));
            }
            for dependency in self.asked_by(next) {
                asked_by.entry(dependency.key()).or_insert_with(|| {
                    waiting.push_back(dependency);
                    Some(next)
                });
            }
        }
        None
    }
}

impl Locked {
    /// What tells it from every other.
    pub fn key(&self) -> (&str, &str) {
        (&self.name, &self.version)
    }

    /// With its version, unless it is ours.
    pub fn shown(&self) -> String {
        match self.source {
            Some(_) => format!("{} {}", self.name, self.version),
            None => self.name.clone(),
        }
    }

    /// The part of the version within which cargo never takes two: `1`, `0.22`, `0.0.3`.
    pub fn line(&self) -> &str {
        let mut end = 0;
        for part in self.version.splitn(3, '.') {
            end += part.len();
            if part != "0" {
                break;
            }
            end += 1;
        }
        let line = &self.version[..end.min(self.version.len())];
        line.split(['-', '+']).next().unwrap_or(line)
    }
}

fn walked<'a>(asked_by: &BTreeMap<(&str, &str), Option<&'a Locked>>, last: &'a Locked) -> String {
    let back = std::iter::successors(Some(last), |at| asked_by.get(&at.key()).copied().flatten());
    let mut steps: Vec<String> = back.map(Locked::shown).collect();
    steps.reverse();
    steps.join(" → ")
}
