//! Letters of the newsletter on their way: one after the other, so many in a minute as the desk says, by one of the paper's
//! processes. Each is claimed before it is sent and ended after it: a process that dies in between leaves one letter of which
//! nobody knows whether it arrived, and no other.

use super::{CLAIMED_FOR, Post};
use crate::traces;
use jiff::SignedDuration;
use newsroom::Timestamp;
use store::StoreError;
use store::outbox::OutboxJob;
use tracing::Instrument;
use web::{App, Handed};

/// The kind of the outbox's jobs that become letters of the newsletter.
const KIND: &str = store::newsletter::NEWSLETTER;
/// Another process takes over after so long.
const HELD_FOR: SignedDuration = SignedDuration::from_secs(60);
/// Letters of one look: then other mail has its turn.
const AT_ONCE: u32 = 50;
const MINUTE_MS: i64 = 60_000;

/// How many letters may go out now. What was not used is lost after a second, so that no silence becomes a flood.
#[derive(Debug, Default)]
pub struct Pace {
    at: Option<Timestamp>,
    /// In sixty-thousandths of a letter.
    allowed: i64,
}

impl Pace {
    /// Whole letters for which there is room at a time.
    pub fn room(&mut self, per_minute: u32, now: Timestamp) -> u32 {
        let per_minute = i64::from(per_minute.max(1));
        let since = self.at.map_or(1_000, |at| now.as_millisecond().saturating_sub(at.as_millisecond()));
        self.at = Some(now);
        // A second's letters, and never less than one.
        let most = (per_minute * 1_000).max(MINUTE_MS) * 2;
        self.allowed = (self.allowed + since.clamp(0, MINUTE_MS) * per_minute).min(most);
        u32::try_from(self.allowed / MINUTE_MS).unwrap_or(0)
    }

    fn used(&mut self) {
        self.allowed -= MINUTE_MS;
    }
}

/// Sends what is due and has room.
///
/// # Errors
/// When the store cannot answer; what was claimed is claimed again later.
pub async fn send_due(app: &App, post: &Post, pace: &mut Pace) -> Result<(), StoreError> {
    let settings = web::newsletter_settings(app);
    let now = app.now();
    if !settings.on || !app.store.take_lease("newsletter-post", &app.process, now, later(now, HELD_FOR)).await? {
        return Ok(());
    }
    for _ in 0..pace.room(settings.per_minute, now).min(AT_ONCE) {
        let now = app.now();
        let Some(job) = app.store.claim_jobs(KIND, now, later(now, CLAIMED_FOR), 1).await?.pop() else { break };
        let sending = send_one(app, post, &job, pace);
        sending.instrument(traces::work("send a letter of the newsletter")).await?;
    }
    Ok(())
}

async fn send_one(app: &App, post: &Post, job: &OutboxJob, pace: &mut Pace) -> Result<(), StoreError> {
    let handed = match web::newsletter_letter(app, job).await {
        Ok(Some(letter)) => {
            pace.used();
            match post.hand_over(&letter).await {
                Ok(()) => Handed::Taken,
                Err(not_taken) if not_taken.is_bounce => Handed::Refused,
                Err(not_taken) => Handed::NotNow(not_taken.why),
            }
        }
        Ok(None) => Handed::Nothing,
        Err(StoreError::Broken(problem)) => Handed::NotNow(problem),
        Err(error) => return Err(error),
    };
    if let Handed::NotNow(why) = &handed {
        tracing::warn!(job = %job.id, attempt = job.attempts + 1, why, "a letter of the newsletter was not sent");
        traces::failed();
    }
    web::settle_newsletter(app, job, handed).await
}

fn later(now: Timestamp, span: SignedDuration) -> Timestamp {
    now.saturating_add(span).unwrap_or(now)
}
