//! Comments leave the index when they are old: it stays as large as a season.

use super::{drop_comment_probes, is_refused};
use crate::engine::{Tx, values};
use crate::{Store, StoreError};
use newsroom::{CommentId, Timestamp};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long a comment is known by its probes, and how long one that was refused. Stories are for ever.
pub(super) const COMMENTS_MS: i64 = 90 * DAY_MS;
pub(super) const REFUSED_MS: i64 = 2 * 365 * DAY_MS;

/// Comments in the order in which they came in, by what happened from a cursor on.
pub(crate) const AGEING: &str = "select r.happening_id, r.at, c.comment_id, c.text, c.state
     from (select happening_id, at, kind, story_id, comment_id from happenings where happening_id > $1
           order by happening_id limit $2) r
     left join comments c on r.kind = 'comment-held' and c.story_id = r.story_id and c.comment_id = r.comment_id
     order by r.happening_id";

const CURSOR: &str = "select happening_id from cursors where follower = $1";

/// Who follows what happened, how far behind it, and whether refused comments leave too.
const FOLLOWERS: [(&str, i64, bool); 2] = [("probes", COMMENTS_MS, false), ("probes-of-refused", REFUSED_MS, true)];

/// A comment of this time has no probes any more, unless it was refused.
pub(crate) fn is_too_old(at: Timestamp, now: Timestamp) -> bool {
    at.as_millisecond() < now.as_millisecond() - COMMENTS_MS
}

impl Store {
    /// Takes comments that came in more than 90 days ago out of the index by which copies are found, and refused ones after
    /// two years. Goes on where it stopped, and looks at `limit` happenings at most for each of the two; how many it looked
    /// at. Nothing is left to do when it is none.
    pub async fn sweep_probes(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut looked_at = 0;
        for (follower, age, refused_too) in FOLLOWERS {
            let before = now.as_millisecond() - age;
            let write = self.engine.write(move |tx| {
                Box::pin(async move { sweep(tx, follower, before, refused_too, i64::from(limit)).await })
            });
            looked_at += write.await?;
        }
        Ok(looked_at)
    }
}

async fn sweep(tx: &mut Tx, follower: &str, before: i64, refused_too: bool, limit: i64) -> Result<u64, StoreError> {
    let after = tx.row(CURSOR, values![follower]).await?.map_or(Ok(0), |row| row.int(0))?;
    let (mut looked_at, mut last) = (0, after);
    for mut row in tx.rows(AGEING, values![after, limit]).await? {
        if row.int(1)? >= before {
            break;
        }
        (last, looked_at) = (row.int(0)?, looked_at + 1);
        let Some(comment) = row.maybe_int(2)? else { continue };
        let text = row.text(3)?;
        if refused_too || !is_refused(&row.text(4)?) {
            drop_comment_probes(tx, CommentId(comment), &text).await?;
        }
    }
    if last > after {
        let text = "insert into cursors (follower, happening_id) values ($1, $2)
             on conflict (follower) do update set happening_id = excluded.happening_id";
        tx.run(text, values![follower, last]).await?;
    }
    Ok(looked_at)
}
