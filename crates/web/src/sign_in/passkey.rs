//! Coming in by a passkey: the browser finds it, its owner confirms, nothing is typed.

use super::ticket::{Purpose, Ticket, read};
use super::{Way, page_again};
use crate::app::App;
use crate::error::PageError;
use crate::guard::From;
use crate::passkeys::{self, Assertion, PublicKey, Site};
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use store::people::{Passkey, Proof};

/// An answer as the page's script puts it into the form: base64url.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasskeyForm {
    credential: String,
    client: String,
    authenticator: String,
    signature: String,
}

/// `POST /sign-in/passkey`.
pub async fn by_passkey(
    from: From,
    headers: HeaderMap,
    State(app): State<App>,
    Form(form): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let tried = app.door.tried("passkey", &form.credential);
    super::door::count(&app, &tried, from.0).await?;
    let Some((passkey, proof, _)) = form.check(&app, Purpose::PasskeyAtTheDoor).await? else {
        return page_again(&app).await;
    };
    // Works here no more: told like everything else that does not work.
    let Ok(account) = app.store.account_of(passkey.staff).await else { return page_again(&app).await };
    match (Way { account: &account, tried: &tried, from }).open(&app, proof, &headers).await? {
        Some(opened) => Ok(opened),
        None => page_again(&app).await,
    }
}

/// The proof of somebody who is in already.
///
/// # Errors
/// When the store cannot answer.
pub async fn asked_again(app: &App, form: &PasskeyForm) -> Result<Option<(Passkey, Proof)>, PageError> {
    let checked = form.check(app, Purpose::PasskeyAgain).await?;
    Ok(checked
        .filter(|(passkey, _, ticket)| ticket.about == passkey.staff.0)
        .map(|(passkey, proof, _)| (passkey, proof)))
}

impl PasskeyForm {
    /// Something was sent in it.
    pub fn is_there(&self) -> bool {
        !self.credential.is_empty()
    }

    /// Which passkey it says it is.
    pub fn credential(&self) -> &str {
        &self.credential
    }

    /// What was answered, when it answers a question of ours for this purpose that still holds.
    pub fn answered(&self, app: &App, purpose: Purpose) -> Option<Answered> {
        let answer = Assertion {
            client: passkeys::read(&self.client)?,
            authenticator: passkeys::read(&self.authenticator)?,
            signature: passkeys::read(&self.signature)?,
        };
        let challenge = answer.challenge()?;
        let ticket = read(&app.door, purpose, &challenge, app.now())?;
        Some(Answered { site: Site::at(&app.paper.address)?, answer, challenge, ticket })
    }

    /// The passkey that answered, and what that proves, before the store has said that the ticket was not used.
    async fn check(&self, app: &App, purpose: Purpose) -> Result<Option<(Passkey, Proof, Ticket)>, PageError> {
        let Some(answered) = self.answered(app, purpose) else { return Ok(None) };
        let Some(passkey) = app.store.passkey(&self.credential).await? else { return Ok(None) };
        Ok(answered.count(&passkey.public_key).map(|count| {
            let proof = Proof::Passkey { id: passkey.id, count, ticket: answered.ticket.mark.clone() };
            (passkey, proof, answered.ticket)
        }))
    }
}

/// An answer of a passkey to a question of ours, not checked yet.
#[derive(Debug)]
pub struct Answered {
    site: Site,
    answer: Assertion,
    challenge: Vec<u8>,
    /// What was asked.
    pub ticket: Ticket,
}

impl Answered {
    /// The passkey's own counter, when this is the answer of the passkey of a public key. Whoever has only a passkey must
    /// have shown the authenticator that it is theirs.
    pub fn count(&self, public_key: &str) -> Option<i64> {
        let key = serde_json::from_str::<PublicKey>(public_key).ok()?;
        match self.answer.check(&self.site, &self.challenge, &key) {
            Ok(seen) => seen.owner.then(|| i64::from(seen.count)),
            Err(doubt) => {
                tracing::info!(%doubt, "a passkey was not believed");
                None
            }
        }
    }
}
