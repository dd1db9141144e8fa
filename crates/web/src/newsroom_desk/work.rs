//! The work on a story that is not public yet: from stage to stage, into somebody's hands, to a minute of the clock.

use super::checks::keeps_back;
use super::colleagues::Colleagues;
use super::preview::again;
use super::steps::to_preview;
use super::tried::{Tried, TriedField, minute, reason};
use crate::aftermath;
use crate::app::App;
use crate::editor::{Answered, Offered, Seen, may_decide, take_up};
use crate::error::PageError;
use crate::guard::{Editor, Writer};
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::Timestamp;
use newsroom::people::{Role, Staff};
use newsroom::story::{Stage, Story, TimeProblem, Timing, Work, past};
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
) -> Result<Response, PageError> {
    let steps = Stage::from_key(&form.from).zip(Stage::from_key(&form.to));
    let (from, to) = steps.ok_or(PageError::BadRequest("no such stage"))?;
    if !moves(&writer.staff, &story.0, from).contains(&to) {
        return Err(PageError::Forbidden);
    }
    let why = match reason(&form.why, (to == Stage::Killed).then_some("work.kill-without-why")) {
        Ok(why) => why,
        Err(problem) => {
            let why = TriedField::wrong(&form.why, problem);
            return again(&app, &writer, story.0, Tried { why, ..Tried::default() }).await;
        }
    };
    let id = story.0.story.id();
    if (from, to) == (Stage::Idea, Stage::Writing) {
        take_up(&app, &writer, &story.0).await?;
        return Ok(Redirect::to(&format!("/desk/stories/{id}/edit")).into_response());
    }
    let happening = app.store.move_story(id, (from, to), writer.actor(), &why, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id).into_response())
}

/// Where somebody may take a story from a stage. Who has it in hand outside of their sections takes a reporter's steps.
pub(super) fn moves(staff: &Staff, story: &OnDesk, from: Stage) -> Vec<Stage> {
    from.moves(if may_decide(staff, story) { staff.role } else { Role::Reporter })
}

/// `POST /desk/stories/{id}/taking`: an idea that nobody was given is now that of whoever asked first.
pub async fn take(writer: Writer, story: Offered, State(app): State<App>) -> Result<Redirect, PageError> {
    let (id, due) = (story.0.story.id(), story.0.work.due_at);
    let happening = app.store.take_idea(id, due, writer.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id))
}

/// `POST /desk/stories/{id}/assignment`; or the page again with what was typed, and what is wrong with it.
pub async fn assign(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<AssignmentForm>,
) -> Result<Response, PageError> {
    let (story, now) = (story.0, app.now());
    let to = Colleagues::new(Colleagues::who_write(&app).await?, &form.to).chosen().map(|one| one.id);
    let due = minute(&app, &form.due);
    let wrong_time = due.err().or_else(|| past(due.ok().flatten(), story.work.due_at, now));
    let nobody = to.is_none() && !form.to.is_empty();
    if nobody || wrong_time.is_some() {
        let tried = Tried {
            to: TriedField::checked(&form.to, nobody.then_some("work.no-such-colleague")),
            due: TriedField::checked(&form.due, wrong_time.map(TimeProblem::key)),
            ..Tried::default()
        };
        return again(&app, &editor, story, tried).await;
    }
    let id = story.story.id();
    let happening = app.store.assign_story(id, (to, due.ok().flatten()), editor.actor(), now).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id).into_response())
}

/// `POST /desk/stories/{id}/time`: the minute at which the clock publishes it, and the one before which nobody does; or the
/// page again with what was typed, and what is wrong with it.
pub async fn set_time(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<TimeForm>,
) -> Result<Response, PageError> {
    let (story, now) = (story.0, app.now());
    let Story::Draft(draft) = &story.story else { return Err(PageError::Overtaken) };
    let (id, goes_at, embargo) = (draft.id, minute(&app, &form.goes_at), minute(&app, &form.embargo));
    let timing = Timing { goes_at: goes_at.ok().flatten(), embargo: embargo.ok().flatten() };
    let was = Timing { goes_at: story.work.goes_at, embargo: story.work.embargo_until };
    let wrong = timing.problems(&was, now);
    let (goes_wrong, embargo_wrong) = (goes_at.err().or(wrong.goes_at), embargo.err().or(wrong.embargo));
    // What is kept back would be held up when its minute comes: better said now.
    let at = Work { embargo_until: timing.embargo, ..story.work.clone() };
    let refused = timing.goes_at.is_some_and(|goes_at| at.may_go(goes_at).is_err())
        || (timing.goes_at.is_some() && keeps_back(&app.store.checklist().await?, &story));
    if goes_wrong.is_some() || embargo_wrong.is_some() || refused {
        let tried = Tried {
            refused,
            goes_at: TriedField::checked(&form.goes_at, goes_wrong.map(TimeProblem::key)),
            embargo: TriedField::checked(&form.embargo, embargo_wrong.map(TimeProblem::key)),
            ..Tried::default()
        };
        return again(&app, &editor, story, tried).await;
    }
    let happening = app.store.time_story(id, (timing.goes_at, timing.embargo), editor.actor(), now).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id).into_response())
}

/// A time as a box for one holds it.
pub(super) fn in_box(app: &App, at: Option<Timestamp>) -> String {
    at.map(|at| at.to_zoned(app.paper.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S").to_string()).unwrap_or_default()
}
