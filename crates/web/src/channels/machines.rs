//! Hub, search machines and browsers are switched on and off.

use super::list::{Said, page};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::FollowersId;
use newsroom::followers::{FollowersPart, IndexNowKey, MachineSettings, PushSettings};
use serde::{Deserialize, Serialize};
use store::StoreError;

/// Addresses as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MachinesForm {
    seen: String,
    hub: String,
    indexnow: String,
}

/// A switch.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PushForm {
    seen: String,
    on: String,
}

/// `POST /desk/channels/machines`. The key of search machines is made when they are switched on first, and stays.
pub async fn keep_machines(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<MachinesForm>,
) -> Result<Response, PageError> {
    let kept = app.store.follower_settings::<MachineSettings>(FollowersPart::Machines).await?.settings;
    let key = match kept.key.is_empty() && !form.indexnow.trim().is_empty() {
        true => new_key()?,
        false => kept.key,
    };
    let settings = match MachineSettings::read(&form.hub, &form.indexnow, &key, &app.paper.inner_hosts) {
        Ok(settings) => settings,
        Err(wrong) => {
            let said = Said { machines: Some((form.hub, form.indexnow, wrong)), ..Said::default() };
            let page = page(&app, &editor, said).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    keep(&app, &editor, (FollowersPart::Machines, &form.seen), &settings, "machines").await
}

/// `POST /desk/channels/push`.
pub async fn keep_push(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<PushForm>,
) -> Result<Response, PageError> {
    let settings = PushSettings { on: !form.on.is_empty() };
    keep(&app, &editor, (FollowersPart::Push, &form.seen), &settings, "push").await
}

async fn keep<T: Serialize>(
    app: &App,
    editor: &ManagingEditor,
    (part, seen): (FollowersPart, &str),
    settings: &T,
    done: &str,
) -> Result<Response, PageError> {
    let part = (part, FollowersId::from_short(seen));
    match app.store.keep_follower_settings(part, settings, editor.staff.id, app.now()).await {
        Ok(happening) => {
            aftermath::tell(app, &happening).await;
            Ok(Redirect::to(&format!("/desk/channels?done={done}")).into_response())
        }
        Err(StoreError::Conflict(_)) => {
            let page = page(app, editor, Said { overtaken: true, ..Said::default() }).await?;
            Ok(page.with_status(StatusCode::CONFLICT).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn new_key() -> Result<String, PageError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| PageError::Panicked)?;
    Ok(IndexNowKey::of(bytes).0)
}
