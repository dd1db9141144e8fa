//! An author takes a comment back, waiting or public. What was public leaves its number behind.

use super::look::Look;
use super::own;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::OwnedComment;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use askama::Template;
use axum::extract::State;
use axum::response::Redirect;
use newsroom::comment::State as CommentState;

#[derive(Template)]
#[template(path = "comments/withdrawal.html")]
struct Confirm {
    frame: Frame,
    headline: String,
    address: String,
    action: String,
    comment: Rendered,
    public: bool,
}

/// `GET /stories/{story}/own/{comment}/withdrawal`: asks first.
pub async fn withdrawal(owned: OwnedComment, State(app): State<App>) -> Answer {
    let public = match owned.own.state {
        CommentState::Held => false,
        CommentState::Released => true,
        CommentState::Refused | CommentState::Withdrawn | CommentState::TakenDown => return Err(PageError::Overtaken),
    };
    let frame = Frame::new(&app, app.now()).await?;
    let look = Look::new(&app, &owned.story);
    let action = format!("{}/withdrawal", own::address(&look, &owned.own));
    let comment = own::render(&look, &owned.own)?;
    let headline = owned.story.text.headline.clone();
    Page::private(&Confirm { frame, headline, address: look.address, action, comment, public })
}

/// `POST /stories/{story}/own/{comment}/withdrawal`.
pub async fn withdraw(owned: OwnedComment, State(app): State<App>) -> Result<Redirect, PageError> {
    let OwnedComment { story, own, author } = owned;
    let happening = app.store.withdraw_comment(story.id, own.id, author, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    let address = Look::new(&app, &story).address;
    Ok(Redirect::to(&match own.number {
        Some(number) => format!("{address}?at={number}#c-{number}"),
        None => format!("{address}#comments"),
    }))
}
