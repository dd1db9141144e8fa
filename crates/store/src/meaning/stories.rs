//! Vectors of public stories, and which stories are nearest to which.

use crate::engine::{Row, Tx, values};
use crate::hex;
use crate::listings::{CARD, StoryCard, cards};
use crate::{Store, StoreError};
use newsroom::meaning::words_of;
use newsroom::story::StoryText;
use newsroom::{StoryId, Timestamp};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Neighbours that are kept of a story.
const MOST_KIN: i64 = 8;

const DUE: &str = "select d.story_id, s.text, v.print, v.vector
     from (select story_id from story_vectors_due order by story_id desc limit $2) d
     join stories s on s.story_id = d.story_id and s.state = 'published'
     left join story_vectors v on v.story_id = d.story_id and v.weights = $1
     order by d.story_id desc";
const SINCE: &str = "select story_id, made_at, vector from story_vectors
     where (made_at, story_id) > ($2, $3) and weights = $1 order by made_at, story_id limit $4";

/// A public story that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryToRead {
    /// Which.
    pub story: StoryId,
    /// Its words, as they are read.
    pub words: String,
    /// The tag of its language.
    pub language: String,
    /// What was made of the same words by the same weights: its neighbours alone are to be found.
    pub kept: Option<Vec<u8>>,
}

/// What was made of a story's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryVector {
    /// Which.
    pub story: StoryId,
    /// The words that were read.
    pub words: String,
    /// The tag of its language.
    pub language: String,
    /// The fingerprint of the weights.
    pub weights: String,
    /// The vector's bytes.
    pub vector: Vec<u8>,
}

/// A vector as whoever follows them reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VectorRow {
    /// Of which story.
    pub story: StoryId,
    /// When it was made, in milliseconds since 1970 UTC.
    pub made_at: i64,
    /// Its bytes.
    pub vector: Vec<u8>,
}

impl Store {
    /// Public stories that are to be read, those begun last first; at most so many of what is due are looked at. What is due and
    /// public no more is taken off.
    pub async fn stories_to_read(&self, weights: &str, limit: u32) -> Result<Vec<StoryToRead>, StoreError> {
        let weights = weights.to_owned();
        let write = self.engine.write(move |tx| {
            let weights = weights.clone();
            Box::pin(async move {
                let gone = "delete from story_vectors_due where story_id in (
                         select d.story_id from (select story_id from story_vectors_due order by story_id desc limit $1) d
                         join stories s on s.story_id = d.story_id where s.state <> 'published')";
                tx.run(gone, values![i64::from(limit)]).await?;
                tx.rows(DUE, values![weights, i64::from(limit)]).await
            })
        });
        write.await?.into_iter().map(to_read).collect()
    }

    /// Keeps a story's vector, where readers still have the words of which it was made, and says whether it was kept. Those that
    /// had it among their neighbours and have it no more find theirs anew.
    pub async fn keep_story_vector(&self, made: &StoryVector, now: Timestamp) -> Result<bool, StoreError> {
        let made = Arc::new(made.clone());
        let write = self.engine.write(move |tx| {
            let made = Arc::clone(&made);
            Box::pin(async move {
                let held = "update stories set state = state where story_id = $1 returning state, text";
                let Some(mut row) = tx.row(held, values![made.story]).await? else { return Ok(false) };
                if row.text(0)? != "published" || words_of(&row.json(1)?) != made.words {
                    return Ok(false);
                }
                neighbours_are_due(tx, made.story).await?;
                tx.run("delete from story_kin where story_id = $1 or other_id = $1", values![made.story]).await?;
                let text = "insert into story_vectors (story_id, weights, print, language, made_at, vector)
                     values ($1, $2, $3, $4, $5, $6)
                     on conflict (story_id) do update set weights = excluded.weights, print = excluded.print,
                         language = excluded.language, made_at = excluded.made_at, vector = excluded.vector";
                let given =
                    values![made.story, &made.weights, print(&made.words), &made.language, now, made.vector.clone(),];
                tx.run(text, given).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// Keeps which stories are nearest to one, in thousandths of likeness, and it among theirs: eight of each, the nearest. It is
    /// due no more.
    pub async fn keep_story_kin(&self, story: StoryId, near: &[(StoryId, i64)]) -> Result<(), StoreError> {
        let near: Arc<[(StoryId, i64)]> = near.into();
        let write = self.engine.write(move |tx| {
            let near = Arc::clone(&near);
            Box::pin(async move {
                // Held, so that it is not withdrawn in between: no row names a story that readers do not have.
                let held = "update stories set state = state where story_id = $1 and state = 'published' returning 1";
                if tx.row(held, values![story]).await?.is_none() {
                    return tx.run("delete from story_vectors_due where story_id = $1", values![story]).await.map(drop);
                }
                tx.run("delete from story_kin where story_id = $1", values![story]).await?;
                for (other, nearness) in near.iter().filter(|(other, _)| *other != story) {
                    for (one, another) in [(story, *other), (*other, story)] {
                        let text = "insert into story_kin (story_id, other_id, nearness)
                             select cast($1 as bigint), cast($2 as bigint), cast($3 as bigint) where exists (select 1 from story_vectors where story_id = $4)
                             on conflict (story_id, other_id) do update set nearness = excluded.nearness";
                        tx.run(text, values![one, another, *nearness, *other]).await?;
                    }
                    keep_the_nearest(tx, *other).await?;
                }
                keep_the_nearest(tx, story).await?;
                tx.run("delete from story_vectors_due where story_id = $1", values![story]).await.map(drop)
            })
        });
        write.await
    }

    /// A story of which nothing can be made has no vector, also none of before, and is due no more until its words change.
    pub async fn skip_story_vector(&self, story: StoryId) -> Result<(), StoreError> {
        self.engine.write(move |tx| Box::pin(async move { drop_story(tx, story).await })).await
    }

    /// Vectors made after a place, in the order in which they were made.
    pub async fn story_vectors_since(
        &self,
        weights: &str,
        (made_at, story): (i64, StoryId),
        limit: u32,
    ) -> Result<Vec<VectorRow>, StoreError> {
        let weights = weights.to_owned();
        let read = self.engine.read(move |tx| {
            let given = values![&weights, made_at, story, i64::from(limit)].to_vec();
            Box::pin(async move { tx.rows(SINCE, &given).await })
        });
        let row =
            |mut row: Row| Ok(VectorRow { story: StoryId(row.int(0)?), made_at: row.int(1)?, vector: row.bytes(2)? });
        read.await?.into_iter().map(row).collect()
    }

    /// The public stories that are nearest in meaning to one, the nearest first; of two as near the later one.
    pub async fn related_stories(&self, story: StoryId) -> Result<Vec<StoryCard>, StoreError> {
        let read = self
            .engine
            .glance(move |tx| Box::pin(async move { cards(tx, &related_text(), values![story, MOST_KIN]).await }));
        read.await
    }
}

pub(crate) fn related_text() -> String {
    format!(
        "select {CARD} from story_kin k join stories s on s.story_id = k.other_id
         left join threads t on t.story_id = s.story_id
         where k.story_id = $1 and s.state = 'published'
         order by k.nearness desc, s.published_at desc, s.story_id desc limit $2"
    )
}

/// A story's words are to be read, or read anew.
pub(crate) async fn story_is_due(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    let text = "insert into story_vectors_due (story_id) values ($1) on conflict (story_id) do nothing";
    tx.run(text, values![story]).await.map(drop)
}

/// Readers have a story no more: nothing is near to it, and those that had it find others.
pub(crate) async fn drop_story(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    neighbours_are_due(tx, story).await?;
    for text in [
        "delete from story_kin where story_id = $1 or other_id = $1",
        "delete from story_vectors where story_id = $1",
        "delete from story_vectors_due where story_id = $1",
    ] {
        tx.run(text, values![story]).await?;
    }
    Ok(())
}

async fn neighbours_are_due(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    let text = "insert into story_vectors_due (story_id) select story_id from story_kin where other_id = $1
         on conflict (story_id) do nothing";
    tx.run(text, values![story]).await.map(drop)
}

async fn keep_the_nearest(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    let text = "delete from story_kin where story_id = $1 and other_id not in (
             select other_id from story_kin where story_id = $1 order by nearness desc, other_id desc limit $2)";
    tx.run(text, values![story, MOST_KIN]).await.map(drop)
}

fn to_read(mut row: Row) -> Result<StoryToRead, StoreError> {
    let text: StoryText = row.json(1)?;
    let words = words_of(&text);
    let kept = row.maybe_text(2)?.filter(|kept| *kept == print(&words));
    Ok(StoryToRead {
        story: StoryId(row.int(0)?),
        language: text.language.tag().to_owned(),
        kept: kept.map(|_| row.bytes(3)).transpose()?,
        words,
    })
}

/// By what the same words are known again.
fn print(words: &str) -> String {
    hex::write(&Sha256::digest(words.as_bytes())[..16])
}
