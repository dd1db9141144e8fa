//! The paper as somebody carries it away: stories in whatever state, their comments in the order in which they came, a page of
//! rows at a time. Nothing of visitors, networks, colleagues or verdicts is read here.

use crate::engine::{Row, Tx, values};
use crate::stories::{OUTSIDE, story_in};
use crate::{Store, StoreError};
use newsroom::comment::State;
use newsroom::story::Story;
use newsroom::{CommentId, StoryId, Timestamp};

/// A story that is carried away.
#[derive(Debug, Clone)]
pub struct LeavingStory {
    /// The story.
    pub story: Story,
    /// It stands at the head of the front page.
    pub leads: bool,
    /// Slugs that it had before.
    pub former_slugs: Vec<String>,
}

/// Where a comment stands: all that threads are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeavingPlace {
    /// Which comment.
    pub id: CommentId,
    /// The comment that it answers.
    pub reply_to: Option<CommentId>,
    /// Its state.
    pub state: State,
}

/// A comment's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeavingComment {
    /// Which comment.
    pub id: CommentId,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// When it was sent.
    pub received_at: Timestamp,
}

const STORIES: &str =
    "select story_id, led_at from stories where story_id > $1 and state <> $2 order by story_id limit $3";
const FORMER: &str = "select slug from slugs where story_id = $1 and current = 0 order by slug";
const PLACES: &str = "select comment_id, reply_to, state from comments where story_id = $1 and comment_id > $2
     order by comment_id limit $3";
const COMMENTS: &str = "select comment_id, name, text, received_at from comments
     where story_id = $1 and comment_id > $2 and state in ('held', 'released') order by comment_id limit $3";
const ELSEWHERE: &str = "select count(*) from stories s join comments c on c.story_id = s.story_id where s.state = $1";

impl Store {
    /// Stories after one, in the order of their ids; pages of other sites are none.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn leaving_stories(&self, after: Option<StoryId>, limit: u32) -> Result<Vec<LeavingStory>, StoreError> {
        let after = after.map_or(i64::MIN, |story| story.0);
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let rows = tx.rows(STORIES, values![after, OUTSIDE, i64::from(limit)]).await?;
                let mut stories = Vec::with_capacity(rows.len());
                for row in rows {
                    stories.push(leaving_story(tx, &row).await?);
                }
                Ok(stories)
            })
        });
        read.await
    }

    /// How the comments of a story hang together, after one of them, in the order in which they came.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn leaving_places(
        &self,
        story: StoryId,
        after: Option<CommentId>,
        limit: u32,
    ) -> Result<Vec<LeavingPlace>, StoreError> {
        let after = after.map_or(i64::MIN, |comment| comment.0);
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(PLACES, values![story, after, i64::from(limit)]).await }));
        read.await?.into_iter().map(place).collect()
    }

    /// The words of the comments of a story that are released or wait, after one of them.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn leaving_comments(
        &self,
        story: StoryId,
        after: Option<CommentId>,
        limit: u32,
    ) -> Result<Vec<LeavingComment>, StoreError> {
        let after = after.map_or(i64::MIN, |comment| comment.0);
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(COMMENTS, values![story, after, i64::from(limit)]).await }));
        read.await?.into_iter().map(comment).collect()
    }

    /// How many comments stand under pages of other sites.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn comments_elsewhere(&self) -> Result<u64, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.row(ELSEWHERE, values![OUTSIDE]).await }));
        Ok(read.await?.ok_or(StoreError::NotFound)?.int(0)?.unsigned_abs())
    }
}

async fn leaving_story(tx: &mut Tx, row: &Row) -> Result<LeavingStory, StoreError> {
    let id = StoryId(row.int(0)?);
    let former = tx.rows(FORMER, values![id]).await?;
    Ok(LeavingStory {
        story: story_in(tx, id).await?,
        leads: row.maybe_int(1)?.is_some(),
        former_slugs: former.into_iter().map(|mut row| row.text(0)).collect::<Result<_, _>>()?,
    })
}

fn place(mut row: Row) -> Result<LeavingPlace, StoreError> {
    let state = row.text(2)?;
    let known = State::from_key(&state).ok_or_else(|| StoreError::Broken(format!("unknown state {state}")))?;
    Ok(LeavingPlace { id: CommentId(row.int(0)?), reply_to: row.maybe_int(1)?.map(CommentId), state: known })
}

fn comment(mut row: Row) -> Result<LeavingComment, StoreError> {
    Ok(LeavingComment { id: CommentId(row.int(0)?), name: row.text(1)?, text: row.text(2)?, received_at: row.time(3)? })
}
