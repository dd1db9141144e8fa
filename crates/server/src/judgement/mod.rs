//! The engine at the terminal: what it says of texts, how good it is on labelled ones, how it learns, and what another
//! rulebook would change.

mod around;
mod crossed;
mod drawn;
mod evaluate;
mod index;
mod judge;
mod labelled;
mod lines;
mod pairs;
mod pastes;
mod returns;
mod rulebook;
mod shown;
mod swapped;
mod templates;
mod train;

pub use rulebook::read as read_rulebook;

use crate::settings::Settings;
use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command};
use web::Words;

/// The commands, with their help in the person's language.
pub fn commands(t: &Words) -> Vec<Command> {
    vec![judge(t), evaluate(t), train(t), rulebook(t)]
}

fn flag(t: &Words, name: &'static str, key: &str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(t.s(key))
}

fn path(t: &Words, name: &'static str, key: &str) -> Arg {
    Arg::new(name).long(name).value_name("FILE").help(t.s(key))
}

fn files(t: &Words, key: &str) -> Arg {
    Arg::new("files").value_name("FILE").num_args(0..).help(t.s(key))
}

fn judge(t: &Words) -> Command {
    Command::new("judge")
        .about(t.s("cli.judge"))
        .arg(Arg::new("file").value_name("FILE").default_value("-").help(t.s("cli.judge.file")))
        .arg(Arg::new("story").long("story").value_name("FILE").help(t.s("cli.judge.story")))
        .arg(flag(t, "explain", "cli.judge.explain"))
        .arg(flag(t, "json", "cli.judge.json").conflicts_with("explain"))
}

fn evaluate(t: &Words) -> Command {
    Command::new("evaluate")
        .about(t.s("cli.evaluate"))
        .arg(files(t, "cli.evaluate.files").required_unless_present("mirror"))
        .arg(
            Arg::new("mirror")
                .long("mirror")
                .value_name("FILE")
                .action(ArgAction::Append)
                .help(t.s("cli.evaluate.mirror")),
        )
        .arg(path(t, "articles", "cli.evaluate.articles"))
        .arg(path(t, "models", "cli.evaluate.models"))
        .arg(flag(t, "misses", "cli.evaluate.misses"))
        .arg(flag(t, "show-text", "cli.evaluate.show-text"))
        .arg(flag(t, "json", "cli.judge.json"))
}

fn train(t: &Words) -> Command {
    Command::new("train")
        .about(t.s("cli.train"))
        .arg(files(t, "cli.train.files").required(true))
        .arg(path(t, "out", "cli.train.out").required(true))
        .arg(path(t, "choose-on", "cli.train.choose-on"))
        .arg(path(t, "templates", "cli.train.templates"))
        .arg(flag(t, "licensed-only", "cli.train.licensed-only"))
        .arg(flag(t, "json", "cli.train.json"))
}

fn rulebook(t: &Words) -> Command {
    let file = || Arg::new("file").value_name("FILE").required(true).help(t.s("cli.rulebook.file"));
    Command::new("rulebook")
        .about(t.s("cli.rulebook"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("show").about(t.s("cli.rulebook.show")))
        .subcommand(Command::new("check").about(t.s("cli.rulebook.check")).arg(file()))
        .subcommand(Command::new("replay").about(t.s("cli.rulebook.replay")).arg(file()))
}

/// Carries one of them out; `None` where the command is none of these.
///
/// # Errors
/// When a file cannot be read, or a line of it is not what the command takes; the error names both.
pub async fn run(name: &str, settings: &Settings, asked: &ArgMatches, t: &Words) -> Option<Result<()>> {
    match name {
        "judge" => Some(judge::run(settings, asked, t)),
        "evaluate" => Some(evaluate::run(settings, asked, t)),
        "train" => Some(train::run(settings, asked, t)),
        "rulebook" => Some(rulebook::run(settings, asked, t).await),
        _ => None,
    }
}
