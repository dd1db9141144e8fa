//! Trusted flaggers: an editor gives each a link, which marks the reports of the browser that it was opened in.

use super::shell::Shell;
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::guard::{ManagingEditor, hash_of};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use newsroom::FlaggerId;
use serde::Deserialize;
use store::StoreError;
use store::flaggers::Flagger;

/// Signs of a name.
const MOST_NAME: usize = 100;

/// A flagger as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FlaggerForm {
    name: String,
}

#[derive(Template)]
#[template(path = "desk/flaggers.html")]
struct FlaggersPage {
    frame: Frame,
    shell: Shell,
    flaggers: Vec<Line>,
    typed: String,
    problem: Option<&'static str>,
    /// The link that was just made: shown once.
    made: Option<(String, String)>,
}

struct Line {
    flagger: Flagger,
    since: String,
    revoked: Option<String>,
}

/// `GET /desk/flaggers`.
pub async fn flaggers(editor: ManagingEditor, State(app): State<App>) -> Answer {
    Page::private(&page(&app, &editor, String::new(), None).await?)
}

/// `POST /desk/flaggers`: adds one; the answer shows the link, which is written down nowhere.
pub async fn add_flagger(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<FlaggerForm>,
) -> Result<Response, PageError> {
    let name = arabic::clean::line(&form.name.replace('\0', ""));
    if name.is_empty() || name.chars().count() > MOST_NAME {
        let page = Page::private(&page(&app, &editor, form.name, Some("flagger.name-missing")).await?)?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let key = new_key().ok_or(PageError::Panicked)?;
    match app.store.add_flagger(&name, &hash_of(&key), editor.staff.id, app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(_)) => {
            let page = Page::private(&page(&app, &editor, form.name, Some("flagger.name-taken")).await?)?;
            return Ok(page.with_status(StatusCode::CONFLICT).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    let link = format!("{}/flaggers/{key}", app.paper.address);
    let page = FlaggersPage { made: Some((name, link)), ..page(&app, &editor, String::new(), None).await? };
    Ok(Page::private(&page)?.into_response())
}

/// `POST /desk/flaggers/{flagger}/revocation`.
pub async fn revoke_flagger(
    editor: ManagingEditor,
    Path(id): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let id = FlaggerId::from_short(&id).ok_or(PageError::NotFound)?;
    let happening = app.store.revoke_flagger(id, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to("/desk/flaggers"))
}

async fn page(
    app: &App,
    editor: &ManagingEditor,
    typed: String,
    problem: Option<&'static str>,
) -> Result<FlaggersPage, PageError> {
    let flaggers = app.store.flaggers().await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "flaggers").await?;
    let line = |flagger: Flagger| Line {
        since: when(&frame.t, &app.paper, flagger.added_at),
        revoked: flagger.revoked_at.map(|at| when(&frame.t, &app.paper, at)),
        flagger,
    };
    let flaggers = flaggers.into_iter().map(line).collect();
    Ok(FlaggersPage { frame, shell, flaggers, typed, problem, made: None })
}

/// 32 bytes of the system's randomness; none when it gives none.
fn new_key() -> Option<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}
