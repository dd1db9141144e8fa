//! What an editor does: has a layer taught, says which is used.

use super::page::{Sent, page};
use super::runs::take_up_what_was_asked;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::{LayerId, LearningId};
use store::StoreError;
use store::learning::{NewLearning, Used};

/// The longest reason, in letters.
const LONGEST_WHY: usize = 1_000;

/// `POST /desk/learning/runs`: a layer is taught from now on, in the background. What is used stays as it is.
pub async fn learn_now(editor: ManagingEditor, State(app): State<App>) -> Result<Response, PageError> {
    match app.store.ask_to_learn(Some(editor.staff.id), app.now()).await {
        Ok(_) => {}
        Err(StoreError::Conflict(_)) => {
            let page = page(&app, &editor, Sent::default(), Some("learning.at-work")).await?;
            return Ok(page.with_status(StatusCode::CONFLICT).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    tokio::spawn(async move {
        if let Err(error) = take_up_what_was_asked(&app).await {
            tracing::warn!(%error, "a layer that was asked for is taught later");
        }
    });
    Ok(Redirect::to("/desk/learning").into_response())
}

/// `POST /desk/learning`: which layer is used from now on, and when one is taught.
pub async fn keep(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(mut sent): Form<Sent>,
) -> Result<Response, PageError> {
    sent.why = arabic::clean::lines(&sent.why).replace('\0', "").trim().to_owned();
    if sent.why.is_empty() || sent.why.chars().count() > LONGEST_WHY {
        let page = page(&app, &editor, sent, Some("rules.why-missing")).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let layer = match sent.layer.as_str() {
        "none" => None,
        id => Some(LayerId::from_short(id).ok_or(PageError::BadRequest("no such layer"))?),
    };
    let used = Used { layer, weekly: !sent.weekly.is_empty(), suggestions: !sent.suggestions.is_empty() };
    let was = LearningId::from_short(&sent.was);
    let new = NewLearning { was, used, by: editor.staff.id, why: sent.why.clone() };
    match app.store.keep_learning(new, app.now()).await {
        Ok((_, happening)) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(_)) => {
            let page = page(&app, &editor, Sent { was: String::new(), ..sent }, Some("rules.overtaken")).await?;
            return Ok(page.with_status(StatusCode::CONFLICT).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to("/desk/learning").into_response())
}
