//! An editor starts an erasure for a reader who wrote by mail, and sees which were asked for.

use super::{begin, is_meant};
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{ManagingEditor, erasure_receipt, kept_as};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::people::{Actor, Measure, too_long};
use newsroom::{ErasureId, VisitorId};
use serde::Deserialize;
use store::erasures::{Erasure, Scope};
use store::visitors::Visited;

/// Erasures on a page.
const AT_ONCE: u32 = 50;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EraseForm {
    why: String,
    word: String,
}

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LatelyQuery {
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "erasures/ask_for.html")]
struct AskForPage {
    frame: Frame,
    shell: Shell,
    visited: Visited,
    typed: EraseForm,
    problem: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "erasures/lately.html")]
struct LatelyPage {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
    kept: Vec<(Measure, String)>,
    next: Option<ErasureId>,
}

struct Line {
    erasure: Erasure,
    asked: String,
    by: String,
    receipt: String,
    rows: Option<String>,
    bytes: Option<String>,
}

/// `GET /desk/visitors/{visitor}/erasure`.
pub async fn ask_for(editor: ManagingEditor, Path(visitor): Path<String>, State(app): State<App>) -> Answer {
    Page::private(&form(&app, &editor, &visitor, EraseForm::default()).await?)
}

/// `POST /desk/visitors/{visitor}/erasure`.
pub async fn erase_for(
    editor: ManagingEditor,
    Path(visitor): Path<String>,
    State(app): State<App>,
    Form(sent): Form<EraseForm>,
) -> Result<Response, PageError> {
    let why = arabic::clean::line(&sent.why.replace('\0', ""));
    let page = form(&app, &editor, &visitor, sent).await?;
    let problem = match () {
        () if why.is_empty() => Some("erasure.no-reason"),
        () if too_long(&why) => Some("measure.too-long"),
        () if !is_meant(&page.frame.t, &page.typed.word) => Some("erasure.wrong-word"),
        () => None,
    };
    if problem.is_some() {
        let page = Page::private(&AskForPage { problem, ..page })?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let visitor = page.visited.id;
    let scope = Scope::Everything(kept_as(&app, visitor));
    let id = app.store.ask_erasure(visitor, scope, (editor.actor(), &why), app.now()).await?;
    begin(&app, id).await;
    Ok(Redirect::to("/desk/erasures").into_response())
}

/// `GET /desk/erasures`.
pub async fn lately(editor: ManagingEditor, Query(query): Query<LatelyQuery>, State(app): State<App>) -> Answer {
    let before = query.before.as_deref().and_then(ErasureId::from_short);
    let erasures = app.store.erasures(before, AT_ONCE).await?;
    let (frame, shell) = Shell::of_managing_editor(&app, &editor, "erasures").await?;
    let staff = app.store.staff().await?;
    let day = |at| when(&frame.t, &app.paper, at);
    let next = erasures.last().filter(|_| erasures.len() >= AT_ONCE as usize).map(|last| last.id);
    let line = |erasure: Erasure| Line {
        asked: day(erasure.asked_at),
        by: match erasure.by {
            Actor::Staff(id) => staff.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default(),
            Actor::Visitor(_) | Actor::Rule(_) | Actor::Program => frame.t.s("erasure.by-the-reader"),
        },
        receipt: erasure_receipt(&app, erasure.id),
        rows: erasure.rows_done.map(day),
        bytes: erasure.bytes_done.map(day),
        erasure,
    };
    let lines = erasures.into_iter().map(line).collect();
    let kept = app.store.kept_measures(AT_ONCE).await?.into_iter();
    let kept = kept.map(|measure| (measure.clone(), day(measure.at))).collect();
    Page::private(&LatelyPage { frame, shell, lines, kept, next })
}

async fn form(app: &App, editor: &ManagingEditor, visitor: &str, typed: EraseForm) -> Result<AskForPage, PageError> {
    let visitor = VisitorId::from_short(visitor).ok_or(PageError::NotFound)?;
    let visited = app.store.visited(visitor).await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "visitor").await?;
    Ok(AskForPage { frame, shell, visited, typed, problem: None })
}
