//! What search machines are told that there is: public stories by their time, and the tags and writers that have any.

use crate::engine::{Row, values};
use crate::{Store, StoreError};
use newsroom::{StoryId, Timestamp};

/// A public story in a list of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedStory {
    /// Which.
    pub id: StoryId,
    /// Its address.
    pub slug: String,
    /// When readers were last given something new of it; a slip of the pen that was put right does not count.
    pub changed_at: Timestamp,
}

pub(crate) const MAPPED: &str = "select l.story_id, s.slug, l.published_at, s.updated_at from (
         select published_at, story_id from listed where list = 'all' and published_at >= $1 and published_at < $2
         order by published_at, story_id limit $3
     ) l join stories s on s.story_id = l.story_id and s.state = 'published'
     order by l.published_at, l.story_id";

const TAGS: &str = "select t.slug from tags t
     where exists (select 1 from listed l where l.list = 'tag:' || t.slug) order by t.slug limit $1";
const WRITERS: &str = "select w.slug from writers w
     where exists (select 1 from listed l where l.list = 'writer:' || w.slug) order by w.slug limit $1";

impl Store {
    /// The addresses of the stories of a span of time (`to` is not part of it), the first first.
    pub async fn mapped_stories(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<MappedStory>, StoreError> {
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(MAPPED, values![from, to, i64::from(limit)]).await }));
        read.await?.into_iter().map(mapped).collect()
    }

    /// The slugs of tags that public stories have, in the order of their letters.
    pub async fn tags_in_use(&self, limit: u32) -> Result<Vec<String>, StoreError> {
        self.in_use(TAGS, limit).await
    }

    /// The slugs of writers of public stories, in the order of their letters.
    pub async fn writers_in_use(&self, limit: u32) -> Result<Vec<String>, StoreError> {
        self.in_use(WRITERS, limit).await
    }

    async fn in_use(&self, text: &'static str, limit: u32) -> Result<Vec<String>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(text, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(|mut row| row.text(0)).collect()
    }
}

fn mapped(mut row: Row) -> Result<MappedStory, StoreError> {
    let published_at = row.time(2)?;
    Ok(MappedStory {
        id: StoryId(row.int(0)?),
        slug: row.text(1)?,
        changed_at: row.maybe_time(3)?.unwrap_or(published_at),
    })
}
