//! `cargo xtask editor-ui`: the story editor's bundle is what its sources make, and its tests pass.
//!
//! The program carries a committed bundle, so that it builds without Node; this is what keeps the two together.

use std::path::Path;

use anyhow::Result;

use crate::check::{Program, in_path};

const FOLDER: &str = "crates/web/editor-ui";

/// What Node said, or that there is none here.
pub enum Judged {
    /// Whether everything passed.
    Ran(bool),
    /// Why nothing ran, with what would help.
    NotRun(&'static str),
}

/// `cargo xtask editor-ui`.
pub fn command(root: &Path, _words: &[String]) -> Result<bool> {
    match judge(root)? {
        Judged::Ran(fine) => Ok(fine),
        Judged::NotRun(why) => {
            println!("NOT RUN: {why}");
            Ok(false)
        }
    }
}

/// Compares the bundle with a rebuild, then runs the tests. Packages that are missing are fetched as the lockfile names them.
pub fn judge(root: &Path) -> Result<Judged> {
    let folder = root.join(FOLDER);
    if in_path(&["node"]).is_none() || in_path(&["npm"]).is_none() {
        return Ok(Judged::NotRun("Node is not installed; apt-get install nodejs npm"));
    }
    let installed = folder.join("node_modules/esbuild").is_dir() && folder.join("node_modules/jsdom").is_dir();
    if !installed && !npm(&folder, &["ci", "--no-audit", "--no-fund"])? {
        return Ok(Judged::NotRun("the editor's packages could not be fetched; npm ci in crates/web/editor-ui"));
    }
    let same = npm(&folder, &["run", "--silent", "check"])?;
    let tested = npm(&folder, &["test", "--silent"])?;
    Ok(Judged::Ran(same && tested))
}

fn npm(folder: &Path, words: &[&str]) -> Result<bool> {
    Ok(Program::new("npm", words, folder).run()?.success)
}
