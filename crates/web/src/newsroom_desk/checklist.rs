//! What the house looks at before a story goes public: of each point, whether it keeps the story back, is said, or is not
//! looked at.

use crate::aftermath;
use crate::app::App;
use crate::comments::when;
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
use newsroom::ChecklistId;
use newsroom::story::{Checklist, Point, Weight};
use std::collections::HashMap;
use store::StoreError;

/// Earlier versions that the page names.
const VERSIONS: u32 = 10;

#[derive(Template)]
#[template(path = "newsroom_desk/checklist.html")]
struct ChecklistPage {
    frame: Frame,
    shell: Shell,
    list: Checklist,
    /// The version that this was made from.
    was: String,
    /// Who changed it, and when, the last first.
    versions: Vec<(String, String)>,
    /// A colleague changed it meanwhile.
    overtaken: bool,
}

/// `GET /desk/checklist`.
pub async fn show_checklist(editor: ManagingEditor, State(app): State<App>) -> Answer {
    page(&app, &editor, None).await
}

/// `POST /desk/checklist`; or the page again with what was chosen, where a colleague was faster.
pub async fn keep_checklist(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let chosen = |point: Point| Some((point, Weight::from_key(form.get(point.key())?)?));
    let list = Checklist(Point::ALL.into_iter().filter_map(chosen).collect());
    let was = form.get("was").and_then(|was| ChecklistId::from_short(was));
    match app.store.keep_checklist(was, &list, editor.staff.id, app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(_)) => {
            let page = page(&app, &editor, Some(list)).await?;
            return Ok(page.with_status(StatusCode::CONFLICT).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to("/desk/checklist").into_response())
}

async fn page(app: &App, editor: &ManagingEditor, typed: Option<Checklist>) -> Answer {
    let versions = app.store.checklists(VERSIONS).await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "checklist").await?;
    let newest = versions.first();
    let page = ChecklistPage {
        was: newest.map(|version| version.id.short()).unwrap_or_default(),
        overtaken: typed.is_some(),
        list: typed.or_else(|| newest.map(|version| version.list.clone())).unwrap_or_default(),
        versions: versions.iter().map(|one| (one.by.clone(), when(&frame.t, &app.paper, one.at))).collect(),
        frame,
        shell,
    };
    Page::private(&page)
}

impl ChecklistPage {
    fn points(&self) -> [Point; 7] {
        Point::ALL
    }

    fn weights(&self) -> [Weight; 3] {
        Weight::ALL
    }

    fn is(&self, point: &Point, weight: &Weight) -> bool {
        self.list.weight(*point) == *weight
    }

    fn point_words(&self, point: &Point) -> String {
        self.frame.t.s(&format!("check.{}.title", point.key()))
    }

    fn weight_words(&self, weight: &Weight) -> String {
        self.frame.t.s(&format!("check.weight.{}", weight.key()))
    }
}
