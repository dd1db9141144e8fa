//! A duty of the clock: done again and again, whatever becomes of one turn. What fails is logged once, not at every turn.

use crate::app::App;
use futures_util::FutureExt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use store::StoreError;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior};

/// A duty, and how its last turn failed.
#[derive(Debug)]
pub(super) struct Duty {
    name: &'static str,
    failed: Option<String>,
}

impl Duty {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, failed: None }
    }

    /// One turn. A turn that panics ends itself alone: the duty is done again at its next time.
    pub(super) async fn turn(&mut self, work: impl Future<Output = Result<(), StoreError>>) {
        let failed = match AssertUnwindSafe(work).catch_unwind().await {
            Ok(outcome) => outcome.err().map(|error| error.to_string()),
            Err(panic) => Some(format!("panicked: {}", words_of(&*panic))),
        };
        match &failed {
            Some(why) if self.failed.as_ref() != Some(why) => {
                tracing::warn!(duty = self.name, %why, "a duty of the clock failed; it is done again at its next time");
            }
            None if self.failed.is_some() => tracing::info!(duty = self.name, "a duty of the clock is done again"),
            Some(_) | None => {}
        }
        self.failed = failed;
    }

    /// How the last turn failed.
    #[cfg(test)]
    pub(super) fn failed(&self) -> Option<&str> {
        self.failed.as_deref()
    }
}

/// Does a duty each time a span is over, the first time after the first span; each time for the paper as it is then, for its
/// country and its clock may be changed in between.
pub(super) async fn every<Work>(app: App, span: Duration, name: &'static str, work: Work)
where
    Work: AsyncFn(&App) -> Result<(), StoreError>,
{
    let mut ticks = tokio::time::interval_at(Instant::now() + span, span);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut duty = Duty::new(name);
    loop {
        ticks.tick().await;
        let app = app.to_readers();
        duty.turn(async { work(&app).await }).await;
    }
}

/// Until `stop` is there. No duty ends before: one that does is told of.
pub(super) async fn until(stop: impl Future<Output = ()>, duties: &mut JoinSet<()>) {
    let ended = async {
        while let Some(ended) = duties.join_next().await {
            // What a panic says may repeat what somebody wrote.
            let panicked = ended.is_err_and(|problem| problem.is_panic());
            tracing::error!(
                panicked,
                "a duty of the clock has ended; it is done again when the program is started anew"
            );
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = stop => {}
        () = ended => {}
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a word")
}
