//! What search machines are told that there is: public stories by their time, and the tags and writers that have any.

use super::CardFace;
use crate::engine::{Row, values};
use crate::stories::each_language_once;
use crate::{Store, StoreError};
use newsroom::story::StoryLanguage;
use newsroom::{StoryId, Timestamp};
use std::collections::HashMap;

/// A public story in a list of addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedStory {
    /// Which.
    pub id: StoryId,
    /// Its address.
    pub slug: String,
    /// When readers were last given something new of it; a slip of the pen that was put right does not count.
    pub changed_at: Timestamp,
    /// Language and address of the same in each of its languages, its own first; none where it is in one alone.
    pub languages: Vec<(StoryLanguage, String)>,
}

/// The stories of a span.
const SPAN: &str =
    "select published_at, story_id from listed where list = 'all' and published_at >= $1 and published_at < $2
         order by published_at, story_id limit $3";

/// Them with their addresses.
pub(crate) fn mapped_text() -> String {
    format!(
        "select l.story_id, s.slug, l.published_at, s.updated_at from ({SPAN}) l
             join stories s on s.story_id = l.story_id and s.state = 'published'
         order by l.published_at, l.story_id"
    )
}

/// Originals of a span and of its translations, each with what is linked to it, the latest first: one read for a whole list.
pub(crate) fn translated_text() -> String {
    format!(
        "select o.story_id, o.slug, o.language, s.story_id, s.slug, s.card from (
             select few.story_id as original from ({SPAN}) few
             union
             select k.answers_id from ({SPAN}) few join story_links k on k.story_id = few.story_id
         ) f join story_links k on k.answers_id = f.original
             join stories o on o.story_id = f.original and o.state = 'published'
             join stories s on s.story_id = k.story_id and s.state = 'published'
         order by o.published_at desc, o.story_id, k.published_at desc, k.story_id desc limit $3"
    )
}

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
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let given = values![from, to, i64::from(limit)].to_vec();
                Ok((tx.rows(&mapped_text(), &given).await?, tx.rows(&translated_text(), &given).await?))
            })
        });
        let (stories, links) = read.await?;
        let mut translated = Translated::default();
        for row in links {
            translated.note(row)?;
        }
        stories.into_iter().map(|row| mapped(row, &translated)).collect()
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

/// Which stories are the same in other languages.
#[derive(Default)]
struct Translated {
    /// Language and address of each.
    versions: HashMap<StoryId, (StoryLanguage, String)>,
    /// Of each that is translated its translations, the latest first.
    translations: HashMap<StoryId, Vec<StoryId>>,
    /// Of each translation what it translates.
    originals: HashMap<StoryId, StoryId>,
}

impl Translated {
    /// A row of [`translated_text`]. What only answers the other one, or is in its language, is no translation.
    fn note(&mut self, mut row: Row) -> Result<(), StoreError> {
        let (original, story, face) = (StoryId(row.int(0)?), StoryId(row.int(3)?), row.json::<CardFace>(5)?);
        let Some(language) = StoryLanguage::from_tag(&row.text(2)?) else { return Ok(()) };
        if !face.translates || face.language == language {
            return Ok(());
        }
        self.versions.insert(original, (language, row.text(1)?));
        self.versions.insert(story, (face.language, row.text(4)?));
        self.translations.entry(original).or_default().push(story);
        self.originals.insert(story, original);
        Ok(())
    }

    /// The story itself and what its page leads to in other languages.
    fn languages_of(&self, story: StoryId) -> Vec<(StoryLanguage, String)> {
        let Some(own) = self.versions.get(&story) else { return Vec::new() };
        let translations = |of: StoryId| self.translations.get(&of).into_iter().flatten().copied();
        let original = self.originals.get(&story).copied();
        let beside = original.into_iter().flat_map(translations);
        let found = original.into_iter().chain(translations(story)).chain(beside);
        let versions = found.filter_map(|id| self.versions.get(&id).map(|version| (id, version)));
        let others = each_language_once((story, own.0), versions, |(id, version)| (*id, version.0));
        std::iter::once(own).chain(others.into_iter().map(|(_, version)| version)).cloned().collect()
    }
}

fn mapped(mut row: Row, translated: &Translated) -> Result<MappedStory, StoreError> {
    let (id, published_at) = (StoryId(row.int(0)?), row.time(2)?);
    Ok(MappedStory {
        id,
        slug: row.text(1)?,
        changed_at: row.maybe_time(3)?.unwrap_or(published_at),
        languages: translated.languages_of(id),
    })
}
