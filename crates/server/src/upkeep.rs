//! What an administrator asks now and then; and the only place that writes to the terminal.

use crate::bring::bar;
use crate::serve::open;
use crate::settings::Settings;
use anyhow::Result;
use std::process::ExitCode;
use web::Words;

/// Verifies the data; fails when something does not agree.
pub async fn check(settings: &Settings, t: &Words) -> Result<ExitCode> {
    let store = open(settings, t).await?;
    for (state, count) in store.tally().await? {
        print(&format!("{count:>10}  {}", t.s(&format!("state.{state}"))));
    }
    let mut disagreements = store.check().await?;
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
