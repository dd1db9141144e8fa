//! Stored comments as they were judged, page by page, for trying other rules on them.

use crate::comments::state;
use crate::engine::{Row, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use moderation::Verdict;
use newsroom::comment::State;
use newsroom::{CommentId, StoryId};

/// A stored comment with what it was judged by.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Under which story.
    pub story: StoryId,
    /// Which comment.
    pub comment: CommentId,
    /// What became of it.
    pub state: State,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// What the engine advised.
    pub verdict: Verdict,
    /// The slug of the story's section; empty where it has none.
    pub section: String,
    /// The story's headline.
    pub headline: String,
    /// The story's plain text.
    pub story_text: String,
    /// The text of the comment that it answers; empty where it answers none.
    pub parent: String,
}

pub(crate) const JUDGED: &str =
    "select c.story_id, c.comment_id, c.state, c.name, c.text, c.verdict, s.card, s.plain, coalesce(p.text, '')
     from (select story_id, comment_id, state, name, text, verdict, reply_to from comments
           where (story_id, comment_id) > ($1, $2) order by story_id, comment_id limit $3) c
     join stories s on s.story_id = c.story_id
     left join comments p on p.story_id = c.story_id and p.comment_id = c.reply_to
     order by c.story_id, c.comment_id";

const JUDGED_LAST: &str =
    "select c.story_id, c.comment_id, c.state, c.name, c.text, c.verdict, s.card, s.plain, coalesce(p.text, '')
     from (select story_id, comment_id, state, name, text, verdict, reply_to from comments
           order by comment_id desc limit $1) c
     join stories s on s.story_id = c.story_id
     left join comments p on p.story_id = c.story_id and p.comment_id = c.reply_to
     order by c.comment_id desc";

const JUDGED_ONE: &str =
    "select c.story_id, c.comment_id, c.state, c.name, c.text, c.verdict, s.card, s.plain, coalesce(p.text, '')
     from comments c join stories s on s.story_id = c.story_id
     left join comments p on p.story_id = c.story_id and p.comment_id = c.reply_to
     where c.story_id = $1 and c.comment_id = $2";

impl Store {
    /// A few comments by their ids, in that order; those that are not there are left out.
    pub async fn judged_of(&self, which: Vec<(StoryId, CommentId)>) -> Result<Vec<Judged>, StoreError> {
        let which = std::sync::Arc::new(which);
        let read = self.engine.read(move |tx| {
            let which = std::sync::Arc::clone(&which);
            Box::pin(async move {
                let mut rows = Vec::with_capacity(which.len());
                for (story, comment) in which.iter() {
                    rows.extend(tx.row(JUDGED_ONE, values![*story, *comment]).await?);
                }
                Ok(rows)
            })
        });
        read.await?.into_iter().map(judged).collect()
    }

    /// The next comments after a place, by story and comment; none: that was all.
    pub async fn judged(&self, after: (StoryId, CommentId), limit: u32) -> Result<Vec<Judged>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(JUDGED, values![after.0, after.1, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(judged).collect()
    }

    /// The comments that came in last, the newest first.
    pub async fn judged_last(&self, limit: u32) -> Result<Vec<Judged>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(JUDGED_LAST, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(judged).collect()
    }
}

fn judged(mut row: Row) -> Result<Judged, StoreError> {
    let face: CardFace = row.json(6)?;
    Ok(Judged {
        story: StoryId(row.int(0)?),
        comment: CommentId(row.int(1)?),
        state: state(row.text(2)?)?,
        name: row.text(3)?,
        text: row.text(4)?,
        verdict: row.json(5)?,
        section: face.section.map(|(slug, _)| slug).unwrap_or_default(),
        headline: face.headline,
        story_text: row.text(7)?,
        parent: row.text(8)?,
    })
}
