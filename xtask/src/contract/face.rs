//! The interfaces for programs that are described, and the keys that open them.

use std::path::Path;

use anyhow::{Context, Result};

use crate::faults::House;

/// Calls in a minute: so many that nothing is refused for its pace.
const PACE: &str = "1000000";

/// One description.
#[derive(Debug)]
pub struct Face {
    /// For people, and for files.
    pub name: &'static str,
    /// Where the running paper describes it.
    pub description: &'static str,
    /// What its key opens, in the owner's name; nothing: verdicts, in nobody's.
    scopes: &'static [&'static str],
}

/// All of them. The docs are `docs/running/api.md` and `docs/running/moderation-api.md`.
pub const FACES: &[Face] = &[
    Face {
        name: "paper",
        description: "/api/v1/openapi.json",
        scopes: &["stories:read", "stories:write", "comments:read", "comments:moderate", "administration"],
    },
    Face { name: "moderation", description: "/api/moderation/openapi.json", scopes: &[] },
];

impl Face {
    /// A new key for it.
    pub fn key(&self, house: &House, root: &Path) -> Result<String> {
        let owner = owner(root)?;
        let mut words = vec!["api-key", "add", self.name, "--per-minute", PACE];
        if !self.scopes.is_empty() {
            words.extend(["--for", &owner]);
        }
        words.extend(self.scopes.iter().flat_map(|scope| ["--scope", *scope]));
        let said = house.must(&words)?;
        let key = said.split_whitespace().find(|word| word.starts_with("midad_"));
        Ok(key.context("no key was told")?.to_owned())
    }
}

/// Who owns the demo newspaper.
fn owner(root: &Path) -> Result<String> {
    let people = std::fs::read_to_string(root.join("fixtures/staff.txt")).context("fixtures/staff.txt")?;
    let mut lines = people.lines().filter_map(|line| line.split_once(" | "));
    let owner = lines.find(|(role, _)| role.trim() == "owner").map(|(_, name)| name.trim().to_owned());
    owner.context("the demo newspaper has an owner")
}
