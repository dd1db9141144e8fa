//! One's account at the organisation's own sign-in.

use super::{done, wrong};
use crate::app::App;
use crate::error::PageError;
use crate::guard::ProvenMember;
use crate::layout::Frame;
use axum::extract::State;
use axum::response::Response;
use store::StoreError;

/// `POST /desk/me/organisation/removal`: it opens the desk no more.
pub async fn unlink(member: ProvenMember, State(app): State<App>) -> Result<Response, PageError> {
    let provider = app.organisation.as_ref().ok_or(PageError::NotFound)?;
    let issuer = provider.settings.issuer.clone();
    match app.store.unlink_organisation_account(member.staff.id, &issuer, app.now()).await {
        Ok(_) => done(&app, &member, "desk-me.organisation.unlinked").await,
        Err(StoreError::Conflict(_)) => {
            wrong(&app, &member, Frame::bare(&app, app.now()).t.s("desk-me.passkeys.last")).await
        }
        Err(error) => Err(error.into()),
    }
}
