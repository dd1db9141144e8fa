//! A letter of the newsletter on its way: what its job becomes when it goes out, and what became of it.

use super::letter::{Ways, told};
use crate::app::App;
use crate::mail::Letter;
use jiff::SignedDuration;
use newsroom::notices::next_try;
use newsroom::{EditionId, SubscriberId};
use serde::Deserialize;
use store::StoreError;
use store::newsletter::Became;
use store::outbox::OutboxJob;

/// A letter that could not go out for so long does not go out any more: another edition is near.
const FRESH_FOR: SignedDuration = SignedDuration::from_hours(12);

/// What a job is about.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Job {
    edition: EditionId,
    to: SubscriberId,
}

/// What the mail server said to a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// It took it.
    Taken,
    /// There was nothing to hand over.
    Nothing,
    /// It refused it for good, because of the address.
    Refused,
    /// It did not take it, and why, without the address.
    NotNow(String),
}

/// The letter of a job; none: there is nothing to tell, nobody to tell it, or it is too late.
///
/// # Errors
/// When the store cannot answer: the job is to be tried again.
pub async fn letter_of(app: &App, job: &OutboxJob) -> Result<Option<Letter>, StoreError> {
    let Ok(Job { edition, to }) = serde_json::from_str(&job.payload) else { return Ok(None) };
    let (edition, subscriber) = match (app.store.edition(edition).await, app.store.subscriber(to).await) {
        (Err(StoreError::NotFound), _) | (_, Err(StoreError::NotFound)) => return Ok(None),
        (edition, subscriber) => (edition?, subscriber?),
    };
    let late = app.now().duration_since(edition.until) > FRESH_FOR;
    if late || !subscriber.is_told() || subscriber.wish.rhythm != edition.rhythm {
        return Ok(None);
    }
    let ways = Ways::of(app, subscriber.id);
    let told = told(app, (edition.since, edition.until), &subscriber.wish, &ways).await?;
    let unsubscribe = Some(ways.leave);
    Ok(told.map(|told| Letter {
        to: subscriber.email,
        subject: told.subject,
        text: told.text,
        html: told.html,
        unsubscribe,
    }))
}

/// What became of a job.
///
/// # Errors
/// When the store cannot answer.
pub async fn settle(app: &App, job: &OutboxJob, handed: Handed) -> Result<(), StoreError> {
    let Ok(Job { edition, to }) = serde_json::from_str(&job.payload) else { return app.store.finish_job(job.id).await };
    let now = app.now();
    let became = match handed {
        Handed::Taken => Became::Sent,
        Handed::Nothing => Became::Empty,
        Handed::Refused => Became::Bounced,
        Handed::NotNow(why) => match next_try(job.attempts, now) {
            Some(next) => return app.store.fail_job(job.id, &why, Some(next)).await,
            None => Became::GivenUp,
        },
    };
    app.store.end_letter(job.id, (edition, to), became, now).await
}
