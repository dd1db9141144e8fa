//! What the clock does for those who follow the paper.

use super::FOLLOW_EVERY;
use super::duty::Duty;
use crate::app::App;
use crate::followers::{FollowersFollower, follow};
use crate::{fediverse, newsletter, push};
use newsroom::Timestamp;
use std::time::Duration;
use store::StoreError;
use tokio::time::{MissedTickBehavior, interval};

/// Which message of a channel tells of which story is remembered so long: corrections come late.
const POSTS_ARE_KEPT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// What accounts of other servers say, and what came from there and was not looked at, is kept so long.
const SAID_IS_KEPT: Duration = Duration::from_secs(2 * 24 * 60 * 60);

/// What happened becomes what channels, hubs, search machines and browsers are told.
pub(super) async fn tell(app: App) {
    let mut follower = FollowersFollower::default();
    let [mut reading, mut filling, mut spreading] = ["followers", "push", "fediverse"].map(Duty::new);
    let mut ticks = interval(FOLLOW_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let app = &app.to_readers();
        reading.turn(follow(app, &mut follower)).await;
        filling.turn(push::fill(app)).await;
        spreading.turn(fediverse::fill(app)).await;
    }
}

/// Forgets what has had its time.
///
/// # Errors
/// When the store cannot answer.
pub(super) async fn sweep(app: &App, month_ago: Timestamp) -> Result<(), StoreError> {
    newsletter::sweep(app).await?;
    let now = app.now();
    app.store.sweep_channels(month_ago, now.saturating_sub(POSTS_ARE_KEPT).unwrap_or(now)).await?;
    app.store.sweep_fediverse(month_ago, now.saturating_sub(SAID_IS_KEPT).unwrap_or(now)).await?;
    app.store.sweep_push(month_ago).await
}
