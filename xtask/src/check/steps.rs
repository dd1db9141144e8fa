//! What each step does, in the order of the list.

use anyhow::Result;

use super::Scene;
use super::program::{self, Program};
use super::tally::{self, Account, Tally};
use crate::cargo;
use crate::contract;
use crate::editor_ui::{self, Judged};
use crate::tree::Tree;
use crate::{dependencies, faults, locales, tidy};

/// Says why there is no schemathesis where it could not be fetched.
const EXCUSE: &str = "MIDAD_NO_SCHEMATHESIS";

pub fn surroundings(scene: &Scene) -> Result<Account> {
    let mut tally = Tally::default();
    for probe in scene.surroundings.probes() {
        match &probe.found {
            Some(place) => println!("found    {}: {place}", probe.what),
            None => println!("MISSING  {}: {}", probe.what, probe.looked_at),
        }
        match &probe.found {
            Some(_) => tally.passed += 1,
            None => tally.skipped += 1,
        }
    }
    Ok(tally.demanding(scene.everything).into())
}

pub fn format(scene: &Scene) -> Result<Account> {
    let ran = cargo(scene, &["fmt", "--all", "--check"]).run()?;
    Ok(Tally::of(ran.success).into())
}

pub fn clippy(scene: &Scene) -> Result<Account> {
    let words = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    Ok(Tally::of(cargo(scene, &words).run()?.success).into())
}

pub fn tidy(scene: &Scene) -> Result<Account> {
    let judged = tidy::judge(&Tree::read(scene.root)?);
    tidy::report(&judged);
    let fine = judged.iter().map(|rule| rule.complaints.is_empty());
    Ok(fine.map(Tally::of).sum::<Tally>().into())
}

pub fn dependencies(scene: &Scene) -> Result<Account> {
    let judged = dependencies::judge(scene.root)?;
    let fine = judged.iter().map(|rule| rule.complaints.is_empty());
    Ok(fine.map(Tally::of).sum::<Tally>().into())
}

pub fn locales(scene: &Scene) -> Result<Account> {
    let judged = locales::judge(&Tree::read(scene.root)?);
    locales::report(&judged);
    if judged.is_empty() {
        println!("no crate has a folder locales/");
        return Ok(Tally::of(false).into());
    }
    let fine = judged.iter().map(|file| file.complaints.is_empty());
    Ok(fine.map(Tally::of).sum::<Tally>().into())
}

/// Without Node nothing can be compared, and that is said.
pub fn editor(scene: &Scene) -> Result<Account> {
    match editor_ui::judge(scene.root)? {
        Judged::Ran(fine) => Ok(Tally::of(fine).into()),
        Judged::NotRun(why) => {
            let tally = Tally { skipped: 1, ..Tally::default() };
            Ok(Account { tally, reasons: vec![format!("the story editor: {why}")] }.demanding(scene.everything))
        }
    }
}

/// With cargo-nextest where it is installed. Both runners are asked to show what
/// passing tests print, since a test that could not run says so there.
pub fn tests(scene: &Scene) -> Result<Account> {
    if program::in_path(&["cargo-nextest"]).is_some() {
        // Examples are linted, and linked by whoever runs them.
        let words = ["nextest", "run", "--workspace", "--tests", "--no-fail-fast"];
        let shown = ["--failure-output", "immediate", "--success-output", "final"];
        let ran = cargo(scene, &[&words[..], &shown[..]].concat())
            .quiet_from(tally::is_nextest_summary, |line| tally::nextest_heading(line) == Some(false))
            .run()?;
        return Ok(tally::of_nextest(&ran.printed).settled(ran.success).demanding(scene.everything));
    }
    println!("cargo-nextest is not installed; cargo test does it, more slowly");
    let words = ["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"];
    let ran = cargo(scene, &[&words[..], &["--", "--show-output"]].concat()).run()?;
    Ok(tally::of_cargo_test(&ran.printed).settled(ran.success).demanding(scene.everything))
}

pub fn doc_tests(scene: &Scene) -> Result<Account> {
    let ran = cargo(scene, &["test", "--doc", "--workspace", "--no-fail-fast"]).run()?;
    Ok(tally::of_cargo_test(&ran.printed).settled(ran.success).demanding(scene.everything))
}

/// The program as the tests made it. Without schemathesis nothing can be asked of it, and that is said; whoever sees to the
/// surroundings may say why it could not be brought, and then that is no failure: a network that is away fails nobody's change.
pub fn contract(scene: &Scene) -> Result<Account> {
    let program = || faults::built(scene.root, &["--workspace", "--tests"]);
    match contract::judge(scene.root, &contract::Asked::default(), program)? {
        contract::Judged::Ran(fine) => Ok(fine.into_iter().map(Tally::of).sum::<Tally>().into()),
        contract::Judged::NotRun(why) => Ok(not_asked(&why, std::env::var(EXCUSE).ok().as_deref(), scene.everything)),
    }
}

/// One test that did not run.
pub fn not_asked(why: &str, excuse: Option<&str>, everything: bool) -> Account {
    let excuse = excuse.filter(|excuse| !excuse.is_empty());
    let tally = Tally { skipped: 1, ..Tally::default() };
    let account = Account { tally, reasons: vec![format!("the contract: {}", excuse.unwrap_or(why))] };
    account.demanding(everything && excuse.is_none())
}

/// What a machine lacks for one of the two is said, and the other one runs.
pub fn faults(scene: &Scene) -> Result<Account> {
    let program = cargo::made(scene.root, "debug").join("midad").display().to_string();
    let mut account = Account { tally: Tally::default(), reasons: Vec::new() };
    for (words, missing) in faults::short() {
        if let Some(why) = missing {
            account.tally.skipped += 1;
            account.reasons.push(format!("faults {}: {why}", words[0]));
            continue;
        }
        let words: Vec<String> = words.iter().copied().chain(["--program", &program]).map(str::to_owned).collect();
        // One that could not even begin has failed; the other one still runs.
        let fine = faults::command(scene.root, &words).unwrap_or_else(|error| {
            println!("faults {}: {error:#}", words[0]);
            false
        });
        account.tally = [account.tally, Tally::of(fine)].into_iter().sum();
    }
    Ok(account.demanding(scene.everything))
}

/// cargo, in the repository's root, told what the tests may use.
fn cargo(scene: &Scene, words: &[&str]) -> Program {
    let mut program = Program::cargo(scene.root, words);
    for probe in scene.surroundings.probes() {
        program.tell(probe.variable, probe.value.as_deref());
    }
    program
}
