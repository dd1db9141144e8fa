//! The masthead in the hands of editors: sections are added, renamed and moved.

use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::words::Words;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::SectionId;
use newsroom::section::{NewSection, Section, SectionName, SectionProblem};
use serde::Deserialize;
use store::sections::Changed;

/// A new section as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SectionForm {
    name: String,
    /// Empty: made of the name.
    slug: String,
}

/// Another name as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NameForm {
    name: String,
}

/// Another place as the form sends it.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct PlaceForm {
    /// From 1.
    place: u32,
}

#[derive(Template)]
#[template(path = "newsroom_desk/sections.html")]
struct Sections {
    frame: Frame,
    shell: Shell,
    lines: Vec<(Section, bool)>,
    typed: Typed,
    problems: Vec<String>,
}

/// What was typed and could not be kept.
#[derive(Debug, Default)]
struct Typed {
    new: SectionForm,
    name: Option<(SectionId, String)>,
}

/// `GET /desk/sections`.
pub async fn sections(editor: ManagingEditor, State(app): State<App>) -> Answer {
    page(&app, &editor, Typed::default(), &[]).await
}

/// `POST /desk/sections`.
pub async fn add_section(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<SectionForm>,
) -> Result<Response, PageError> {
    let problems = match NewSection::new(Some(&form.slug), &form.name, None) {
        Ok(new) => match app.store.add_section(&new, editor.actor(), app.now()).await? {
            Changed::Refused(problem) => vec![problem],
            changed => return done(&app, changed).await,
        },
        Err(problems) => problems,
    };
    again(&app, &editor, Typed { new: form, name: None }, &problems).await
}

/// `POST /desk/sections/{id}/name`.
pub async fn rename_section(
    editor: ManagingEditor,
    Path(id): Path<String>,
    State(app): State<App>,
    Form(form): Form<NameForm>,
) -> Result<Response, PageError> {
    let id = SectionId::from_short(&id).ok_or(PageError::NotFound)?;
    let problem = match SectionName::new(&form.name) {
        Ok(name) => match app.store.rename_section(id, &name, editor.actor(), app.now()).await? {
            Changed::Refused(problem) => problem,
            changed => return done(&app, changed).await,
        },
        Err(problem) => problem,
    };
    again(&app, &editor, Typed { name: Some((id, form.name)), ..Typed::default() }, &[problem]).await
}

/// `POST /desk/sections/{id}/place`.
pub async fn place_section(
    editor: ManagingEditor,
    Path(id): Path<String>,
    State(app): State<App>,
    Form(form): Form<PlaceForm>,
) -> Result<Response, PageError> {
    let id = SectionId::from_short(&id).ok_or(PageError::NotFound)?;
    let changed = app.store.move_section(id, form.place, editor.actor(), app.now()).await?;
    done(&app, changed).await
}

async fn done(app: &App, changed: Changed) -> Result<Response, PageError> {
    if let Changed::Done(happening) = changed {
        aftermath::tell(app, &happening).await;
    }
    Ok(Redirect::to("/desk/sections").into_response())
}

/// The page with what was typed, and why it was not kept.
async fn again(
    app: &App,
    editor: &ManagingEditor,
    typed: Typed,
    problems: &[SectionProblem],
) -> Result<Response, PageError> {
    Ok(page(app, editor, typed, problems).await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(app: &App, editor: &ManagingEditor, typed: Typed, problems: &[SectionProblem]) -> Answer {
    let lines = app.store.section_lines().await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "sections").await?;
    let problems = problems.iter().map(|problem| in_words(problem, &frame.t)).collect();
    Page::private(&Sections { frame, shell, lines, typed, problems })
}

fn in_words(problem: &SectionProblem, t: &Words) -> String {
    t.with(problem.key(), problem.count(), &problem.texts())
}

impl Sections {
    /// What stands in a section's field: what was typed there, or its name.
    fn name_of<'s>(&'s self, section: &'s Section) -> &'s str {
        match &self.typed.name {
            Some((id, typed)) if *id == section.id => typed,
            _ => &section.name,
        }
    }
}
