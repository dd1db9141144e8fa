//! A new passkey, as a page's script sends it.

use super::ticket::{Purpose, read};
use crate::app::App;
use crate::layout::Frame;
use crate::passkeys::{self, Registration, Site};
use serde::Deserialize;
use store::people::NewPasskey;

/// Letters of a name that are kept.
const LONGEST_NAME: usize = 60;

/// A new passkey as the page's script puts it into the form: base64url.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NewPasskeyForm {
    name: String,
    client: String,
    attested: String,
}

impl NewPasskeyForm {
    /// Whom the question was about that is answered here; `None` when it is none of ours for this purpose.
    pub fn about(&self, app: &App, purpose: Purpose) -> Option<i64> {
        let registration = self.registration()?;
        read(&app.door, purpose, &registration.challenge()?, app.now()).map(|ticket| ticket.about)
    }

    /// The passkey as it is kept, when it answers a question of ours for this purpose and about this person.
    pub fn check(&self, app: &App, (purpose, about): (Purpose, i64)) -> Option<NewPasskey> {
        let registration = self.registration()?;
        let challenge = registration.challenge()?;
        let ticket = read(&app.door, purpose, &challenge, app.now())?;
        if ticket.about != about {
            return None;
        }
        let made = match registration.check(&Site::at(&app.paper.address)?, &challenge) {
            Ok(made) => made,
            Err(doubt) => {
                tracing::info!(%doubt, "a new passkey was not believed");
                return None;
            }
        };
        // It will be the only thing asked for at the door, so it must ask its owner.
        made.seen.owner.then(|| NewPasskey {
            credential: passkeys::written(&made.credential),
            public_key: serde_json::to_string(&made.key).unwrap_or_default(),
            sign_count: i64::from(made.seen.count),
            name: called(app, &self.name),
            ticket: ticket.mark,
        })
    }

    fn registration(&self) -> Option<Registration> {
        Some(Registration { client: passkeys::read(&self.client)?, attested: passkeys::read(&self.attested)? })
    }
}

/// How a passkey is called, by its owner or by nobody.
pub fn called(app: &App, typed: &str) -> String {
    let name: String = arabic::clean::line(typed).chars().take(LONGEST_NAME).collect();
    if name.is_empty() { Frame::bare(app, app.now()).t.s("desk-me.passkeys.unnamed") } else { name }
}
