//! The desk's page of the paper's doors: open, or for reading only.

use super::desk::{DoneQuery, Said, VersionView, keep, lately, path, seen};
use super::doors_form::{DoorsForm, LENGTHS, MORNING, problem_words};
use crate::app::App;
use crate::comments::when;
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
use newsroom::site::{DoorsProblem, Part};

#[derive(Template)]
#[template(path = "site/doors.html")]
struct DoorsPage {
    frame: Frame,
    shell: Shell,
    said: Said,
    seen: String,
    typed: DoorsForm,
    wrong: Option<DoorsProblem>,
    /// That the paper is for reading only now, and until when.
    shut: Option<String>,
    /// How long it may be, each with its words.
    lengths: Vec<(&'static str, String)>,
    /// What readers are told where nothing is typed, in their language.
    usual: String,
    lately: Vec<VersionView>,
}

/// `GET /desk/site/doors`.
pub async fn show_doors(editor: ManagingEditor, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    let (site, said) = (app.site.now(), Said::of(&query, &app));
    page(&app, &editor, (DoorsForm::of(&app, &site.doors, seen(site.version(Part::Doors))), None), said).await
}

/// `POST /desk/site/doors`.
pub async fn keep_doors(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<DoorsForm>,
) -> Result<Response, PageError> {
    let doors = match form.read(&app) {
        Ok(doors) => doors,
        Err(problem) => {
            let said = Said { problems: vec![problem_words(&app, problem)], ..Said::default() };
            let page = page(&app, &editor, (form, Some(problem)), said).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let content = serde_json::to_string(&doors).map_err(|_| PageError::BadRequest("what cannot be kept"))?;
    if keep(&app, &editor, (Part::Doors, &form.seen), &content).await? {
        return Ok(Redirect::to(&format!("{}?done=yes", path(Part::Doors))).into_response());
    }
    let newest = seen(app.site.now().version(Part::Doors));
    let said = Said { overtaken: true, ..Said::default() };
    let page = page(&app, &editor, (DoorsForm { seen: newest, ..form }, None), said).await?;
    Ok(page.with_status(StatusCode::CONFLICT).into_response())
}

async fn page(
    app: &App,
    editor: &ManagingEditor,
    (typed, wrong): (DoorsForm, Option<DoorsProblem>),
    said: Said,
) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "site").await?;
    let lately = lately(app, &frame, Part::Doors).await?;
    let usual = app.to_readers().words().s("reading-only");
    let (shut, lengths) = (shut(app, &frame), lengths(app, &frame));
    let seen = typed.seen.clone();
    Page::private(&DoorsPage { frame, shell, said, seen, typed, wrong, shut, lengths, usual, lately })
}

fn shut(app: &App, frame: &Frame) -> Option<String> {
    let site = app.site.now();
    site.doors.are_shut(frame.now).then(|| match site.doors.until {
        Some(until) => frame.t.with("site-desk.doors.shut-until", 1, &[("time", &when(&frame.t, &app.paper, until))]),
        None => frame.t.s("site-desk.doors.shut"),
    })
}

fn lengths(app: &App, frame: &Frame) -> Vec<(&'static str, String)> {
    let words = |length: &str, key: &str| match length {
        MORNING => frame.t.with(key, 1, &[("time", &when(&frame.t, &app.paper, app.next_morning()))]),
        _ => frame.t.s(key),
    };
    LENGTHS.into_iter().map(|(length, key)| (length, words(length, key))).collect()
}

impl DoorsPage {
    fn is_end_wrong(&self) -> bool {
        matches!(self.wrong, Some(DoorsProblem::NoEnd | DoorsProblem::EndIsPast))
    }

    fn is_note_wrong(&self) -> bool {
        self.wrong == Some(DoorsProblem::NoteTooLong)
    }
}
