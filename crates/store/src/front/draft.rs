//! The front page that is being prepared, one for the whole desk. Its version is the launch that readers have until somebody
//! saves, and from then on a number of its own: who saves names the one that they read, and nobody writes over another.

use super::launch::in_force;
use super::{IN_FORCE, launch_of};
use crate::engine::{json, values};
use crate::{Store, StoreError};
use newsroom::front::Layout;
use newsroom::{LaunchId, StaffId, Timestamp};

const DRAFT: &str = "select d.version, d.layout, d.by_id, s.name, d.at, d.begun_from
     from front_draft d left join staff s on s.staff_id = d.by_id where d.draft_id = 1";

/// The draft as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontDraft {
    /// What whoever saves must have read.
    pub version: i64,
    /// What stands where; none: nobody prepares a page, and none was launched.
    pub layout: Option<Layout>,
    /// Who saved it last, by id and name, and when; none: nobody prepares a page, it is the one that readers have.
    pub saved: Option<(StaffId, String, Timestamp)>,
    /// The launch that readers had when it was begun: what was launched since is not in it.
    pub begun_from: Option<LaunchId>,
}

/// What became of a draft that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedDraft {
    /// It is kept, under this version.
    Kept(i64),
    /// Somebody else saved, or launched, since it was read.
    Overtaken,
}

impl Store {
    /// The front page that is being prepared, or the one that readers have.
    pub async fn front_draft(&self) -> Result<FrontDraft, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                if let Some(mut row) = tx.row(DRAFT, values![]).await? {
                    let saved = (StaffId(row.int(2)?), row.maybe_text(3)?.unwrap_or_default(), row.time(4)?);
                    let begun_from = row.maybe_int(5)?.map(LaunchId);
                    let (version, layout) = (row.int(0)?, Some(row.json(1)?));
                    return Ok(FrontDraft { version, layout, saved: Some(saved), begun_from });
                }
                let launch = tx.row(IN_FORCE, values![]).await?.map(launch_of).transpose()?;
                let begun_from = launch.as_ref().map(|launch| launch.id);
                let version = begun_from.map_or(0, |launch| launch.0);
                Ok(FrontDraft { version, layout: launch.map(|launch| launch.layout), saved: None, begun_from })
            })
        });
        read.await
    }

    /// Keeps the draft, if it still is what was read.
    pub async fn save_front_draft(
        &self,
        layout: &Layout,
        read: i64,
        by: StaffId,
        now: Timestamp,
    ) -> Result<SavedDraft, StoreError> {
        let (version, layout) = (self.id(now), json(layout)?);
        let write = self.engine.write_alone(move |tx| {
            let layout = layout.clone();
            Box::pin(async move {
                let text = "update front_draft set version = $2, layout = $3, by_id = $4, at = $5 where version = $1";
                if tx.run(text, values![read, version, &layout, by, now]).await? > 0 {
                    return Ok(SavedDraft::Kept(version));
                }
                let prepared = tx.row("select version from front_draft limit 1", values![]).await?.is_some();
                let begun_from = in_force(tx).await?;
                if prepared || begun_from.map_or(0, |launch| launch.0) != read {
                    return Ok(SavedDraft::Overtaken);
                }
                let text = "insert into front_draft (draft_id, version, begun_from, layout, by_id, at)
                     values (1, $1, $2, $3, $4, $5)";
                tx.run(text, values![version, begun_from, &layout, by, now]).await?;
                Ok(SavedDraft::Kept(version))
            })
        });
        write.await
    }

    /// Drops the draft: the next one begins with the page that readers have. `false` when it was not what was read.
    pub async fn drop_front_draft(&self, read: i64) -> Result<bool, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move { tx.run("delete from front_draft where version = $1", values![read]).await })
        });
        Ok(write.await? > 0)
    }
}
