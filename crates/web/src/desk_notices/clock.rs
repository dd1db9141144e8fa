//! What nobody does and is told all the same: stories that are due, and comments that wait. Every turn also follows what
//! happened and makes messages of what is due.

use super::follow::{follow, tell};
use super::rights::ask_of_rights;
use super::together::send_together;
use crate::app::App;
use jiff::SignedDuration;
use newsroom::notices::Told;
use newsroom::people::Staff;
use newsroom::story::Stage;
use newsroom::{HappeningId, StaffId, StoryId, Timestamp};
use std::collections::BTreeSet;
use store::StoreError;
use store::desk_notices::Listener;
use store::stories::{Planned, Sees, Which};

/// So long before its time a story is told to be due.
const BEFORE: SignedDuration = SignedDuration::from_hours(1);
/// What was due longer ago is not told any more: somebody chose to hear of it only now.
const LATE_FOR: SignedDuration = SignedDuration::from_hours(12);
/// How often the clock is asked.
const ASKED_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// Rights end with a day: that is asked less often.
const RIGHTS_ASKED_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Stories that are looked at in one turn.
const STORIES: u32 = 200;
/// Comments that are looked at: more are not counted.
pub(super) const MOST_WAITING: u32 = 500;

/// Where the turns stand.
#[derive(Debug, Default)]
pub struct Turns {
    /// Happenings that this process has read of the last while.
    seen: BTreeSet<HappeningId>,
    asked_at: Option<Timestamp>,
    /// When it was asked which rights end.
    rights_at: Option<Timestamp>,
}

/// One turn.
///
/// # Errors
/// When the store cannot answer; the next turn goes on where this one stopped.
pub async fn turn(app: &App, turns: &mut Turns) -> Result<(), StoreError> {
    follow(app, &mut turns.seen).await?;
    let now = app.now();
    if turns.asked_at.is_none_or(|at| now.duration_since(at) >= ASKED_EVERY) {
        turns.asked_at = Some(now);
        ask_the_clock(app, now).await?;
    }
    if turns.rights_at.is_none_or(|at| now.duration_since(at) >= RIGHTS_ASKED_EVERY) {
        turns.rights_at = Some(now);
        ask_of_rights(app).await?;
    }
    send_together(app).await
}

/// What is due by now.
pub(super) async fn ask_the_clock(app: &App, now: Timestamp) -> Result<(), StoreError> {
    let listeners = app.store.listeners().await?;
    if listeners.is_empty() {
        return Ok(());
    }
    let at = |span: SignedDuration| now.saturating_add(span).unwrap_or(now);
    // The clock sees every story; who may see which is asked when it is told.
    let sees = Sees { staff: StaffId(0), sections: None };
    for one in app.store.planned(Which::Due, (now, at(BEFORE)), &sees, STORIES).await? {
        if one.work.stage != Stage::Ready {
            due(app, &one, &listeners, |story, at| Told::Due { story, at }).await?;
        }
    }
    for one in app.store.planned(Which::Late, (at(-LATE_FOR), now), &sees, STORIES).await? {
        due(app, &one, &listeners, |story, at| Told::Overdue { story, at }).await?;
    }
    waiting(app, &listeners, now).await
}

async fn due(
    app: &App,
    one: &Planned,
    listeners: &[Listener],
    told: fn(StoryId, Timestamp) -> Told,
) -> Result<(), StoreError> {
    let Some(at) = one.work.due_at else { return Ok(()) };
    let whose = one.work.assigned_to.or(one.work.begun_by);
    let told = told(one.id, at);
    let word = if matches!(told, Told::Due { .. }) { "due" } else { "overdue" };
    let once = format!("{word}:{}:{}", one.id.0, at.as_millisecond());
    tell(app, told, &once, listeners.iter().filter(|listener| Some(listener.staff) == whose).collect()).await
}

/// Moderators are told of comments that wait for longer than they said, and again each time as much has gone by.
async fn waiting(app: &App, listeners: &[Listener], now: Timestamp) -> Result<(), StoreError> {
    let here = app.store.staff_at_work().await?;
    for listener in listeners {
        let hours = listener.choices.waiting_hours.max(1);
        let Some(staff) = here.iter().find(|one| one.id == listener.staff) else { continue };
        let told = Told::Waiting { hours };
        let wants = told.choice().is_some_and(|choice| {
            choice.is_for(staff.role) && listener.ways.iter().any(|way| listener.choices.wants(choice, *way))
        });
        if wants && count_waiting(app, staff, hours, now).await? > 0 {
            let turn = now.as_second() / (i64::from(hours) * 3_600);
            tell(app, told, &format!("waiting:{hours}:{turn}"), vec![listener]).await?;
        }
    }
    Ok(())
}

/// How many comments have waited so many hours, of those that somebody answers for.
pub(super) async fn count_waiting(app: &App, staff: &Staff, hours: u8, now: Timestamp) -> Result<u64, StoreError> {
    let since = now.saturating_sub(SignedDuration::from_hours(i64::from(hours))).unwrap_or(now);
    let waiting = app.store.waiting_since(since, staff.bound_to(), MOST_WAITING).await?;
    Ok(waiting.unsigned_abs())
}
