//! Messages to browsers that their readers let the paper wake (Push API, RFC 8030).

use crate::ids::SectionId;
use serde::{Deserialize, Serialize};

/// Bytes of the address of a push service, at most.
const MOST_ENDPOINT: usize = 1_000;
/// Sections of one wish, at most.
const MOST_SECTIONS: usize = 100;

/// Whether readers may be woken. As it begins: not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PushSettings {
    /// Whether it is offered.
    pub on: bool,
}

/// What a browser is woken for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PushWish {
    /// New stories of these sections; breaking news always.
    pub sections: Vec<SectionId>,
}

impl PushWish {
    /// Of these sections, the first hundred.
    pub fn of(mut sections: Vec<SectionId>) -> Self {
        sections.truncate(MOST_SECTIONS);
        Self { sections }
    }

    /// Whether a new story of a section is wanted.
    pub fn wants(&self, section: Option<SectionId>) -> bool {
        section.is_some_and(|section| self.sections.contains(&section))
    }
}

/// The address at which a browser's push service takes messages for it. Whoever knows it, and nothing more, can wake nobody:
/// messages are signed by the paper's key. It is shown by nothing all the same.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint(String);

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Endpoint(…)")
    }
}

impl Endpoint {
    /// Reads what a browser says: an address of the web as channels have them, and longer. `inner`: hosts inside the house that may
    /// be told.
    pub fn read(said: &str, inner: &[String]) -> Option<Self> {
        use crate::notices::HookAddress;
        let fits =
            said.len() <= MOST_ENDPOINT && said.bytes().all(|byte| byte.is_ascii_graphic()) && !said.contains('#');
        // The host alone decides where it leads; the rest may be longer than a colleague types.
        let host = said.strip_prefix("https://")?.split(['/', '?']).next()?;
        let leads_out = HookAddress::new(&format!("https://{host}/"), inner).is_ok();
        (fits && leads_out).then(|| Self(said.to_owned()))
    }

    /// As the browser said it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
