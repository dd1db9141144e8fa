//! `cargo xtask sbom [FILE]`: what the program is made of, as a list that other programs read (CycloneDX 1.6).
//!
//! The crates of `server` with its features as shipped, for this machine's system; SQLite, which one of them carries
//! in C; the packages in the story editor's bundle; faces and weights. Build scripts are not in it, nor is Rust's own
//! library: which one was used is the builder's to know. The same sources give the same bytes.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::dependencies::{LOCK, Lock, Manifests, host};

mod document;
mod graph;
mod parts;
mod shape;
#[cfg(test)]
mod tests;

use graph::{Graph, Key};
use parts::Part;

/// What the story editor's bundle is made of.
const NPM_LOCK: &str = "crates/web/editor-ui/package-lock.json";

/// `cargo xtask sbom [FILE]`.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let list = list(root)?;
    match words {
        [] => print!("{list}"),
        [file] => {
            let place = std::env::current_dir().context("the current folder cannot be read")?.join(file);
            std::fs::write(&place, list).with_context(|| format!("writing {}", place.display()))?;
            println!("{}", place.display());
        }
        _ => bail!("sbom takes nothing or FILE"),
    }
    Ok(true)
}

/// The list as text.
fn list(root: &Path) -> Result<String> {
    let lock_file = std::fs::read_to_string(root.join(LOCK)).context(LOCK)?;
    let npm_lock = std::fs::read_to_string(root.join(NPM_LOCK)).context(NPM_LOCK)?;
    let (lock, manifests, system) = (Lock::parse(&lock_file)?, Manifests::ask(root)?, host(root)?);
    let all = Graph::ask(root, &system, "normal")?;
    let running = Graph::ask(root, &system, "normal,no-proc-macro")?;
    let mut parts = parts::crates(&all, &running, &lock, &manifests)?;
    let sqlite = parts::sqlite(&header_of_sqlite(&manifests, &running)?)?;
    hang(&mut parts, "libsqlite3-sys", sqlite)?;
    let npm = parts::npm(&npm_lock)?;
    for part in npm {
        hang(&mut parts, "web", part)?;
    }
    for (by, part) in parts::carried_files(root)? {
        hang(&mut parts, by, part)?;
    }
    let server = lock.called("server").next().context("Cargo.lock does not know server")?;
    let program = document::Program {
        version: &server.version,
        system: &system,
        root: &parts::reference(&lock, &(server.name.clone(), server.version.clone())),
        time: time()?,
    };
    let list = document::of(&program, parts)?;
    let faults = shape::faults(&list);
    ensure!(faults.is_empty(), "the list is not what CycloneDX asks for:\n{}", faults.join("\n"));
    Ok(format!("{}\n", serde_json::to_string_pretty(&list)?))
}

/// Adds a part, asked for by the crate called `by`.
fn hang(parts: &mut Vec<Part>, by: &str, part: Part) -> Result<()> {
    let owner = parts.iter_mut().find(|each| each.component["name"] == by);
    owner.with_context(|| format!("{by} is not in the program"))?.asks.insert(part.reference.clone());
    parts.push(part);
    Ok(())
}

/// The header of the SQLite that is in the program.
fn header_of_sqlite(manifests: &Manifests, running: &Graph) -> Result<String> {
    let (name, version): &Key =
        running.crates.keys().find(|(name, _)| name == "libsqlite3-sys").context("SQLite is not in the program")?;
    let manifest = manifests.get(name, version).context("cargo does not know libsqlite3-sys")?;
    let header = manifest.manifest_path.with_file_name("sqlite3").join("sqlite3.h");
    std::fs::read_to_string(&header).with_context(|| header.display().to_string())
}

/// The time that a build says it is of, if one is said.
fn time() -> Result<Option<u64>> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => Ok(Some(seconds.parse().context("SOURCE_DATE_EPOCH is no number of seconds")?)),
        Err(_) => Ok(None),
    }
}
