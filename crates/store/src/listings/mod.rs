//! Lists of published stories: front, section, tag, writer, month, most read. One table of places in lists, one index.

mod corrections;
mod feed;
mod front;
mod mapped;

pub(crate) use corrections::CORRECTED;
pub use corrections::CorrectionLine;
pub(crate) use feed::{ENCLOSURE, feed_text};
pub use feed::{Enclosure, FeedStory, HowMuch};
pub(crate) use front::{LED, candidates_text, cards_text, most_discussed_text, most_read, most_read_text};
pub use mapped::MappedStory;
pub(crate) use mapped::{mapped_text, translated_text};

use crate::engine::{Row, Tx, Value, values};
use crate::pictures::as_readers_see;
use crate::{Store, StoreError};
use jiff::civil::Date;
use newsroom::body::Picture;
use newsroom::byline::Byline;
use newsroom::front::{Layout, Pin, RowKind};
use newsroom::section::Section;
use newsroom::story::{StoryKind, StoryLanguage};
use newsroom::{SectionId, StoryId, Timestamp};
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
    /// What must be seen of its picture when it is cut, in hundredths from its upper left corner; of one of the library.
    pub focus: Option<(u8, u8)>,
}

/// The part of a card that is stored with the story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFace {
    /// What kind of story it is.
    #[serde(default, skip_serializing_if = "StoryKind::is_news")]
    pub kind: StoryKind,
    /// It is a translation of the story to which it is linked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub translates: bool,
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
    pub language: StoryLanguage,
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

/// The front page with its stories, in one read.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontPage {
    /// From the top; a row can be without any story.
    pub rows: Vec<FrontRow>,
}

/// A row of the front page.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontRow {
    /// What stands in it.
    pub kind: RowKind,
    /// The section that it shows.
    pub section: Option<Section>,
    /// Its slots; in a ranking, what was counted.
    pub slots: Vec<FrontSlot>,
}

/// A slot of the front page.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontSlot {
    /// The story that stands there, under the headline that it has here.
    pub card: Option<StoryCard>,
    /// What an editor pinned there.
    pub pin: Option<Pin>,
    /// It is not public, and `card` is another story.
    pub stands_in: bool,
}

impl FrontPage {
    /// Every card, from the top.
    pub fn cards(&self) -> impl Iterator<Item = &StoryCard> {
        self.rows.iter().flat_map(|row| row.slots.iter().filter_map(|slot| slot.card.as_ref()))
    }

    /// The row of a kind.
    pub fn row(&self, kind: RowKind) -> Option<&FrontRow> {
        self.rows.iter().find(|row| row.kind == kind)
    }
}

/// The columns of a card, from `stories s` and, at its left, `threads t`.
pub(crate) const CARD: &str = "s.story_id, s.slug, s.card, s.published_at, s.updated_at,
    case when s.comment_policy = 'hidden' then 0 else coalesce(t.released, 0) end";

/// Months that the archive names: a century.
const MOST_MONTHS: i64 = 1_200;

impl Store {
    /// The front page as readers have it: the layout that was launched last, or the standard one.
    pub async fn front_page(&self, now: Timestamp) -> Result<FrontPage, StoreError> {
        self.engine.glance(move |tx| Box::pin(front::front_page(tx, None, now))).await
    }

    /// The front page as readers would have it by a layout.
    pub async fn front_page_by(&self, layout: &Layout, now: Timestamp) -> Result<FrontPage, StoreError> {
        let layout = layout.clone();
        self.engine.read(move |tx| Box::pin(front::front_page(tx, Some(layout.clone()), now))).await
    }

    /// The layout while nobody has launched one.
    pub async fn standard_front(&self) -> Result<Layout, StoreError> {
        let sections: Vec<SectionId> = self.sections().await?.into_iter().map(|section| section.id).collect();
        self.engine
            .read(move |tx| {
                let sections = sections.clone();
                Box::pin(async move { front::standard(tx, &sections).await })
            })
            .await
    }

    /// A page of a list, newest first, from after `before` (exclusive).
    pub async fn list(&self, list: &List, before: Option<Place>, limit: u32) -> Result<Vec<StoryCard>, StoreError> {
        let list = list.key();
        let (time, story) = place(before);
        let read = self.engine.glance(move |tx| {
            let list = list.clone();
            Box::pin(async move { cards(tx, &page_text(""), values![list, time, story, i64::from(limit)]).await })
        });
        read.await
    }

    /// The stories of a span of time (a month of the archive; `to` is not part of it), newest first, from after `before`.
    pub async fn published_between(
        &self,
        from: Timestamp,
        to: Timestamp,
        before: Option<Place>,
        limit: u32,
    ) -> Result<Vec<StoryCard>, StoreError> {
        // Before every story of the moment `to`: no id is less than nothing.
        let end = (to.as_millisecond(), -1);
        let (time, story) = place(before).min(end);
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = page_text("and published_at >= $5");
                cards(tx, &text, values!["all", time, story, i64::from(limit), from]).await
            })
        });
        read.await
    }

    /// The months that have stories, newest first.
    pub async fn months(&self) -> Result<Vec<Month>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select month, stories from archive_months where stories > 0 order by month desc limit $1";
                tx.rows(text, values![MOST_MONTHS]).await
            })
        });
        read.await?.into_iter().map(named_month).collect()
    }

    /// The most read from one of the paper's days to another, both among them.
    pub async fn most_read(&self, from: Date, to: Date, limit: u32) -> Result<Vec<StoryCard>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let read = front::most_read(tx, (from, to), limit).await?;
                as_readers_see(tx, read.into_iter().map(|(card, _)| card).collect()).await
            })
        });
        read.await
    }

    /// The printed name of a tag, by its slug.
    pub async fn tag_name(&self, slug: &str) -> Result<Option<String>, StoreError> {
        self.printed_name("select name from tags where slug = $1", slug).await
    }

    /// Tags under which public stories stand, in the order of their addresses, after one: address and printed name.
    pub async fn tags(&self, after: &str, limit: u32) -> Result<Vec<(String, String)>, StoreError> {
        let after = after.to_owned();
        let read = self.engine.read(move |tx| {
            let after = after.clone();
            Box::pin(async move {
                let text = "select t.slug, t.name from tags t where t.slug > $1
                         and exists (select 1 from listed l where l.list = 'tag:' || t.slug)
                     order by t.slug limit $2";
                tx.rows(text, values![after, i64::from(limit)]).await
            })
        });
        read.await?.into_iter().map(|mut row| Ok((row.text(0)?, row.text(1)?))).collect()
    }

    /// The printed name of a writer, by its slug.
    pub async fn writer_name(&self, slug: &str) -> Result<Option<String>, StoreError> {
        self.printed_name("select name from writers where slug = $1", slug).await
    }

    async fn printed_name(&self, text: &'static str, slug: &str) -> Result<Option<String>, StoreError> {
        let slug = slug.to_owned();
        let read = self.engine.read(move |tx| {
            let slug = slug.clone();
            Box::pin(async move { tx.row(text, values![slug]).await })
        });
        read.await?.map(|mut row| row.text(0)).transpose()
    }
}

impl List {
    /// The word under which its places are stored.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Section(slug) => format!("section:{slug}"),
            Self::Tag(slug) => format!("tag:{slug}"),
            Self::Writer(slug) => format!("writer:{slug}"),
        }
    }
}

/// A page of a list: its places by the key of `listed`, then the card of each.
pub(crate) fn page_text(bound: &str) -> String {
    format!(
        "select {CARD} from (
             select published_at, story_id from listed
             where list = $1 and (published_at, story_id) < ($2, $3) {bound}
             order by published_at desc, story_id desc limit $4
         ) l join stories s on s.story_id = l.story_id left join threads t on t.story_id = l.story_id
         order by l.published_at desc, l.story_id desc"
    )
}

fn place(before: Option<Place>) -> (i64, i64) {
    before.map_or((i64::MAX, i64::MAX), |(time, story)| (time.as_millisecond(), story.0))
}

/// The cards of a statement that begins with the columns [`CARD`], as readers see them.
pub(crate) async fn cards(tx: &mut Tx, text: &str, given: &[Value]) -> Result<Vec<StoryCard>, StoreError> {
    let cards = tx.rows(text, given).await?.into_iter().map(card).collect::<Result<_, _>>()?;
    as_readers_see(tx, cards).await
}

/// A card out of the columns [`CARD`].
fn card(mut row: Row) -> Result<StoryCard, StoreError> {
    Ok(StoryCard {
        id: StoryId(row.int(0)?),
        slug: row.text(1)?,
        face: row.json(2)?,
        published_at: row.time(3)?,
        updated_at: row.maybe_time(4)?,
        comments: row.int(5)?,
        focus: None,
    })
}

fn named_month(mut row: Row) -> Result<Month, StoreError> {
    let word = row.text(0)?;
    let stories = row.int(1)?;
    let month = word
        .split_once('-')
        .and_then(|(year, month)| Some(Month { year: year.parse().ok()?, month: month.parse().ok()?, stories }));
    month.ok_or_else(|| StoreError::Broken(format!("no month: {word}")))
}
