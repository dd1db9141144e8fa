//! The author of a comment objects to what was done to it.

use super::{Objection, ObjectionForm};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{MaybeVisitor, Pace};
use crate::layout::Frame;
use crate::me;
use crate::page::Answer;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use newsroom::CommentId;
use newsroom::comment::Side;

/// `GET /me/{comment}/appeal`.
pub async fn appeal_form(visitor: MaybeVisitor, Path(comment): Path<String>, State(app): State<App>) -> Answer {
    objection(&app, visitor, &comment).await?.page(&app, String::new(), None).await
}

/// `POST /me/{comment}/appeal`.
pub async fn appeal(
    _: Pace,
    visitor: MaybeVisitor,
    Path(comment): Path<String>,
    State(app): State<App>,
    Form(form): Form<ObjectionForm>,
) -> Result<Response, PageError> {
    objection(&app, visitor, &comment).await?.send(&app, &form).await
}

/// The comment whose author is asking, where something was decided that can be objected to.
async fn objection(app: &App, MaybeVisitor(visitor): MaybeVisitor, comment: &str) -> Result<Objection, PageError> {
    let by = visitor.ok_or(PageError::NotFound)?;
    let comment = CommentId::from_short(comment).ok_or(PageError::NotFound)?;
    let mine = app.store.one_of_mine(by, comment).await?;
    let ruling = mine.ruling.as_ref().ok_or(PageError::Overtaken)?;
    if !Side::Author.may_object_to(ruling.decision, mine.own.state) {
        return Err(PageError::Overtaken);
    }
    Ok(Objection {
        side: Side::Author,
        by,
        ruling: ruling.id,
        report: None,
        action: format!("/me/{comment}/appeal"),
        back: format!("/me/{comment}"),
        about: me::comment(app, Frame::bare(app, app.now()).t, &mine)?,
    })
}
