//! The front page that is being prepared, one for the whole desk. Its version is the launch that readers have until somebody
//! saves, and from then on a number of its own: who saves names the one that they read, and nobody writes over another.

use super::launch::in_force;
use super::{IN_FORCE, launch_of};
use crate::engine::{Tx, json, values};
use crate::{Store, StoreError};
use newsroom::front::Layout;
use newsroom::{LaunchId, StaffId, Timestamp};

const DRAFT: &str = "select d.version, d.layout, d.by_id, s.name, d.at, d.begun_from,
         (select count(*) from front_draft_steps k where k.undone = 0),
         (select count(*) from front_draft_steps k where k.undone = 1)
     from front_draft d left join staff s on s.staff_id = d.by_id where d.draft_id = 1";

/// So many steps can be taken back.
const STEPS: i64 = 30;

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
    /// There is a step that can be taken back.
    pub may_go_back: bool,
    /// There is one that was taken back, and can be taken again.
    pub may_go_on: bool,
}

/// Which way along the steps that were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The last one is taken back.
    Back,
    /// The one taken back last is taken again.
    Again,
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
                    let (may_go_back, may_go_on) = (row.int(6)? > 0, row.int(7)? > 0);
                    return Ok(FrontDraft { version, layout, saved: Some(saved), begun_from, may_go_back, may_go_on });
                }
                let launch = tx.row(IN_FORCE, values![]).await?.map(launch_of).transpose()?;
                let begun_from = launch.as_ref().map(|launch| launch.id);
                let version = begun_from.map_or(0, |launch| launch.0);
                let layout = launch.map(|launch| launch.layout);
                let (may_go_back, may_go_on) = (false, false);
                Ok(FrontDraft { version, layout, saved: None, begun_from, may_go_back, may_go_on })
            })
        });
        read.await
    }

    /// Keeps the draft, if it still is what was read. What it was before can be had back.
    pub async fn save_front_draft(
        &self,
        layout: &Layout,
        read: i64,
        by: StaffId,
        now: Timestamp,
    ) -> Result<SavedDraft, StoreError> {
        let (version, layout, standard) = (self.id(now), json(layout)?, json(&self.standard_front().await?)?);
        let write = self.engine.write_alone(move |tx| {
            let (layout, standard) = (layout.clone(), standard.clone());
            Box::pin(async move {
                let was = tx.row("select layout from front_draft where version = $1", values![read]).await?;
                let text = "update front_draft set version = $2, layout = $3, by_id = $4, at = $5 where version = $1";
                if let (Some(mut was), 1) = (was, tx.run(text, values![read, version, &layout, by, now]).await?) {
                    note_step(tx, &was.text(0)?).await?;
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
                let launched =
                    tx.row("select layout from front_launches where launch_id = $1", values![begun_from]).await?;
                let was = launched.map(|mut row| row.text(0)).transpose()?.unwrap_or(standard);
                forget_steps(tx).await?;
                note_step(tx, &was).await?;
                Ok(SavedDraft::Kept(version))
            })
        });
        write.await
    }

    /// Takes the last step on the draft back, or the one taken back last again, if the draft still is what was read. Where
    /// there is none the draft stays as it is.
    pub async fn turn_front_draft(
        &self,
        turn: Turn,
        read: i64,
        by: StaffId,
        now: Timestamp,
    ) -> Result<SavedDraft, StoreError> {
        let version = self.id(now);
        let write = self.engine.write_alone(move |tx| {
            Box::pin(async move {
                let draft = tx.row("select layout from front_draft where version = $1", values![read]).await?;
                let Some(mut draft) = draft else { return Ok(SavedDraft::Overtaken) };
                let (next, undone) = match turn {
                    Turn::Back => ("where undone = 0 order by step_id desc", 1_i64),
                    Turn::Again => ("where undone = 1 order by step_id", 0),
                };
                let text = format!("select step_id, layout from front_draft_steps {next} limit 1");
                let Some(mut step) = tx.row(&text, values![]).await? else { return Ok(SavedDraft::Kept(read)) };
                let (id, layout, was) = (step.int(0)?, step.text(1)?, draft.text(0)?);
                let text = "update front_draft set version = $2, layout = $3, by_id = $4, at = $5 where version = $1";
                if tx.run(text, values![read, version, layout, by, now]).await? == 0 {
                    return Ok(SavedDraft::Overtaken);
                }
                let text = "update front_draft_steps set layout = $2, undone = $3 where step_id = $1";
                tx.run(text, values![id, was, undone]).await?;
                Ok(SavedDraft::Kept(version))
            })
        });
        write.await
    }

    /// Drops the draft: the next one begins with the page that readers have. `false` when it was not what was read.
    pub async fn drop_front_draft(&self, read: i64) -> Result<bool, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let dropped = tx.run("delete from front_draft where version = $1", values![read]).await?;
                if dropped > 0 {
                    forget_steps(tx).await?;
                }
                Ok(dropped > 0)
            })
        });
        write.await
    }
}

/// Keeps what the draft was before a step, numbered by no clock; what was taken back before it cannot be taken again any more.
async fn note_step(tx: &mut Tx, was: &str) -> Result<(), StoreError> {
    tx.run("delete from front_draft_steps where undone = 1", values![]).await?;
    let text = "insert into front_draft_steps (step_id, layout, undone)
         select coalesce(max(step_id), 0) + 1, $1, 0 from front_draft_steps";
    tx.run(text, values![was]).await?;
    let text = "delete from front_draft_steps where step_id in
         (select step_id from front_draft_steps order by step_id desc limit 100 offset $1)";
    tx.run(text, values![STEPS]).await?;
    Ok(())
}

/// The draft is done, or dropped, or begun anew.
pub(super) async fn forget_steps(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run("delete from front_draft_steps", values![]).await?;
    Ok(())
}
