//! What papers of an earlier program lack.

use super::duty::{Duty, every};
use super::{FORGET_EVERY, SWEEP_EVERY};
use crate::app::App;
use store::StoreError;

/// What an older paper lacks, made once in the background by one of its processes; then nothing more.
pub(super) async fn make(app: &App) {
    Duty::new("make-old-probes").turn(make_old_probes(app)).await;
    // Until it is done the desk does not find older drafts: what failed, or was in the hands of a process that ended, is tried again.
    Duty::new("make-old-desk-words").turn(make_old_desk_words(app)).await;
    Duty::new("make-old-story-index").turn(make_old_story_index(app)).await;
    tokio::join!(
        every(app, SWEEP_EVERY, "make-old-desk-words", make_old_desk_words),
        every(app, FORGET_EVERY, "make-old-story-index", make_old_story_index),
        every(app, SWEEP_EVERY, "make-due-probes", make_due_probes),
    );
}

/// Stories of an older program, of which readers find the oldest last, and those of which a picture went away or came back.
async fn make_old_story_index(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(SWEEP_EVERY).unwrap_or(now);
    if !app.store.is_story_index_due().await? {
        return Ok(());
    }
    if app.store.take_lease("story-index-of-old-papers", &app.process, now, until).await? {
        app.store.make_old_story_index().await?;
        app.store.give_lease_back("story-index-of-old-papers", &app.process).await?;
    }
    Ok(())
}

async fn make_old_desk_words(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(SWEEP_EVERY).unwrap_or(now);
    if app.store.take_lease("desk-words-of-old-papers", &app.process, now, until).await? {
        app.store.make_old_desk_words().await?;
        app.store.give_lease_back("desk-words-of-old-papers", &app.process).await?;
    }
    Ok(())
}

/// What an archive left over that was stopped before its end.
async fn make_due_probes(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(SWEEP_EVERY).unwrap_or(now);
    if app.store.take_lease("due-probes", &app.process, now, until).await? {
        app.store.make_due_probes().await?;
        app.store.give_lease_back("due-probes", &app.process).await?;
    }
    Ok(())
}

async fn make_old_probes(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(SWEEP_EVERY).unwrap_or(now);
    if app.store.take_lease("probes-of-old-papers", &app.process, now, until).await? {
        app.store.make_old_probes(now).await?;
        app.store.give_lease_back("probes-of-old-papers", &app.process).await?;
    }
    Ok(())
}
