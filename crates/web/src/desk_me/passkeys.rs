//! One's own passkeys.

use super::{done, wrong};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Member, ProvenMember};
use crate::layout::Frame;
use crate::passkeys::{self, Registration, Site};
use crate::sign_in::{Purpose, read};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use newsroom::PasskeyId;
use serde::Deserialize;
use store::StoreError;
use store::people::NewPasskey;

/// A new passkey as the page's script puts it into the form: base64url.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NewPasskeyForm {
    name: String,
    client: String,
    attested: String,
}

/// What a passkey is to be called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NameForm {
    name: String,
}

/// Letters of a name that are kept.
const LONGEST_NAME: usize = 60;

/// `POST /desk/me/passkeys`.
pub async fn add_passkey(
    member: ProvenMember,
    State(app): State<App>,
    Form(form): Form<NewPasskeyForm>,
) -> Result<Response, PageError> {
    let t = Frame::bare(&app, app.now()).t;
    let Some(new) = form.check(&app, &member) else {
        return wrong(&app, &member, t.s("desk-me.passkeys.failed")).await;
    };
    match app.store.add_passkey(member.staff.id, new, app.now()).await {
        Ok(Some(_)) => done(&app, &member, "desk-me.passkeys.added").await,
        Ok(None) => wrong(&app, &member, t.s("desk-me.passkeys.failed")).await,
        Err(StoreError::Conflict(_)) => wrong(&app, &member, t.s("desk-me.passkeys.known")).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /desk/me/passkeys/{id}/name`.
pub async fn rename_passkey(
    member: ProvenMember,
    Path(id): Path<String>,
    State(app): State<App>,
    Form(form): Form<NameForm>,
) -> Result<Response, PageError> {
    let id = PasskeyId::from_short(&id).ok_or(PageError::NotFound)?;
    let name = called(&app, &form.name);
    app.store.rename_passkey(id, member.staff.id, &name).await?;
    done(&app, &member, "desk-me.passkeys.renamed").await
}

/// `POST /desk/me/passkeys/{id}/removal`.
pub async fn remove_passkey(
    member: ProvenMember,
    Path(id): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let id = PasskeyId::from_short(&id).ok_or(PageError::NotFound)?;
    match app.store.remove_passkey(id, member.staff.id, app.now()).await {
        Ok(_) => done(&app, &member, "desk-me.passkeys.removed").await,
        Err(StoreError::Conflict(_)) => {
            wrong(&app, &member, Frame::bare(&app, app.now()).t.s("desk-me.passkeys.last")).await
        }
        Err(error) => Err(error.into()),
    }
}

impl NewPasskeyForm {
    fn check(&self, app: &App, member: &Member) -> Option<NewPasskey> {
        let registration =
            Registration { client: passkeys::read(&self.client)?, attested: passkeys::read(&self.attested)? };
        let challenge = registration.challenge()?;
        let ticket = read(&app.door, Purpose::NewPasskey, &challenge, app.now())?;
        if ticket.about != member.staff.id {
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
}

fn called(app: &App, typed: &str) -> String {
    let name: String = arabic::clean::line(typed).chars().take(LONGEST_NAME).collect();
    if name.is_empty() { Frame::bare(app, app.now()).t.s("desk-me.passkeys.unnamed") } else { name }
}
