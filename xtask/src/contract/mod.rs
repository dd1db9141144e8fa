//! `cargo xtask contract`: what the paper's interfaces for programs answer is what their descriptions say, whatever is sent.
//!
//! schemathesis (Python) reads the OpenAPI documents of the running program and sends what they allow and what they forbid. By
//! what it judges stands in `schemathesis.toml`, with reasons; which version is meant, in `requirements.txt`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

mod asked;
mod face;
mod report;
#[cfg(test)]
mod tests;
mod tool;

pub use asked::Asked;
use face::{FACES, Face};
use report::Report;
use tool::Tool;

use crate::check::Program;
use crate::faults::{House, Place, built};

/// By what schemathesis judges, from the repository's root.
const CONFIG: &str = "xtask/src/contract/schemathesis.toml";
/// Under this name `schemathesis.toml` finds the key, so that no command line has it.
const KEY: &str = "MIDAD_CONTRACT_KEY";

/// What came of it.
pub enum Judged {
    /// Of each description, whether the answers are as it says.
    Ran(Vec<bool>),
    /// Why nothing ran, with what would help.
    NotRun(String),
}

/// `cargo xtask contract`; true where every answer was as it is described.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let asked = Asked::of(words)?;
    let program = || match &asked.program {
        Some(program) if program.is_file() => Ok(program.clone()),
        Some(program) => bail!("there is no program {}", program.display()),
        None => built(root, &["--package", "server"]),
    };
    match judge(root, &asked, program)? {
        Judged::Ran(fine) => Ok(fine.iter().all(|fine| *fine)),
        Judged::NotRun(why) => {
            println!("NOT RUN: {why}");
            Ok(false)
        }
    }
}

/// Serves the demo newspaper from a folder of its own and lets schemathesis at it. The program is built only where
/// schemathesis is there.
pub fn judge(root: &Path, asked: &Asked, program: impl FnOnce() -> Result<PathBuf>) -> Result<Judged> {
    let tool = match Tool::find(std::env::var(tool::VARIABLE).ok().as_deref(), crate::check::in_path) {
        Ok(tool) => tool,
        Err(why) => return Ok(Judged::NotRun(why)),
    };
    let folder = std::env::temp_dir().join(format!("midad-contract-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let house = House::new(&program()?, &folder, Place::Folder(folder.join("paper")), crate::bench::free_port()?);
    let (_served, _) = house.open("demo")?;
    let mut reports = Vec::new();
    for face in FACES {
        let key = face.key(&house, root)?;
        reports.push((face, ask(root, asked, &tool, &house, (face, &key))?));
    }
    let panics = house.panics();
    println!();
    for (face, report) in &reports {
        println!("contract: {}: {report}", face.name);
        report.warn_of_another_version();
    }
    panics.iter().for_each(|line| println!("contract: a panic: {line}"));
    let fine: Vec<bool> = reports.iter().map(|(_, report)| report.is_good() && panics.is_empty()).collect();
    if fine.iter().all(|fine| *fine) {
        // What is left behind is in the system's own folder for such things.
        let _ = std::fs::remove_dir_all(&folder);
    } else {
        println!("contract: seed {}; the data and the log stay in {}", asked.seed, folder.display());
    }
    Ok(Judged::Ran(fine))
}

fn ask(root: &Path, asked: &Asked, tool: &Tool, house: &House, (face, key): (&Face, &str)) -> Result<Report> {
    let (config, out) = (root.join(CONFIG), house.folder.join(format!("{}.json", face.name)));
    let url = format!("http://127.0.0.1:{}{}", house.port, face.description);
    let words = asked.words(&config.to_string_lossy(), &url, &out.to_string_lossy());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut program = Program::new(&tool.program.to_string_lossy(), &words, &house.folder);
    program.tell(KEY, Some(key));
    program.run()?;
    let text =
        std::fs::read_to_string(&out).with_context(|| format!("schemathesis left no report of {}", face.name))?;
    Report::read(&text)
}
