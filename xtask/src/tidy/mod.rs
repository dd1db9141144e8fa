//! `cargo xtask tidy`: the rules of the house that no compiler knows.
//!
//! A rule is a function from the listing of all files to what is wrong in it.
//! To add one: write the function beside its like, name it in `RULES`, and show
//! it in `tests.rs` one case it must catch and one it must let pass.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::complaint::Complaint;
use crate::tree::Tree;

mod css;
mod guard;
mod honesty;
mod house;
mod length;
mod sql;
mod template;
#[cfg(test)]
mod tests;
mod words;

/// A rule, and how it is called in the report.
pub struct Rule {
    /// What the rule asks for, as a short sentence.
    pub asks: &'static str,
    judge: fn(&Tree) -> Vec<Complaint>,
}

/// All rules, in the order of the report: the house, the files, the crates, the pages, the tests.
pub const RULES: &[Rule] = &[
    rule("a crate imports only crates before it in the line", house::crate_line),
    rule("the pure crates depend only on what is listed", house::allow_list),
    rule("arabic and moderation are no_std", house::no_std),
    rule("no drawer is used as a name", house::drawers),
    rule("files are short", length::files),
    rule("functions are short", length::functions),
    rule("no file is over 200 KB", length::bytes),
    rule("nothing is left unfinished", words::unfinished),
    rule("SQL stands in store alone", sql::outside_store),
    rule("migrations come in pairs", sql::pairs),
    rule("SQL that distributed engines refuse is not used", sql::refused),
    rule("handlers of the desk and the newsroom take a guard", guard::guarded),
    rule("only aftermath purges the page cache", guard::purges),
    rule("CSS knows no left and no right", css::physical),
    rule("Arabic letters are not spaced", css::letter_spacing),
    rule("templates escape what they print", template::unescaped),
    rule("templates hold no code and no style", template::inline),
    rule("what people read stands in locales", words::in_sources),
    rule("templates hold keys, not words", words::in_templates),
    rule("no test is empty or ignored", honesty::idle_tests),
    rule("no test sleeps", honesty::sleeping_tests),
];

const fn rule(asks: &'static str, judge: fn(&Tree) -> Vec<Complaint>) -> Rule {
    Rule { asks, judge }
}

/// What one rule said about the tree.
pub struct Judged {
    /// The rule.
    pub asks: &'static str,
    /// What it does not accept; empty when all is well.
    pub complaints: Vec<Complaint>,
}

/// Judges the tree by every rule.
pub fn judge(tree: &Tree) -> Vec<Judged> {
    RULES.iter().map(|rule| Judged { asks: rule.asks, complaints: (rule.judge)(tree) }).collect()
}

/// `cargo xtask tidy`.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    ensure!(words.is_empty(), "tidy takes no arguments");
    let judged = judge(&Tree::read(root)?);
    report(&judged);
    Ok(judged.iter().all(|rule| rule.complaints.is_empty()))
}

/// Prints one line for each rule, and under it what it does not accept.
pub fn report(judged: &[Judged]) {
    for rule in judged {
        let mark = if rule.complaints.is_empty() { "ok  " } else { "FAIL" };
        println!("{mark} {}", rule.asks);
        for complaint in &rule.complaints {
            println!("       {complaint}");
        }
    }
}
