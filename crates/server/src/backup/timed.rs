//! Backups by the clock. The work is this program's again, in a process of its own, as an administrator would start it: it
//! takes no memory of whoever serves, and ends with it. Which of the paper's processes does it is a lease.

use anyhow::{Context, Result};
use jiff::SignedDuration;
use newsroom::Timestamp;
use std::future::Future;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use web::App;

/// How often is looked whether it is time, and how often the lease is renewed meanwhile.
const LOOKED_EVERY: Duration = Duration::from_secs(20);
/// A process that has not renewed its lease for so long has ended; another one begins anew.
const IN_HAND: SignedDuration = SignedDuration::from_mins(5);
/// After a failure it is tried again so soon, or at its next time where that is sooner.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);
const DUTY: &str = "backup";

/// When, and with what settings.
pub struct Plan {
    /// Between the beginnings of two backups.
    pub every: SignedDuration,
    /// How many of the newest are kept.
    pub newest: u32,
    /// All settings as variables: the command line of another process is for everybody to read, its variables are not.
    pub variables: Vec<(String, String)>,
}

/// Makes one whenever it is time, until it is told to stop; one that is being made then is broken off.
pub async fn run(app: App, plan: Plan, stop: impl Future<Output = ()>) {
    tokio::select! {
        () = stop => {}
        () = for_ever(&app, &plan) => {}
    }
}

async fn for_ever(app: &App, plan: &Plan) {
    loop {
        tokio::time::sleep(LOOKED_EVERY).await;
        if let Err(problem) = turn(app, plan).await {
            tracing::warn!(%problem, "backups could not be looked after");
        }
    }
}

/// One look: whoever gets the lease makes the backup, and lets it go when the next one is due.
async fn turn(app: &App, plan: &Plan) -> Result<()> {
    let begun = app.now();
    // A holder of this turn alone: a lease that stands until the next backup is due is nobody's to renew.
    let holder = format!("{} {begun}", app.process);
    if !app.store.take_lease(DUTY, &holder, begun, after(begun, IN_HAND)).await? {
        return Ok(());
    }
    let working = make(plan);
    tokio::pin!(working);
    let ended = loop {
        tokio::select! {
            ended = &mut working => break ended,
            () = tokio::time::sleep(LOOKED_EVERY) => {
                let now = app.now();
                // A database that is away for a moment breaks off no backup; one that somebody else makes by now does.
                match app.store.take_lease(DUTY, &holder, now, after(now, IN_HAND)).await {
                    Ok(true) => {}
                    Ok(false) => return Ok(()),
                    Err(problem) => tracing::warn!(%problem, "the backup goes on; that it does could not be noted"),
                }
            }
        }
    };
    let due = match &ended {
        Ok(Made::Whole { said, warned }) => {
            tracing::info!(%said, "a backup was made and proved");
            if !warned.is_empty() {
                tracing::warn!(%warned, "a backup was made and proved, and something about it deserves a look");
            }
            after(begun, plan.every)
        }
        // The next one takes it along: to make another one at once would bring the bucket no nearer.
        Ok(Made::NotCarried(why)) => {
            tracing::warn!(%why, "a backup was made and proved, and did not get to the bucket");
            after(begun, plan.every)
        }
        Err(problem) => {
            tracing::error!(problem = format!("{problem:#}"), "there is no proved backup of this time");
            after(begun, plan.every).min(after(app.now(), AGAIN))
        }
    };
    app.store.take_lease(DUTY, &holder, app.now(), due).await?;
    Ok(())
}

/// What came of it.
enum Made {
    /// It is where it belongs; what was said, and what deserves a look all the same.
    Whole { said: String, warned: String },
    /// It is in the folder, and not in the bucket; why.
    NotCarried(String),
}

async fn make(plan: &Plan) -> Result<Made> {
    let mut command = Command::new(std::env::current_exe()?);
    // Every setting is among the variables: a file that lies about is not asked.
    command.args(["backup", "--config", "/dev/null", "--keep", &plan.newest.to_string()]);
    command.envs(plan.variables.iter().cloned());
    // What it complains about is passed on; how it goes is not.
    command.env("MIDAD_LOG", "warn");
    command.stdin(Stdio::null()).kill_on_drop(true);
    let output = command.output().await.context("midad backup")?;
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).split_whitespace().collect::<Vec<_>>().join(" ");
    if output.status.code() == Some(i32::from(super::NOT_CARRIED)) {
        return Ok(Made::NotCarried(said(&output.stderr)));
    }
    anyhow::ensure!(output.status.success(), "{}: {}", output.status, said(&output.stderr));
    Ok(Made::Whole { said: said(&output.stdout), warned: said(&output.stderr) })
}

fn after(at: Timestamp, span: SignedDuration) -> Timestamp {
    at.saturating_add(span).unwrap_or(at)
}
