//! Whom something could be told by mail. Who wants what, and whether it still is so, is asked again when it is told.

use crate::engine::values;
use crate::{Store, StoreError};
use newsroom::comment::Side;
use newsroom::{AppealId, CommentId, ReportId, RulingId, StoryId, VisitorId};

/// Whom a comment concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concerned {
    /// Its author.
    pub author: VisitorId,
    /// The author of the comment that it answers.
    pub answered: Option<VisitorId>,
}

/// Reports of one comment that are looked at.
const MOST_REPORTS: i64 = 200;

pub(crate) const CONCERNED: &str = "select c.visitor_id, p.visitor_id from comments c
     left join comments p on p.story_id = c.story_id and p.comment_id = c.reply_to
     where c.story_id = $1 and c.comment_id = $2";

impl Store {
    /// Whom a comment concerns; `None` when it is not there.
    pub async fn concerned(&self, story: StoryId, comment: CommentId) -> Result<Option<Concerned>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.row(CONCERNED, values![story, comment]).await }));
        let Some(row) = read.await? else { return Ok(None) };
        Ok(Some(Concerned { author: VisitorId(row.int(0)?), answered: row.maybe_int(1)?.map(VisitorId) }))
    }

    /// Reports of a comment that a ruling settled, with who sent them.
    pub async fn reports_settled(
        &self,
        (story, comment): (StoryId, CommentId),
        ruling: RulingId,
    ) -> Result<Vec<(ReportId, VisitorId)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select report_id, visitor_id from reports
                     where story_id = $1 and comment_id = $2 and ruling_id = $3 and outcome <> 'open' limit $4";
                tx.rows(text, values![story, comment, ruling, MOST_REPORTS]).await
            })
        });
        read.await?.iter().map(|row| Ok((ReportId(row.int(0)?), VisitorId(row.int(1)?)))).collect()
    }

    /// Who made an objection, on which side, and about which report.
    pub async fn objector(&self, appeal: AppealId) -> Result<Option<(VisitorId, Side, Option<ReportId>)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                tx.row("select visitor_id, side, report_id from appeals where appeal_id = $1", values![appeal]).await
            })
        });
        let Some(mut row) = read.await? else { return Ok(None) };
        let side = row.text(1)?;
        let side = Side::from_key(&side).ok_or_else(|| StoreError::Broken(format!("no side: {side}")))?;
        Ok(Some((VisitorId(row.int(0)?), side, row.maybe_int(2)?.map(ReportId))))
    }
}
