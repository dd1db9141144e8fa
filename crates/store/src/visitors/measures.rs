//! Measures on readers: taken, acknowledged, taken back, come to their end. Rows are never removed by any of it.

use crate::engine::{Row, Tx, json, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Measure, MeasureKind, Measures};
use newsroom::{HappeningId, MeasureId, StaffId, Timestamp, VisitorId};

/// Measures looked at of one visitor.
const SHOWN: i64 = 100;
/// Measures that end in one transaction.
const AT_ONCE: i64 = 100;

/// A measure of now or before, as the staff sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureLine {
    /// The measure.
    pub measure: Measure,
    /// When, by whom and why it ended before its time or at it.
    pub ended: Option<(Timestamp, Actor, String)>,
}

macro_rules! columns {
    () => {
        "select measure_id, visitor_id, kind, why, by_id, at, until_at, acknowledged_at"
    };
}

/// A warning is in force until it was acknowledged.
pub(crate) const IN_FORCE: &str = concat!(
    columns!(),
    " from measures where visitor_id in ($1, $4) and ended_at is null and (until_at is null or until_at > $2)
      and (kind <> 'warn' or acknowledged_at is null) order by measure_id limit $3"
);
pub(crate) const OF_VISITOR: &str = concat!(
    columns!(),
    ", ended_at, ended_by, ended_why from measures where visitor_id = $1 order by measure_id desc limit $2"
);
pub(crate) const KEPT: &str =
    concat!(columns!(), " from measures where visitor_id < 0 and ended_at is null order by measure_id desc limit $1");
pub(crate) const ENDING: &str = "select measure_id, visitor_id from measures
     where ended_at is null and until_at is not null and until_at <= $1 order by until_at, measure_id limit $2";

impl Store {
    /// Takes a measure on a visitor who has commented.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such visitor.
    pub async fn take_measure(&self, measure: &Measure) -> Result<Happening, StoreError> {
        let measure = measure.clone();
        let what = What::MeasureTaken {
            visitor: measure.visitor,
            measure: measure.id,
            what: measure.kind,
            until: measure.until,
        };
        let happening = self.happening(Actor::Staff(measure.by), what, "", measure.at);
        let write = self.engine.write(move |tx| {
            let (measure, happening) = (measure.clone(), happening.clone());
            Box::pin(async move {
                there_is(tx, measure.visitor).await?;
                let Measure { id, visitor, kind, why, by, at, until, acknowledged: _ } = &measure;
                tx.run(
                    "insert into measures (measure_id, visitor_id, kind, why, by_id, at, until_at, ended_why)
                     values ($1, $2, $3, $4, $5, $6, $7, '')",
                    values![*id, *visitor, kind.key(), why, *by, *at, *until],
                )
                .await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Takes a measure back.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is over already; [`StoreError::NotFound`].
    pub async fn lift_measure(
        &self,
        measure: MeasureId,
        by: Actor,
        why: &str,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (id, why) = (HappeningId(self.id(now)), why.to_owned());
        let write = self.engine.write(move |tx| {
            let why = why.clone();
            Box::pin(async move {
                let row = tx
                    .row(
                        "update measures set ended_at = $2, ended_by = $3, ended_why = $4
                         where measure_id = $1 and ended_at is null and (until_at is null or until_at > $2)
                         returning visitor_id",
                        values![measure, now, json(&by)?, why],
                    )
                    .await?;
                let Some(row) = row else { return Err(why_not(tx, measure).await?) };
                let visitor = VisitorId(row.int(0)?);
                let what = What::MeasureLifted { visitor, measure };
                let happening = Happening { id, at: now, by, what, why: String::new() };
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// The reader says that a warning was read; `None` when it was said before or is not theirs to say.
    pub async fn acknowledge_measure(
        &self,
        measure: MeasureId,
        visitor: VisitorId,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let what = What::MeasureAcknowledged { visitor, measure };
        let happening = self.happening(Actor::Visitor(visitor), what, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let said = "update measures set acknowledged_at = $3
                     where measure_id = $1 and visitor_id = $2 and kind = 'warn' and acknowledged_at is null
                     and ended_at is null";
                if tx.run(said, values![measure, visitor, now]).await? == 0 {
                    return Ok(None);
                }
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }

    /// What is in force on a visitor.
    pub async fn measures_on(&self, visitor: VisitorId, now: Timestamp) -> Result<Measures, StoreError> {
        self.measures_on_either(visitor, visitor, now).await
    }

    /// The same on a visitor who may have been erased since: `kept` is the number under which their measures go on.
    pub async fn measures_on_either(
        &self,
        visitor: VisitorId,
        kept: VisitorId,
        now: Timestamp,
    ) -> Result<Measures, StoreError> {
        let read = self
            .engine
            .glance(move |tx| Box::pin(async move { tx.rows(IN_FORCE, values![visitor, now, SHOWN, kept]).await }));
        read.await?.into_iter().map(measure).collect::<Result<_, _>>().map(Measures)
    }

    /// Measures in force on readers whose data are gone, the last ones first.
    pub async fn kept_measures(&self, limit: u32) -> Result<Vec<Measure>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(KEPT, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(measure).collect()
    }

    /// The last hundred measures on a visitor, of now and before, newest first.
    pub async fn measures_of(&self, visitor: VisitorId) -> Result<Vec<MeasureLine>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(OF_VISITOR, values![visitor, SHOWN]).await }));
        let line = |mut row: Row| {
            let ended = row.maybe_time(8)?;
            let ended = ended.map(|at| Ok::<_, StoreError>((at, row.json(9)?, row.text(10)?))).transpose()?;
            Ok(MeasureLine { measure: measure(row)?, ended })
        };
        read.await?.into_iter().map(line).collect()
    }

    /// Writes down which measures have come to their end, at most a hundred; what happened.
    pub async fn end_measures(&self, now: Timestamp) -> Result<Vec<Happening>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(ENDING, values![now, AT_ONCE]).await }));
        let mut told = Vec::new();
        for row in read.await? {
            told.extend(self.end_measure(MeasureId(row.int(0)?), VisitorId(row.int(1)?), now).await?);
        }
        Ok(told)
    }

    async fn end_measure(
        &self,
        measure: MeasureId,
        visitor: VisitorId,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let happening = self.happening(Actor::Program, What::MeasureRanOut { visitor, measure }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let ended = "update measures set ended_at = until_at, ended_by = $2
                     where measure_id = $1 and ended_at is null and until_at <= $3";
                if tx.run(ended, values![measure, json(&Actor::Program)?, now]).await? == 0 {
                    return Ok(None);
                }
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }
}

/// A measure that is over, or one that never was.
async fn why_not(tx: &mut Tx, measure: MeasureId) -> Result<StoreError, StoreError> {
    let row = tx.row("select 1 from measures where measure_id = $1", values![measure]).await?;
    Ok(row.map_or(StoreError::NotFound, |_| StoreError::Conflict("measure".to_owned())))
}

/// Nothing is written about somebody who was never here, or whose data are gone.
pub(super) async fn there_is(tx: &mut Tx, visitor: VisitorId) -> Result<(), StoreError> {
    let row = tx.row("select 1 from visitors where visitor_id = $1", values![visitor]).await?;
    row.map(drop).ok_or(StoreError::NotFound)
}

fn measure(mut row: Row) -> Result<Measure, StoreError> {
    let word = row.text(2)?;
    let kind = MeasureKind::from_key(&word);
    Ok(Measure {
        id: MeasureId(row.int(0)?),
        visitor: VisitorId(row.int(1)?),
        kind: kind.ok_or_else(|| StoreError::Broken(format!("no measure is called {word}")))?,
        why: row.text(3)?,
        by: StaffId(row.int(4)?),
        at: row.time(5)?,
        until: row.maybe_time(6)?,
        acknowledged: row.maybe_time(7)?,
    })
}
