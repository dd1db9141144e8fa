//! A message to a channel on its way: what its job becomes when it goes out, and what became of it.

use super::telegram::call;
use super::told::{Told, told};
use crate::app::App;
use crate::desk_notices::{Undelivered, signature, tell_channel_off};
use newsroom::ChannelDeliveryId;
use newsroom::followers::{ChannelKind, Event};
use newsroom::notices::next_try;
use serde::Deserialize;
use serde_json::{Value, json};
use store::StoreError;
use store::channels::{ChannelDelivery, KeptChannel};
use store::outbox::OutboxJob;

/// A message ready to be sent. It has no `Debug`: there are secrets in it.
#[derive(Clone, PartialEq)]
pub enum ChannelParcel {
    /// To an address of the web: headers and a body of JSON.
    Hook {
        /// Where to.
        url: String,
        /// Beside `content-type`.
        headers: Vec<(&'static str, String)>,
        /// JSON.
        body: String,
    },
    /// To a bot of Telegram.
    Bot {
        /// Its token.
        token: String,
        /// A method of its interface.
        method: &'static str,
        /// What that is given, as JSON.
        body: String,
    },
}

/// What the other side said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelAnswer {
    /// Yes, with a body.
    Yes(Vec<u8>),
    /// There was nothing to say to it any more.
    Nothing,
    /// No.
    No(Undelivered),
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct Job {
    delivery: ChannelDeliveryId,
}

/// What a job sends; none: there is nothing to tell any more, or nobody to tell it.
///
/// # Errors
/// When the store cannot answer: the job is to be tried again.
pub async fn channel_parcel(app: &App, job: &OutboxJob) -> Result<Option<ChannelParcel>, StoreError> {
    let Some((delivery, kept)) = addressed(app, job).await? else { return Ok(None) };
    if kept.stopped_at.is_some() {
        return Ok(None);
    }
    let Some(told) = told(app, delivery.event, delivery.about).await? else { return Ok(None) };
    match kept.channel.kind {
        ChannelKind::Hook => Ok(Some(to_hook(app, &delivery, &kept, &told))),
        ChannelKind::Telegram => to_telegram(app, &delivery, kept, &told).await,
    }
}

/// Signed as Standard Webhooks has it: HMAC-SHA-256 over `id.timestamp.body`, at the minute of this attempt.
fn to_hook(app: &App, delivery: &ChannelDelivery, kept: &KeptChannel, told: &Told) -> ChannelParcel {
    let mut body = json!({
        "type": delivery.event.key(),
        "timestamp": delivery.at.to_string(),
        "paper": app.paper.name,
    });
    if let (Value::Object(body), Value::Object(told)) = (&mut body, told.json(app)) {
        body.extend(told);
    }
    let (id, at, body) = (delivery.id.short(), app.now(), body.to_string());
    let headers = vec![
        ("webhook-id", id.clone()),
        ("webhook-timestamp", at.as_second().to_string()),
        ("webhook-signature", signature(&kept.secret, &id, at, &body)),
    ];
    ChannelParcel::Hook { url: kept.channel.address.clone(), headers, body }
}

async fn to_telegram(
    app: &App,
    delivery: &ChannelDelivery,
    kept: KeptChannel,
    told: &Told,
) -> Result<Option<ChannelParcel>, StoreError> {
    let post = match delivery.about.story {
        Some(story) => app.store.channel_post(kept.channel.id, story).await?,
        None => None,
    };
    let call = call(app, &kept.channel.address, (delivery.event, told), post.map(|(message, _)| message));
    Ok(call.map(|call| ChannelParcel::Bot { token: kept.secret, method: call.method, body: call.given.to_string() }))
}

/// What became of a job. A channel to which nothing arrives for days is switched off, and that is logged.
///
/// # Errors
/// When the store cannot answer.
pub async fn settle_channel(app: &App, job: &OutboxJob, answer: ChannelAnswer) -> Result<(), StoreError> {
    let Some((delivery, kept)) = addressed(app, job).await? else { return app.store.finish_job(job.id).await };
    let (ids, now) = ((job.id, delivery.id), app.now());
    match answer {
        ChannelAnswer::Yes(body) => {
            note_post(app, &delivery, &kept, &body).await?;
            app.store.end_channel_delivery(ids, true, now).await
        }
        ChannelAnswer::Nothing => app.store.end_channel_delivery(ids, false, now).await,
        // Telegram says 400 of a message that is gone, or says already what it is to say: nothing is to be tried again. Of one
        // that is to be taken away it says so too where it does not let the bot: that is a failure, which colleagues see.
        ChannelAnswer::No(Undelivered::Status(400))
            if follows_a_post(&delivery, &kept) && delivery.event != Event::Withdrawn =>
        {
            app.store.end_channel_delivery(ids, false, now).await
        }
        ChannelAnswer::No(why) => {
            let next = next_try(job.attempts, now);
            if app.store.fail_channel_delivery(ids, &why.word(), next, now).await? {
                tracing::warn!(channel = %kept.channel.id, why = why.word(), "a channel was switched off: nothing arrived for days");
                tell_channel_off(app, kept.channel.id).await?;
            }
            Ok(())
        }
    }
}

/// It changes or takes away a message that stands in the channel.
fn follows_a_post(delivery: &ChannelDelivery, kept: &KeptChannel) -> bool {
    let follows = matches!(delivery.event, Event::Updated | Event::Corrected | Event::Withdrawn);
    kept.channel.kind == ChannelKind::Telegram && follows
}

/// Which message tells of the story from now on.
async fn note_post(app: &App, delivery: &ChannelDelivery, kept: &KeptChannel, body: &[u8]) -> Result<(), StoreError> {
    let Some(story) = delivery.about.story.filter(|_| kept.channel.kind == ChannelKind::Telegram) else {
        return Ok(());
    };
    let channel = kept.channel.id;
    if delivery.event == Event::Withdrawn {
        return app.store.drop_channel_post(channel, story).await;
    }
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    match answer["result"]["message_id"].as_i64() {
        Some(message) => app.store.keep_channel_post((channel, story), message, app.now()).await,
        None => Ok(()),
    }
}

async fn addressed(app: &App, job: &OutboxJob) -> Result<Option<(ChannelDelivery, KeptChannel)>, StoreError> {
    let Ok(Job { delivery }) = serde_json::from_str(&job.payload) else { return Ok(None) };
    let delivery = match app.store.channel_delivery(delivery).await {
        Err(StoreError::NotFound) => return Ok(None),
        delivery => delivery?,
    };
    match app.store.channel(delivery.channel).await {
        Err(StoreError::NotFound) => Ok(None),
        channel => channel.map(|channel| Some((delivery, channel))),
    }
}
