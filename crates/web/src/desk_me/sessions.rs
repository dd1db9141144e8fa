//! Where one is signed in.

use super::done;
use crate::app::App;
use crate::error::PageError;
use crate::guard::StaffMember;
use crate::sign_in;
use axum::extract::{Path, State};
use axum::response::Response;
use newsroom::SessionId;

/// `POST /desk/me/sessions/{id}/end`.
pub async fn end_session(
    member: StaffMember,
    Path(id): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let id = SessionId::from_short(&id).ok_or(PageError::NotFound)?;
    app.store.end_session(id, member.staff.id).await?;
    if id == member.session.id {
        return Ok(sign_in::out(&app));
    }
    done(&app, &member, "desk-me.sessions.ended").await
}

/// `POST /desk/me/sessions/end`: everywhere, here too.
pub async fn end_others(member: StaffMember, State(app): State<App>) -> Result<Response, PageError> {
    app.store.end_sessions(member.staff.id, member.actor(), app.now()).await?;
    Ok(sign_in::out(&app))
}
