//! Vectors of comments that wait at the desk. They are made of a reader's words and go with them: with the waiting, whatever ends
//! it, and with every erasure. Nothing that readers see reads them.

use crate::engine::{Row, Tx, values};
use crate::{Store, StoreError};
use newsroom::comment::Revision;
use newsroom::{CommentId, StoryId, Timestamp};
use std::sync::Arc;

pub(crate) const VECTOR: &str =
    "select vector from comment_vectors where story_id = $1 and comment_id = $2 and weights = $3";
pub(crate) const WAITING: &str = "select v.story_id, v.comment_id, v.vector
     from (select story_id, comment_id, vector, weights, received_at from comment_vectors
           where received_at >= $1 order by received_at desc, comment_id desc limit $2) v
     where v.weights = $3 order by v.received_at desc, v.comment_id desc";

/// A waiting comment that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentToRead {
    /// Under which story.
    pub story: StoryId,
    /// Which.
    pub comment: CommentId,
    /// Which words of its author.
    pub revision: Revision,
    /// The words.
    pub text: String,
}

/// A comment that waits, with its vector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearComment {
    /// Under which story.
    pub story: StoryId,
    /// Which.
    pub comment: CommentId,
    /// The vector's bytes.
    pub vector: Vec<u8>,
}

impl Store {
    /// Waiting comments that are to be read, those that came in last first.
    pub async fn comments_to_read(&self, limit: u32) -> Result<Vec<CommentToRead>, StoreError> {
        let text = "select d.story_id, d.comment_id, c.revision, c.text
             from (select story_id, comment_id from comment_vectors_due
                   order by story_id desc, comment_id desc limit $1) d
             join comments c on c.story_id = d.story_id and c.comment_id = d.comment_id
             order by d.story_id desc, d.comment_id desc";
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(text, values![i64::from(limit)]).await }));
        let comment = |mut row: Row| {
            Ok(CommentToRead {
                story: StoryId(row.int(0)?),
                comment: CommentId(row.int(1)?),
                revision: Revision(row.int(2)?),
                text: row.text(3)?,
            })
        };
        read.await?.into_iter().map(comment).collect()
    }

    /// Keeps the vectors of waiting comments in one transaction, of each where it still waits with the words that were read.
    /// Without a vector it is due no more, until its words change.
    pub async fn keep_comment_vectors(
        &self,
        read: Vec<(CommentToRead, Option<Vec<u8>>)>,
        weights: &str,
    ) -> Result<(), StoreError> {
        let (read, weights) = (Arc::new(read), weights.to_owned());
        let write = self.engine.write(move |tx| {
            let (read, weights) = (Arc::clone(&read), weights.clone());
            Box::pin(async move {
                for (comment, vector) in read.iter() {
                    keep_vector(tx, comment, &weights, vector.as_deref()).await?;
                }
                Ok(())
            })
        });
        write.await
    }

    /// The vector of a comment that waits.
    pub async fn comment_vector(
        &self,
        story: StoryId,
        comment: CommentId,
        weights: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let weights = weights.to_owned();
        let read = self.engine.read(move |tx| {
            let given = values![story, comment, &weights].to_vec();
            Box::pin(async move { tx.row(VECTOR, &given).await })
        });
        read.await?.map(|mut row| row.bytes(0)).transpose()
    }

    /// The vectors of comments that wait and came in since a time, those that came in last first, at most `limit`. For the desk
    /// alone.
    pub async fn waiting_vectors(
        &self,
        weights: &str,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<NearComment>, StoreError> {
        let weights = weights.to_owned();
        let read = self.engine.read(move |tx| {
            let given = values![since, i64::from(limit), &weights].to_vec();
            Box::pin(async move { tx.rows(WAITING, &given).await })
        });
        let near = |mut row: Row| {
            Ok(NearComment { story: StoryId(row.int(0)?), comment: CommentId(row.int(1)?), vector: row.bytes(2)? })
        };
        read.await?.into_iter().map(near).collect()
    }
}

/// A comment waits with words that nobody has read yet: those of before are forgotten at once.
pub(crate) async fn comment_is_due(tx: &mut Tx, (story, comment): (StoryId, CommentId)) -> Result<(), StoreError> {
    tx.run("delete from comment_vectors where story_id = $1 and comment_id = $2", values![story, comment]).await?;
    let text = "insert into comment_vectors_due (story_id, comment_id) values ($1, $2)
         on conflict (story_id, comment_id) do nothing";
    tx.run(text, values![story, comment]).await.map(drop)
}

async fn keep_vector(
    tx: &mut Tx,
    read: &CommentToRead,
    weights: &str,
    vector: Option<&[u8]>,
) -> Result<(), StoreError> {
    let (story, comment) = (read.story, read.comment);
    // Held, so that its waiting does not end in between.
    let held = "update comments set changed_at = changed_at
         where story_id = $1 and comment_id = $2 and state = 'held' returning revision, received_at";
    let Some(row) = tx.row(held, values![story, comment]).await? else {
        return drop_comment(tx, (story, comment)).await;
    };
    if row.int(0)? != read.revision.0 {
        return Ok(());
    }
    let received_at: Timestamp = row.time(1)?;
    drop_comment(tx, (story, comment)).await?;
    let Some(vector) = vector else { return Ok(()) };
    let text = "insert into comment_vectors (story_id, comment_id, received_at, weights, vector)
         values ($1, $2, $3, $4, $5)";
    tx.run(text, values![story, comment, received_at, weights, vector.to_vec()]).await.map(drop)
}

/// A comment waits no more, or its words go.
pub(crate) async fn drop_comment(tx: &mut Tx, (story, comment): (StoryId, CommentId)) -> Result<(), StoreError> {
    for text in [
        "delete from comment_vectors where story_id = $1 and comment_id = $2",
        "delete from comment_vectors_due where story_id = $1 and comment_id = $2",
    ] {
        tx.run(text, values![story, comment]).await?;
    }
    Ok(())
}
