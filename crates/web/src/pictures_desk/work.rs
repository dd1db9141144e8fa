//! Who decodes: a process of its own where there is one, else this one under the same limits of pixels and memory.

use darkroom::{Answer, Job, Refused};
use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;
use tokio::sync::Semaphore;

/// Pictures that are decoded at once.
const AT_ONCE: usize = 2;

/// Work under way: what [`darkroom::work`] answers, or nothing where the worker was ended.
pub type Working = Pin<Box<dyn Future<Output = Vec<u8>> + Send>>;

/// Does what [`darkroom::work`] does somewhere else.
pub type Worker = fn(Vec<u8>) -> Working;

/// The paper's darkroom.
#[derive(Debug)]
pub struct Darkroom {
    worker: OnceLock<Worker>,
    places: Semaphore,
}

impl Default for Darkroom {
    fn default() -> Self {
        Self { worker: OnceLock::new(), places: Semaphore::new(AT_ONCE) }
    }
}

impl Darkroom {
    /// From now on this worker decodes. Said once, when the program starts.
    pub fn give_to(&self, worker: Worker) {
        let _ = self.worker.set(worker);
    }

    /// Has a job done; others wait for their turn.
    ///
    /// # Errors
    /// Why it was not done.
    pub async fn does(&self, job: Job, bytes: &[u8]) -> Result<Answer, Refused> {
        let Ok(_place) = self.places.acquire().await else { return Err(Refused::Costly) };
        let asked = [job.head().as_slice(), bytes].concat();
        let answer = match self.worker.get() {
            Some(worker) => worker(asked).await,
            None => tokio::task::spawn_blocking(move || darkroom::work(&asked)).await.unwrap_or_default(),
        };
        Answer::read(answer)
    }
}
