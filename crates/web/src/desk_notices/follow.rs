//! What happened, read on from a cursor: each happening that concerns somebody becomes a notice for each way by which they
//! want to hear of it, once.

use super::is_offered;
use crate::aftermath::{ReadOn, moved_in};
use crate::app::App;
use jiff::SignedDuration;
use newsroom::HappeningId;
use newsroom::happening::{Happening, What};
use newsroom::notices::{Around, Told, concerned};
use std::collections::BTreeSet;
use store::StoreError;
use store::desk_notices::{Listener, NewDeskNotice};

/// Under this name the cursor is kept.
const NAME: &str = "desk-notices";
/// What is undone so soon is told to nobody.
const WAITS: SignedDuration = SignedDuration::from_mins(1);

/// Reads on; `seen` is what this process has read already of the last while. The first time ever it begins with what is
/// newest: what was before is told to nobody.
///
/// # Errors
/// When the store cannot answer; what was not read is read the next time.
pub(super) async fn follow(app: &App, seen: &mut BTreeSet<HappeningId>) -> Result<(), StoreError> {
    let Some(mut reading) = ReadOn::begin(app, NAME).await? else { return Ok(()) };
    let mut listeners = None;
    while let Some(happenings) = reading.next(app).await? {
        for happening in &happenings {
            if seen.contains(&happening.id) || !concerns_somebody(&happening.what) || moved_in(app, happening).await? {
                continue;
            }
            let all = match listeners.take() {
                Some(all) => all,
                None => app.store.listeners().await?,
            };
            put(app, happening, &all).await?;
            listeners = Some(all);
            seen.insert(happening.id);
        }
    }
    reading.forget(seen);
    Ok(())
}

/// Keeps what these listeners are to be told, by each way by which they want it; the same again changes nothing.
pub(super) async fn tell(app: &App, told: Told, once: &str, whom: Vec<&Listener>) -> Result<(), StoreError> {
    let Some(choice) = told.choice() else { return Ok(()) };
    let now = app.now();
    let due = if told.can_wait() { now.saturating_add(WAITS).unwrap_or(now) } else { now };
    for listener in whom {
        for way in listener.ways.iter().copied() {
            if listener.choices.wants(choice, way) && is_offered(app, way) {
                let new = NewDeskNotice { staff: listener.staff, way, once: once.to_owned(), told, due };
                app.store.put_desk_notice(new, now).await?;
            }
        }
    }
    Ok(())
}

/// The only happenings of which something is asked.
fn concerns_somebody(what: &What) -> bool {
    matches!(
        what,
        What::StoryDrafted { .. }
            | What::StoryAssigned { .. }
            | What::StoryNoted { .. }
            | What::NoteAnswered { .. }
            | What::StoryMoved { .. }
            | What::StoryPublished { .. }
            | What::StoryHeldUp { .. }
            | What::StripRaised { .. }
    )
}

async fn put(app: &App, happening: &Happening, listeners: &[Listener]) -> Result<(), StoreError> {
    if listeners.is_empty() {
        return Ok(());
    }
    let around = around(app, &happening.what, listeners).await?;
    let Some((told, whom)) = concerned(happening, &around) else { return Ok(()) };
    let once = format!("happening:{}", happening.id.0);
    let whom = listeners.iter().filter(|listener| whom.contains(&listener.staff)).collect();
    tell(app, told, &once, whom).await
}

async fn around(app: &App, what: &What, listeners: &[Listener]) -> Result<Around, StoreError> {
    let mut around = Around { here: listeners.iter().map(|listener| listener.staff).collect(), ..Around::default() };
    if let Some(story) = what.story() {
        match app.store.on_desk(story).await {
            Ok(on_desk) => {
                around.hands.extend(on_desk.work.begun_by.into_iter().chain(on_desk.work.assigned_to));
                around.given = on_desk.work.assigned_to;
            }
            // What was there is gone; so is whom it concerned.
            Err(StoreError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    match what {
        What::NoteAnswered { note, .. } => around.noted = app.store.at_note(*note).await?,
        What::StoryHeldUp { story } => around.timed_by = app.store.timed_by(*story).await?,
        _ => {}
    }
    Ok(around)
}
