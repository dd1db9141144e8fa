//! A layer is taught in the background, by one process at a time; the page says how far it is.

use super::teach::{learn, new_layer};
use crate::aftermath;
use crate::app::App;
use jiff::SignedDuration;
use newsroom::{LayerId, Timestamp};
use store::StoreError;
use store::learning::{LearningRun, RunState};

/// Whoever teaches and says nothing for so long is taken for dead.
const SILENT: SignedDuration = SignedDuration::from_mins(10);
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Asks for a layer where one is to be taught each week, and the last one is as old. A refusal says that one is being taught.
///
/// # Errors
/// When the store cannot answer.
pub async fn ask_weekly(app: &App) -> Result<(), StoreError> {
    let Some(version) = app.store.learning().await?.filter(|version| version.used.weekly) else { return Ok(()) };
    let (now, last) = (app.now(), app.store.learning_run().await?);
    let since = last.map_or(version.at, |run| run.at);
    if last.is_some() && now.duration_since(since) < WEEK {
        return Ok(());
    }
    match app.store.ask_to_learn(None, now).await {
        Ok(_) | Err(StoreError::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Teaches the layer that was asked for, where one was and nobody is at it. Returns when it is taught.
///
/// # Errors
/// When the store cannot answer.
pub async fn take_up_what_was_asked(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let Some(run) = app.store.take_learning_run(now, later(now)).await? else { return Ok(()) };
    let (state, layer) = match taught(app, &run).await {
        Ok(Some(layer)) => (RunState::Done, Some(layer)),
        Ok(None) => (RunState::TooFew, None),
        Err(error) => {
            tracing::warn!(%error, "no layer could be taught");
            (RunState::Failed, None)
        }
    };
    app.store.end_learning_run(run.id, state, layer).await
}

async fn taught(app: &App, run: &LearningRun) -> Result<Option<LayerId>, StoreError> {
    let used = app.store.learning().await?.map(|version| version.used).unwrap_or_default();
    let rulebook = app.rules.rulebook();
    let note = |steps| app.store.note_learning_run(run.id, steps, later(app.now()));
    let learned = learn(&app.store, &rulebook, &app.models, used.suggestions, note).await?;
    let Some((layer, report)) = learned.layer else { return Ok(None) };
    let new = new_layer(&app.models, run.by, learned.decisions, &layer, report);
    let (id, happening) = app.store.keep_layer(new, app.now()).await?;
    aftermath::tell(app, &happening).await;
    Ok(Some(id))
}

fn later(now: Timestamp) -> Timestamp {
    now.saturating_add(SILENT).unwrap_or(now)
}
