//! What is done about an issue. Each step names the version that was seen; whoever saw another one is told (409).

use super::form::{When, Wrong, issue, sentence, when};
use super::one::{Said, known, page};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::happening::Happening;
use newsroom::printed::reason;
use serde::Deserialize;
use store::StoreError;
use store::issues::Issue;

/// Number and day as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FactsForm {
    /// The version that the page showed.
    read: i64,
    number: String,
    day: String,
}

/// When readers get it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WhenForm {
    read: i64,
    /// `now`, `later` or `call-off`.
    act: String,
    goes_at: String,
}

/// Why it is withdrawn.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WhyForm {
    read: i64,
    why: String,
}

/// `POST /desk/issues/{id}`: its number and its day.
pub async fn correct(
    editor: ManagingEditor,
    Path(id): Path<String>,
    State(app): State<App>,
    Form(form): Form<FactsForm>,
) -> Result<Response, PageError> {
    let (found, t) = (known(&app, &id).await?, app.words());
    let wrong = match issue(&app, &t, &form.number, &form.day) {
        Err(wrong) => wrong,
        Ok(new) => match app.store.correct_issue((found.id, form.read), &new, editor.staff.id, app.now()).await {
            Ok(happening) => return Ok(done(&app, &found, &happening, "corrected").await),
            Err(StoreError::Conflict(what)) if what == "issues_slug" => Wrong::taken(&t),
            Err(other) => return Err(other.into()),
        },
    };
    let (read, facts) = (Some(form.read), Some((form.number, form.day)));
    again(&app, &editor, found, Said { read, facts, wrong, ..Said::default() }).await
}

/// `POST /desk/issues/{id}/publication`: at once, at a minute, or not by the clock.
pub async fn publish(
    editor: ManagingEditor,
    Path(id): Path<String>,
    State(app): State<App>,
    Form(form): Form<WhenForm>,
) -> Result<Response, PageError> {
    let (found, t, now) = (known(&app, &id).await?, app.words(), app.now());
    let (seen, by) = ((found.id, form.read), editor.staff.id);
    let (happening, word) = match when(&app, &t, &form.act, &form.goes_at) {
        Err(wrong) => {
            let (read, goes_at) = (Some(form.read), form.goes_at);
            return again(&app, &editor, found, Said { read, goes_at, wrong, ..Said::default() }).await;
        }
        Ok(When::Now) => (app.store.publish_issue(seen, by, now).await?, "published"),
        Ok(When::At(at)) => (app.store.time_issue(seen, Some(at), by, now).await?, "timed"),
        Ok(When::NotYet) => (app.store.time_issue(seen, None, by, now).await?, "called-off"),
    };
    Ok(done(&app, &found, &happening, word).await)
}

/// `POST /desk/issues/{id}/withdrawal`: readers are told why.
pub async fn withdraw(
    editor: ManagingEditor,
    Path(id): Path<String>,
    State(app): State<App>,
    Form(form): Form<WhyForm>,
) -> Result<Response, PageError> {
    let (found, t) = (known(&app, &id).await?, app.words());
    match reason(&form.why) {
        Ok(why) => {
            let by = (editor.staff.id, why.as_str());
            let happening = app.store.withdraw_issue((found.id, form.read), by, app.now()).await?;
            Ok(done(&app, &found, &happening, "withdrawn").await)
        }
        Err(problem) => {
            let wrong = Wrong { why: Some(sentence(&t, problem)), ..Wrong::default() };
            let (read, why) = (Some(form.read), form.why);
            again(&app, &editor, found, Said { read, why, wrong, ..Said::default() }).await
        }
    }
}

pub(super) async fn done(app: &App, issue: &Issue, happening: &Happening, word: &str) -> Response {
    aftermath::tell(app, happening).await;
    Redirect::to(&format!("/desk/issues/{}?done={word}", issue.id)).into_response()
}

async fn again(app: &App, editor: &ManagingEditor, issue: Issue, said: Said) -> Result<Response, PageError> {
    let page = page(app, editor, issue, said).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
