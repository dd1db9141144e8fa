//! What the clock publishes: every story and every front page whose minute has come, once, however many of the paper's
//! processes try. It gives readers printed issues, and ends breaking news and live coverage, in the same way.

use crate::aftermath;
use crate::app::App;
use futures_util::{FutureExt, StreamExt, stream};
use newsroom::story::{Checklist, Story};
use newsroom::{StoryId, Timestamp};
use std::panic::AssertUnwindSafe;
use store::StoreError;

/// So many are read at once.
const AT_ONCE: u32 = 50;
/// So many are published side by side: one that is slow keeps nobody back.
const SIDE_BY_SIDE: usize = 4;
/// Why a story that may go did not: its editor reads this key in words, the log has the rest.
const FAILED: &str = "held.failed";

/// Publishes what is to go. A story that may not go is taken from the clock, and its page says why. One whose publication
/// fails is tried again at the next time, behind nobody: the others go at their minute; that it fails is written down and
/// logged once.
///
/// # Errors
/// When the store cannot say what is to go, or cannot write down that something failed.
pub(crate) async fn publish_due(app: &App) -> Result<(), StoreError> {
    let (mut after, mut lost) = (None, Ok(()));
    loop {
        let due = app.store.stories_to_go(app.now(), after, AT_ONCE).await?;
        let Some(last) = due.last() else { return lost };
        after = Some(*last);
        let list = app.store.checklist().await?;
        let many = due.len();
        let publishing = due.into_iter().map(|(story, goes_at)| see_to(app, &list, story, goes_at));
        let outcomes: Vec<_> = stream::iter(publishing).buffer_unordered(SIDE_BY_SIDE).collect().await;
        lost = outcomes.into_iter().fold(lost, Result::and);
        if many < AT_ONCE as usize {
            return lost;
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

/// Gives readers the printed issues whose minute has come.
///
/// # Errors
/// When the store cannot say which, or cannot publish one.
pub(crate) async fn publish_issues(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    for due in app.store.issues_to_go(now, AT_ONCE).await? {
        if let Some(happening) = app.store.publish_issue_on_time(due, now).await? {
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

/// Ends the live coverage whose time is over.
///
/// # Errors
/// When the store cannot say which, or cannot end it.
pub(crate) async fn end_coverages(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    for over in app.store.coverages_over(now, AT_ONCE).await? {
        if let Some(happening) = app.store.end_coverage_on_time(over, now).await? {
            aftermath::tell(app, &happening).await;
        }
    }
    Ok(())
}

/// Publishes one, or writes down that it could not be published: by a fault of the store's, or because something panicked.
async fn see_to(app: &App, list: &Checklist, story: StoryId, goes_at: Timestamp) -> Result<(), StoreError> {
    let why = match AssertUnwindSafe(publish_one(app, list, story, goes_at)).catch_unwind().await {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "panicked".to_owned(),
    };
    if let Some(happening) = app.store.note_failed_publication(story, goes_at, FAILED, app.now()).await? {
        tracing::warn!(%why, %story, "a story could not be published at its minute; it is tried again");
        aftermath::tell(app, &happening).await;
    }
    Ok(())
}

async fn publish_one(app: &App, list: &Checklist, story: StoryId, goes_at: Timestamp) -> Result<(), StoreError> {
    let on_desk = app.store.on_desk(story).await?;
    let Story::Draft(draft) = on_desk.story else { return Ok(()) };
    let now = app.now();
    let told = match (on_desk.work.may_go(now), draft.publish_by(list, &on_desk.work, goes_at)) {
        (Ok(()), Ok(published)) => app.store.publish_on_time(&published, on_desk.version, goes_at, now).await?,
        (Err(not_yet), _) => app.store.hold_up(story, goes_at, &format!("held.{}", not_yet.key()), now).await?,
        (_, Err(not_ready)) => app.store.hold_up(story, goes_at, &not_ready.keys().join(" "), now).await?,
    };
    if let Some(happening) = told {
        aftermath::tell(app, &happening).await;
    }
    Ok(())
}
