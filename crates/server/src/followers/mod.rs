//! Telling those who follow the paper: channels of Telegram and programs at addresses of the web, the hub of the feeds, search
//! machines, browsers by their push services, and other servers of the Fediverse. All of it goes by the road that calls nobody inside the house, and nothing of it
//! goes anywhere before the desk switched it on.

#[cfg(test)]
mod tests;

use crate::notices::Road;
use futures_util::{StreamExt, stream};
use jiff::SignedDuration;
use newsroom::Timestamp;
use std::future::Future;
use std::time::Duration;
use store::StoreError;
use store::channels::CHANNEL;
use store::outbox::OutboxJob;
use store::push::PUSH;
use web::{App, ChannelAnswer, ChannelParcel, Machine, PaperKey, Undelivered};

/// How often is looked whether something is to be sent.
const LOOKED_EVERY: Duration = Duration::from_secs(1);
/// A job that was not answered for by then is somebody else's: longer than any message takes.
const CLAIMED_FOR: SignedDuration = SignedDuration::from_mins(10);
/// Messages to channels of one look, and how many are on their way side by side.
const CHANNELS_AT_ONCE: u32 = 20;
const CHANNELS_SIDE_BY_SIDE: usize = 5;
/// Changes that a hub or search machines are told of together.
const PINGS_AT_ONCE: u32 = 100;
/// Messages to browsers of one look, how many are on their way side by side, and looks of one turn.
const PUSHES_AT_ONCE: u32 = 100;
const PUSHES_SIDE_BY_SIDE: usize = 20;
const PUSH_LOOKS: u32 = 20;

/// By what they are told.
#[derive(Debug, Clone)]
pub struct Senders {
    /// The road to addresses of the web.
    pub road: Road,
    /// Where Telegram's interface is, without a slash at the end.
    pub telegram: String,
}

/// Tells until it is told to stop; what is on its way is brought to its end.
pub async fn run(app: App, senders: Senders, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(LOOKED_EVERY) => {}
        }
        if let Err(error) = send_due(&app.to_readers(), &senders).await {
            tracing::warn!(%error, "those who follow the paper could not be told");
        }
    }
}

/// Sends everything that is due now. Channels, machines, browsers and other servers do not wait for one another.
///
/// # Errors
/// When the store cannot answer; what was claimed is claimed again later.
pub async fn send_due(app: &App, senders: &Senders) -> Result<(), StoreError> {
    let told = tokio::join!(
        tell_channels(app, senders),
        tell_machines(app, senders),
        wake_browsers(app, senders),
        meet_servers(app, senders)
    );
    told.0.and(told.1).and(told.2).and(told.3)
}

/// What other servers of the Fediverse sent is looked at, and they are told.
async fn meet_servers(app: &App, senders: &Senders) -> Result<(), StoreError> {
    web::fediverse_turn(app, &senders.road).await.map(drop)
}

async fn claim(app: &App, kind: &str, limit: u32) -> Result<Vec<OutboxJob>, StoreError> {
    let now: Timestamp = app.now();
    app.store.claim_jobs(kind, now, now.saturating_add(CLAIMED_FOR).unwrap_or(now), limit).await
}

async fn tell_channels(app: &App, senders: &Senders) -> Result<(), StoreError> {
    let jobs = claim(app, CHANNEL, CHANNELS_AT_ONCE).await?;
    let telling = jobs.into_iter().map(|job| tell_channel(app, senders, job));
    let outcomes: Vec<_> = stream::iter(telling).buffer_unordered(CHANNELS_SIDE_BY_SIDE).collect().await;
    outcomes.into_iter().collect()
}

async fn tell_channel(app: &App, senders: &Senders, job: OutboxJob) -> Result<(), StoreError> {
    let answer = match web::channel_parcel(app, &job).await {
        Ok(Some(parcel)) => senders.to_channel(parcel).await.map_or_else(ChannelAnswer::No, ChannelAnswer::Yes),
        Ok(None) => ChannelAnswer::Nothing,
        Err(StoreError::Broken(problem)) => {
            tracing::error!(job = %job.id, problem, "a message to a channel could not be made");
            ChannelAnswer::No(Undelivered::NotMade)
        }
        Err(error) => return Err(error),
    };
    if let ChannelAnswer::No(why) = &answer {
        // Why, without the address: it may hold a secret.
        tracing::warn!(job = %job.id, attempt = job.attempts + 1, why = why.word(), "a channel was not told");
    }
    web::settle_channel(app, &job, answer).await
}

/// What is due for one of them goes as one message.
async fn tell_machines(app: &App, senders: &Senders) -> Result<(), StoreError> {
    for machine in Machine::ALL {
        let jobs = claim(app, machine.kind(), PINGS_AT_ONCE).await?;
        if jobs.is_empty() {
            continue;
        }
        let failed = match web::ping(app, machine, &jobs).await? {
            Some(ping) => {
                let sent = senders.road.post_as(ping.media_type, (&ping.url, &[]), ping.body.into_bytes()).await;
                sent.err().map(Undelivered::word)
            }
            None => None,
        };
        if let Some(why) = &failed {
            tracing::warn!(kind = machine.kind(), changes = jobs.len(), why, "a hub or search machines were not told");
        }
        web::settle_ping(app, &jobs, failed).await?;
    }
    Ok(())
}

async fn wake_browsers(app: &App, senders: &Senders) -> Result<(), StoreError> {
    for _ in 0..PUSH_LOOKS {
        let jobs = claim(app, PUSH, PUSHES_AT_ONCE).await?;
        let many = jobs.len();
        if many == 0 {
            break;
        }
        let key = PaperKey::of(&app.store).await?;
        let waking = jobs.into_iter().map(|job| wake(app, senders, &key, job));
        let outcomes: Vec<_> = stream::iter(waking).buffer_unordered(PUSHES_SIDE_BY_SIDE).collect().await;
        outcomes.into_iter().collect::<Result<(), _>>()?;
        if many < PUSHES_AT_ONCE as usize {
            break;
        }
    }
    Ok(())
}

async fn wake(app: &App, senders: &Senders, key: &PaperKey, job: OutboxJob) -> Result<(), StoreError> {
    let sent = match web::push_parcel(app, key, &job).await? {
        Some(parcel) => {
            let (url, headers) = (parcel.url.as_str(), parcel.headers.as_slice());
            senders.road.post_as("application/octet-stream", (url, headers), parcel.body).await.map(|_| true)
        }
        None => Ok(false),
    };
    if let Err(why) = &sent {
        tracing::debug!(job = %job.id, attempt = job.attempts + 1, why = why.word(), "a browser was not woken");
    }
    web::settle_push(app, &job, sent).await
}

impl Senders {
    async fn to_channel(&self, parcel: ChannelParcel) -> Result<Vec<u8>, Undelivered> {
        match parcel {
            ChannelParcel::Hook { url, headers, body } => {
                self.road.post_as("application/json", (&url, &headers), body.into_bytes()).await
            }
            ChannelParcel::Bot { token, method, body } => {
                self.road.post_to_named(&format!("{}/bot{token}/{method}", self.telegram), body).await
            }
        }
    }
}
