//! Cargo, called as a person would call it.
//!
//! Cargo tells the program that it runs (this one) in variables which package that is. Handed on, they make ring, whose build script
//! asks for them, and all that stands on it anew each time somebody changes between `cargo build` and `cargo xtask`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// What cargo tells of the package that it runs.
const OF_A_PACKAGE: [&str; 5] =
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE"];

/// The program's name: the one that runs this, or the one that is found.
pub fn program() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// The variables that cargo is not to hear from here.
pub fn unsaid() -> Vec<String> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    names.filter(|name| is_of_a_package(name)).collect()
}

fn is_of_a_package(name: &str) -> bool {
    OF_A_PACKAGE.iter().any(|start| name.starts_with(start))
}

/// Cargo in the repository's root, about to run.
pub fn command(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(words).current_dir(root);
    for name in unsaid() {
        command.env_remove(name);
    }
    command
}

/// Says what it does, and does it.
///
/// # Errors
/// When cargo cannot be started, or fails.
pub fn done(root: &Path, words: &[&str]) -> Result<()> {
    eprintln!("$ cargo {}", words.join(" "));
    let ended = command(root, words).status().context("cargo")?;
    ensure!(ended.success(), "cargo {} failed", words.join(" "));
    Ok(())
}

/// Where cargo puts what it makes, as `debug` or `release`.
pub fn made(root: &Path, how: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    root.join(target).join(how)
}

#[cfg(test)]
mod tests {
    use super::{command, is_of_a_package};
    use std::path::Path;

    #[test]
    fn cargo_does_not_hear_which_package_called_it() {
        for (name, is) in [
            ("CARGO_PKG_NAME", true),
            ("CARGO_MANIFEST_DIR", true),
            ("CARGO_MANIFEST_PATH", true),
            ("CARGO_TARGET_DIR", false),
            ("CARGO_HOME", false),
            ("CARGO", false),
        ] {
            assert_eq!(is_of_a_package(name), is, "{name}");
        }
        // Cargo runs this test, and tells it.
        assert!(std::env::var_os("CARGO_MANIFEST_DIR").is_some());
        let cargo = command(Path::new("."), &["build"]);
        assert!(cargo.get_envs().any(|(name, value)| name == "CARGO_MANIFEST_DIR" && value.is_none()));
    }
}
