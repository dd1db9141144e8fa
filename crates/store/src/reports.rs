//! Readers' reports of public comments.

use crate::comments::{OnDesk, count_on_desk};
use crate::engine::values;
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Visitor};
use newsroom::{CommentId, ReportId, StoryId, Timestamp};

impl Store {
    /// Records a report of a public comment; a second one by the same visitor changes nothing (and gives `None`).
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the comment is not public.
    pub async fn report_comment(
        &self,
        story: StoryId,
        comment: CommentId,
        by: Visitor,
        why: &str,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let report = ReportId(self.id(now));
        let happening = self.happening(Actor::Visitor(by.id), What::CommentReported { story, comment }, why, now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let public = "select reports_open from comments
                     where story_id = $1 and comment_id = $2 and state = 'released'";
                tx.row(public, values![story, comment]).await?.ok_or(StoreError::NotFound)?;
                let recorded = tx
                    .run(
                        "insert into reports (story_id, comment_id, visitor_id, report_id, why, at)
                         values ($1, $2, $3, $4, $5, $6) on conflict (story_id, comment_id, visitor_id) do nothing",
                        values![story, comment, by.id, report, &happening.why, now],
                    )
                    .await?;
                if recorded == 0 {
                    return Ok(None);
                }
                // The write gives back what it found open: a second reader at the same moment counts nothing twice.
                let counted = "update comments set reports = reports + 1, reported_at = $3
                     where story_id = $1 and comment_id = $2 and state = 'released' returning reports_open";
                let row = tx.row(counted, values![story, comment, now]).await?.ok_or(StoreError::NotFound)?;
                if !row.yes(0)? {
                    let open = "update comments set reports_open = 1 where story_id = $1 and comment_id = $2";
                    tx.run(open, values![story, comment]).await?;
                    count_on_desk(tx, OnDesk::Reported, comment, 1).await?;
                }
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }
}
