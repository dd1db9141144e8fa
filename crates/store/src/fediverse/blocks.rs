//! Servers that are not heard and not told, and the log of what went on.

use super::followers::drop_empty;
use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::followers::host_and_above;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{StaffId, Timestamp};

/// Blocks that are shown, and lines of the log.
const MOST_BLOCKS: i64 = 2_000;
const LOG_LINES: i64 = 100;

pub(crate) const BLOCKED: &str = "select host from fediverse_blocks where host = $1";

/// A server that is not heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its host, and all below it.
    pub host: String,
    /// Why.
    pub why: String,
    /// By whom, by name.
    pub by: String,
    /// Since when.
    pub at: Timestamp,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// When.
    pub at: Timestamp,
    /// What, as a word.
    pub what: String,
    /// With which server.
    pub host: String,
    /// Why, as a word; often empty.
    pub why: String,
}

impl Store {
    /// Whether a host is not heard: itself, or a domain above it.
    pub async fn is_far_host_blocked(&self, host: &str) -> Result<bool, StoreError> {
        let all = host_and_above(host);
        let read = self.engine.read(move |tx| {
            let all = all.clone();
            Box::pin(async move {
                for host in all {
                    if tx.row(BLOCKED, values![host]).await?.is_some() {
                        return Ok(true);
                    }
                }
                Ok(false)
            })
        });
        read.await
    }

    /// The servers that are not heard, by name.
    pub async fn far_blocks(&self) -> Result<Vec<Block>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select b.host, b.why, coalesce(s.name, ''), b.at from fediverse_blocks b
                     left join staff s on s.staff_id = b.by_id order by b.host limit $1";
                tx.rows(text, values![MOST_BLOCKS]).await
            })
        });
        let block =
            |mut row: Row| Ok(Block { host: row.text(0)?, why: row.text(1)?, by: row.text(2)?, at: row.time(3)? });
        read.await?.into_iter().map(block).collect()
    }

    /// From now on a server is not heard, and nobody there is told anything; with the happening. Again: another reason.
    pub async fn block_far_host(
        &self,
        host: &str,
        why: &str,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::FarHostChanged { host: host.to_owned(), blocked: true };
        let happening = self.happening(Actor::Staff(by), what, why, now);
        let (host, why, line) = (host.to_owned(), why.to_owned(), self.id(now));
        let write = self.engine.write(move |tx| {
            let (host, why, happening) = (host.clone(), why.clone(), happening.clone());
            Box::pin(async move {
                let text = "insert into fediverse_blocks (host, why, by_id, at) values ($1, $2, $3, $4)
                     on conflict (host) do update set why = excluded.why, by_id = excluded.by_id, at = excluded.at";
                tx.run(text, values![&host, &why, by, now]).await?;
                forget(tx, &host).await?;
                write_line(tx, line, now, ("blocked", &host, "")).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// A server is heard again, with the happening.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it was not blocked.
    pub async fn unblock_far_host(&self, host: &str, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let what = What::FarHostChanged { host: host.to_owned(), blocked: false };
        let happening = self.happening(Actor::Staff(by), what, "", now);
        let (host, line) = (host.to_owned(), self.id(now));
        let write = self.engine.write(move |tx| {
            let (host, happening) = (host.clone(), happening.clone());
            Box::pin(async move {
                if tx.run("delete from fediverse_blocks where host = $1", values![&host]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                write_line(tx, line, now, ("unblocked", &host, "")).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Writes a line of the log.
    pub async fn log_fediverse(&self, (what, host, why): (&str, &str, &str), now: Timestamp) -> Result<(), StoreError> {
        let line = (what.to_owned(), host.to_owned(), why.to_owned());
        let id = self.id(now);
        let write = self.engine.write(move |tx| {
            let (what, host, why) = line.clone();
            Box::pin(async move { write_line(tx, id, now, (&what, &host, &why)).await })
        });
        write.await
    }

    /// The last lines of the log, the newest first.
    pub async fn fediverse_log(&self) -> Result<Vec<LogLine>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select at, what, host, why from fediverse_log order by line_id desc limit $1";
                tx.rows(text, values![LOG_LINES]).await
            })
        });
        let line =
            |mut row: Row| Ok(LogLine { at: row.time(0)?, what: row.text(1)?, host: row.text(2)?, why: row.text(3)? });
        read.await?.into_iter().map(line).collect()
    }
}

/// Whoever follows from there follows no more: from the host itself, and from all below it.
async fn forget(tx: &mut Tx, host: &str) -> Result<(), StoreError> {
    let text = "select distinct host from fediverse_inboxes";
    let mut all = Vec::new();
    for mut row in tx.rows(text, values![]).await? {
        let one = row.text(0)?;
        if host_and_above(&one).iter().any(|above| above == host) {
            all.push(one);
        }
    }
    for one in all {
        let text = "delete from fediverse_followers where inbox_id in
             (select inbox_id from fediverse_inboxes where host = $1)";
        tx.run(text, values![&one]).await?;
        tx.run("delete from fediverse_arrivals where host = $1", values![&one]).await?;
        drop_empty(tx, &one).await?;
    }
    Ok(())
}

pub(super) async fn write_line(
    tx: &mut Tx,
    id: i64,
    now: Timestamp,
    (what, host, why): (&str, &str, &str),
) -> Result<(), StoreError> {
    let text = "insert into fediverse_log (line_id, at, what, host, why) values ($1, $2, $3, $4, $5)";
    tx.run(text, values![id, now, what, host, why]).await.map(drop)
}
