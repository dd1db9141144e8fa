//! `cargo xtask check`: everything a change must pass, in one list.
//!
//! All steps run even after one has failed, so that one run tells everything.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

mod program;
mod steps;
mod summary;
mod surroundings;
mod tally;
#[cfg(test)]
mod tests;

pub use program::{Program, in_path};
pub use surroundings::Surroundings;
use tally::{Account, Tally};

/// The steps, in order.
const STEPS: &[Step] = &[
    // What the tests will find: a server, a browser. Told first, so that nobody is surprised last.
    step("surroundings", steps::surroundings),
    step("format", steps::format),
    step("clippy", steps::clippy),
    step("tidy", steps::tidy),
    step("dependencies", steps::dependencies),
    step("locales", steps::locales),
    // The committed bundle is what its sources make; needs Node.
    step("editor", steps::editor),
    // Unit, store on both engines, pages and browser: all are tests of the workspace.
    step("tests", steps::tests),
    step("doc tests", steps::doc_tests),
    // What programs are answered is what is described to them; needs schemathesis.
    step("contract", steps::contract),
    // The program that the tests were given, on a disk that fails and by a clock that jumps; needs strace and libfaketime.
    step("faults", steps::faults),
];

struct Step {
    name: &'static str,
    run: fn(&Scene) -> Result<Account>,
}

const fn step(name: &'static str, run: fn(&Scene) -> Result<Account>) -> Step {
    Step { name, run }
}

/// What every step may look at.
struct Scene<'a> {
    root: &'a Path,
    surroundings: &'a Surroundings,
    /// `MIDAD_CHECK_ALL=1`: what cannot run is a failure.
    everything: bool,
}

/// How a step ended.
struct Outcome {
    step: &'static str,
    tally: Tally,
    reasons: Vec<String>,
    took: Duration,
}

/// `cargo xtask check [--only STEP]`.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let chosen = choose(words)?;
    let surroundings = Surroundings::probe();
    let scene = Scene {
        root,
        surroundings: &surroundings,
        everything: std::env::var("MIDAD_CHECK_ALL").is_ok_and(|value| value == "1"),
    };
    let outcomes: Vec<Outcome> = chosen.into_iter().map(|step| run(step, &scene)).collect();
    let tests_ran = outcomes.iter().any(|outcome| outcome.step == "tests");
    let missing = match tests_ran {
        true => surroundings.missing(),
        false => Vec::new(),
    };
    print!("{}", summary::of(&outcomes, &missing));
    Ok(outcomes.iter().all(|outcome| outcome.tally.failed == 0))
}

fn choose(words: &[String]) -> Result<Vec<&'static Step>> {
    let only = match words {
        [] => return Ok(STEPS.iter().collect()),
        [flag, rest @ ..] if flag == "--only" && !rest.is_empty() => rest.join(" "),
        _ => bail!("check takes nothing or --only STEP"),
    };
    // Tests alone are worth no more than what they find around them.
    let goes_along = |step: &Step| only == "tests" && step.name == "surroundings";
    let chosen: Vec<&Step> = STEPS.iter().filter(|step| step.name == only || goes_along(step)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("there is no step «{only}»; there are: {}", names.join(", "))
    }
    Ok(chosen)
}

fn run(step: &'static Step, scene: &Scene) -> Outcome {
    println!("\n=== {}", step.name);
    let start = Instant::now();
    // A step that cannot even begin has failed; the others still run.
    let Account { tally, reasons } = (step.run)(scene).unwrap_or_else(|error| {
        println!("{error:#}");
        Tally::of(false).into()
    });
    Outcome { step: step.name, tally, reasons, took: start.elapsed() }
}
