//! Times at which a layer is taught: asked for, at work, over. One at a time; one whose process died is over when its time is.

use crate::engine::{Row, values};
use crate::queue::NOBODY;
use crate::{Store, StoreError};
use newsroom::{LayerId, LearningRunId, StaffId, Timestamp};

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Nobody is at it yet.
    Asked,
    /// Somebody is.
    Running,
    /// A layer was kept.
    Done,
    /// Too little was decided: nothing was kept.
    TooFew,
    /// It could not be done.
    Failed,
}

impl RunState {
    const ALL: [Self; 5] = [Self::Asked, Self::Running, Self::Done, Self::TooFew, Self::Failed];

    /// Its word in the store and in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Running => "running",
            Self::Done => "done",
            Self::TooFew => "too-few",
            Self::Failed => "failed",
        }
    }
}

/// A time at which a layer is taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LearningRun {
    /// Which.
    pub id: LearningRunId,
    /// When it was asked for.
    pub at: Timestamp,
    /// By whom; none: by the clock.
    pub by: Option<StaffId>,
    /// How far it is.
    pub state: RunState,
    /// Steps done, and all steps; 0 while that is not known.
    pub steps: (u64, u64),
    /// Until then whoever is at it is believed to be.
    pub until: Timestamp,
    /// What came of it.
    pub layer: Option<LayerId>,
}

impl LearningRun {
    /// Is still going on, or about to.
    pub fn is_open(&self, now: Timestamp) -> bool {
        match self.state {
            RunState::Asked => true,
            RunState::Running => self.until > now,
            RunState::Done | RunState::TooFew | RunState::Failed => false,
        }
    }
}

const LAST: &str = "select run_id, at, by_id, state, done, total, until_at, layer_id
     from learning_runs order by run_id desc limit 1";

impl Store {
    /// The last time at which a layer was taught, or is to be.
    pub async fn learning_run(&self) -> Result<Option<LearningRun>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.row(LAST, values![]).await }));
        read.await?.map(run).transpose()
    }

    /// Asks for a layer to be taught; none: the clock asks.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when one is asked for already, or being taught.
    pub async fn ask_to_learn(&self, by: Option<StaffId>, now: Timestamp) -> Result<LearningRunId, StoreError> {
        let id = LearningRunId(self.id(now));
        let write = self.engine.write_alone(move |tx| {
            Box::pin(async move {
                if let Some(last) = tx.row(LAST, values![]).await?.map(run).transpose()?
                    && last.is_open(now)
                {
                    return Err(StoreError::Conflict("learning_runs".to_owned()));
                }
                let text = "insert into learning_runs (run_id, at, by_id, state, done, total, until_at)
                     values ($1, $2, $3, 'asked', 0, 0, $2)";
                tx.run(text, values![id, now, by.unwrap_or(NOBODY)]).await
            })
        });
        write.await?;
        Ok(id)
    }

    /// Takes up what was asked for; none where nothing is, or somebody else is at it.
    pub async fn take_learning_run(&self, now: Timestamp, until: Timestamp) -> Result<Option<LearningRun>, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let Some(last) = tx.row(LAST, values![]).await?.map(run).transpose()? else { return Ok(None) };
                let text = "update learning_runs set state = 'running', until_at = $2 where run_id = $1
                     and (state = 'asked' or (state = 'running' and until_at <= $3))";
                let taken = tx.run(text, values![last.id, until, now]).await? == 1;
                Ok(taken.then_some(LearningRun { state: RunState::Running, until, ..last }))
            })
        });
        write.await
    }

    /// Notes how far a run is, and that somebody is still at it.
    pub async fn note_learning_run(
        &self,
        id: LearningRunId,
        (done, total): (u64, u64),
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let [done, total] = [done, total].map(|steps| i64::try_from(steps).unwrap_or(i64::MAX));
        let text =
            "update learning_runs set done = $2, total = $3, until_at = $4 where run_id = $1 and state = 'running'";
        let write =
            self.engine.write(move |tx| Box::pin(async move { tx.run(text, values![id, done, total, until]).await }));
        write.await.map(drop)
    }

    /// Ends a run.
    pub async fn end_learning_run(
        &self,
        id: LearningRunId,
        state: RunState,
        layer: Option<LayerId>,
    ) -> Result<(), StoreError> {
        let text = "update learning_runs set state = $2, layer_id = $3 where run_id = $1 and state = 'running'";
        let write =
            self.engine.write(move |tx| Box::pin(async move { tx.run(text, values![id, state.key(), layer]).await }));
        write.await.map(drop)
    }
}

fn run(mut row: Row) -> Result<LearningRun, StoreError> {
    let word = row.text(3)?;
    let state = RunState::ALL.into_iter().find(|state| state.key() == word);
    Ok(LearningRun {
        id: LearningRunId(row.int(0)?),
        at: row.time(1)?,
        by: Some(StaffId(row.int(2)?)).filter(|by| *by != NOBODY),
        state: state.ok_or_else(|| StoreError::Broken(format!("no state of a run: {word}")))?,
        steps: (row.int(4)?.unsigned_abs(), row.int(5)?.unsigned_abs()),
        until: row.time(6)?,
        layer: row.maybe_int(7)?.map(LayerId),
    })
}
