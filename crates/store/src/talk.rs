//! The newest of what readers say, of the whole paper or of a story: what feeds of comments tell. Read as threads are, from the
//! view that holds no text of a comment that is not released.

use crate::engine::{Tx, values};
use crate::{Store, StoreError};
use newsroom::{CommentId, StoryId, Timestamp};

/// A released comment with the story under which it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct TalkLine {
    /// Under which story.
    pub story: StoryId,
    /// The story's slug.
    pub slug: String,
    /// Its headline.
    pub headline: String,
    /// The comment's number: stable, never reused.
    pub number: i64,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// When it was sent.
    pub received_at: Timestamp,
    /// When it was released last.
    pub released_at: Timestamp,
    /// Written by the paper itself.
    pub of_paper: bool,
}

macro_rules! lines {
    ($newest:literal) => {
        concat!(
            "select c.story_id, s.slug, s.card, c.number, c.name, c.text, c.received_at, r.released_at, c.of_paper from (",
            $newest,
            ") r join public_comments c on c.story_id = r.story_id and c.comment_id = r.comment_id and c.state = 'released'
             join stories s on s.story_id = r.story_id and s.state = 'published' and s.comment_policy <> 'hidden'
             order by r.released_at desc, r.comment_id desc"
        )
    };
}

pub(crate) const OF_PAPER: &str = lines!(
    "select t.comment_id, t.story_id, t.released_at from released t where t.released_at <= $1
         and exists (select 1 from stories p where p.story_id = t.story_id and p.state = 'published'
             and p.comment_policy <> 'hidden')
     order by released_at desc, comment_id desc limit $2"
);
pub(crate) const OF_STORY: &str = lines!(
    "select comment_id, story_id, released_at from released where story_id = $3 and released_at <= $1
     order by released_at desc, comment_id desc limit $2"
);

impl Store {
    /// The comments that were released last, until a time; of one story, or of the whole paper. Those under a story that is not
    /// public, or shows none, are left out.
    pub async fn talk(
        &self,
        story: Option<StoryId>,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<TalkLine>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let limit = i64::from(limit);
                match story {
                    Some(story) => tx.rows(OF_STORY, values![until, limit, story]).await,
                    None => tx.rows(OF_PAPER, values![until, limit]).await,
                }
            })
        });
        read.await?.into_iter().map(line).collect()
    }
}

/// Notes that a comment is released now.
pub(crate) async fn note_released(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    at: Timestamp,
) -> Result<(), StoreError> {
    let text = "insert into released (comment_id, story_id, released_at) values ($1, $2, $3)
         on conflict (comment_id) do update set released_at = excluded.released_at";
    tx.run(text, values![comment, story, at]).await.map(drop)
}

/// Notes that it is so no more.
pub(crate) async fn note_unreleased(tx: &mut Tx, comment: CommentId) -> Result<(), StoreError> {
    tx.run("delete from released where comment_id = $1", values![comment]).await.map(drop)
}

fn line(mut row: crate::engine::Row) -> Result<TalkLine, StoreError> {
    let face: crate::listings::CardFace = row.json(2)?;
    Ok(TalkLine {
        story: StoryId(row.int(0)?),
        slug: row.text(1)?,
        headline: face.headline,
        number: row.int(3)?,
        name: row.text(4)?,
        text: row.text(5)?,
        received_at: row.time(6)?,
        released_at: row.time(7)?,
        of_paper: row.int(8)? != 0,
    })
}
