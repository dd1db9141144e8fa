//! What time does: follows what other processes did, writes counts down, sweeps what has had its time.

mod duty;
mod earlier;
mod followers;
mod pictures;
mod publication;
mod rights;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use pictures::make_sizes;
#[cfg(test)]
pub(crate) use publication::{end_coverages, end_strips, launch_due, publish_due, publish_issues};
#[cfg(test)]
pub(crate) use rights::end_rights;

use crate::aftermath::{self, Follower};
use crate::app::App;
use crate::desk::told_claim;
use crate::guard::{Pacer, reader_idle_since};
use crate::mail::{self, MailFollower};
pub(crate) use crate::story::draw_cards;
use crate::{addresses, desk_notices, erasures, learning, likeness, networks, newsletter, readings, state_desk, toll};
use duty::{Duty, every, until};
use std::future::Future;
use std::time::Duration;
use store::StoreError;
use store::suggestions::Ceiling;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

const FOLLOW_EVERY: Duration = Duration::from_secs(1);
const TELL_EVERY: Duration = Duration::from_secs(5);
/// Stories go public within a second of their minute.
const PUBLISH_EVERY: Duration = Duration::from_millis(500);
const WRITE_READS_EVERY: Duration = Duration::from_secs(5);
/// What texts mean is read soon after they were kept, and never in the way of whoever keeps them.
const READ_EVERY: Duration = Duration::from_secs(2);
const FORGET_EVERY: Duration = Duration::from_secs(60);
const SWEEP_EVERY: Duration = Duration::from_secs(60 * 60);
/// How long finished jobs are remembered.
const JOBS_ARE_KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// The index of copies is swept in small steps, and goes on where it stopped.
const PROBES_AT_A_TIME: u32 = 500;
/// Words of what was refused go in small steps too: each is a transaction that others wait for.
const REFUSED_AT_A_TIME: u32 = 100;
const MOST_SWEEPS: u32 = 40;
/// Seals are put on in steps, each a transaction that others wait for; so many at a time.
const MOST_SEALINGS: u32 = 10;
/// Files of which nobody says of which printed issue they are wait so long; so many go at once.
const FILES_WAIT: Duration = Duration::from_secs(24 * 60 * 60);
const FILES_AT_A_TIME: u32 = 20;
/// Orders whose time is over are ended so many at once.
const ORDERS_AT_A_TIME: u32 = 20;
/// What other systems' moderators decided is kept so long, and so much of each.
const SUGGESTIONS_ARE_KEPT: Duration = Duration::from_secs(365 * 24 * 60 * 60);
const MOST_SUGGESTIONS: u32 = 100_000;
const SUGGESTIONS_AT_A_TIME: u32 = 1_000;

/// Runs until `stop` is there; then ends the open streams and writes the last counts down. Each duty is a task of its own: one that
/// computes for long keeps no other from its minute.
pub async fn run(app: App, stop: impl Future<Output = ()>) {
    let mut duties = JoinSet::new();
    duties.spawn(follow(app.clone()));
    duties.spawn(every(app.clone(), PUBLISH_EVERY, "publish", publication::publish_due));
    duties.spawn(every(app.clone(), PUBLISH_EVERY, "launch", publication::launch_due));
    duties.spawn(every(app.clone(), PUBLISH_EVERY, "issues", publication::publish_issues));
    duties.spawn(every(app.clone(), PUBLISH_EVERY, "strips", publication::end_strips));
    duties.spawn(every(app.clone(), PUBLISH_EVERY, "coverages", publication::end_coverages));
    duties.spawn(every(app.clone(), WRITE_READS_EVERY, "write-reads", readings::write_down));
    duties.spawn(every(app.clone(), FORGET_EVERY, "addresses", addresses::write_down));
    duties.spawn(tell_colleagues(app.clone()));
    duties.spawn(every(app.clone(), TELL_EVERY, "toll", toll::look));
    duties.spawn(every(app.clone(), FORGET_EVERY, "forget", forget));
    duties.spawn(every(app.clone(), FORGET_EVERY, "coming", sweep_coming));
    duties.spawn(every(app.clone(), SWEEP_EVERY, "sweep", sweep));
    duties.spawn(every(app.clone(), FOLLOW_EVERY, "sizes", pictures::make_sizes));
    duties.spawn(every(app.clone(), FOLLOW_EVERY, "cards", draw_cards));
    duties.spawn(every(app.clone(), FORGET_EVERY, "stray-pictures", pictures::sweep_strays));
    duties.spawn(every(app.clone(), FORGET_EVERY, "rights", rights::end_rights));
    duties.spawn(every(app.clone(), READ_EVERY, "meaning", likeness::make));
    duties.spawn(every(app.clone(), FORGET_EVERY, "learn", learn));
    duties.spawn(every(app.clone(), FORGET_EVERY, "erasures", look_after_erasures));
    duties.spawn(every(app.clone(), FORGET_EVERY, "seals", seal_log));
    duties.spawn(show_process(app.clone()));
    duties.spawn(every(app.clone(), FORGET_EVERY, "newsletter", newsletter::make_editions));
    duties.spawn(followers::tell(app.clone()));
    duties.spawn(earlier::make(app.clone()));
    until(stop, &mut duties).await;
    duties.shutdown().await;
    app.hub.close();
    Duty::new("write-reads").turn(readings::write_down(&app)).await;
    Duty::new("addresses").turn(addresses::write_down(&app)).await;
    Duty::new("process").turn(app.store.take_process_away(&app.process)).await;
}

/// This process works, from its first moment on.
async fn show_process(app: App) {
    Duty::new("process").turn(state_desk::show_process(&app)).await;
    every(app, FORGET_EVERY, "process", state_desk::show_process).await;
}

async fn follow(app: App) {
    let (mut follower, mut letters) = (Follower::default(), MailFollower::default());
    let [mut catching_up, mut claims, mut post] = ["catch-up", "claims", "mail"].map(Duty::new);
    let mut ticks = interval(FOLLOW_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let app = &app.to_readers();
        catching_up.turn(aftermath::catch_up(app, &mut follower)).await;
        claims.turn(tell_claims(app)).await;
        post.turn(mail::follow(app, &mut letters)).await;
    }
}

/// What happened and is due becomes messages to whoever chose to hear of it.
async fn tell_colleagues(app: App) {
    let (mut turns, mut duty) = (desk_notices::Turns::default(), Duty::new("desk-notices"));
    let mut ticks = interval(TELL_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        duty.turn(desk_notices::turn(&app.to_readers(), &mut turns)).await;
    }
}

/// What other processes know of open cards. Those of this one were told at once, and are told again unharmed.
async fn tell_claims(app: &App) -> Result<(), StoreError> {
    if app.hub.has_desk_listeners() {
        let now = app.now();
        for claim in app.store.claims_since(now.saturating_sub(FOLLOW_EVERY * 2).unwrap_or(now)).await? {
            app.hub.tell_desk(told_claim(&claim));
        }
    }
    Ok(())
}

/// Files of which the rest did not come.
async fn sweep_coming(app: &App) -> Result<(), StoreError> {
    app.coming.sweep(app.now());
    Ok(())
}

async fn forget(app: &App) -> Result<(), StoreError> {
    [&app.pacer, &app.links, &app.new_pages, &app.searches].into_iter().for_each(Pacer::forget_the_silent);
    app.followers.fediverse.forget_the_silent();
    let now = app.now();
    app.toll.forget_the_silent(&app.paper, now);
    app.door.forget_the_silent(now);
    readings::forget_earlier_days(app).await?;
    let until = now.saturating_add(FORGET_EVERY / 2).unwrap_or(now);
    if app.store.take_lease("end-measures", &app.process, now, until).await? {
        aftermath::tell_each(app, &app.store.end_measures(now).await?).await;
        aftermath::tell_each(app, &app.store.end_orders(now, ORDERS_AT_A_TIME).await?).await;
        if let Err(error) = crate::orders::seal_what_waits(app, None).await {
            tracing::warn!(%error, "what was removed could not be sealed");
        }
    }
    Ok(())
}

/// What was asked for and nobody is at, one process takes up; once a week the clock asks, where an editor says so.
async fn learn(app: &App) -> Result<(), StoreError> {
    learning::ask_weekly(app).await?;
    learning::take_up_what_was_asked(app).await
}

/// One of the paper's processes goes on with what was broken off, and cleans the files.
async fn look_after_erasures(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(FORGET_EVERY / 2).unwrap_or(now);
    if app.store.take_lease("erasures", &app.process, now, until).await? {
        erasures::look_after(app).await?;
    }
    Ok(())
}

/// One of the paper's processes seals what has happened; an old paper's whole log is sealed in some hours.
async fn seal_log(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(FORGET_EVERY / 2).unwrap_or(now);
    if app.store.take_lease("seals", &app.process, now, until).await? {
        for _ in 0..MOST_SEALINGS {
            if app.store.seal_log(now).await? == 0 {
                break;
            }
        }
    }
    Ok(())
}

/// One of the paper's processes sweeps; the lease is over before the next time.
async fn sweep(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(SWEEP_EVERY / 2).unwrap_or(now);
    crate::quality::draw(app).await?;
    if app.store.take_lease("sweep-sign-ins", &app.process, now, until).await? {
        app.store.sweep_sign_ins(now).await?;
        app.store.sweep_readers(reader_idle_since(now), now).await?;
        app.store.sweep_claims(now).await?;
        readings::sweep(app).await?;
        let day_ago = now.saturating_sub(FILES_WAIT).unwrap_or(now);
        app.store.sweep_issue_files(day_ago, FILES_AT_A_TIME).await?;
        app.store.sweep_open_stories(now).await?;
        let month_ago = now.saturating_sub(JOBS_ARE_KEPT).unwrap_or(now);
        app.store.sweep_jobs(month_ago).await?;
        app.store.sweep_missing_addresses(month_ago).await?;
        app.store.sweep_desk_notices(month_ago).await?;
        followers::sweep(app, month_ago).await?;
        // A paper that keeps none loses what it had kept before as well.
        let lasts = networks::kept_for(app).unwrap_or_default();
        app.store.sweep_networks(now.saturating_sub(lasts).unwrap_or(now)).await?;
        let kept_since = now - jiff::SignedDuration::from_hours(24 * i64::from(app.paper.refused_kept_days));
        for _ in 0..MOST_SWEEPS {
            if app.store.sweep_refused(kept_since, now, REFUSED_AT_A_TIME).await? == 0 {
                break;
            }
        }
        for _ in 0..MOST_SWEEPS {
            if app.store.sweep_probes(now, PROBES_AT_A_TIME).await? == 0 {
                break;
            }
        }
        let before = now.saturating_sub(SUGGESTIONS_ARE_KEPT).unwrap_or(now);
        let ceiling = Ceiling { before, of_a_client: MOST_SUGGESTIONS, at_a_time: SUGGESTIONS_AT_A_TIME };
        while app.store.sweep_suggestions(ceiling).await? > 0 {}
    }
    Ok(())
}
