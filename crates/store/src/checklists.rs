//! What is looked at before a story goes public, version by version. Versions are added and never changed; the newest holds,
//! and without one the list is as it ships.

use crate::engine::{Row, json, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::Checklist;
use newsroom::{ChecklistId, StaffId, Timestamp};
use std::sync::Arc;

/// A version of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistVersion {
    /// Which.
    pub id: ChecklistId,
    /// Since when it held.
    pub at: Timestamp,
    /// Whose, by name.
    pub by: String,
    /// The list.
    pub list: Checklist,
}

const VERSIONS: &str = "select c.checklist_id, c.at, coalesce(f.name, ''), c.settings from checklists c
     left join staff f on f.staff_id = c.by_id order by c.checklist_id desc limit $1";

impl Store {
    /// The list that holds.
    pub async fn checklist(&self) -> Result<Checklist, StoreError> {
        Ok(self.checklists(1).await?.pop().map(|version| version.list).unwrap_or_default())
    }

    /// The last versions, the newest first.
    pub async fn checklists(&self, limit: u32) -> Result<Vec<ChecklistVersion>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(VERSIONS, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(version).collect()
    }

    /// Puts another list in its place; `was`: the version that its author saw.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another one was put there since.
    pub async fn keep_checklist(
        &self,
        was: Option<ChecklistId>,
        list: &Checklist,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (id, list) = (ChecklistId(self.id(now)), Arc::new(list.clone()));
        let happening = self.happening(Actor::Staff(by), What::ChecklistChanged { checklist: id }, "", now);
        let write = self.engine.write_alone(move |tx| {
            let (list, happening) = (Arc::clone(&list), happening.clone());
            Box::pin(async move {
                let newest = "select checklist_id from checklists order by checklist_id desc limit 1";
                let newest = tx.row(newest, values![]).await?.map(|row| row.int(0)).transpose()?;
                if newest != was.map(|was| was.0) {
                    return Err(StoreError::Conflict("checklist".to_owned()));
                }
                let text = "insert into checklists (checklist_id, at, by_id, settings) values ($1, $2, $3, $4)";
                tx.run(text, values![id, now, by, json(&*list)?]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

fn version(mut row: Row) -> Result<ChecklistVersion, StoreError> {
    Ok(ChecklistVersion { id: ChecklistId(row.int(0)?), at: row.time(1)?, by: row.text(2)?, list: row.json(3)? })
}
