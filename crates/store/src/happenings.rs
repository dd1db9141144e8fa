//! What has happened, to be read on from a cursor: the truth between processes.

use crate::engine::{Row, Tx, json, values};
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{HappeningId, Timestamp};

pub(crate) const AFTER: &str = "select happening_id, at, by_actor, what, why from happenings
     where happening_id > $1 order by happening_id limit $2";

pub(crate) const BEFORE: &str = "select happening_id, at, by_actor, what, why from happenings
     where happening_id < $1 order by happening_id desc limit $2";

impl Store {
    /// Happenings after a cursor, oldest first.
    ///
    /// Ids grow with time, but a transaction that began earlier can commit later: a follower asks again for a span before
    /// its cursor that is longer than the longest transaction, and drops what it has seen.
    pub async fn happenings_after(&self, after: HappeningId, limit: u32) -> Result<Vec<Happening>, StoreError> {
        let read =
            self.engine.hear(move |tx| Box::pin(async move { tx.rows(AFTER, values![after, i64::from(limit)]).await }));
        read.await?.into_iter().map(happening).collect()
    }

    /// The newest happening; where a follower that has nothing to catch up on begins.
    pub async fn newest_happening(&self) -> Result<HappeningId, StoreError> {
        let read = self.engine.hear(|tx| {
            Box::pin(async move {
                tx.row("select happening_id from happenings order by happening_id desc limit 1", values![]).await
            })
        });
        read.await?.map_or(Ok(HappeningId(0)), |row| row.int(0).map(HappeningId))
    }

    /// Where a follower stopped.
    pub async fn cursor(&self, follower: &str) -> Result<Option<HappeningId>, StoreError> {
        let follower = follower.to_owned();
        let read = self.engine.read(move |tx| {
            let follower = follower.clone();
            Box::pin(
                async move { tx.row("select happening_id from cursors where follower = $1", values![follower]).await },
            )
        });
        read.await?.map(|row| row.int(0).map(HappeningId)).transpose()
    }

    /// Notes where a follower stopped. A cursor never goes back: of two processes that follow under one name, the one that
    /// is behind changes nothing.
    pub async fn keep_cursor(&self, follower: &str, at: HappeningId) -> Result<(), StoreError> {
        let follower = follower.to_owned();
        let write = self.engine.write(move |tx| {
            let follower = follower.clone();
            Box::pin(async move {
                tx.run(
                    "insert into cursors (follower, happening_id) values ($1, $2)
                     on conflict (follower) do update set happening_id = excluded.happening_id
                     where cursors.happening_id < excluded.happening_id",
                    values![follower, at],
                )
                .await
            })
        });
        write.await.map(drop)
    }

    /// The whole log, newest first.
    pub async fn log(&self, before: Option<HappeningId>, limit: u32) -> Result<Vec<Happening>, StoreError> {
        let before = before.unwrap_or(HappeningId(i64::MAX));
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(BEFORE, values![before, i64::from(limit)]).await }));
        read.await?.into_iter().map(happening).collect()
    }

    /// Writes a happening that belongs to no other row (an import, a sign-in).
    pub async fn note(&self, by: Actor, what: What, why: &str, now: Timestamp) -> Result<Happening, StoreError> {
        let noted = self.happening(by, what, why, now);
        let write = self.engine.write(move |tx| {
            let noted = noted.clone();
            Box::pin(async move {
                write_down(tx, &noted).await?;
                Ok(noted)
            })
        });
        write.await
    }

    /// A happening with an id of its own, to be written down in the transaction that makes it true.
    pub(crate) fn happening(&self, by: Actor, what: What, why: &str, now: Timestamp) -> Happening {
        Happening { id: HappeningId(self.id(now)), at: now, by, what, why: why.to_owned() }
    }
}

/// Writes a happening in the transaction that makes it true.
pub(crate) async fn write_down(tx: &mut Tx, happening: &Happening) -> Result<(), StoreError> {
    let Happening { id, at, by, what, why } = happening;
    tx.run(
        "insert into happenings (happening_id, at, by_actor, what, kind, story_id, comment_id, why)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![*id, *at, json(by)?, json(what)?, what.key(), what.story(), what.comment(), why],
    )
    .await
    .map(drop)
}

/// A happening out of the columns `happening_id, at, by_actor, what, why`.
pub(crate) fn happening(mut row: Row) -> Result<Happening, StoreError> {
    Ok(Happening {
        id: HappeningId(row.int(0)?),
        at: row.time(1)?,
        by: row.json(2)?,
        what: row.json(3)?,
        why: row.text(4)?,
    })
}
