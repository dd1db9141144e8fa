//! What an editor changes there.

use super::page::{Said, page};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::fediverse::PaperKeys;
use crate::guard::ManagingEditor;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::FollowersId;
use newsroom::followers::{FediverseSettings, FollowersPart, host_typed};
use serde::Deserialize;
use store::StoreError;

/// The longest reason, in letters.
const MOST_WHY: usize = 500;

/// The switch.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SwitchForm {
    seen: String,
    on: String,
}

/// A server that is not to be heard.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct BlockForm {
    host: String,
    why: String,
}

/// `POST /desk/fediverse`: it is switched on or off. The key is made with the first switching on.
pub async fn keep(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<SwitchForm>,
) -> Result<Response, PageError> {
    let on = !form.on.is_empty();
    if on && !app.paper.address.starts_with("https://") {
        return wrong(&app, &editor, Said { wrong: Some("fediverse.problem.address"), ..Said::default() }).await;
    }
    if on {
        PaperKeys::of(&app).await?;
    }
    let part = (FollowersPart::Fediverse, FollowersId::from_short(&form.seen));
    match app.store.keep_follower_settings(part, &FediverseSettings { on }, editor.staff.id, app.now()).await {
        Ok(happening) => {
            aftermath::tell(&app, &happening).await;
            let done = if on { "on" } else { "off" };
            Ok(Redirect::to(&format!("/desk/fediverse?done={done}")).into_response())
        }
        Err(StoreError::Conflict(_)) => {
            let said = Said { wrong: Some("site-desk.overtaken"), ..Said::default() };
            Ok(page(&app, &editor, said).await?.with_status(StatusCode::CONFLICT).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /desk/fediverse/blocks`.
pub async fn block(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<BlockForm>,
) -> Result<Response, PageError> {
    let why = arabic::clean::line(&form.why.replace('\0', ""));
    let host = host_typed(&form.host);
    let problem = match &host {
        None => Some("fediverse.problem.host"),
        Some(_) if why.is_empty() || why.chars().count() > MOST_WHY => Some("fediverse.problem.why"),
        Some(_) => None,
    };
    let Some(host) = host.filter(|_| problem.is_none()) else {
        return wrong(&app, &editor, Said { wrong: problem, done: None, host: form.host, why: form.why }).await;
    };
    let happening = app.store.block_far_host(&host, &why, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to("/desk/fediverse?done=blocked").into_response())
}

/// `POST /desk/fediverse/blocks/removal`. A second time is no error.
pub async fn unblock(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<BlockForm>,
) -> Result<Redirect, PageError> {
    match app.store.unblock_far_host(&form.host, editor.staff.id, app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(StoreError::NotFound) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to("/desk/fediverse?done=unblocked"))
}

async fn wrong(app: &App, editor: &ManagingEditor, said: Said) -> Result<Response, PageError> {
    Ok(page(app, editor, said).await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
