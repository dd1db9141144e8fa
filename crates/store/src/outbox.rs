//! Jobs to be done after a commit: at least once, by whoever claims them; those that keep failing are set aside.
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

impl Store {
    /// Puts a job in; the same `once` key again changes nothing (`None`).
    pub async fn put_job(
        &self,
        kind: &str,
        payload: &str,
        once: &str,
        due: Timestamp,
    ) -> Result<Option<JobId>, StoreError> {
        todo!()
    }
    /// Claims up to `limit` due jobs until a time; nobody else gets them before it.
    pub async fn claim_jobs(
        &self,
        kind: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxJob>, StoreError> {
        todo!()
    }
    /// The job is done.
    pub async fn finish_job(&self, job: JobId) -> Result<(), StoreError> {
        todo!()
    }
    /// The job failed: again at `next`, or set aside when `next` is none.
    pub async fn fail_job(&self, job: JobId, why: &str, next: Option<Timestamp>) -> Result<(), StoreError> {
        todo!()
    }
    /// Jobs set aside, newest first, with why.
    pub async fn dead_jobs(&self, limit: u32) -> Result<Vec<(OutboxJob, String)>, StoreError> {
        todo!()
    }
    /// Takes a job out of the dead list to be tried again.
    pub async fn revive_job(&self, job: JobId, due: Timestamp) -> Result<(), StoreError> {
        todo!()
    }
}
