//! A reader's data go: asked for by the reader (one comment or everything) or by an editor for one who wrote by mail; carried
//! out in steps; how far it is stands at an address that only whoever asked knows.

mod desk;
mod reader;
mod status;

#[cfg(test)]
mod tests;

pub use desk::{ask_for, erase_for, lately};
pub use reader::{ask, ask_one, erase, erase_one};
pub use status::status;

use crate::aftermath;
use crate::app::App;
use crate::words::Words;
use jiff::SignedDuration;
use newsroom::{ErasureId, Timestamp};
use std::time::Duration;
use store::StoreError;
use store::erasures::Wiped;

/// How long whoever asked waits for the answer; the rest is done behind it.
const A_WHILE: Duration = Duration::from_secs(3);
/// Data of this size, in bytes, are written anew at any hour: it takes a few seconds.
const SMALL: i64 = 256 * 1024 * 1024;
/// Larger ones in these hours of the paper's clock; and at any hour when they have waited for a day.
const QUIET: std::ops::Range<i8> = 2..5;
const A_DAY: SignedDuration = SignedDuration::from_hours(24);
/// Erasures looked after at once.
const AT_ONCE: u32 = 20;

/// What has to be typed before anything goes: the word of the page.
fn is_meant(t: &Words, typed: &str) -> bool {
    arabic::clean::line(typed).trim().to_lowercase() == t.s("erasure.word").to_lowercase()
}

/// Begins an erasure that was written down. Whoever asked does not have to stay.
async fn begin(app: &App, id: ErasureId) {
    let own = app.clone();
    let going = tokio::spawn(async move {
        if let Err(error) = carry_out(&own, id).await {
            tracing::warn!(%error, "an erasure was broken off; the clock goes on with it");
        }
    });
    // One that takes longer goes on by itself.
    let _ = tokio::time::timeout(A_WHILE, going).await;
}

/// Carries an erasure out to its end; every open page is told of every comment.
async fn carry_out(app: &App, id: ErasureId) -> Result<(), StoreError> {
    loop {
        let step = app.store.carry_on_erasure(id, app.now()).await?;
        aftermath::tell_each(app, &step.happenings).await;
        if step.done {
            return Ok(());
        }
    }
}

/// What the clock does: goes on with what was broken off, and cleans the files of what the rows hold no more.
///
/// # Errors
/// When the store cannot answer, or somebody reads for so long that the files cannot be cleaned now.
pub async fn look_after(app: &App) -> Result<(), StoreError> {
    for id in app.store.erasures_to_do(AT_ONCE).await? {
        carry_out(app, id).await?;
    }
    let now = app.now();
    let Some(since) = app.store.bytes_due_since().await? else { return Ok(()) };
    let hour = now.to_zoned(app.paper.zone.clone()).hour();
    let quiet = QUIET.contains(&hour) || now.duration_since(since) > A_DAY;
    if quiet || app.store.size().await? <= SMALL {
        app.store.wipe(Wiped::Anew, now).await?;
    }
    Ok(())
}

/// When the last copy elsewhere is thrown away.
fn backups_gone(app: &App, erasure: &store::erasures::Erasure) -> Timestamp {
    let done = erasure.rows_done.unwrap_or_else(|| app.now());
    done.saturating_add(A_DAY * i32::try_from(app.paper.backups_kept_days).unwrap_or(i32::MAX)).unwrap_or(done)
}
