//! `cargo xtask fuzz`: kept texts are damaged by chance, for so long, and what must hold of any text is asked of each.
//!
//! The targets are tests of the crates that own the code, which try a small fixed number of texts in every run of the tests. Here
//! they are told by the environment for how long, and from which seed; one runs after the other.

use std::fmt;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

use crate::check::Program;

#[cfg(test)]
mod tests;

/// Everything that can be tried, in the order of the crates.
const TARGETS: &[Target] = &[
    beside("fold", "arabic", "a_fold_is_its_own_fold_and_points_back_in_order"),
    beside("letters", "arabic", "words_suggestions_and_other_readings_point_into_the_text"),
    beside("pieces", "encoder", "any_text_has_pieces_and_never_too_many"),
    beside("judge", "moderation", "any_comment_is_judged_the_same_twice_and_every_place_can_be_shown"),
    beside("body", "newsroom", "what_was_read_and_written_once_stays_as_it_is_and_no_word_is_lost"),
    beside("page", "moving", "every_line_of_a_saved_page_is_in_one_place"),
    beside("wxr", "moving", "an_export_of_wordpress_is_read_to_its_end_or_to_its_first_error"),
    beside("others", "moving", "files_of_other_systems_are_read_to_their_end_or_to_their_first_error"),
    beside("markup", "moving", "an_old_body_becomes_blocks_that_may_be_kept"),
    beside("feed", "moving", "what_a_wire_or_a_feed_sends_is_items_or_a_reason"),
    of_web("comment-form", "comments::tests::fuzz", "any_form_of_a_comment_is_answered_and_none_is_a_fault"),
    of_web("analyze", "moderation_api::tests::fuzz", "any_call_for_scores_is_answered_in_its_own_form"),
    of_web("inbox", "fediverse::tests::fuzz", "any_signed_activity_is_answered_and_looked_at"),
];

/// A target, and the test that tries it.
#[derive(Debug)]
struct Target {
    /// Its name, which is that of its folder in `fuzz/seeds`.
    name: &'static str,
    /// The crate that has the test, and whose code it tries.
    package: &'static str,
    /// The module inside the crate; none: `tests/fuzz.rs` beside it.
    module: Option<&'static str>,
    test: &'static str,
}

const fn beside(name: &'static str, package: &'static str, test: &'static str) -> Target {
    Target { name, package, module: None, test }
}

const fn of_web(name: &'static str, module: &'static str, test: &'static str) -> Target {
    Target { name, package: "web", module: Some(module), test }
}

/// `cargo xtask fuzz`; true where nothing was found.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let asked = Asked::of(words)?;
    let mut tried = Vec::new();
    for target in &asked.targets {
        println!("fuzz: {} of {}, {} s", target.name, target.package, asked.seconds);
        tried.push(Tried { target: target.name, outcome: asked.run(root, target)? });
    }
    let is_good = tried.iter().all(|one| matches!(one.outcome, Outcome::Held { .. }));
    print!("\n{}", Table { asked: &asked, tried: &tried });
    Ok(is_good)
}

/// What was asked for.
#[derive(Debug)]
struct Asked {
    /// For each target.
    seconds: u64,
    seed: u64,
    targets: Vec<&'static Target>,
}

impl Asked {
    fn of(words: &[String]) -> Result<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.as_secs());
        let mut asked = Self { seconds: 60, seed: now, targets: Vec::new() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if let Some(target) = TARGETS.iter().find(|target| target.name == word.as_str()) {
                asked.targets.push(target);
                continue;
            }
            if !matches!(word.as_str(), "--seconds" | "--seed") {
                let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
                bail!("fuzz takes --seconds N, --seed N, and any of these: {}", names.join(", "))
            }
            let value = words.next().with_context(|| format!("{word} takes a number"))?;
            let number = value.parse::<u64>().with_context(|| format!("{word} takes a number"))?;
            match word.as_str() {
                "--seconds" => asked.seconds = number,
                _ => asked.seed = number,
            }
        }
        if asked.targets.is_empty() {
            asked.targets = TARGETS.iter().collect();
        }
        Ok(asked)
    }

    /// Runs the test of a target.
    fn run(&self, root: &Path, target: &Target) -> Result<Outcome> {
        let test = target.module.map_or_else(String::new, |module| format!("{module}::")) + target.test;
        // Of the whole workspace, as the check builds them: a crate by itself would be built anew, with all that it stands on.
        let mut words = vec!["test", "--workspace"];
        match target.module {
            None => words.extend(["--test", "fuzz"]),
            Some(_) => words.push("--lib"),
        }
        words.extend(["--", "--exact", test.as_str(), "--nocapture"]);
        let mut program = Program::cargo(root, &words);
        program.tell("MIDAD_FUZZ_SECONDS", Some(self.seconds.to_string().as_str()));
        program.tell("MIDAD_FUZZ_SEED", Some(self.seed.to_string().as_str()));
        let ran = program.run()?;
        Ok(match counted(&ran.printed, target.name) {
            Some((texts, bytes)) if ran.success => Outcome::Held { texts, bytes },
            None if ran.success => Outcome::NotRun,
            _ => Outcome::Failed,
        })
    }
}

/// How many texts and bytes a target says that it was tried with, where it came to its end.
fn counted(printed: &str, target: &str) -> Option<(u64, u64)> {
    let start = format!("fuzz {target}: ");
    // The runner may have begun the line with the name of the test.
    let mut said =
        printed.lines().filter_map(|line| line.split_once(start.as_str())?.1.strip_suffix(", nothing found"));
    let (texts, bytes) = said.next()?.split_once(" texts, ")?;
    Some((texts.parse().ok()?, bytes.strip_suffix(" bytes")?.parse().ok()?))
}

/// A target that was tried.
#[derive(Debug)]
struct Tried {
    target: &'static str,
    outcome: Outcome,
}

/// How it ended.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// What must hold did, of so many texts.
    Held { texts: u64, bytes: u64 },
    /// It did not of one, or the tests could not be built.
    Failed,
    /// Cargo was content, and no text was tried: there is no such test.
    NotRun,
}

/// What is printed in the end.
struct Table<'a> {
    asked: &'a Asked,
    tried: &'a [Tried],
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<14}{:>12}{:>16}  result", "target", "texts", "bytes")?;
        for Tried { target, outcome } in self.tried {
            match outcome {
                Outcome::Held { texts, bytes } => writeln!(f, "{target:<14}{texts:>12}{bytes:>16}  nothing found")?,
                Outcome::Failed => writeln!(f, "{target:<14}{:>12}{:>16}  FAILED", "", "")?,
                Outcome::NotRun => writeln!(f, "{target:<14}{:>12}{:>16}  NOT RUN", "", "")?,
            }
        }
        writeln!(f, "{} s each, seed {}", self.asked.seconds, self.asked.seed)
    }
}
