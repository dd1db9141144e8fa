//! What papers of an earlier program lack.

use super::duty::{Duty, every};
use super::{FORGET_EVERY, SWEEP_EVERY};
use crate::app::App;
use std::future::Future;
use store::StoreError;

/// What an older paper lacks, made once in the background by one of its processes; then nothing more.
pub(super) async fn make(app: App) {
    Duty::new("make-old-probes").turn(make_old_probes(&app)).await;
    // Until it is done the desk does not find older drafts: what failed, or was in the hands of a process that ended, is tried again.
    Duty::new("make-old-desk-words").turn(make_old_desk_words(&app)).await;
    Duty::new("make-old-story-index").turn(make_old_story_index(&app)).await;
    tokio::join!(
        every(app.clone(), SWEEP_EVERY, "make-old-desk-words", make_old_desk_words),
        every(app.clone(), FORGET_EVERY, "make-old-story-index", make_old_story_index),
        every(app, SWEEP_EVERY, "make-due-probes", make_due_probes),
    );
}

/// Stories of an older program, of which readers find the oldest last, and those of which a picture went away or came back.
async fn make_old_story_index(app: &App) -> Result<(), StoreError> {
    if !app.store.is_story_index_due().await? {
        return Ok(());
    }
    under_lease(app, "story-index-of-old-papers", app.store.make_old_story_index()).await
}

async fn make_old_desk_words(app: &App) -> Result<(), StoreError> {
    under_lease(app, "desk-words-of-old-papers", app.store.make_old_desk_words()).await
}

/// What an archive left over that was stopped before its end.
async fn make_due_probes(app: &App) -> Result<(), StoreError> {
    under_lease(app, "due-probes", app.store.make_due_probes()).await
}

async fn make_old_probes(app: &App) -> Result<(), StoreError> {
    under_lease(app, "probes-of-old-papers", app.store.make_old_probes(app.now())).await
}

/// Does the work, unless another process has it in its hands.
async fn under_lease<T>(
    app: &App,
    lease: &str,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(SWEEP_EVERY).unwrap_or(now);
    if app.store.take_lease(lease, &app.process, now, until).await? {
        work.await?;
        app.store.give_lease_back(lease, &app.process).await?;
    }
    Ok(())
}
