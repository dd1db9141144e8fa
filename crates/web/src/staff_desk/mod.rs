//! Who works here, as what, for which sections: the owner's pages. Every change is written down with who made it.

mod invite;
mod list;
mod person;

#[cfg(test)]
mod tests;

pub use invite::invite;
pub use list::list;
pub use person::{disable, enable, end_sessions, link, person, place};

use crate::app::App;
use crate::sign_in::token;
use jiff::SignedDuration;
use newsroom::people::Role;
use newsroom::{SectionId, Timestamp};
use store::StoreError;
use store::people::TokenHash;

/// How long an invitation is good.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(72);

/// A link before it is kept: what the person is sent, and what the store knows.
struct Fresh {
    path: String,
    kept: (TokenHash, Timestamp),
}

impl Fresh {
    fn new(app: &App) -> Result<Self, StoreError> {
        let (token, now) = (token()?, app.now());
        let until = now.saturating_add(GOOD_FOR).unwrap_or(now);
        Ok(Self { kept: (crate::guard::hash_of(&token), until), path: format!("/sign-in/{token}?to=me") })
    }
}

/// A role and sections out of a form's pairs: a box that is ticked comes once for each section.
fn placed(pairs: &[(String, String)]) -> Option<(Role, Vec<SectionId>)> {
    let role = pairs.iter().find(|(name, _)| name == "role").and_then(|(_, role)| Role::from_key(role))?;
    let sections = pairs.iter().filter(|(name, _)| name == "section");
    Some((role, sections.filter_map(|(_, id)| SectionId::from_short(id)).collect()))
}

fn field<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
}
