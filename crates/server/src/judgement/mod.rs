//! The engine at the terminal: what it says of texts, how good it is on labelled ones, how it learns, and what another
//! rulebook would change.

mod drawn;
mod judge;
mod lines;

use crate::settings::Settings;
use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command};
use web::Words;

/// The commands, with their help in the person's language.
pub fn commands(t: &Words) -> Vec<Command> {
    vec![judge(t)]
}

fn judge(t: &Words) -> Command {
    let flag = |name: &'static str, key: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(t.s(key));
    Command::new("judge")
        .about(t.s("cli.judge"))
        .arg(Arg::new("file").value_name("FILE").default_value("-").help(t.s("cli.judge.file")))
        .arg(Arg::new("story").long("story").value_name("FILE").help(t.s("cli.judge.story")))
        .arg(flag("explain", "cli.judge.explain"))
        .arg(flag("json", "cli.judge.json").conflicts_with("explain"))
}

/// Carries one of them out; `None` where the command is none of these.
///
/// # Errors
/// When a file cannot be read, or a line of it is not what the command takes; the error names both.
pub fn run(name: &str, settings: &Settings, asked: &ArgMatches, t: &Words) -> Option<Result<()>> {
    match name {
        "judge" => Some(judge::run(settings, asked, t)),
        _ => None,
    }
}
