//! What somebody sent from a page and that waits, or was refused: for the browser that sent it, or the member, and nobody else.

use super::origin::{FromSite, SentFromSite};
use super::thread::{PageQuery, look, paper};
use super::who::Who;
use crate::aftermath;
use crate::app::App;
use crate::comments::{Look, Paragraph, Piece, fragment, paragraphs};
use crate::error::PageError;
use crate::guard::Pace;
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use newsroom::CommentId;
use newsroom::comment::State as CommentState;
use serde::Deserialize;
use store::comments::OwnComment;

#[derive(Template)]
#[template(path = "embeds/own.html")]
struct Own<'o> {
    t: Words,
    paper: String,
    own: &'o OwnComment,
    paragraphs: Vec<Paragraph<'o>>,
    when: String,
    waits: bool,
    state: String,
    /// The house rule by which it was refused.
    rule: Option<String>,
}

/// Which comment of which page is taken back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WithdrawalForm {
    url: String,
    comment: String,
}

/// One own comment.
///
/// # Errors
/// When the template cannot be rendered.
pub fn render(app: &App, look: &Look, own: &OwnComment) -> Result<Rendered, askama::Error> {
    let t = look.t;
    Rendered::of(&Own {
        t,
        paper: paper(app),
        own,
        paragraphs: paragraphs(&own.text, false),
        when: look.when(own.received_at),
        waits: own.state == CommentState::Held,
        state: t.s(&format!("state.{}.own", own.state.key())),
        rule: own.reason.map(|reason| t.s(&format!("refusal.{}", reason.key()))),
    })
}

/// `GET /embed/{site}/own?url=…`: those of whoever asks under this page; kept by nobody on the way.
pub async fn own(
    site: FromSite,
    State(app): State<App>,
    Query(PageQuery { url }): Query<PageQuery>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let app = app.to_readers();
    let page = site.page(&url)?;
    let who = match Who::looks(&app, site.0.id, &headers).await? {
        Ok(who) => who,
        Err(doubt) => return Ok(doubt.answer(&app)),
    };
    let thread = app.store.outside_thread(site.0.id, &page).await?;
    let Some((visitor, thread)) = who.zip(thread) else {
        return Ok(fragment(StatusCode::OK, Rendered::default()));
    };
    let look = look(&app, &thread);
    let owned = app.store.own_comments(thread.id, visitor, app.now()).await?;
    let parts = owned.iter().map(|own| render(&app, &look, own)).collect::<Result<Vec<_>, _>>()?;
    Ok(fragment(StatusCode::OK, Rendered::joined(parts)))
}

/// `POST /embed/{site}/withdrawal`: its author takes a comment back.
pub async fn withdraw(
    _: Pace,
    SentFromSite(site): SentFromSite,
    State(app): State<App>,
    headers: HeaderMap,
    Form(form): Form<WithdrawalForm>,
) -> Result<Response, PageError> {
    let app = app.to_readers();
    let page = FromSite(site.clone()).page(&form.url)?;
    let visitor = match Who::looks(&app, site.id, &headers).await? {
        Ok(visitor) => visitor.ok_or(PageError::NotFound)?,
        Err(doubt) => return Ok(doubt.answer(&app)),
    };
    let thread = app.store.outside_thread(site.id, &page).await?.ok_or(PageError::NotFound)?;
    let comment = CommentId::from_short(&form.comment).ok_or(PageError::NotFound)?;
    let happening = app.store.withdraw_comment(thread.id, comment, visitor, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(StatusCode::NO_CONTENT.into_response())
}
