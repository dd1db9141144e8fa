//! Where schemathesis is, and which one is meant.

use std::path::PathBuf;

/// Names the program, before `PATH` is asked.
pub const VARIABLE: &str = "MIDAD_SCHEMATHESIS";
const REQUIREMENTS: &str = include_str!("requirements.txt");
/// How to get it.
const REMEDY: &str = "python3 -m venv FOLDER && FOLDER/bin/pip install --require-hashes -r xtask/src/contract/requirements.txt, \
                      then set MIDAD_SCHEMATHESIS=FOLDER/bin/schemathesis";

/// schemathesis on this machine.
#[derive(Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its file.
    pub program: PathBuf,
}

impl Tool {
    /// The one that is named, or the one in `PATH`. Not by its short name `st`, which another program has on many machines.
    ///
    /// # Errors
    /// Why there is none, with what would help.
    pub fn find(named: Option<&str>, in_path: impl Fn(&[&str]) -> Option<PathBuf>) -> Result<Self, String> {
        if let Some(named) = named {
            let program = std::path::absolute(named).unwrap_or_else(|_| PathBuf::from(named));
            return match program.is_file() {
                true => Ok(Self { program }),
                false => Err(format!("{VARIABLE} names {named}, where no program is; {REMEDY}")),
            };
        }
        let program = in_path(&["schemathesis"]);
        program.map(|program| Self { program }).ok_or_else(|| format!("schemathesis is not installed; {REMEDY}"))
    }
}

/// The version that is meant, as `requirements.txt` pins it.
pub fn version() -> &'static str {
    let pinned = REQUIREMENTS.lines().find_map(|line| line.strip_prefix("schemathesis=="));
    pinned.and_then(|rest| rest.split_whitespace().next()).unwrap_or_default()
}
