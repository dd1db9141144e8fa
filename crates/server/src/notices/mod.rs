//! Sending notices to colleagues: jobs of the outbox become letters, signed messages to addresses of the web, and messages of
//! the paper's bot. Nothing is sent anywhere that nobody asked for.

mod fetched;
mod road;

#[cfg(test)]
mod tests;

pub use fetched::Unfetched;
pub use road::{Road, Telegram};

use crate::mail::Post;
use crate::traces;
use futures_util::{StreamExt, stream};
use jiff::SignedDuration;
use std::future::Future;
use std::time::Duration;
use store::StoreError;
use store::outbox::OutboxJob;
use tracing::Instrument;
use web::{App, Parcel, Undelivered};

/// How often is looked whether something is to be sent.
const LOOKED_EVERY: Duration = Duration::from_secs(2);
/// Messages of one look.
const AT_ONCE: u32 = 20;
/// So many are on their way side by side: one that is slow keeps nobody back.
const SIDE_BY_SIDE: usize = 5;
/// A job that was not answered for by then is somebody else's: longer than any message takes.
const CLAIMED_FOR: SignedDuration = SignedDuration::from_mins(10);

/// By what messages go out.
#[derive(Debug, Clone)]
pub struct Carriers {
    /// The paper's mail server, where it has one.
    pub post: Option<Post>,
    /// The road to addresses of the web.
    pub road: Road,
    /// The paper's bot, where it has one.
    pub telegram: Option<Telegram>,
}

/// Sends what is to be sent until it is told to stop; what is on its way is brought to its end.
pub async fn run(app: App, carriers: Carriers, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(LOOKED_EVERY) => {}
        }
        if let Err(error) = send_due(&app.to_readers(), &carriers).await {
            tracing::warn!(%error, "notices to colleagues could not be looked after");
        }
    }
}

/// Sends everything that is due now.
///
/// # Errors
/// When the store cannot answer; what was claimed is claimed again later.
pub async fn send_due(app: &App, carriers: &Carriers) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(CLAIMED_FOR).unwrap_or(now);
    let jobs = app.store.claim_jobs(web::DESK_NOTICE, now, until, AT_ONCE).await?;
    let sending = jobs.into_iter().map(|job| {
        let sending = send_one(app, carriers, job);
        sending.instrument(traces::work("send a notice"))
    });
    let outcomes: Vec<_> = stream::iter(sending).buffer_unordered(SIDE_BY_SIDE).collect().await;
    outcomes.into_iter().collect()
}

async fn send_one(app: &App, carriers: &Carriers, job: OutboxJob) -> Result<(), StoreError> {
    let outcome = match web::parcel(app, &job).await {
        Ok(Some(parcel)) => carriers.send(&parcel).await.map(|()| true),
        Ok(None) => Ok(false),
        // Broken now is broken later too: it is tried as often as what nobody takes, and given up like it.
        Err(StoreError::Broken(problem)) => {
            tracing::error!(job = %job.id, problem, "a notice could not be made");
            Err(Undelivered::NotMade)
        }
        Err(error) => return Err(error),
    };
    if let Err(why) = outcome {
        // Why, without the address: it may hold a secret.
        tracing::warn!(job = %job.id, attempt = job.attempts + 1, why = why.word(), "a notice was not sent");
        traces::failed();
    }
    web::settle(app, &job, outcome).await
}

impl Carriers {
    async fn send(&self, parcel: &Parcel) -> Result<(), Undelivered> {
        match parcel {
            Parcel::Letter(letter) => {
                let post = self.post.as_ref().ok_or(Undelivered::NotOffered)?;
                post.send(letter).await.map_err(|_| Undelivered::Mail)
            }
            Parcel::Hook { url, headers, body } => self.road.post(url, headers, body.clone()).await,
            Parcel::Chat { chat, text } => {
                let bot = self.telegram.as_ref().ok_or(Undelivered::NotOffered)?;
                bot.send(&self.road, chat, text).await
            }
        }
    }
}
