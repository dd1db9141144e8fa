//! What the clock publishes: every story and every front page whose minute has come, once, however many of the paper's
//! processes try. It ends breaking news in the same way.

use crate::aftermath;
use crate::app::App;
use futures_util::{StreamExt, stream};
use newsroom::story::{NotReady, Story};
use newsroom::{StoryId, Timestamp};
use store::StoreError;

/// So many are read at once.
const AT_ONCE: u32 = 50;
/// So many are published side by side: one that is slow keeps nobody back.
const SIDE_BY_SIDE: usize = 4;

/// Publishes what is to go. A story that cannot is taken from the clock, and the log says why. One whose publication fails
/// is tried again at the next time, behind nobody: the others go at their minute.
///
/// # Errors
/// When the store cannot say what is to go.
pub(super) async fn publish_due(app: &App) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let due = app.store.stories_to_go(app.now(), after, AT_ONCE).await?;
        after = due.last().copied();
        let many = due.len();
        let publishing = stream::iter(due).for_each_concurrent(SIDE_BY_SIDE, |(story, goes_at)| async move {
            if let Err(error) = publish_one(app, story, goes_at).await {
                tracing::warn!(%error, %story, "a story could not be published at its minute");
            }
        });
        publishing.await;
        if many < AT_ONCE as usize {
            return Ok(());
        }
    }
}

/// Launches the front pages whose minute has come, the earliest first.
///
/// # Errors
/// When the store cannot say which, or cannot launch one.
pub(crate) async fn launch_due(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    for due in app.store.fronts_waiting(Some(now), AT_ONCE).await? {
        if let Some(happening) = app.store.launch_front_on_time(due.id, now).await? {
            aftermath::tell(app, &happening).await;
        }
    }
    Ok(())
}

/// Ends the strip of breaking news whose time is over.
///
/// # Errors
/// When the store cannot say which, or cannot end it.
pub(crate) async fn end_strips(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    for over in app.store.strips_over(now, AT_ONCE).await? {
        if let Some(happening) = app.store.end_strip_on_time(over, now).await? {
            aftermath::tell(app, &happening).await;
        }
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
