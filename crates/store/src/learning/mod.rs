//! What the paper's own decisions taught: which of them teach, the layers that came of it, and which is used.

mod decisions;
mod runs;

use crate::engine::{Row, json, values};
use crate::happenings::write_down;
use crate::queue::NOBODY;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::learning::Report;
use newsroom::people::Actor;
use newsroom::{LayerId, LearningId, StaffId, Timestamp};
use std::sync::Arc;

pub(crate) use decisions::DECISIONS;
pub use runs::{LearningRun, RunState};

/// Of layers that were never used so many are kept, the newest.
const UNUSED: i64 = 8;

/// A layer without its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerLine {
    /// Which.
    pub id: LayerId,
    /// When it was taught.
    pub at: Timestamp,
    /// Who asked for it; empty where the clock did.
    pub by_name: String,
    /// Decisions that it was taught by.
    pub decisions: u64,
    /// Of the heads beneath it: sixteen hexadecimal digits.
    pub heads: String,
    /// Of both together, as verdicts name them.
    pub models: String,
    /// Before and after.
    pub report: Report,
}

/// A layer to be kept.
#[derive(Debug, Clone)]
pub struct NewLayer {
    /// Who asked for it; none: the clock.
    pub by: Option<StaffId>,
    /// Decisions that it was taught by.
    pub decisions: u64,
    /// Sixteen hexadecimal digits: of the heads, of the layer, of both.
    pub fingerprints: [String; 3],
    /// Before and after.
    pub report: Report,
    /// The layer.
    pub bytes: Vec<u8>,
}

/// What is used, and when layers are taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Used {
    /// The layer; none: the heads judge as they ship.
    pub layer: Option<LayerId>,
    /// One is taught each week.
    pub weekly: bool,
    /// Decisions of other comment systems count too.
    pub suggestions: bool,
}

/// A version of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningVersion {
    /// Which.
    pub id: LearningId,
    /// Since when it held.
    pub at: Timestamp,
    /// Who switched it.
    pub by_name: String,
    /// Why, in their words.
    pub why: String,
    /// What is used.
    pub used: Used,
}

/// A version to be kept.
#[derive(Debug, Clone)]
pub struct NewLearning {
    /// The version that its author saw; none when there was none.
    pub was: Option<LearningId>,
    /// What is used.
    pub used: Used,
    /// By whom.
    pub by: StaffId,
    /// Why.
    pub why: String,
}

const VERSIONS: &str = "select l.learning_id, l.at, s.name, l.why, l.layer_id, l.weekly, l.suggestions
     from learning l join staff s on s.staff_id = l.by_id order by l.learning_id desc limit $1";

const LAYERS: &str = "select l.layer_id, l.at, coalesce(s.name, ''), l.decisions, l.heads, l.models, l.report
     from own_layers l left join staff s on s.staff_id = l.by_id order by l.layer_id desc limit $1";

const UNUSED_BEFORE: &str = "select layer_id from own_layers o
     where not exists (select 1 from learning l where l.layer_id = o.layer_id)
     order by layer_id desc limit 1 offset $1";

const FORGET_UNUSED: &str = "delete from own_layers where layer_id <= $1
     and not exists (select 1 from learning l where l.layer_id = own_layers.layer_id)";

impl Store {
    /// The version that holds; none while nobody ever switched anything.
    pub async fn learning(&self) -> Result<Option<LearningVersion>, StoreError> {
        Ok(self.learnings(1).await?.pop())
    }

    /// The last versions, the newest first.
    pub async fn learnings(&self, limit: u32) -> Result<Vec<LearningVersion>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(VERSIONS, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(version).collect()
    }

    /// Switches a version on, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another version was switched on since its author looked, [`StoreError::NotFound`] when
    /// there is no such layer.
    pub async fn keep_learning(&self, new: NewLearning, now: Timestamp) -> Result<(LearningId, Happening), StoreError> {
        let id = LearningId(self.id(now));
        let happening = self.happening(Actor::Staff(new.by), What::LearningChanged { learning: id }, &new.why, now);
        let kept = Arc::new((new, happening));
        let write = self.engine.write_alone(move |tx| {
            let kept = Arc::clone(&kept);
            Box::pin(async move {
                let (new, happening) = &*kept;
                let newest = "select learning_id from learning order by learning_id desc limit 1";
                let newest = tx.row(newest, values![]).await?.map(|row| row.int(0)).transpose()?;
                if newest != new.was.map(|was| was.0) {
                    return Err(StoreError::Conflict("learning".to_owned()));
                }
                if let Some(layer) = new.used.layer {
                    let known = "select layer_id from own_layers where layer_id = $1";
                    tx.row(known, values![layer]).await?.ok_or(StoreError::NotFound)?;
                }
                let text = "insert into learning (learning_id, at, by_id, why, layer_id, weekly, suggestions)
                     values ($1, $2, $3, $4, $5, $6, $7)";
                let Used { layer, weekly, suggestions } = new.used;
                let switches = (i64::from(weekly), i64::from(suggestions));
                tx.run(text, values![id, now, new.by, &new.why, layer, switches.0, switches.1]).await?;
                write_down(tx, happening).await?;
                Ok((id, happening.clone()))
            })
        });
        write.await
    }

    /// The last layers, the newest first.
    pub async fn layers(&self, limit: u32) -> Result<Vec<LayerLine>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(LAYERS, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(layer).collect()
    }

    /// A layer's bytes.
    pub async fn layer_bytes(&self, id: LayerId) -> Result<Option<Vec<u8>>, StoreError> {
        let text = "select bytes from own_layers where layer_id = $1";
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(text, values![id]).await }));
        read.await?.map(|mut row| row.bytes(0)).transpose()
    }

    /// The bytes of the layer by which a verdict was made, by the verdict's own name of its models.
    pub async fn layer_of_models(&self, models: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let models = models.to_owned();
        let read = self.engine.read(move |tx| {
            let models = models.clone();
            Box::pin(async move {
                tx.row("select bytes from own_layers where models = $1 order by layer_id limit 1", values![models])
                    .await
            })
        });
        read.await?.map(|mut row| row.bytes(0)).transpose()
    }

    /// Keeps a layer, with its happening. Of those that were never used the oldest are forgotten.
    pub async fn keep_layer(&self, new: NewLayer, now: Timestamp) -> Result<(LayerId, Happening), StoreError> {
        let id = LayerId(self.id(now));
        let by = new.by.map_or(Actor::Program, Actor::Staff);
        let happening = self.happening(by, What::LayerLearned { layer: id, decisions: new.decisions }, "", now);
        let kept = Arc::new((new, happening));
        let write = self.engine.write(move |tx| {
            let kept = Arc::clone(&kept);
            Box::pin(async move {
                let (new, happening) = &*kept;
                let text = "insert into own_layers
                         (layer_id, at, by_id, decisions, heads, fingerprint, models, report, bytes)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
                let decisions = i64::try_from(new.decisions).unwrap_or(i64::MAX);
                let [heads, own, models] = &new.fingerprints;
                let (by, report) = (new.by.unwrap_or(NOBODY), json(&new.report)?);
                let given = values![id, now, by, decisions, heads, own, models, report, new.bytes.clone()];
                tx.run(text, given).await?;
                if let Some(last) = tx.row(UNUSED_BEFORE, values![UNUSED]).await? {
                    tx.run(FORGET_UNUSED, values![last.int(0)?]).await?;
                }
                write_down(tx, happening).await?;
                Ok((id, happening.clone()))
            })
        });
        write.await
    }
}

fn version(mut row: Row) -> Result<LearningVersion, StoreError> {
    let used = Used { layer: row.maybe_int(4)?.map(LayerId), weekly: row.yes(5)?, suggestions: row.yes(6)? };
    Ok(LearningVersion {
        id: LearningId(row.int(0)?),
        at: row.time(1)?,
        by_name: row.text(2)?,
        why: row.text(3)?,
        used,
    })
}

fn layer(mut row: Row) -> Result<LayerLine, StoreError> {
    Ok(LayerLine {
        id: LayerId(row.int(0)?),
        at: row.time(1)?,
        by_name: row.text(2)?,
        decisions: row.int(3)?.unsigned_abs(),
        heads: row.text(4)?,
        models: row.text(5)?,
        report: row.json(6)?,
    })
}
