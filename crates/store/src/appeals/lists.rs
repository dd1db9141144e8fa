//! Objections as the desk reads them: those of some sections, where somebody is bound to some.

use super::{Appeal, DECIDED, OPEN, appeal, theirs};
use crate::engine::values;
use crate::{Store, StoreError};
use newsroom::{AppealId, SectionId, Timestamp};

/// Open objections are counted up to here: more than that is many.
const MOST: i64 = 500;

pub(crate) const COUNTED: &str = concat!(
    "select count(*) from (select appeal_id from appeals where state = 'open' and due_at > 0 and ",
    theirs!("appeals", "$2"),
    " limit $1) few"
);

impl Store {
    /// Open objections from after a place (due, appeal), the most urgent first; of these sections, where some are named.
    pub async fn open_appeals(
        &self,
        sections: Option<&[SectionId]>,
        after: Option<(Timestamp, AppealId)>,
        limit: u32,
    ) -> Result<Vec<Appeal>, StoreError> {
        let (due, last) = after.map_or((0, 0), |(due, last)| (due.as_millisecond(), last.0));
        let theirs = names(sections);
        let read = self.engine.read(move |tx| {
            let theirs = theirs.clone();
            Box::pin(async move { tx.rows(OPEN, values![due, last, i64::from(limit), theirs]).await })
        });
        read.await?.into_iter().map(appeal).collect()
    }

    /// The objections that were decided last, the newest first; of these sections, where some are named.
    pub async fn decided_appeals(&self, sections: Option<&[SectionId]>, limit: u32) -> Result<Vec<Appeal>, StoreError> {
        let theirs = names(sections);
        let read = self.engine.read(move |tx| {
            let theirs = theirs.clone();
            Box::pin(async move { tx.rows(DECIDED, values![i64::from(limit), theirs]).await })
        });
        read.await?.into_iter().map(appeal).collect()
    }

    /// How many objections are open, five hundred at most; of these sections, where some are named.
    pub async fn count_open_appeals(&self, sections: Option<&[SectionId]>) -> Result<i64, StoreError> {
        let theirs = names(sections);
        let read = self.engine.read(move |tx| {
            let theirs = theirs.clone();
            Box::pin(async move { tx.row(COUNTED, values![MOST, theirs]).await })
        });
        read.await?.map_or(Ok(0), |row| row.int(0))
    }
}

/// Sections as the texts take them; nothing stands for all.
pub(crate) fn names(sections: Option<&[SectionId]>) -> String {
    let Some(sections) = sections else { return String::new() };
    sections.iter().fold(",".to_owned(), |names, section| format!("{names}{},", section.0))
}
