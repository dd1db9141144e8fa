//! The ways that the paper goes by, as the desk chose them. Versions are added and never changed; the newest holds, and an
//! earlier one is taken back by being put there again.

use crate::engine::{Row, json, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::country::ChosenWays;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{PaperWaysId, StaffId, Timestamp};
use std::sync::Arc;

macro_rules! versions {
    ($rest:literal) => {
        concat!(
            "select v.version_id, v.at, v.by_id, coalesce(f.name, ''), v.chosen
                 from paper_ways v left join staff f on f.staff_id = v.by_id ",
            $rest
        )
    };
}

const NEWEST: &str = versions!("order by v.version_id desc limit 1");
const VERSIONS: &str = versions!("where v.version_id < $1 order by v.version_id desc limit $2");

/// What was chosen once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperWays {
    /// Which.
    pub id: PaperWaysId,
    /// Since when it held.
    pub at: Timestamp,
    /// Whose, by id and name.
    pub by: (StaffId, String),
    /// What.
    pub chosen: ChosenWays,
}

impl Store {
    /// What the desk chose last; none where it never did.
    pub async fn paper_ways(&self) -> Result<Option<PaperWays>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.row(NEWEST, values![]).await }));
        read.await?.map(version).transpose()
    }

    /// Versions from before one (exclusive), the newest first.
    pub async fn paper_ways_versions(
        &self,
        before: Option<PaperWaysId>,
        limit: u32,
    ) -> Result<Vec<PaperWays>, StoreError> {
        let before = before.map_or(i64::MAX, |id| id.0);
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(VERSIONS, values![before, i64::from(limit)]).await }));
        read.await?.into_iter().map(version).collect()
    }

    /// One version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none of this number.
    pub async fn paper_ways_version(&self, id: PaperWaysId) -> Result<PaperWays, StoreError> {
        const ONE: &str = versions!("where v.version_id = $1");
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map_or(Err(StoreError::NotFound), version)
    }

    /// Puts what was chosen in force; `was`: the version that its author saw.
    ///
    /// The numbers follow each other and no clock, so that every process agrees which one is the newest.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another one was put there since.
    pub async fn keep_paper_ways(
        &self,
        was: Option<PaperWaysId>,
        chosen: &ChosenWays,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(PaperWaysId, Happening), StoreError> {
        let id = PaperWaysId(was.map_or(1, |was| was.0.saturating_add(1)));
        let happening = self.happening(Actor::Staff(by), What::PaperWaysChanged { version: id }, "", now);
        let chosen: Arc<str> = json(chosen)?.into();
        let write = self.engine.write_alone(move |tx| {
            let (chosen, happening) = (Arc::clone(&chosen), happening.clone());
            Box::pin(async move {
                let newest = tx.row(NEWEST, values![]).await?.map(|row| row.int(0)).transpose()?;
                let text = "insert into paper_ways (version_id, at, by_id, chosen) values ($1, $2, $3, $4)
                            on conflict (version_id) do nothing";
                if newest != was.map(|was| was.0) || tx.run(text, values![id, now, by, &*chosen]).await? == 0 {
                    return Err(StoreError::Conflict("paper ways".to_owned()));
                }
                write_down(tx, &happening).await?;
                Ok((id, happening))
            })
        });
        write.await
    }
}

fn version(mut row: Row) -> Result<PaperWays, StoreError> {
    Ok(PaperWays {
        id: PaperWaysId(row.int(0)?),
        at: row.time(1)?,
        by: (StaffId(row.int(2)?), row.text(3)?),
        chosen: row.json(4)?,
    })
}
