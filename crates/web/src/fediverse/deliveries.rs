//! How those who follow are told: a job for each inbox, signed when it goes out. What it tells is looked up then, too, so that what
//! is not public any more goes nowhere.

use super::article::activity;
use super::courier::Courier;
use super::far_actor::path_of;
use super::keys::PaperKeys;
use super::place::{CONTEXT, actor, key_name};
use super::signature::sign;
use crate::app::App;
use crate::desk_notices::Undelivered;
use crate::error::PageError;
use newsroom::followers::{FarAddress, Followed, next_delivery};
use newsroom::{FarFollowerId, FarInboxId, FarMessageId};
use serde::Deserialize;
use serde_json::{Value, json};
use store::StoreError;
use store::outbox::OutboxJob;

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Job {
    /// Somebody who asked is told that they follow now.
    Accept { accept: FarFollowerId },
    /// An inbox is told of a story, by the paper or a section.
    Tell { message: FarMessageId, inbox: FarInboxId, by: i64 },
}

/// Something on its way.
struct Parcel {
    to: String,
    by: Followed,
    said: Value,
}

/// Brings what a job is about, or says when it is tried again.
///
/// # Errors
/// When the store cannot answer: the job is somebody's again later.
pub(super) async fn deliver(app: &App, courier: &dyn Courier, job: &OutboxJob) -> Result<(), StoreError> {
    let Ok(what) = serde_json::from_str::<Job>(&job.payload) else { return app.store.finish_job(job.id).await };
    let on = app.followers.now().fediverse.on;
    let Some(parcel) = parcel(app, what).await?.filter(|_| on) else { return app.store.finish_job(job.id).await };
    let sent = send(app, courier, &parcel).await?;
    if let Err(why) = sent {
        tracing::debug!(job = %job.id, attempt = job.attempts + 1, why = why.word(), "an inbox was not told");
    }
    settle(app, job, what, sent).await
}

async fn parcel(app: &App, job: Job) -> Result<Option<Parcel>, StoreError> {
    match job {
        Job::Accept { accept } => {
            let Some(follower) = app.store.far_follower(accept).await? else { return Ok(None) };
            let own = actor(&app.paper, follower.followed);
            let said = json!({
                "@context": CONTEXT, "id": format!("{own}#accept-{accept}"), "type": "Accept", "actor": own,
                "object": { "id": follower.follow, "type": "Follow", "actor": follower.actor, "object": own },
            });
            Ok(Some(Parcel { to: follower.own_inbox, by: follower.followed, said }))
        }
        Job::Tell { message, inbox, by } => {
            let Some((to, _)) = app.store.far_inbox(inbox).await? else { return Ok(None) };
            let Some(message) = app.store.far_message(message).await? else { return Ok(None) };
            let by = Followed::from_key(by);
            match activity(app, &message, by).await {
                Ok(said) => Ok(said.map(|said| Parcel { to, by, said })),
                Err(PageError::Store(error)) => Err(error),
                Err(problem) => Err(StoreError::Broken(problem.to_string())),
            }
        }
    }
}

async fn send(app: &App, courier: &dyn Courier, parcel: &Parcel) -> Result<Result<(), Undelivered>, StoreError> {
    let Some(address) = FarAddress::read(&parcel.to) else {
        return Ok(Err(Undelivered::Inside));
    };
    let (keys, body) = (PaperKeys::of(app).await?, parcel.said.to_string().into_bytes());
    let (name, path) = (key_name(&app.paper, parcel.by), path_of(address.as_str()));
    let signed = sign(&keys, &name, ("post", address.host(), path), Some(&body), app.now());
    let Some(mut headers) = signed else { return Ok(Err(Undelivered::NotMade)) };
    headers.push(("accept", "application/activity+json".to_owned()));
    headers.push(("content-type", "application/activity+json".to_owned()));
    Ok(courier.post(address.as_str(), headers, body).await.map(drop))
}

async fn settle(app: &App, job: &OutboxJob, what: Job, sent: Result<(), Undelivered>) -> Result<(), StoreError> {
    let now = app.now();
    let inbox = match what {
        Job::Tell { inbox, .. } => Some(inbox),
        Job::Accept { .. } => None,
    };
    match (sent, inbox) {
        (Ok(()), Some(inbox)) => app.store.far_inbox_told(inbox).await?,
        (Ok(()), None) => {}
        (Err(why @ Undelivered::Status(404 | 410)), Some(inbox)) => {
            app.store.far_inbox_failed(inbox, (&why.word(), true), now).await?;
        }
        (Err(Undelivered::Status(status)), _) if is_final(status) => {}
        (Err(why), inbox) => {
            if let Some(inbox) = inbox {
                app.store.far_inbox_failed(inbox, (&why.word(), false), now).await?;
            }
            if let Some(next) = next_delivery(job.attempts, now) {
                return app.store.fail_job(job.id, &why.word(), Some(next)).await;
            }
        }
    }
    app.store.finish_job(job.id).await
}

/// What is wrong with a message does not become right by sending it again; a server that is busy, or takes a key for another one's
/// for a while, may be right later.
fn is_final(status: u16) -> bool {
    (400..500).contains(&status) && ![401, 403, 408, 429].contains(&status)
}
