//! Setting a password.

use super::{done, wrong};
use crate::app::App;
use crate::error::PageError;
use crate::guard::ProvenMember;
use crate::layout::Frame;
use crate::sign_in::{SHORTEST, strong};
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// A new password, typed twice.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    password: String,
    again: String,
}

/// `POST /desk/me/password`: every other sign-in of theirs ends.
pub async fn set_password(
    member: ProvenMember,
    State(app): State<App>,
    Form(form): Form<PasswordForm>,
) -> Result<Response, PageError> {
    let t = Frame::bare(&app, app.now()).t;
    if form.password != form.again {
        return wrong(&app, &member, t.s("desk-me.password.differ")).await;
    }
    if let Err(weak) = strong(&form.password, &[&member.staff.name, &app.paper.name]) {
        return wrong(&app, &member, t.n(weak.key(), SHORTEST as u64)).await;
    }
    let hash = app.door.hash(form.password).await?;
    app.store.set_password(member.staff.id, &hash, member.session.id, app.now()).await?;
    done(&app, &member, "desk-me.password.done").await
}
