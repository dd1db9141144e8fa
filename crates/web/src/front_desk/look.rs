//! The draft, or any other page, as readers would see it: on a telephone and on a desk.

use super::launch::named;
use super::prepared::Prepared;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::front;
use crate::guard::Editor;
use crate::layout::{Frame, headers};
use crate::page::Page;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

/// Which page is looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LookQuery {
    /// A launch, in short; empty: the draft.
    of: String,
}

#[derive(Template)]
#[template(path = "front_desk/look.html")]
struct Looked {
    frame: Frame,
    shell: Shell,
    /// The address of the page without anything around it.
    preview: String,
    is_draft: bool,
}

/// `GET /desk/front/look`: at both widths.
pub async fn look(
    editor: Editor,
    Query(query): Query<LookQuery>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let is_draft = query.of.is_empty();
    let preview = match is_draft {
        true => "/desk/front/preview".to_owned(),
        false => format!("/desk/front/preview?of={}", named(&app, &query.of).await?.id),
    };
    let (frame, shell) = Shell::of_editor(&app, &editor, "front").await?;
    Ok(headers::framing(Page::private(&Looked { frame, shell, preview, is_draft })?))
}

/// `GET /desk/front/preview`: the page alone.
pub async fn preview(
    _editor: Editor,
    Query(query): Query<LookQuery>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let layout = match query.of.as_str() {
        "" => Prepared::now(&app).await?.layout,
        launch => named(&app, launch).await?.layout,
    };
    Ok(headers::framed(front::as_readers_would(&app, &layout).await?))
}
