//! The pages that are no stories in the hands of editors: a title and a text in a plain box.

use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::words::Words;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::body::write_text_form;
use newsroom::page::{PageProblem, PageText};
use newsroom::slug::Slug;
use serde::Deserialize;

/// A page as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PageForm {
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "newsroom_desk/plain_pages.html")]
struct PlainPages {
    frame: Frame,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "newsroom_desk/plain_page.html")]
struct PlainPage {
    frame: Frame,
    shell: Shell,
    slug: String,
    typed: PageForm,
    problems: Vec<String>,
}

/// `GET /desk/pages`.
pub async fn plain_pages(editor: ManagingEditor, State(app): State<App>) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(&app, &editor, "pages").await?;
    Page::private(&PlainPages { frame, shell })
}

/// `GET /desk/pages/{slug}`.
pub async fn plain_page(editor: ManagingEditor, Path(slug): Path<String>, State(app): State<App>) -> Answer {
    let found = app.store.page(&slug).await?.ok_or(PageError::NotFound)?;
    let typed = PageForm { title: found.title, text: write_text_form(&found.body) };
    page(&app, &editor, found.slug, typed, &[]).await
}

/// `POST /desk/pages/{slug}`: leads to the page as readers see it, or back to the form with what was typed.
pub async fn keep_plain_page(
    editor: ManagingEditor,
    Path(slug): Path<String>,
    State(app): State<App>,
    Form(form): Form<PageForm>,
) -> Result<Response, PageError> {
    let found = app.store.page(&slug).await?.ok_or(PageError::NotFound)?;
    let slug = Slug::new(&found.slug).map_err(|_| PageError::NotFound)?;
    let text = match PageText::new(&form.title, &form.text) {
        Ok(text) => text,
        Err(problems) => {
            let page = page(&app, &editor, found.slug, form, &problems).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    if let Some(happening) = app.store.set_page(&slug, &text, editor.actor(), app.now()).await? {
        aftermath::tell(&app, &happening).await;
    }
    Ok(Redirect::to(&address::page(slug.as_str())).into_response())
}

async fn page(app: &App, editor: &ManagingEditor, slug: String, typed: PageForm, problems: &[PageProblem]) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "pages").await?;
    let problems = problems.iter().map(|problem| in_words(*problem, &frame.t)).collect();
    Page::private(&PlainPage { frame, shell, slug, typed, problems })
}

fn in_words(problem: PageProblem, t: &Words) -> String {
    t.with(problem.key(), 1, &[("line", &t.number(problem.line().unwrap_or_default()))])
}
