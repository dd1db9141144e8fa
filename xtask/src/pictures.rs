//! The pictures of the guides: a test takes them from the demo newspaper in a browser, and this says where they are kept.

use crate::check::{Program, Surroundings};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// Where the guides look for them.
const FOLDER: &str = "docs/guides/pictures";
/// The tests that take them.
const TESTS: [&str; 2] = ["guide::", "day::"];

/// `cargo xtask pictures`.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    if let Some(word) = words.first() {
        bail!("pictures takes no {word}");
    }
    let folder = root.join(FOLDER);
    std::fs::create_dir_all(&folder).with_context(|| format!("making {FOLDER}"))?;
    let [guide, day] = TESTS;
    let words = ["test", "--workspace", "--test", "browser", "--", guide, day, "--nocapture"];
    let mut cargo = Program::new("cargo", &words, root);
    let surroundings = Surroundings::probe();
    for probe in surroundings.probes() {
        cargo.tell(probe.variable, probe.value.as_deref());
    }
    cargo.tell("MIDAD_GUIDE_PICTURES", folder.to_str());
    let ran = cargo.run()?;
    if ran.printed.contains("NOT RUN") {
        bail!("without Chromium and ChromeDriver there are no pictures");
    }
    Ok(ran.success)
}
