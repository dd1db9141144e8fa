//! `midad doctor`: looks whether everything is in place that a paper needs, while it is served and while it is not, and says in
//! a line each what is fine, what deserves a look and what is wrong, and what to do. It changes nothing.

mod backups;
mod certificate;
mod clock;
mod configuration;
mod database;
mod folder;
mod post;
mod report;

#[cfg(test)]
mod tests;

use crate::meaning::WEIGHTS;
use crate::settings::Settings;
use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command};
use report::Report;
use std::process::ExitCode;
use web::Words;

/// The command.
pub fn command(t: &Words) -> Command {
    let json = Arg::new("json").long("json").action(ArgAction::SetTrue).help(t.s("cli.doctor.json"));
    Command::new("doctor").about(t.s("cli.doctor")).arg(json)
}

/// Looks at everything and tells; fails where something is wrong.
pub async fn run(line: &ArgMatches, asked: &ArgMatches, t: &Words) -> Result<ExitCode> {
    let mut report = Report::new(t);
    if let Some(settings) = configuration::gather(&mut report, line, t) {
        look(&mut report, &settings, t).await;
    }
    match asked.get_flag("json") {
        true => report.tell_as_json()?,
        false => report.tell(),
    }
    Ok(if report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Everything, in the order in which a paper needs it.
async fn look(report: &mut Report<'_>, settings: &Settings, t: &Words) {
    configuration::values(report, settings, t);
    configuration::secrets(report, settings);
    folder::data(report, settings);
    let seen = database::look(report, settings).await;
    clock::look(report, seen.as_ref());
    models(report, settings, t);
    post::address(report, settings, t);
    certificate::look(report, settings);
    post::lines(report, settings, t);
    post::port(report, settings, seen.as_ref(), t).await;
    post::mail(report, settings, t).await;
    backups::look(report, settings, seen.as_ref(), t).await;
}

/// What judges and what reads are parts of the program: a build from files that were not there whole has none.
fn models(report: &mut Report<'_>, settings: &Settings, t: &Words) {
    match moderation::Models::shipped().fingerprint() {
        0 => report.wrong("models", "no-heads", &[]),
        _ => report.fine("models", "heads", &[]),
    }
    if settings.meaning(t).unwrap_or(false) {
        match encoder::Encoder::from_bytes(WEIGHTS) {
            Ok(_) => report.fine("models", "weights", &[]),
            Err(why) => report.wrong("models", "no-weights", &[("why", &format!("{why:?}"))]),
        }
    }
}
