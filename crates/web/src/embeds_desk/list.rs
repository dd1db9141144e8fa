//! All sites, and the form for another one.

use super::typed::{Problem, SiteForm};
use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::story::CommentPolicy;
use store::StoreError;

#[derive(Template)]
#[template(path = "embeds_desk/list.html")]
struct SitesPage {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
    typed: SiteForm,
    problems: Vec<String>,
    policies: [CommentPolicy; 4],
    action: &'static str,
}

struct Line {
    name: String,
    href: String,
    pages: String,
    closed: bool,
}

/// `GET /desk/embeds`.
pub async fn list(editor: ManagingEditor, State(app): State<App>) -> Answer {
    let typed = SiteForm { policy: CommentPolicy::default().key().to_owned(), ..SiteForm::default() };
    page(&app, &editor, typed, &[]).await
}

/// `POST /desk/embeds`: lets one more site show threads, or back to the form with what was typed.
pub async fn add(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<SiteForm>,
) -> Result<Response, PageError> {
    let problems = match form.check(&app).await? {
        Ok(said) => match app.store.add_other_site(&said, editor.staff.id, app.now()).await {
            Ok((site, happening)) => {
                aftermath::tell(&app, &happening).await;
                return Ok(Redirect::to(&format!("/desk/embeds/{site}")).into_response());
            }
            Err(StoreError::Conflict(_)) => vec![Problem::Taken],
            Err(other) => return Err(other.into()),
        },
        Err(problems) => problems,
    };
    let page = page(&app, &editor, form, &problems).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(app: &App, editor: &ManagingEditor, typed: SiteForm, problems: &[Problem]) -> Answer {
    let sites = app.store.other_sites().await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "embeds").await?;
    let lines = sites.into_iter().map(|site| Line {
        href: format!("/desk/embeds/{}", site.id),
        pages: SiteForm::of(&site).pages.replace('\n', " "),
        closed: site.closed_at.is_some(),
        name: site.said.name,
    });
    Page::private(&SitesPage {
        lines: lines.collect(),
        problems: problems.iter().map(|problem| problem.words(&frame.t)).collect(),
        typed,
        policies: CommentPolicy::ALL,
        action: "/desk/embeds",
        frame,
        shell,
    })
}
