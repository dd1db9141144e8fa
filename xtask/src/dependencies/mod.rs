//! `cargo xtask dependencies`: what Midad is built from is what `dependencies.toml` allows.
//!
//! Names, versions and sources are those of `Cargo.lock`, so that every system and every purpose is judged; what
//! a crate says of itself is asked of cargo. Nothing here asks the network whether a fault became known.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::complaint::Complaint;

mod licence;
mod lock;
mod manifests;
mod policy;
mod rules;
#[cfg(test)]
mod tests;

pub use licence::Licence;
pub use lock::Lock;
pub use manifests::{Manifests, cargo, host};
use policy::Policy;
use rules::Known;

/// What is taken.
pub const LOCK: &str = "Cargo.lock";
/// What may be taken.
pub const POLICY: &str = "dependencies.toml";

/// All rules, in the order of the report.
const RULES: &[Rule] = &[
    rule("every crate comes from an allowed source, with its checksum", rules::sources),
    rule("no banned crate is there", rules::banned),
    rule("C and libraries of the system are asked for by listed crates alone", rules::native),
    rule("every licence goes together with the program's", rules::licences),
    rule("crates that are there several times are known", rules::twice),
    rule("faults were accepted for the versions that are here", rules::advisories),
];

struct Rule {
    asks: &'static str,
    judge: fn(&Known) -> Vec<Complaint>,
}

const fn rule(asks: &'static str, judge: fn(&Known) -> Vec<Complaint>) -> Rule {
    Rule { asks, judge }
}

/// What one rule said about the dependencies.
pub struct Judged {
    asks: &'static str,
    /// What it does not accept; empty when all is well.
    pub complaints: Vec<Complaint>,
}

/// `cargo xtask dependencies`.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    ensure!(words.is_empty(), "dependencies takes no arguments");
    let judged = judge(root)?;
    Ok(judged.iter().all(|rule| rule.complaints.is_empty()))
}

/// Judges the checkout at `root` by every rule, and says how many crates were looked at.
pub fn judge(root: &Path) -> Result<Vec<Judged>> {
    let read = |path: &str| std::fs::read_to_string(root.join(path)).with_context(|| path.to_owned());
    let known = Known {
        policy: Policy::parse(&read(POLICY)?)?,
        lock: Lock::parse(&read(LOCK)?)?,
        manifests: Manifests::ask(root)?,
    };
    let judged = judge_known(&known);
    report(&judged);
    let (all, seen) = (known.lock.crates.len(), known.manifests.crates.len());
    println!("     {all} crates in {LOCK}; the licences of {seen} were looked at");
    if !known.manifests.of_all_systems {
        println!("     crates for other systems alone are not on this machine; cargo fetch --locked brings them");
    }
    Ok(judged)
}

fn judge_known(known: &Known) -> Vec<Judged> {
    RULES.iter().map(|rule| Judged { asks: rule.asks, complaints: (rule.judge)(known) }).collect()
}

/// Prints one line for each rule, and under it what it does not accept.
fn report(judged: &[Judged]) {
    for rule in judged {
        let mark = if rule.complaints.is_empty() { "ok  " } else { "FAIL" };
        println!("{mark} {}", rule.asks);
        for complaint in &rule.complaints {
            println!("       {complaint}");
        }
    }
}
