//! What goes on in the background: happenings become messages, messages become jobs, jobs are done.

use super::arrivals::look_at;
use super::courier::Courier;
use super::deliveries::deliver;
use crate::app::App;
use futures_util::{StreamExt, stream};
use jiff::SignedDuration;
use newsroom::HappeningId;
use newsroom::followers::{About, Event};
use newsroom::story::Story;
use store::StoreError;
use store::fediverse::{FEDIVERSE_IN, FEDIVERSE_OUT, MessageKind};
use store::outbox::OutboxJob;

/// Inboxes looked at in one transaction, and such steps of one turn.
const AT_ONCE: u32 = 500;
const STEPS: u32 = 40;
/// Jobs of one turn, and how many of them are on their way side by side.
const JOBS: u32 = 100;
const SIDE_BY_SIDE: usize = 10;
/// A job that was not done by then is somebody else's: longer than any answer takes.
const CLAIMED_FOR: SignedDuration = SignedDuration::from_mins(10);

/// Keeps what is to be told of a happening.
///
/// # Errors
/// When the store cannot answer.
pub async fn put(app: &App, happening: HappeningId, (event, about): (Event, About)) -> Result<(), StoreError> {
    let kind = match event {
        Event::Published => MessageKind::Published,
        Event::Updated | Event::Corrected => MessageKind::Changed,
        Event::Withdrawn => MessageKind::Withdrawn,
        _ => return Ok(()),
    };
    let Some(id) = about.story.filter(|_| app.followers.now().fediverse.on) else { return Ok(()) };
    let section = match app.store.story(id).await {
        Ok(Story::Published(story)) if !story.is_outside() => story.text.section,
        Ok(Story::Withdrawn(story)) => story.was.text.section,
        Ok(_) | Err(StoreError::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    app.store.put_far_message(happening, (kind, id, section), app.now()).await.map(drop)
}

/// Makes jobs of the messages that lack some.
///
/// # Errors
/// When the store cannot answer; the next turn goes on where this one stopped.
pub async fn fill(app: &App) -> Result<(), StoreError> {
    for _ in 0..STEPS {
        if app.store.fill_far_messages(AT_ONCE, app.now()).await? == 0 {
            break;
        }
    }
    Ok(())
}

/// Does what is due: looks at what came, and tells those who follow. How much was done.
///
/// # Errors
/// When the store cannot answer; what was claimed is claimed again later.
pub async fn turn(app: &App, courier: &dyn Courier) -> Result<usize, StoreError> {
    let came = claim(app, FEDIVERSE_IN).await?;
    let goes = claim(app, FEDIVERSE_OUT).await?;
    let many = came.len() + goes.len();
    let looking = came.into_iter().map(|job| async move { look_at(app, courier, &job).await });
    let looked: Vec<_> = stream::iter(looking).buffer_unordered(SIDE_BY_SIDE).collect().await;
    let telling = goes.into_iter().map(|job| async move { deliver(app, courier, &job).await });
    let told: Vec<_> = stream::iter(telling).buffer_unordered(SIDE_BY_SIDE).collect().await;
    looked.into_iter().chain(told).collect::<Result<(), _>>()?;
    Ok(many)
}

async fn claim(app: &App, kind: &str) -> Result<Vec<OutboxJob>, StoreError> {
    let now = app.now();
    app.store.claim_jobs(kind, now, now.saturating_add(CLAIMED_FOR).unwrap_or(now), JOBS).await
}
