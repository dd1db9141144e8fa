//! Lists of published stories: front, section, tag, writer, month, most read. One table of places in lists, one index.
use crate::{Store, StoreError};
use newsroom::body::Picture;
use newsroom::byline::Byline;
use newsroom::profile::Language;
use newsroom::section::Section;
use newsroom::{StoryId, Timestamp};
use serde::{Deserialize, Serialize};

/// What a list shows of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryCard {
    /// Which story.
    pub id: StoryId,
    /// Its address.
    pub slug: String,
    /// Its words and picture.
    pub face: CardFace,
    /// When it went public.
    pub published_at: Timestamp,
    /// When it was last corrected.
    pub updated_at: Option<Timestamp>,
    /// Comments that readers see under it (0 when they are hidden).
    pub comments: i64,
}

/// The part of a card that is stored with the story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFace {
    /// The line above.
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The lines below.
    pub standfirst: String,
    /// The lead picture.
    pub lead: Option<Picture>,
    /// By whom.
    pub bylines: Vec<Byline>,
    /// Slug and name of its section.
    pub section: Option<(String, String)>,
    /// Its language.
    pub language: Language,
}

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// Every published story.
    All,
    /// Those of a section, by its slug.
    Section(String),
    /// Those with a tag, by its slug.
    Tag(String),
    /// Those of a writer, by the slug of the name.
    Writer(String),
}

/// A place in a list; the next page begins after it.
pub type Place = (Timestamp, StoryId);

/// A month of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// Year.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// Stories published in it (UTC).
    pub stories: i64,
}

/// Everything the front page needs, in one read.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontPage {
    /// The story at its head.
    pub lead: Option<StoryCard>,
    /// The latest, the lead left out.
    pub latest: Vec<StoryCard>,
    /// The latest of each section, in the order of the masthead; empty sections left out.
    pub sections: Vec<(Section, Vec<StoryCard>)>,
    /// The most read of the last seven days.
    pub most_read: Vec<StoryCard>,
}

impl Store {
    /// The front page: `latest` stories in general, `per_section` of each section, five most read.
    pub async fn front_page(&self, latest: u32, per_section: u32, now: Timestamp) -> Result<FrontPage, StoreError> {
        todo!()
    }
    /// A page of a list, newest first, from after `before` (exclusive).
    pub async fn list(&self, list: &List, before: Option<Place>, limit: u32) -> Result<Vec<StoryCard>, StoreError> {
        todo!()
    }
    /// The stories of a span of time (a month of the archive), newest first, from after `before`.
    pub async fn published_between(
        &self,
        from: Timestamp,
        to: Timestamp,
        before: Option<Place>,
        limit: u32,
    ) -> Result<Vec<StoryCard>, StoreError> {
        todo!()
    }
    /// The months that have stories, newest first.
    pub async fn months(&self) -> Result<Vec<Month>, StoreError> {
        todo!()
    }
    /// The most read since a time.
    pub async fn most_read(&self, since: Timestamp, limit: u32) -> Result<Vec<StoryCard>, StoreError> {
        todo!()
    }
    /// The printed name of a tag, by its slug.
    pub async fn tag_name(&self, slug: &str) -> Result<Option<String>, StoreError> {
        todo!()
    }
    /// The printed name of a writer, by its slug.
    pub async fn writer_name(&self, slug: &str) -> Result<Option<String>, StoreError> {
        todo!()
    }
}
