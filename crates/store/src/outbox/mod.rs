//! Jobs to be done after a commit: at least once, by whoever claims them; those that keep failing are set aside.

mod given_up;

pub use given_up::{GivenUpJob, JobsOfKind, MOST_AGAIN, Which};

use crate::engine::{Dialect, Row, Tx, values};
use crate::{Store, StoreError};
use newsroom::{JobId, Timestamp};

/// A job.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxJob {
    /// Which one.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// With what, as JSON.
    pub payload: String,
    /// How often it was tried before.
    pub attempts: i64,
}

/// Begins a statement that has jobs tried again from `$1` on.
const AS_IF_NEVER_TRIED: &str = "update jobs set dead_at = null, claimed_until = 0, attempts = 0, due_at = $1";

impl Store {
    /// Puts a job in; the same `once` key again changes nothing (`None`), also while the finished job is remembered.
    pub async fn put_job(
        &self,
        kind: &str,
        payload: &str,
        once: &str,
        due: Timestamp,
    ) -> Result<Option<JobId>, StoreError> {
        let id = random_id()?;
        let (kind, payload, once) = (kind.to_owned(), payload.to_owned(), once.to_owned());
        let write = self.engine.write(move |tx| {
            let (kind, payload, once) = (kind.clone(), payload.clone(), once.clone());
            Box::pin(async move { put(tx, id, (&kind, &payload), &once, due).await })
        });
        Ok(write.await?.then_some(id))
    }

    /// Claims up to `limit` due jobs of a kind until a time, the longest due first; nobody else gets them before it.
    pub async fn claim_jobs(
        &self,
        kind: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxJob>, StoreError> {
        let kind = kind.to_owned();
        let write = self.engine.write(move |tx| {
            let kind = kind.clone();
            Box::pin(async move {
                let text = claiming(tx);
                let rows = tx.rows(&text, values![kind, now, i64::from(limit), until]).await?;
                let mut jobs = rows.into_iter().map(claimed).collect::<Result<Vec<_>, _>>()?;
                jobs.sort_unstable_by_key(|(due, job)| (*due, job.id));
                Ok(jobs.into_iter().map(|(_, job)| job).collect())
            })
        });
        write.await
    }

    /// The job is done. Saying so twice is no error: a job may be done more than once.
    pub async fn finish_job(&self, job: JobId) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = format!(
                    "update jobs set done_at = {LATEST}, dead_at = null, claimed_until = 0
                     where job_id = $1 and done_at is null"
                );
                tx.run(&text, values![job]).await
            })
        });
        write.await.map(drop)
    }

    /// The job failed: again at `next`, or set aside when `next` is none. One that somebody else finished stays finished.
    pub async fn fail_job(&self, job: JobId, why: &str, next: Option<Timestamp>) -> Result<(), StoreError> {
        let why = why.to_owned();
        let write = self.engine.write(move |tx| {
            let why = why.clone();
            Box::pin(async move {
                // A null `next` leaves the due time alone and sets the job aside.
                let text = format!(
                    "update jobs set due_at = coalesce($2, due_at), why = $3, claimed_until = 0,
                            dead_at = case when $2 is null then {LATEST} end
                     where job_id = $1 and done_at is null and dead_at is null"
                );
                tx.run(&text, values![job, next, why]).await
            })
        });
        write.await.map(drop)
    }

    /// By kind: how many jobs are due, and how many are set aside.
    pub async fn jobs_standing(&self, now: Timestamp) -> Result<Vec<(String, i64, i64)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                tx.rows(
                    "select kind, cast(sum(case when dead_at is null and due_at <= $1 then 1 else 0 end) as bigint),
                            cast(sum(case when dead_at is null then 0 else 1 end) as bigint)
                     from jobs where done_at is null group by kind order by kind",
                    values![now],
                )
                .await
            })
        });
        let standing = |mut row: Row| Ok((row.text(0)?, row.int(1)?, row.int(2)?));
        read.await?.into_iter().map(standing).collect()
    }

    /// Takes a job out of the dead list to be tried again, as if it had never been tried.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not set aside.
    pub async fn revive_job(&self, job: JobId, due: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = format!("{AS_IF_NEVER_TRIED} where job_id = $2 and dead_at is not null");
                tx.run(&text, values![due, job]).await
            })
        });
        if write.await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Forgets jobs that were finished before a time, and their keys with them; how many.
    pub async fn sweep_jobs(&self, before: Timestamp) -> Result<u64, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move { tx.run("delete from jobs where done_at < $1", values![before]).await })
        });
        write.await
    }
}

/// Puts a job in, in the transaction that makes it necessary; `false` when one with the same key is there.
pub(crate) async fn put(
    tx: &mut Tx,
    id: JobId,
    (kind, payload): (&str, &str),
    once: &str,
    due: Timestamp,
) -> Result<bool, StoreError> {
    let put = tx
        .run(
            "insert into jobs (job_id, kind, payload, once, due_at, claimed_until, attempts, why)
             values ($1, $2, $3, $4, $5, 0, 0, '') on conflict (once) do nothing",
            values![id, kind, payload, once, due],
        )
        .await?;
    Ok(put == 1)
}

/// Ends a job, in the transaction that says what became of it; `false` where it was ended before.
pub(crate) async fn end(tx: &mut Tx, job: JobId, now: Timestamp) -> Result<bool, StoreError> {
    let text = "update jobs set done_at = $2, claimed_until = 0 where job_id = $1 and done_at is null";
    Ok(tx.run(text, values![job, now]).await? == 1)
}

/// When a job was last in hand, as far as its row knows: the end of its claim, or when it was due.
const LATEST: &str = "case when claimed_until > due_at then claimed_until else due_at end";

/// Any number of 63 bits. Not time-ordered like other ids: the only time at hand is when the job is due, and an id made
/// for next week would push every id after it into next week too.
fn random_id() -> Result<JobId, StoreError> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(|problem| StoreError::Broken(problem.to_string()))?;
    Ok(JobId(i64::from_le_bytes(bytes) & i64::MAX))
}

/// One statement on both engines. PostgreSQL passes over rows that somebody else is claiming at this moment instead of
/// waiting for them; the second look at `claimed_until` keeps a job from being claimed twice on any engine.
fn claiming(tx: &Tx) -> String {
    let pass_over = match tx.dialect() {
        Dialect::Postgres => "for update skip locked",
        Dialect::Sqlite => "",
    };
    format!(
        "with due as materialized (
             select job_id from jobs
             where kind = $1 and due_at <= $2 and claimed_until <= $2 and dead_at is null and done_at is null
             order by due_at, job_id limit $3 {pass_over})
         update jobs set claimed_until = $4, attempts = attempts + 1
         where job_id in (select job_id from due) and claimed_until <= $2 and dead_at is null and done_at is null
         returning job_id, kind, payload, attempts - 1, due_at"
    )
}

fn claimed(row: Row) -> Result<(i64, OutboxJob), StoreError> {
    Ok((row.int(4)?, job(row)?))
}

fn job(mut row: Row) -> Result<OutboxJob, StoreError> {
    Ok(OutboxJob { id: JobId(row.int(0)?), kind: row.text(1)?, payload: row.text(2)?, attempts: row.int(3)? })
}
