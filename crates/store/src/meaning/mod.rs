//! What texts mean, as vectors: rows of bytes that are made in the background after a text was kept, of public stories and of
//! comments that wait. What a vector says is unknown here; which texts are still to be read, and what goes with which text, is
//! known here alone.
//!
//! A story's vector and its neighbours go in the transaction that takes the story from readers; a comment's in the one that
//! ends its waiting. Nothing of them is part of an export: they are made again from the texts.

mod comments;
mod stories;

pub use comments::{CommentToRead, NearComment};
pub(crate) use comments::{VECTOR as VECTOR_OF_COMMENT, WAITING as WAITING_VECTORS, comment_is_due, drop_comment};
pub use stories::{StoryToRead, StoryVector, VectorRow};
pub(crate) use stories::{drop_story, related_text, story_is_due};

use crate::engine::values;
use crate::{Store, StoreError};

impl Store {
    /// Some text is still to be read.
    pub async fn is_meaning_due(&self) -> Result<bool, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let story = tx.row("select 1 from story_vectors_due limit 1", values![]).await?;
                Ok(story.is_some() || tx.row("select 1 from comment_vectors_due limit 1", values![]).await?.is_some())
            })
        });
        read.await
    }

    /// How many stories and comments are still to be read: counted, for the log of whoever reads a whole archive.
    pub async fn meaning_due(&self) -> Result<i64, StoreError> {
        let text = "select cast((select count(*) from story_vectors_due) as bigint)
             + cast((select count(*) from comment_vectors_due) as bigint)";
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(text, values![]).await }));
        read.await?.map_or(Ok(0), |row| row.int(0))
    }

    /// What was read by other weights than these is read anew.
    pub async fn renew_vectors(&self, weights: &str) -> Result<(), StoreError> {
        let weights = weights.to_owned();
        let write = self.engine.write(move |tx| {
            let weights = weights.clone();
            Box::pin(async move {
                for text in [
                    "insert into story_vectors_due (story_id) select story_id from story_vectors where weights <> $1
                     on conflict (story_id) do nothing",
                    "insert into comment_vectors_due (story_id, comment_id)
                     select story_id, comment_id from comment_vectors where weights <> $1
                     on conflict (story_id, comment_id) do nothing",
                ] {
                    tx.run(text, values![&weights]).await?;
                }
                Ok(())
            })
        });
        write.await
    }
}
