//! Which card somebody has open: told to colleagues, so that two do not read the same one. A claim keeps nobody from
//! ruling.

use crate::app::App;
use crate::error::PageError;
use crate::guard::Moderator;
use crate::live::Told;
use axum::Form;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use newsroom::{CommentId, StoryId};
use serde::Deserialize;
use std::time::Duration;
use store::queue::Claim;

/// How long a card is believed to be open; the page's script renews it in time.
const BELIEVED: Duration = Duration::from_secs(90);

/// Which card.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ClaimForm {
    story: String,
    comment: String,
}

/// `POST /desk/claims`: nothing to say, or the name of whoever has it open.
pub async fn claim(
    moderator: Moderator,
    State(app): State<App>,
    Form(form): Form<ClaimForm>,
) -> Result<Response, PageError> {
    let ids = StoryId::from_short(&form.story).zip(CommentId::from_short(&form.comment));
    let (story, comment) = ids.ok_or(PageError::BadRequest("no such comment"))?;
    moderator.answers_for(&app, story).await?;
    let now = app.now();
    let until = now.saturating_add(BELIEVED).unwrap_or(now);
    app.store.give_claims_back(moderator.staff.id, Some(comment)).await?;
    let claim = app.store.claim((story, comment), moderator.staff.id, now, until).await?;
    if claim.by == moderator.staff.id {
        app.hub.tell_desk(told(&claim));
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, claim.by_name).into_response())
}

/// A claim as open desks are told.
pub fn told(claim: &Claim) -> Told {
    Told::Claimed { comment: claim.comment, by: claim.by, name: claim.by_name.clone() }
}
