//! Jobs that were given up, for whoever runs the paper: what they were, and that they are tried again or dropped. Who wanted
//! it so is a happening of the same transaction.

use super::AS_IF_NEVER_TRIED;
use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{HappeningId, JobId, StaffId, Timestamp};
use std::collections::BTreeMap;

/// Jobs of a kind that are tried again at once at most: whoever sends them takes them one by one.
pub const MOST_AGAIN: u32 = 1_000;

/// How the jobs of a kind stand that are not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobsOfKind {
    /// The kind.
    pub kind: String,
    /// Due, and never tried.
    pub waiting: i64,
    /// Tried, and to be tried again.
    pub retrying: i64,
    /// Given up.
    pub given_up: i64,
    /// Since when the longest due one is due, of those that wait or are tried again.
    pub due_since: Option<Timestamp>,
    /// Since when the oldest one is given up.
    pub given_up_since: Option<Timestamp>,
}

/// A job that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUpJob {
    /// Which one.
    pub id: JobId,
    /// What was to be done.
    pub kind: String,
    /// With what, as JSON.
    pub payload: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was given up.
    pub at: Timestamp,
    /// Why it failed last, as whoever tried it noted it.
    pub why: String,
}

/// Which jobs of those that were given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// One.
    One(JobId),
    /// Those of a kind that were given up first, [`MOST_AGAIN`] at most.
    OfKind(String),
}

/// One scan of each of the two indexes of jobs that are not done: those that are done are the many.
const STANDING: &str = "select kind,
         cast(sum(case when due_at <= $1 and attempts = 0 then 1 else 0 end) as bigint),
         cast(sum(case when attempts > 0 then 1 else 0 end) as bigint), cast(0 as bigint),
         min(case when due_at <= $1 then due_at end), cast(null as bigint)
     from jobs where dead_at is null and done_at is null group by kind
     union all
     select kind, cast(0 as bigint), cast(0 as bigint), count(*), cast(null as bigint), min(dead_at)
     from jobs where dead_at is not null and done_at is null group by kind";

impl Store {
    /// By kind, how the jobs stand that are not done.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn jobs_by_kind(&self, now: Timestamp) -> Result<Vec<JobsOfKind>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(STANDING, values![now]).await }));
        let mut all = BTreeMap::<String, JobsOfKind>::new();
        for row in read.await? {
            let one = of_kind(row)?;
            let Some(known) = all.get_mut(&one.kind) else {
                all.insert(one.kind.clone(), one);
                continue;
            };
            known.waiting += one.waiting;
            known.retrying += one.retrying;
            known.given_up += one.given_up;
            known.due_since = known.due_since.or(one.due_since);
            known.given_up_since = known.given_up_since.or(one.given_up_since);
        }
        Ok(all.into_values().collect())
    }

    /// Jobs that were given up, the newest first.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn given_up_jobs(&self, limit: u32) -> Result<Vec<GivenUpJob>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select job_id, kind, payload, attempts, dead_at, why from jobs
                     where dead_at is not null and done_at is null order by dead_at desc, job_id desc limit $1";
                tx.rows(text, values![i64::from(limit)]).await
            })
        });
        read.await?.into_iter().map(given_up).collect()
    }

    /// Has jobs that were given up tried again from `now` on, as if they had never been tried.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when none of them is given up.
    pub async fn try_jobs_again(&self, which: Which, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let id = HappeningId(self.id(now));
        let write = self.engine.write(move |tx| {
            let which = which.clone();
            Box::pin(async move {
                let text = format!(
                    "{AS_IF_NEVER_TRIED}
                     where job_id in ({}) and dead_at is not null returning kind",
                    chosen(&which)
                );
                let (of, jobs) = touched(tx, &text, &which, now).await?;
                told(tx, id, What::JobsTriedAgain { of, jobs }, (by, now)).await
            })
        });
        write.await
    }

    /// Drops a job that was given up: nobody tries it any more. Its key holds for as long as that of a finished one, so that
    /// the same is not put in again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not given up.
    pub async fn drop_job(&self, job: JobId, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let id = HappeningId(self.id(now));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update jobs set dead_at = null, claimed_until = 0, done_at = $1
                     where job_id = $2 and dead_at is not null and done_at is null returning kind";
                let mut row = tx.row(text, values![now, job]).await?.ok_or(StoreError::NotFound)?;
                told(tx, id, What::JobsDropped { of: row.text(0)?, jobs: 1 }, (by, now)).await
            })
        });
        write.await
    }
}

/// The ids of those that were chosen: `$2` is the id or the kind, `$3` how many at most.
fn chosen(which: &Which) -> &'static str {
    match which {
        Which::One(_) => {
            "select job_id from jobs where job_id = $2 and dead_at is not null and done_at is null limit $3"
        }
        Which::OfKind(_) => {
            "select job_id from jobs where kind = $2 and dead_at is not null and done_at is null
             order by dead_at, job_id limit $3"
        }
    }
}

/// Runs it: the kind, and how many there were.
async fn touched(tx: &mut Tx, text: &str, which: &Which, now: Timestamp) -> Result<(String, u64), StoreError> {
    let most = i64::from(MOST_AGAIN);
    let rows = match which {
        Which::One(job) => tx.rows(text, values![now, *job, most]).await?,
        Which::OfKind(kind) => tx.rows(text, values![now, kind, most]).await?,
    };
    let jobs = rows.len() as u64;
    let mut first = rows.into_iter().next().ok_or(StoreError::NotFound)?;
    Ok((first.text(0)?, jobs))
}

async fn told(
    tx: &mut Tx,
    id: HappeningId,
    what: What,
    (by, at): (StaffId, Timestamp),
) -> Result<Happening, StoreError> {
    let happening = Happening { id, at, by: Actor::Staff(by), what, why: String::new() };
    write_down(tx, &happening).await?;
    Ok(happening)
}

fn of_kind(mut row: Row) -> Result<JobsOfKind, StoreError> {
    Ok(JobsOfKind {
        kind: row.text(0)?,
        waiting: row.int(1)?,
        retrying: row.int(2)?,
        given_up: row.int(3)?,
        due_since: row.maybe_time(4)?,
        given_up_since: row.maybe_time(5)?,
    })
}

fn given_up(mut row: Row) -> Result<GivenUpJob, StoreError> {
    Ok(GivenUpJob {
        id: JobId(row.int(0)?),
        kind: row.text(1)?,
        payload: row.text(2)?,
        attempts: row.int(3)?,
        at: row.time(4)?,
        why: row.text(5)?,
    })
}
