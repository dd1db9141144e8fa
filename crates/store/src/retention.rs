//! What was refused is kept for a set time; then its words go, and that it was there stays.

use crate::engine::{Tx, json, values};
use crate::meaning::drop_comment;
use crate::probes::drop_comment_probes;
use crate::search::keep_comment_words;
use crate::{Store, StoreError};
use moderation::Verdict;
use newsroom::{CommentId, StoryId, Timestamp};

/// The oldest that are due. What somebody has objected to waits until that is decided, and
/// what an authority has ordered away until the order's end.
pub(crate) const DUE: &str = "select c.story_id, c.comment_id from comments c
     where c.gone_at is null and c.state in ('refused', 'taken-down') and c.changed_at < $1
         and not exists (select 1 from appeals l where l.story_id = c.story_id and l.comment_id = c.comment_id
                         and l.state = 'open')
         and not exists (select 1 from order_comments x where x.story_id = c.story_id and x.comment_id = c.comment_id
                         and x.restored_at is null and x.ended_at is null)
     order by c.changed_at, c.comment_id limit $2";

impl Store {
    /// Takes the words of comments away that were refused or taken down before a time. So many at most; how many.
    pub async fn sweep_refused(&self, before: Timestamp, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let rows = tx.rows(DUE, values![before, i64::from(limit)]).await?;
                for row in &rows {
                    erase(tx, (StoryId(row.int(0)?), CommentId(row.int(1)?)), now).await?;
                }
                Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
            })
        });
        let swept = write.await?;
        if swept > 0 {
            self.note_swept(swept, now).await?;
        }
        Ok(swept)
    }
}

/// Takes a comment's words out of every table: text, name, earlier texts, search words, what they mean, the marks of copies, and what the
/// verdict quotes. What stays: that it was there, its number, the decisions with their reasons, what the examination advised,
/// and one number by which an exact copy is known.
pub(crate) async fn erase(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    now: Timestamp,
) -> Result<(), StoreError> {
    let text = "select text, verdict from comments where story_id = $1 and comment_id = $2";
    let mut row = tx.row(text, values![story, comment]).await?.ok_or(StoreError::NotFound)?;
    let (text, verdict) = (row.text(0)?, row.json::<Verdict>(1)?);
    drop_comment_probes(tx, comment, &text).await?;
    keep_comment_words(tx, (story, comment), "", "").await?;
    drop_comment(tx, (story, comment)).await?;
    let text = "delete from comment_revisions where story_id = $1 and comment_id = $2";
    tx.run(text, values![story, comment]).await?;
    let verdict = Verdict { findings: Vec::new(), ..verdict };
    let text = "update comments set text = '', name = '', verdict = $3, gone_at = $4
         where story_id = $1 and comment_id = $2";
    tx.run(text, values![story, comment, json(&verdict)?, now]).await.map(drop)
}
