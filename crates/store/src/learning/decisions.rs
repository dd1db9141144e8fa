//! Rulings as lessons: told page by page from the newest, without a text; texts are asked for a few at a time.

use crate::comments::state;
use crate::engine::{Row, values};
use crate::{Store, StoreError};
use newsroom::comment::{RefusalReason, State};
use newsroom::learning::{Copies, Decided, Source};
use newsroom::{CommentId, RulingId, StaffId, StoryId};
use std::sync::Arc;

/// Rulings that still stand, before one.
pub(crate) const DECISIONS: &str =
    "select r.ruling_id, r.story_id, r.comment_id, r.decision, r.by_id, r.rule, c.state, c.print, k.kin_id, c.gone_at,
            c.of_paper, q.second, q.second_by
     from (select ruling_id, story_id, comment_id, decision, by_id, rule from rulings
           where ruling_id < $1 and undone_at is null order by ruling_id desc limit $2) r
     join comments c on c.story_id = r.story_id and c.comment_id = r.comment_id
     left join kin k on k.story_id = r.story_id and k.comment_id = r.comment_id
     left join quality_cards q on q.ruling_id = r.ruling_id and q.second is not null
     order by r.ruling_id desc";

const TEXT_OF: &str = "select text from comments where story_id = $1 and comment_id = $2 and gone_at is null
     and state <> 'withdrawn'";

const TEXT_OF_SUGGESTION: &str = "select text from suggestions where suggestion_id = $1";

impl Store {
    /// Rulings before one that were not undone, the newest first; none: from the last.
    pub async fn decisions_before(&self, before: Option<RulingId>, limit: u32) -> Result<Vec<Decided>, StoreError> {
        let before = before.unwrap_or(RulingId(i64::MAX));
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(DECISIONS, values![before, i64::from(limit)]).await }));
        read.await?.into_iter().map(decided).collect()
    }

    /// The texts of a few lessons, in their order; none where a text is gone.
    pub async fn texts_of(&self, sources: Vec<Source>) -> Result<Vec<Option<String>>, StoreError> {
        let sources = Arc::new(sources);
        let read = self.engine.read(move |tx| {
            let sources = Arc::clone(&sources);
            Box::pin(async move {
                let mut texts = Vec::with_capacity(sources.len());
                for source in sources.iter() {
                    let row = match *source {
                        Source::Comment(story, comment) => tx.row(TEXT_OF, values![story, comment]).await?,
                        Source::Suggestion(id) => tx.row(TEXT_OF_SUGGESTION, values![id]).await?,
                    };
                    let text = row.map(|mut row| row.text(0)).transpose()?;
                    texts.push(text.filter(|text| !text.is_empty()));
                }
                Ok(texts)
            })
        });
        read.await
    }
}

fn decided(mut row: Row) -> Result<Decided, StoreError> {
    let by = row.maybe_text(5)?.is_none().then(|| row.int(4).map(StaffId)).transpose()?;
    let (state, gone, of_paper) = (state(row.text(6)?)?, row.maybe_int(9)?.is_some(), row.yes(10)?);
    let print = Some(row.int(7)?).filter(|print| *print != 0).map(Copies::Print);
    let second = match (row.maybe_text(11)?, row.maybe_int(12)?) {
        (Some(word), Some(by)) => Some((RefusalReason::from_key(&word), StaffId(by))),
        _ => None,
    };
    Ok(Decided {
        ruling: RulingId(row.int(0)?),
        about: (StoryId(row.int(1)?), CommentId(row.int(2)?)),
        decision: row.json(3)?,
        by,
        readable: state != State::Withdrawn && !gone && !of_paper,
        copies: row.maybe_int(8)?.map(|kin| Copies::Kin(CommentId(kin))).or(print),
        second,
    })
}
