//! What the clock publishes: every story whose minute has come, once, however many of the paper's processes try.

use crate::aftermath;
use crate::app::App;
use newsroom::story::{NotReady, Story};
use newsroom::{StoryId, Timestamp};
use store::StoreError;

/// So many at once; the rest in the next second.
const AT_ONCE: u32 = 50;

/// Publishes what is to go. A story that cannot is taken from the clock, and the log says why.
///
/// # Errors
/// When the store cannot answer.
pub(super) async fn publish_due(app: &App) -> Result<(), StoreError> {
    for (story, goes_at) in app.store.stories_to_go(app.now(), AT_ONCE).await? {
        publish_one(app, story, goes_at).await?;
    }
    Ok(())
}

async fn publish_one(app: &App, story: StoryId, goes_at: Timestamp) -> Result<(), StoreError> {
    let on_desk = app.store.on_desk(story).await?;
    let Story::Draft(draft) = on_desk.story else { return Ok(()) };
    let now = app.now();
    let told = match (on_desk.work.may_go(now), draft.publish(goes_at)) {
        (Ok(()), Ok(published)) => app.store.publish_on_time(&published, on_desk.version, goes_at, now).await?,
        (Err(_), _) => app.store.hold_up(story, goes_at, "embargo", now).await?,
        (_, Err(NotReady { missing, .. })) => {
            let why: Vec<&str> = missing.iter().map(|what| what.key()).collect();
            app.store.hold_up(story, goes_at, &why.join(" "), now).await?
        }
    };
    if let Some(happening) = told {
        aftermath::tell(app, &happening).await;
    }
    Ok(())
}
