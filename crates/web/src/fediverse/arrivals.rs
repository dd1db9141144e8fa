//! What came is looked at: whose it is, and what becomes of it.

use super::activity::{Activity, Concern, address};
use super::courier::Courier;
use super::far_actor::{FarActor, Unknown};
use super::notes;
use super::place::{followed_at, section};
use super::words::mark_of;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use jiff::SignedDuration;
use newsroom::ArrivalId;
use newsroom::comment::State;
use newsroom::followers::Followed;
use serde::Deserialize;
use store::StoreError;
use store::fediverse::{NewArrival, NewFollower};
use store::outbox::OutboxJob;

/// A server that does not answer is asked again after so long each time, and then no more: it sends again what matters to it.
const WAITS: [SignedDuration; 3] =
    [SignedDuration::from_mins(1), SignedDuration::from_mins(10), SignedDuration::from_hours(1)];
/// Comments of an account that is no more are taken back in steps, at most so many in all.
const AT_ONCE: u32 = 50;
const STEPS: usize = 40;

#[derive(Debug, Clone, Copy, Deserialize)]
struct Job {
    arrival: ArrivalId,
}

/// Looks at what a job is about, and lets it go.
///
/// # Errors
/// When the store cannot answer: it is looked at again.
pub(super) async fn look_at(app: &App, courier: &dyn Courier, job: &OutboxJob) -> Result<(), StoreError> {
    let Ok(Job { arrival: id }) = serde_json::from_str(&job.payload) else { return app.store.finish_job(job.id).await };
    let on = app.followers.now().fediverse.on;
    if let Some(arrival) = app.store.arrival(id).await?.filter(|_| on) {
        match judge(app, courier, &arrival.what).await {
            Ok(()) => {}
            Err(Unknown::Store(error)) => return Err(error),
            Err(Unknown::Later) => {
                let now = app.now();
                let wait = usize::try_from(job.attempts).ok().and_then(|tries| WAITS.get(tries));
                if let Some(next) = wait.and_then(|wait| now.checked_add(*wait).ok()) {
                    return app.store.fail_job(job.id, "unreached", Some(next)).await;
                }
                log(app, "not-asked", &arrival.what).await?;
            }
            Err(Unknown::Forged | Unknown::Gone) => log(app, "forged", &arrival.what).await?,
        }
    }
    app.store.drop_arrival(id).await?;
    app.store.finish_job(job.id).await
}

async fn log(app: &App, what: &str, came: &NewArrival) -> Result<(), StoreError> {
    app.store.log_fediverse((what, &came.host, ""), app.now()).await
}

async fn judge(app: &App, courier: &dyn Courier, came: &NewArrival) -> Result<(), Unknown> {
    let Some(activity) = Activity::read(came.body.as_bytes()).filter(|read| read.actor == came.actor) else {
        return Err(Unknown::Forged);
    };
    if app.store.is_far_host_blocked(&came.host).await? {
        return Ok(());
    }
    let Some(concern) = activity.concern(app).await? else { return Ok(()) };
    let actor = match FarActor::of(app, courier, came).await {
        Ok(actor) => actor,
        // Its own server says that it is no more: that is as good as a signature, which nobody can look at any longer.
        Err(Unknown::Gone) if concern == Concern::Gone => return gone(app, came).await,
        Err(unknown) => return Err(unknown),
    };
    match concern {
        Concern::Follow => follow(app, &activity, &actor, came).await,
        Concern::Undo => undo(app, &activity, came).await,
        Concern::Said => or_store(notes::said(app, &activity, &actor, came).await),
        Concern::Reworded => or_store(notes::reworded(app, &activity).await),
        Concern::TakenBack => or_store(notes::taken_back(app, &activity).await),
        Concern::Gone => gone(app, came).await,
    }
}

/// What keeps a comment from being taken is no reason to try again; a store that cannot answer is.
fn or_store(done: Result<(), PageError>) -> Result<(), Unknown> {
    match done {
        Err(PageError::Store(error)) => Err(Unknown::Store(error)),
        _ => Ok(()),
    }
}

async fn follow(app: &App, activity: &Activity, actor: &FarActor, came: &NewArrival) -> Result<(), Unknown> {
    let whom = address(&activity.object).and_then(|whom| followed_at(&app.paper, &whom));
    let Some(followed) = whom else { return Ok(()) };
    if let Followed::Section(id) = followed
        && section(app, id).await?.is_none()
    {
        return Ok(());
    }
    let new = NewFollower {
        followed,
        actor: actor.id.clone(),
        host: came.host.clone(),
        inbox: actor.shared.clone().unwrap_or_else(|| actor.inbox.clone()),
        own_inbox: actor.inbox.clone(),
        follow: activity.id.clone(),
    };
    if !app.store.keep_far_follower(&new, app.now()).await? {
        tracing::warn!("too many follow from the Fediverse");
    }
    Ok(())
}

/// Takes back what is named: by its own words, or by the address of the activity by which somebody asked.
async fn undo(app: &App, activity: &Activity, came: &NewArrival) -> Result<(), Unknown> {
    let of = (came.host.as_str(), app.now());
    let inner = &activity.object;
    if inner["type"] == "Follow" {
        let own = address(&inner["actor"]).is_none_or(|actor| actor == activity.actor);
        let whom = address(&inner["object"]).and_then(|whom| followed_at(&app.paper, &whom));
        if let Some(followed) = whom.filter(|_| own) {
            app.store.drop_far_follower(&activity.actor, Ok(followed), of).await?;
        }
    } else if let Some(follow) = address(inner) {
        app.store.drop_far_follower(&activity.actor, Err(&follow), of).await?;
    }
    Ok(())
}

/// An account is no more: it follows nobody, and what it said is taken back as by its author.
async fn gone(app: &App, came: &NewArrival) -> Result<(), Unknown> {
    app.store.drop_far_account(&came.actor, &came.host).await?;
    let Some(visitor) = app.store.known_far_person(&mark_of(app, &came.actor)).await? else { return Ok(()) };
    let mut before = None;
    for _ in 0..STEPS {
        let mine = app.store.mine(visitor, before, AT_ONCE).await?;
        let Some(last) = mine.last() else { break };
        before = Some(last.own.id);
        for one in mine.iter().filter(|one| matches!(one.own.state, State::Held | State::Released)) {
            match app.store.withdraw_comment(one.story, one.own.id, visitor, app.now()).await {
                Ok(happening) => aftermath::tell(app, &happening).await,
                Err(StoreError::NotFound) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(())
}
