//! Sending mail: jobs of the outbox become letters, and letters go to the paper's own mail server by SMTP.

mod newsletter;
mod post;

#[cfg(test)]
mod tests;

pub use post::Post;

use crate::commands::text;
use crate::serve::open;
use crate::settings::Settings;
use crate::traces;
use crate::upkeep::print;
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use jiff::SignedDuration;
use newsroom::Timestamp;
use newsroom::people::EmailAddress;
use std::future::Future;
use std::time::Duration;
use store::StoreError;
use store::outbox::OutboxJob;
use tracing::Instrument;
use web::{App, Words};

/// How often is looked whether something is to be sent.
const LOOKED_EVERY: Duration = Duration::from_secs(1);
/// Letters of one look.
const AT_ONCE: u32 = 20;
/// A job that was not answered for by then is somebody else's: longer than any letter takes, and short enough for a link by which a
/// reader is waiting to sign in.
const CLAIMED_FOR: SignedDuration = SignedDuration::from_mins(5);
/// After so many attempts a job is set aside: about six hours.
const ATTEMPTS: i64 = 6;
/// The first wait; each one after it is four times as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
/// Failed jobs that are listed.
const LISTED: u32 = 100;

/// Sends what is to be sent until it is told to stop; a letter on its way is brought to its end.
pub async fn run(app: App, post: Post, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut pace = newsletter::Pace::default();
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(LOOKED_EVERY) => {}
        }
        let app = app.to_readers();
        if let Err(error) = send_due(&app, &post).await {
            tracing::warn!(%error, "mail could not be looked after");
        }
        if let Err(error) = newsletter::send_due(&app, &post, &mut pace).await {
            tracing::warn!(%error, "the newsletter could not be looked after");
        }
    }
}

/// Sends everything that is due now.
///
/// # Errors
/// When the store cannot answer; what was claimed is claimed again later.
pub async fn send_due(app: &App, post: &Post) -> Result<(), StoreError> {
    // One by one: of a process that dies one letter is in hand, and the others are anybody's.
    for _ in 0..AT_ONCE {
        let now = app.now();
        let until = now.saturating_add(CLAIMED_FOR).unwrap_or(now);
        let Some(job) = app.store.claim_jobs(web::MAIL, now, until, 1).await?.pop() else { break };
        send_one(app, post, &job).instrument(traces::work("send a letter")).await?;
    }
    Ok(())
}

async fn send_one(app: &App, post: &Post, job: &OutboxJob) -> Result<(), StoreError> {
    match send(app, post, job).await {
        Ok(()) => app.store.finish_job(job.id).await,
        Err(why) => {
            // Why, without the address: a mail server repeats it in its answers.
            tracing::warn!(job = %job.id, attempt = job.attempts + 1, why, "a letter was not sent");
            traces::failed();
            app.store.fail_job(job.id, &why, next(job, app.now())).await
        }
    }
}

async fn send(app: &App, post: &Post, job: &OutboxJob) -> Result<(), String> {
    match web::letter(app, job).await {
        Ok(Some(letter)) => post.send(&letter).await,
        Ok(None) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

/// When a job that failed is tried again; `None`: no more.
fn next(job: &OutboxJob, now: Timestamp) -> Option<Timestamp> {
    let failed = job.attempts + 1;
    let wait = FIRST_WAIT * 4_i32.pow(u32::try_from(job.attempts).unwrap_or(0).min(8));
    (failed < ATTEMPTS).then(|| now.saturating_add(wait).unwrap_or(now))
}

/// `midad mail`: a letter for trying, and what could not be sent.
pub async fn command(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    match asked.subcommand() {
        Some(("test", asked)) => {
            let typed = text(asked, "address");
            let to = EmailAddress::new(typed);
            let to = to.ok_or_else(|| anyhow!(t.with("cli.mail.no-address", 1, &[("address", typed)])))?;
            let post = settings.post(t)?.ok_or_else(|| anyhow!(t.s("cli.mail.off")))?;
            let app = App::new(open(settings, t).await?, settings.paper(t)?, settings.rulebook_file(t)?, None).await?;
            let sent = post.send(&web::trial_letter(&app, to)?).await;
            sent.map_err(|why| anyhow!(why)).with_context(|| t.s("cli.mail.not-sent"))?;
            print(&t.with("cli.mail.sent", 1, &[("address", typed)]));
            Ok(())
        }
        Some(("failed", asked)) => failed(&open(settings, t).await?, asked.get_flag("again"), t).await,
        _ => Ok(()),
    }
}

/// Letters that were set aside, each with why; `again`: they are tried again.
async fn failed(store: &store::Store, again: bool, t: &Words) -> Result<()> {
    let dead = store.given_up_jobs(LISTED).await?;
    let dead: Vec<_> = dead.into_iter().filter(|job| job.kind == web::MAIL).collect();
    for job in &dead {
        print(&format!("{}\t{}\t{}", job.id, job.payload, job.why));
        if again {
            store.revive_job(job.id, Timestamp::now()).await?;
        }
    }
    print(&t.n(if again { "cli.mail.again" } else { "cli.mail.failed" }, dead.len()));
    Ok(())
}
