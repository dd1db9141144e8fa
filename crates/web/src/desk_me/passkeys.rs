//! One's own passkeys.

use super::{done, wrong};
use crate::app::App;
use crate::error::PageError;
use crate::guard::ProvenMember;
use crate::layout::Frame;
use crate::sign_in::{NewPasskeyForm, Purpose, called};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use newsroom::PasskeyId;
use serde::Deserialize;
use store::StoreError;

/// What a passkey is to be called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NameForm {
    name: String,
}

/// `POST /desk/me/passkeys`.
pub async fn add_passkey(
    member: ProvenMember,
    State(app): State<App>,
    Form(form): Form<NewPasskeyForm>,
) -> Result<Response, PageError> {
    let t = Frame::bare(&app, app.now()).t;
    let Some(new) = form.check(&app, (Purpose::NewPasskey, member.staff.id.0)) else {
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
    match app.store.remove_passkey(id, (member.staff.id, app.issuer()), app.now()).await {
        Ok(_) => done(&app, &member, "desk-me.passkeys.removed").await,
        Err(StoreError::Conflict(_)) => {
            wrong(&app, &member, Frame::bare(&app, app.now()).t.s("desk-me.passkeys.last")).await
        }
        Err(error) => Err(error.into()),
    }
}
