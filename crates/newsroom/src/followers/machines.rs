//! Hubs that pass feeds on (WebSub, W3C Recommendation of 23 January 2018), and search machines that are told what changed
//! (IndexNow). Nothing of it is on as it begins.

use crate::notices::{HookAddress, HookProblem};
use serde::{Deserialize, Serialize};

/// Where search machines are told as it begins; they pass it on to one another.
pub const INDEXNOW: &str = "https://api.indexnow.org/indexnow";
/// What every key of ours begins with: a key is 8 to 128 letters, digits and hyphens, and its file stands at `/{key}.txt`.
const BEGINS: &str = "indexnow-";

/// What programs are told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MachineSettings {
    /// The hub's address; empty: none.
    pub hub: String,
    /// Where search machines are told; empty: nowhere.
    pub indexnow: String,
    /// The key by which they know that it is the paper who says so; empty while there is none.
    pub key: String,
}

/// What is wrong with them as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MachineProblem {
    /// In which field: `hub` or `indexnow`.
    pub field: &'static str,
    /// What.
    pub problem: HookProblem,
}

impl MachineSettings {
    /// Reads what was typed; both may be empty. The key stays as it is.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read(hub: &str, indexnow: &str, key: &str, inner: &[String]) -> Result<Self, Vec<MachineProblem>> {
        let address = |field, typed: &str| match typed.trim() {
            "" => Ok(String::new()),
            typed => HookAddress::new(typed, inner)
                .map(|address| address.as_str().to_owned())
                .map_err(|problem| MachineProblem { field, problem }),
        };
        match (address("hub", hub), address("indexnow", indexnow)) {
            (Ok(hub), Ok(indexnow)) => Ok(Self { hub, indexnow, key: key.to_owned() }),
            (hub, indexnow) => Err(hub.err().into_iter().chain(indexnow.err()).collect()),
        }
    }

    /// The hub, where there is one.
    pub fn hub(&self) -> Option<&str> {
        Some(self.hub.as_str()).filter(|hub| !hub.is_empty())
    }

    /// Where search machines are told, and by which key.
    pub fn indexnow(&self) -> Option<(&str, &str)> {
        let on = !self.indexnow.is_empty() && !self.key.is_empty();
        on.then_some((self.indexnow.as_str(), self.key.as_str()))
    }
}

/// The key by which search machines know the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexNowKey(pub String);

impl IndexNowKey {
    /// A key out of 16 random bytes.
    pub fn of(random: [u8; 16]) -> Self {
        Self(format!("{BEGINS}{:032x}", u128::from_be_bytes(random)))
    }

    /// The path of its file.
    pub fn path(&self) -> String {
        format!("/{}.txt", self.0)
    }
}
