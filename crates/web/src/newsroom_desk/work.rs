//! The work on a story that is not public yet: from stage to stage, into somebody's hands, to a minute of the clock.

use super::steps::to_preview;
use crate::aftermath;
use crate::app::App;
use crate::editor::{Answered, Seen, may_decide};
use crate::error::PageError;
use crate::guard::{Editor, Writer};
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use newsroom::people::{May, Role, Staff};
use newsroom::story::{Stage, Story};
use newsroom::{StaffId, Timestamp};
use serde::Deserialize;
use store::stories::OnDesk;

/// A step as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StageForm {
    /// The stage that the page showed.
    from: String,
    to: String,
    /// Why it will not be printed.
    why: String,
}

/// Into whose hands, and by when.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AssignmentForm {
    to: String,
    due: String,
}

/// Minutes as the form sends them, in the paper's zone; empty: none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TimeForm {
    goes_at: String,
    embargo: String,
}

/// `POST /desk/stories/{id}/stage`.
pub async fn set_stage(
    writer: Writer,
    story: Seen,
    State(app): State<App>,
    Form(form): Form<StageForm>,
) -> Result<Redirect, PageError> {
    let steps = Stage::from_key(&form.from).zip(Stage::from_key(&form.to));
    let (from, to) = steps.ok_or(PageError::BadRequest("no such stage"))?;
    if !moves(&writer.staff, &story.0, from).contains(&to) {
        return Err(PageError::Forbidden);
    }
    let why = arabic::clean::line(&form.why);
    if to == Stage::Killed && why.is_empty() {
        return Err(PageError::BadRequest("killed without a reason"));
    }
    let id = story.0.story.id();
    let happening = app.store.move_story(id, (from, to), writer.actor(), &why, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id))
}

/// Where somebody may take a story from a stage. Who has it in hand outside of their sections takes a reporter's steps.
pub(super) fn moves(staff: &Staff, story: &OnDesk, from: Stage) -> Vec<Stage> {
    from.moves(if may_decide(staff, story) { staff.role } else { Role::Reporter })
}

/// `POST /desk/stories/{id}/assignment`.
pub async fn assign(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<AssignmentForm>,
) -> Result<Redirect, PageError> {
    let to = match form.to.as_str() {
        "" => None,
        id => Some(StaffId::from_short(id).ok_or(PageError::BadRequest("no such colleague"))?),
    };
    if let Some(to) = to {
        let here = app.store.staff_at_work().await?;
        let writes = |one: &&Staff| one.id == to && one.role.may(May::WriteStories);
        here.iter().find(writes).ok_or(PageError::BadRequest("no such colleague"))?;
    }
    let due = minute(&app, &form.due)?;
    let id = story.0.story.id();
    let happening = app.store.assign_story(id, (to, due), editor.actor(), app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id))
}

/// `POST /desk/stories/{id}/time`: the minute at which the clock publishes it, and the one before which nobody does.
pub async fn set_time(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<TimeForm>,
) -> Result<Redirect, PageError> {
    let Story::Draft(draft) = &story.0.story else { return Err(PageError::Overtaken) };
    let (goes_at, embargo) = (minute(&app, &form.goes_at)?, minute(&app, &form.embargo)?);
    if goes_at.zip(embargo).is_some_and(|(goes_at, embargo)| goes_at < embargo) {
        return Err(PageError::BadRequest("goes public under its embargo"));
    }
    // What lacks something would be held up when its minute comes: better said now.
    if goes_at.is_some() && !draft.missing().is_empty() {
        return Err(PageError::BadRequest("not ready"));
    }
    let happening = app.store.time_story(draft.id, (goes_at, embargo), editor.actor(), app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(draft.id))
}

/// A day and a time in the paper's zone as a browser sends it, with or without seconds; empty: none.
fn minute(app: &App, text: &str) -> Result<Option<Timestamp>, PageError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    app.at_local(text).map(Some).ok_or(PageError::BadRequest("no such time"))
}

/// A time as a box for one holds it.
pub(super) fn in_box(app: &App, at: Option<Timestamp>) -> String {
    at.map(|at| at.to_zoned(app.paper.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S").to_string()).unwrap_or_default()
}
