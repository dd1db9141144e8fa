//! Connections that only read: each question is asked on one consistent snapshot, by one of them.

use super::sqlite::{Sqlite, broken, connection, finished, gone, guarded};
use super::{StoreError, Tx};
use crate::traced;
use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections that only read.
#[derive(Debug)]
pub(super) struct Readers {
    idle: Mutex<Vec<Tx>>,
    free: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn of(idle: Vec<Tx>) -> Self {
        Self { free: Arc::new(Semaphore::new(idle.len())), idle: Mutex::new(idle) }
    }
}

/// A reader's connection on loan. It goes back before its permit does, whatever happens to whoever asked.
struct Loan {
    readers: Arc<Readers>,
    tx: Option<Tx>,
    _permit: OwnedSemaphorePermit,
}

impl Loan {
    /// Runs a job on one consistent snapshot.
    fn ask<T>(
        &mut self,
        job: impl for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let tx = self.tx.as_mut().ok_or_else(gone)?;
        let answer = guarded(|| {
            connection(tx)?.file.execute_batch("begin").map_err(broken)?;
            finished(job(tx))
        });
        // Nothing was written: the end of the snapshot cannot lose anything.
        let _ = connection(tx).map(|connection| connection.file.execute_batch("rollback"));
        answer
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if let (Some(tx), Ok(mut idle)) = (self.tx.take(), self.readers.idle.lock()) {
            idle.push(tx);
        }
    }
}

impl Sqlite {
    pub(super) async fn read<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        let free = Arc::clone(&self.readers().free);
        let permit = free.acquire_owned().await.map_err(|_| gone())?;
        let mut loan = self.lend(permit)?;
        // The loan goes into the thread: a reader that turns away does not take the connection with it.
        let part_of = traced::here();
        let reading = tokio::task::spawn_blocking(move || part_of.in_scope(|| loan.ask(&job)));
        reading.await.map_err(|problem| StoreError::Broken(problem.to_string()))?
    }

    /// The same on the thread that asks, where a connection is free: for a few rows by their index, which take less time than
    /// to hand the question to another thread and the answer back.
    pub(super) async fn glance<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + Sync + 'static,
    {
        match Arc::clone(&self.readers().free).try_acquire_owned() {
            Ok(permit) => self.lend(permit)?.ask(&job),
            Err(_) => self.read(job).await,
        }
    }

    fn lend(&self, permit: OwnedSemaphorePermit) -> Result<Loan, StoreError> {
        let readers = Arc::clone(self.readers());
        let tx = readers.idle.lock().map_err(|_| gone())?.pop();
        Ok(Loan { readers, tx, _permit: permit })
    }
}
