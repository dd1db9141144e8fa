//! A picture that is to go at once: from every page, with a reason, and back again; or from the library for good.

use super::one::{Said, again};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Editor;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// Letters of a reason.
const MOST_WHY: usize = 1_000;

/// Why it is to go.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WhyForm {
    why: String,
}

/// Whether it was meant.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SureForm {
    sure: String,
}

/// `POST /desk/pictures/{name}/takedown`.
pub async fn take_down(
    editor: Editor,
    Path(name): Path<String>,
    State(app): State<App>,
    Form(form): Form<WhyForm>,
) -> Result<Response, PageError> {
    let why = arabic::clean::line(&form.why.replace('\0', ""));
    let problem = match why.chars().count() {
        0 => Some("picture.take-down.no-why"),
        n if n > MOST_WHY => Some("picture.too-long"),
        _ => None,
    };
    if let Some(problem) = problem {
        let said = Said { problems: vec![problem], why: form.why, ..Said::default() };
        let page = again(&app, &editor, &name, said).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let happening = app.store.take_picture_down(&name, &why, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&format!("/desk/pictures/{name}")).into_response())
}

/// `POST /desk/pictures/{name}/return`: readers see it again, as far as its rights last.
pub async fn put_back(editor: Editor, Path(name): Path<String>, State(app): State<App>) -> Result<Redirect, PageError> {
    let happening = app.store.put_picture_back(&name, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&format!("/desk/pictures/{name}")))
}

/// `POST /desk/pictures/{name}/removal`: out of the library for good, when no story holds it.
pub async fn remove(
    editor: Editor,
    Path(name): Path<String>,
    State(app): State<App>,
    Form(form): Form<SureForm>,
) -> Result<Redirect, PageError> {
    if form.sure != "yes" {
        return Err(PageError::BadRequest("not confirmed"));
    }
    let happening = app.store.remove_picture(&name, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to("/desk/pictures"))
}
