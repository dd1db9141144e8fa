//! The desk's page of what goes out in feeds.

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
use newsroom::site::{Feeds, Part};
use serde::Deserialize;

/// What was chosen, and the version that was seen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FeedsForm {
    text: String,
    comments: String,
    delay: String,
    seen: String,
}

#[derive(Template)]
#[template(path = "site/feeds.html")]
struct FeedsPage {
    frame: Frame,
    shell: Shell,
    said: Said,
    seen: String,
    typed: FeedsForm,
    lately: Vec<VersionView>,
}

/// `GET /desk/site/feeds`.
pub async fn show_feeds(editor: ManagingEditor, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    let (site, said) = (app.site.now(), Said::of(&query, &app));
    page(&app, &editor, FeedsForm::of(site.feeds, seen(site.version(Part::Feeds))), said).await
}

/// `POST /desk/site/feeds`.
pub async fn keep_feeds(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<FeedsForm>,
) -> Result<Response, PageError> {
    let Some(feeds) = form.read() else {
        let said = Said { problems: vec![app.words().s("site-desk.feeds.wrong-delay")], ..Said::default() };
        let page = page(&app, &editor, form, said).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let content = serde_json::to_string(&feeds).map_err(|_| PageError::BadRequest("what cannot be kept"))?;
    if keep(&app, &editor, (Part::Feeds, &form.seen), &content).await? {
        return Ok(Redirect::to(&format!("{}?done=yes", path(Part::Feeds))).into_response());
    }
    let newest = seen(app.site.now().version(Part::Feeds));
    let said = Said { overtaken: true, ..Said::default() };
    let page = page(&app, &editor, FeedsForm { seen: newest, ..form }, said).await?;
    Ok(page.with_status(StatusCode::CONFLICT).into_response())
}

async fn page(app: &App, editor: &ManagingEditor, typed: FeedsForm, said: Said) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "site").await?;
    let lately = lately(app, &frame, Part::Feeds).await?;
    Page::private(&FeedsPage { frame, shell, said, seen: typed.seen.clone(), typed, lately })
}

impl FeedsForm {
    fn of(feeds: Feeds, seen: String) -> Self {
        let chosen = |is: bool, yes: &str, no: &str| if is { yes.to_owned() } else { no.to_owned() };
        Self {
            text: chosen(feeds.full_text, "full", "summary"),
            comments: chosen(feeds.comments, "yes", ""),
            delay: feeds.delay.to_string(),
            seen,
        }
    }

    fn read(&self) -> Option<Feeds> {
        let delay = Feeds::read_delay(&self.delay)?;
        Some(Feeds { full_text: self.text == "full", comments: self.comments == "yes", delay })
    }
}
