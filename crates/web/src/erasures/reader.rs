//! The reader asks: what goes and what stays is said first, and a word has to be typed.

use super::{begin, is_meant};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{MaybeReader, MaybeVisitor, Pace, erasure_receipt, forget_key, kept_as};
use crate::layout::Frame;
use crate::me;
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::people::{Actor, MeasureKind, Visitor};
use newsroom::{CommentId, ErasureId};
use serde::Deserialize;
use store::comments::Mine;
use store::erasures::Scope;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ErasureForm {
    word: String,
}

#[derive(Template)]
#[template(path = "erasures/ask.html")]
struct AskPage {
    frame: Frame,
    /// Something was sent from this device, or from the account.
    known: bool,
    /// The reader is signed in: everything is the account's.
    account: bool,
    /// The one comment that is meant, as its author finds it.
    one: Option<(String, Rendered)>,
    /// Something is in force that stays.
    measured: bool,
    typed: String,
    problem: bool,
}

/// `GET /me/erasure`.
pub async fn ask(
    MaybeReader(reader): MaybeReader,
    MaybeVisitor(visitor): MaybeVisitor,
    State(app): State<App>,
) -> Answer {
    Page::private(&everything(&app, visitor, reader.is_some()).await?)
}

/// `POST /me/erasure`: everything that was sent from this device, or from the account.
pub async fn erase(
    _: Pace,
    MaybeReader(reader): MaybeReader,
    MaybeVisitor(visitor): MaybeVisitor,
    State(app): State<App>,
    Form(form): Form<ErasureForm>,
) -> Result<Response, PageError> {
    let visitor = visitor.ok_or(PageError::NotFound)?;
    let page = everything(&app, Some(visitor), reader.is_some()).await?;
    if !is_meant(&page.frame.t, &form.word) {
        return again(AskPage { typed: form.word, problem: true, ..page });
    }
    let (scope, by) = (Scope::Everything(kept_as(&app, visitor.id)), Actor::Visitor(visitor.id));
    let id = app.store.ask_erasure(visitor.id, scope, (by, ""), app.now()).await?;
    begin(&app, id).await;
    let answer = to_the_receipt(&app, id);
    // What is in force goes by the device key: whoever keeps that keeps being told.
    Ok(if page.measured { answer } else { forget_key(&app, answer) })
}

/// `GET /me/{comment}/erasure`.
pub async fn ask_one(
    MaybeVisitor(visitor): MaybeVisitor,
    Path(comment): Path<String>,
    State(app): State<App>,
) -> Answer {
    let (_, mine) = one_of(&app, visitor, &comment).await?;
    Page::private(&only(&app, &mine).await?)
}

/// `POST /me/{comment}/erasure`: one comment.
pub async fn erase_one(
    _: Pace,
    MaybeVisitor(visitor): MaybeVisitor,
    Path(comment): Path<String>,
    State(app): State<App>,
    Form(form): Form<ErasureForm>,
) -> Result<Response, PageError> {
    let (visitor, mine) = one_of(&app, visitor, &comment).await?;
    let page = only(&app, &mine).await?;
    if !is_meant(&page.frame.t, &form.word) {
        return again(AskPage { typed: form.word, problem: true, ..page });
    }
    let (scope, by) = (Scope::Comment(mine.own.id), Actor::Visitor(visitor.id));
    let id = app.store.ask_erasure(visitor.id, scope, (by, ""), app.now()).await?;
    begin(&app, id).await;
    Ok(to_the_receipt(&app, id))
}

async fn everything(app: &App, visitor: Option<Visitor>, account: bool) -> Result<AskPage, PageError> {
    let frame = Frame::new(app, app.now()).await?;
    let measured = match visitor {
        Some(visitor) => {
            let measures = app.store.measures_on_either(visitor.id, kept_as(app, visitor.id), frame.now).await?;
            measures.0.iter().any(|measure| measure.kind != MeasureKind::Warn)
        }
        None => false,
    };
    let (known, typed) = (visitor.is_some(), String::new());
    Ok(AskPage { frame, known, account, one: None, measured, typed, problem: false })
}

async fn only(app: &App, mine: &Mine) -> Result<AskPage, PageError> {
    let frame = Frame::new(app, app.now()).await?;
    let one = Some((mine.own.id.short(), me::comment(app, frame.t, mine)?));
    let (account, typed) = (false, String::new());
    Ok(AskPage { frame, known: true, account, one, measured: false, typed, problem: false })
}

async fn one_of(app: &App, visitor: Option<Visitor>, comment: &str) -> Result<(Visitor, Mine), PageError> {
    let visitor = visitor.ok_or(PageError::NotFound)?;
    let comment = CommentId::from_short(comment).ok_or(PageError::NotFound)?;
    Ok((visitor, app.store.one_of_mine(visitor, comment).await?))
}

fn again(page: AskPage) -> Result<Response, PageError> {
    Ok(Page::private(&page)?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn to_the_receipt(app: &App, id: ErasureId) -> Response {
    Redirect::to(&format!("/erasures/{}", erasure_receipt(app, id))).into_response()
}
