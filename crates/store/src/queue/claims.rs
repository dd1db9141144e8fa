//! Who has a card open. A claim ends by itself, and keeps nobody from anything: it is told to colleagues.

use crate::engine::{Row, values};
use crate::{Store, StoreError};
use newsroom::{CommentId, StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// Claims told at once.
const MOST_TOLD: i64 = 500;

/// Somebody has a card open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Under which story.
    pub story: StoryId,
    /// Which comment.
    pub comment: CommentId,
    /// Who.
    pub by: StaffId,
    /// Their name.
    pub by_name: String,
    /// Since when.
    pub at: Timestamp,
    /// Until when that is believed.
    pub until: Timestamp,
}

const COLUMNS: &str = "select c.story_id, c.comment_id, c.staff_id, s.name, c.at, c.until_at
     from claims c join staff s on s.staff_id = c.staff_id";

impl Store {
    /// Claims a card until a time, or renews the claim; what is claimed then, by whoever was first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such comment.
    pub async fn claim(
        &self,
        (story, comment): (StoryId, CommentId),
        by: StaffId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Claim, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run(
                    "insert into claims (story_id, comment_id, staff_id, at, until_at)
                     select story_id, comment_id, $3, $4, $5 from comments where story_id = $1 and comment_id = $2
                     on conflict (story_id, comment_id) do update
                     set staff_id = excluded.staff_id, at = excluded.at, until_at = excluded.until_at
                     where claims.staff_id = excluded.staff_id or claims.until_at <= excluded.at",
                    values![story, comment, by, now, until],
                )
                .await?;
                let text = format!("{COLUMNS} where c.story_id = $1 and c.comment_id = $2");
                tx.row(&text, values![story, comment]).await
            })
        });
        write.await?.map(claim).ok_or(StoreError::NotFound)?
    }

    /// Gives one's claims back: all but the one on this comment.
    pub async fn give_claims_back(&self, by: StaffId, but: Option<CommentId>) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "delete from claims where staff_id = $1 and comment_id <> $2";
                tx.run(text, values![by, but.map_or(0, |comment| comment.0)]).await
            })
        });
        write.await.map(drop)
    }

    /// The claims on some comments that hold at a time.
    pub async fn claims_on(&self, which: &[(StoryId, CommentId)], now: Timestamp) -> Result<Vec<Claim>, StoreError> {
        let which: Arc<[(StoryId, CommentId)]> = which.into();
        let read = self.engine.read(move |tx| {
            let which = Arc::clone(&which);
            Box::pin(async move {
                let text = format!("{COLUMNS} where c.story_id = $1 and c.comment_id = $2 and c.until_at > $3");
                let mut rows = Vec::new();
                for (story, comment) in which.iter() {
                    rows.extend(tx.row(&text, values![*story, *comment, now]).await?);
                }
                Ok(rows)
            })
        });
        read.await?.into_iter().map(claim).collect()
    }

    /// Claims made or renewed since a time: what other processes have to tell.
    pub async fn claims_since(&self, since: Timestamp) -> Result<Vec<Claim>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = format!("{COLUMNS} where c.at >= $1 order by c.at limit $2");
                tx.rows(&text, values![since, MOST_TOLD]).await
            })
        });
        read.await?.into_iter().map(claim).collect()
    }

    /// Takes claims away that ended before a time.
    pub async fn sweep_claims(&self, before: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move { tx.run("delete from claims where until_at < $1", values![before]).await })
        });
        write.await.map(drop)
    }
}

fn claim(mut row: Row) -> Result<Claim, StoreError> {
    Ok(Claim {
        story: StoryId(row.int(0)?),
        comment: CommentId(row.int(1)?),
        by: StaffId(row.int(2)?),
        by_name: row.text(3)?,
        at: row.time(4)?,
        until: row.time(5)?,
    })
}
