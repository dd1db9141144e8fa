//! The desk's page of the paper's doors: open, or for reading only.

use super::desk::{DoneQuery, Said, VersionView, keep, lately, path, seen};
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::site::{Doors, MOST_NOTE, Part};
use serde::Deserialize;

/// What was chosen, and the version that was seen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DoorsForm {
    doors: String,
    note: String,
    seen: String,
}

#[derive(Template)]
#[template(path = "site/doors.html")]
struct DoorsPage {
    frame: Frame,
    shell: Shell,
    said: Said,
    seen: String,
    typed: DoorsForm,
    /// What readers are told where nothing is typed, in their language.
    usual: String,
    lately: Vec<VersionView>,
}

/// `GET /desk/site/doors`.
pub async fn show_doors(editor: ManagingEditor, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    let (site, said) = (app.site.now(), Said::of(&query, &app));
    page(&app, &editor, DoorsForm::of(&site.doors, seen(site.version(Part::Doors))), said).await
}

/// `POST /desk/site/doors`.
pub async fn keep_doors(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<DoorsForm>,
) -> Result<Response, PageError> {
    let Some(doors) = Doors::read(form.doors == "reading", &form.note) else {
        let problem = app.words().n("site-desk.doors.too-long", MOST_NOTE as u64);
        let page = page(&app, &editor, form, Said { problems: vec![problem], ..Said::default() }).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let content = serde_json::to_string(&doors).map_err(|_| PageError::BadRequest("what cannot be kept"))?;
    if keep(&app, &editor, (Part::Doors, &form.seen), &content).await? {
        return Ok(Redirect::to(&format!("{}?done=yes", path(Part::Doors))).into_response());
    }
    let newest = seen(app.site.now().version(Part::Doors));
    let said = Said { overtaken: true, ..Said::default() };
    let page = page(&app, &editor, DoorsForm { seen: newest, ..form }, said).await?;
    Ok(page.with_status(StatusCode::CONFLICT).into_response())
}

async fn page(app: &App, editor: &ManagingEditor, typed: DoorsForm, said: Said) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "site").await?;
    let lately = lately(app, &frame, Part::Doors).await?;
    let usual = app.to_readers().words().s("reading-only");
    Page::private(&DoorsPage { frame, shell, said, seen: typed.seen.clone(), typed, usual, lately })
}

impl DoorsForm {
    fn of(doors: &Doors, seen: String) -> Self {
        let chosen = if doors.reading_only { "reading" } else { "open" };
        Self { doors: chosen.to_owned(), note: doors.note.clone(), seen }
    }
}
