//! The paper's house, part by part. Versions are added and never changed; the newest of a part holds, and an earlier one is
//! taken back by being put there again.

use crate::engine::{Row, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::site::Part;
use newsroom::{SiteVersionId, StaffId, Timestamp};
use std::sync::Arc;

macro_rules! versions {
    ($rest:literal) => {
        concat!(
            "select v.version_id, v.part, v.at, v.by_id, coalesce(f.name, ''), v.content
                 from site_versions v left join staff f on f.staff_id = v.by_id ",
            $rest
        )
    };
}

pub(crate) const NEWEST: &str = versions!("where v.part = $1 order by v.version_id desc limit 1");
pub(crate) const VERSIONS: &str =
    versions!("where v.part = $1 and v.version_id < $2 order by v.version_id desc limit $3");

/// A part as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteVersion {
    /// Which.
    pub id: SiteVersionId,
    /// Of what.
    pub part: Part,
    /// Since when it held.
    pub at: Timestamp,
    /// Whose, by id and name.
    pub by: (StaffId, String),
    /// As it was handed in: the store does not read it.
    pub content: String,
}

impl Store {
    /// What holds now: the newest version of each part that has one.
    pub async fn site(&self) -> Result<Vec<SiteVersion>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let mut rows = Vec::new();
                for part in Part::ALL {
                    rows.extend(tx.row(NEWEST, values![part.key()]).await?);
                }
                Ok(rows)
            })
        });
        read.await?.into_iter().map(version).collect()
    }

    /// Versions of a part from before one (exclusive), the newest first.
    pub async fn site_versions(
        &self,
        part: Part,
        before: Option<SiteVersionId>,
        limit: u32,
    ) -> Result<Vec<SiteVersion>, StoreError> {
        let before = before.map_or(i64::MAX, |id| id.0);
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(VERSIONS, values![part.key(), before, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(version).collect()
    }

    /// One version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none of this id.
    pub async fn site_version(&self, id: SiteVersionId) -> Result<SiteVersion, StoreError> {
        const ONE: &str = versions!("where v.version_id = $1");
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map_or(Err(StoreError::NotFound), version)
    }

    /// Puts a version of a part in force; `was`: the one that its author saw.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another one was put there since.
    pub async fn keep_site(
        &self,
        part: Part,
        was: Option<SiteVersionId>,
        content: &str,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(SiteVersionId, Happening), StoreError> {
        let (id, content) = (SiteVersionId(self.id(now)), Arc::new(content.to_owned()));
        let happening = self.happening(Actor::Staff(by), What::SiteChanged { part, version: id }, "", now);
        let write = self.engine.write_alone(move |tx| {
            let (content, happening) = (Arc::clone(&content), happening.clone());
            Box::pin(async move {
                let newest = tx.row(NEWEST, values![part.key()]).await?.map(|row| row.int(0)).transpose()?;
                if newest != was.map(|was| was.0) {
                    return Err(StoreError::Conflict("site".to_owned()));
                }
                let text =
                    "insert into site_versions (version_id, part, at, by_id, content) values ($1, $2, $3, $4, $5)";
                tx.run(text, values![id, part.key(), now, by, &*content]).await?;
                write_down(tx, &happening).await?;
                Ok((id, happening))
            })
        });
        write.await
    }
}

fn version(mut row: Row) -> Result<SiteVersion, StoreError> {
    let part = row.text(1)?;
    Ok(SiteVersion {
        id: SiteVersionId(row.int(0)?),
        part: Part::from_key(&part).ok_or_else(|| StoreError::Broken(format!("no part of the house: {part}")))?,
        at: row.time(2)?,
        by: (StaffId(row.int(3)?), row.text(4)?),
        content: row.text(5)?,
    })
}
