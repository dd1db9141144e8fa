//! What an administrator asks now and then; and the only place that writes to the terminal.

use crate::bring::{bar, spinner};
use crate::serve::open;
use crate::settings::Settings;
use anyhow::{Result, anyhow};
use clap::ArgMatches;
use std::process::ExitCode;
use store::Store;
use store::sealed_log::Anchor;
use web::Words;

/// What was asked to be verified: the log alone, or the data.
pub async fn check(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<ExitCode> {
    match asked.get_flag("audit") {
        true => check_log(&open(settings, t).await?, asked.get_one::<String>("seal").map(String::as_str), t).await,
        false => check_data(settings, t).await,
    }
}

/// Verifies the data; fails when something does not agree.
pub async fn check_data(settings: &Settings, t: &Words) -> Result<ExitCode> {
    let store = open(settings, t).await?;
    for (state, count) in store.tally().await? {
        print(&format!("{count:>10}  {}", t.s(&format!("state.{state}"))));
    }
    let mut disagreements = store.check().await?;
    let progress = spinner(t);
    disagreements.extend(store.check_rows(&mut |seen| progress.set_position(seen)).await?);
    progress.finish_and_clear();
    let progress = bar(store.pictures_outside().await?, t);
    disagreements.extend(store.check_pictures(&mut |seen| progress.set_position(seen)).await?);
    progress.finish_and_clear();
    if disagreements.is_empty() {
        print(&t.s("cli.check.good"));
        return Ok(ExitCode::SUCCESS);
    }
    for found in &disagreements {
        complain(&format!("{}: {}", found.what, found.detail));
    }
    complain(&t.n("cli.check.bad", disagreements.len()));
    Ok(ExitCode::FAILURE)
}

/// Looks at every seal of the log, and whether the one that somebody kept elsewhere is among them.
async fn check_log(store: &Store, kept: Option<&str>, t: &Words) -> Result<ExitCode> {
    let read =
        |text: &str| Anchor::read(text).ok_or_else(|| anyhow!(t.with("cli.check.bad-seal", 1, &[("seal", text)])));
    let looked = store.check_log(kept.map(read).transpose()?).await?;
    print(&t.n("cli.check.sealed", looked.sealed));
    if looked.erased > 0 {
        print(&t.n("cli.check.erased", looked.erased));
    }
    if let Some(last) = &looked.last {
        // As it is, without direction marks around it: it will be copied.
        print(&format!("{} {last}", t.s("cli.check.last-seal")));
    }
    if looked.found.is_empty() {
        print(&t.s("cli.check.log-good"));
        return Ok(ExitCode::SUCCESS);
    }
    looked.found.iter().for_each(|found| complain(&found.detail));
    complain(&t.s("cli.check.log-bad"));
    Ok(ExitCode::FAILURE)
}

/// A line for the person.
#[allow(clippy::print_stdout)]
pub fn print(line: &str) {
    println!("{line}");
}

/// A line for the person, on the error output.
#[allow(clippy::print_stderr)]
pub fn complain(line: &str) {
    eprintln!("{line}");
}
