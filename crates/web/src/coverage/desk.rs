//! The desk's page of a story's live coverage.

use super::form::{EntryForm, HoursForm};
use super::page::{Asked, page};
use crate::aftermath;
use crate::app::App;
use crate::editor::Answered;
use crate::error::PageError;
use crate::guard::Editor;
use crate::page::Answer;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::live::SpanProblem;
use newsroom::{LiveEntryId, StoryId, Timestamp};
use serde::Deserialize;
use store::StoreError;
use store::stories::OnDesk;

/// What the page begins with.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DeskQuery {
    /// What was done a moment ago.
    done: String,
    /// Updates older than this one.
    before: String,
}

/// `GET /desk/stories/{id}/live`.
pub async fn show(editor: Editor, story: Answered, Query(query): Query<DeskQuery>, State(app): State<App>) -> Answer {
    let known = ["opened", "prolonged", "ended", "written", "changed", "removed"];
    let done = known.into_iter().find(|done| *done == query.done);
    let asked = Asked { done, before: LiveEntryId::from_short(&query.before), ..Asked::default() };
    page(&app, &editor, &story.0, asked).await
}

/// `POST /desk/stories/{id}/live`: opens the coverage of a public story for some hours.
pub async fn begin(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<HoursForm>,
) -> Result<Response, PageError> {
    let (now, id) = (app.now(), story.0.story.id());
    let Some(hours) = form.hours() else {
        return wrong_hours(&app, &editor, &story.0, SpanProblem::NoHours).await;
    };
    match app.store.open_coverage(id, hours.end(now), editor.staff.id, now).await {
        Ok((_, happening)) => aftermath::tell(&app, &happening).await,
        // Somebody opened it, or the same press came twice.
        Err(StoreError::Conflict(with)) if with == "live_coverages" => {}
        Err(error) => return refused(&app, &editor, &story.0, error, EntryForm::default()).await,
    }
    Ok(to_desk(id, "opened"))
}

/// `POST /desk/stories/{id}/live/prolongation`: some hours more, up to three days in all.
pub async fn prolong(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<HoursForm>,
) -> Result<Response, PageError> {
    let (now, id) = (app.now(), story.0.story.id());
    let coverage = app.store.coverage_of(id).await?.ok_or(PageError::Overtaken)?;
    let seen = form.seen.parse().ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(coverage.until);
    let until = match form.hours().ok_or(SpanProblem::NoHours).and_then(|hours| hours.added(coverage.opened_at, seen)) {
        Ok(until) => until,
        Err(problem) => return wrong_hours(&app, &editor, &story.0, problem).await,
    };
    match app.store.prolong_coverage((id, coverage.id), (seen, until), editor.staff.id, now).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(_)) if coverage.until == until => {}
        Err(error) => return refused(&app, &editor, &story.0, error, EntryForm::default()).await,
    }
    Ok(to_desk(id, "prolonged"))
}

/// `POST /desk/stories/{id}/live/end`: before its time. One that has ended meanwhile stays ended.
pub async fn end(editor: Editor, story: Answered, State(app): State<App>) -> Result<Response, PageError> {
    let id = story.0.story.id();
    if let Some(coverage) = app.store.coverage_of(id).await? {
        match app.store.end_coverage((id, coverage.id), editor.staff.id, app.now()).await {
            Ok(happening) => aftermath::tell(&app, &happening).await,
            Err(StoreError::Conflict(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(to_desk(id, "ended"))
}

/// `POST /desk/stories/{id}/live/entries`: an update goes to readers.
pub async fn write(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<EntryForm>,
) -> Result<Response, PageError> {
    let id = story.0.story.id();
    let new = match form.check() {
        Ok(new) => new,
        Err(problems) => {
            let page = page(&app, &editor, &story.0, Asked { form, problems, ..Asked::default() }).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    match app.store.write_live_entry(id, &new, editor.staff.id, app.now()).await {
        Ok((_, happening)) => aftermath::tell_each(&app, happening.as_slice()).await,
        Err(error) => return refused(&app, &editor, &story.0, error, form).await,
    }
    Ok(to_desk(id, "written"))
}

pub(super) fn to_desk(story: StoryId, done: &str) -> Response {
    Redirect::to(&format!("/desk/stories/{story}/live?done={done}")).into_response()
}

/// The end of the key that says what stands in the way.
pub(super) fn in_the_way(error: StoreError) -> Result<&'static str, PageError> {
    match error {
        StoreError::Conflict(with) if with == "stories" => Ok("story"),
        StoreError::Conflict(with) if with == "live_entries" => Ok("entry"),
        StoreError::Conflict(_) => Ok("coverage"),
        other => Err(other.into()),
    }
}

/// The page again, with what was typed and what stands in the way.
async fn refused(
    app: &App,
    editor: &Editor,
    story: &OnDesk,
    error: StoreError,
    form: EntryForm,
) -> Result<Response, PageError> {
    let refused = Some(in_the_way(error)?);
    let page = page(app, editor, story, Asked { refused, form, ..Asked::default() }).await?;
    Ok(page.with_status(StatusCode::CONFLICT).into_response())
}

async fn wrong_hours(app: &App, editor: &Editor, story: &OnDesk, problem: SpanProblem) -> Result<Response, PageError> {
    let page = page(app, editor, story, Asked { wrong_hours: Some(problem.key()), ..Asked::default() }).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
