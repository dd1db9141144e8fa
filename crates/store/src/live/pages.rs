//! Updates as they are read: by readers, a page at a time, and by the desk with everything that is known of each.

use crate::engine::{Row, Tx, values};
use crate::{Store, StoreError};
use newsroom::{LiveEntryId, StoryId, Timestamp};

macro_rules! entries {
    ($rest:literal) => {
        concat!(
            "select entry_id, at, edited_at, removed_at, important,
                 case when removed_at is null then headline else '' end,
                 case when removed_at is null then text else '' end
             from live_entries ",
            $rest
        )
    };
}

macro_rules! desk_entries {
    ($rest:literal) => {
        concat!(
            "select l.entry_id, l.headline, l.text, l.important, l.at, b.name, l.revision, l.edited_at, e.name,
                 l.removed_at, r.name, l.removed_why
             from live_entries l left join staff b on b.staff_id = l.by_id
                 left join staff e on e.staff_id = l.edited_by left join staff r on r.staff_id = l.removed_by ",
            $rest
        )
    };
}

pub(crate) const BELOW: &str = entries!("where story_id = $1 and entry_id < $2 order by entry_id desc limit $3");
pub(crate) const ABOVE: &str = entries!("where story_id = $1 and entry_id > $2 order by entry_id limit $3");
const ONE: &str = entries!("where entry_id = $2 and story_id = $1");
pub(crate) const DESK_BELOW: &str =
    desk_entries!("where l.story_id = $1 and l.entry_id < $2 order by l.entry_id desc limit $3");
pub(crate) const DESK_ONE: &str = desk_entries!("where l.entry_id = $2 and l.story_id = $1");
pub(crate) const EARLIER: &str = "select v.headline, v.text, v.important, v.at, b.name
     from live_entry_revisions v left join staff b on b.staff_id = v.by_id
     where v.entry_id = $1 order by v.revision desc limit $2";

/// Where a page of updates begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LivePlace {
    /// With the newest.
    #[default]
    Newest,
    /// With this one.
    At(LiveEntryId),
    /// With the first that is older.
    OlderThan(LiveEntryId),
    /// With those that are newer, and next to it.
    NewerThan(LiveEntryId),
}

/// A page of updates, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LivePage {
    /// The updates.
    pub entries: Vec<LiveEntry>,
    /// There are newer ones than these.
    pub newer: bool,
    /// There are older ones.
    pub older: bool,
}

/// An update as readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveEntry {
    /// Which.
    pub id: LiveEntryId,
    /// When it went public.
    pub at: Timestamp,
    /// What it shows.
    pub shows: Shows,
}

/// What an update shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// Its words.
    Words {
        /// May be empty.
        headline: String,
        /// Plain paragraphs.
        text: String,
        /// It is marked among the others.
        important: bool,
        /// When it was put right last.
        edited_at: Option<Timestamp>,
    },
    /// That there was one.
    Removed {
        /// When it was removed.
        at: Timestamp,
    },
}

/// An update as the desk sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskEntry {
    /// Which.
    pub id: LiveEntryId,
    /// May be empty.
    pub headline: String,
    /// Plain paragraphs.
    pub text: String,
    /// It is marked among the others.
    pub important: bool,
    /// When it went public.
    pub at: Timestamp,
    /// Who wrote it, by name.
    pub by: String,
    /// Which text of it this is.
    pub revision: i64,
    /// When it was put right last, and by whom.
    pub edited: Option<(Timestamp, String)>,
    /// That readers see it no more.
    pub removed: Option<Removed>,
}

/// That an update was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// When.
    pub at: Timestamp,
    /// By whom, by name.
    pub by: String,
    /// Why.
    pub why: String,
}

/// What an update said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierText {
    /// May be empty.
    pub headline: String,
    /// Plain paragraphs.
    pub text: String,
    /// It was marked among the others.
    pub important: bool,
    /// From when readers had it.
    pub at: Timestamp,
    /// Whose it was, by name.
    pub by: String,
}

impl Store {
    /// A page of a story's updates as readers see them: `limit` at most. Whether readers may open the story is not asked.
    pub async fn live_page(&self, story: StoryId, place: LivePlace, limit: u32) -> Result<LivePage, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                if let LivePlace::NewerThan(id) = place
                    && let Some(page) = above(tx, story, id, limit).await?
                {
                    return Ok(page);
                }
                // Nothing stands above them but what fits: that is the first page.
                let below = match place {
                    LivePlace::Newest | LivePlace::NewerThan(_) => i64::MAX,
                    LivePlace::At(id) => id.0.saturating_add(1),
                    LivePlace::OlderThan(id) => id.0,
                };
                let mut entries = read_entries(tx, BELOW, (story, below), limit).await?;
                let older = cut(&mut entries, limit);
                let newer = below < i64::MAX && stands(tx, ABOVE, (story, below.saturating_sub(1))).await?;
                Ok(LivePage { entries, newer, older })
            })
        });
        read.await
    }

    /// An update as readers see it.
    pub async fn live_entry(&self, story: StoryId, entry: LiveEntryId) -> Result<Option<LiveEntry>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![story, entry]).await }));
        read.await?.map(shown).transpose()
    }

    /// A story's updates as the desk sees them, from before one (exclusive), the last one first.
    pub async fn live_entries_of_desk(
        &self,
        story: StoryId,
        before: Option<LiveEntryId>,
        limit: u32,
    ) -> Result<Vec<DeskEntry>, StoreError> {
        let before = before.map_or(i64::MAX, |id| id.0);
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(DESK_BELOW, values![story, before, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(of_desk).collect()
    }

    /// An update as the desk sees it.
    pub async fn live_entry_of_desk(
        &self,
        story: StoryId,
        entry: LiveEntryId,
    ) -> Result<Option<DeskEntry>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(DESK_ONE, values![story, entry]).await }));
        read.await?.map(of_desk).transpose()
    }

    /// What an update said before, the last first.
    pub async fn earlier_live_texts(&self, entry: LiveEntryId, limit: u32) -> Result<Vec<EarlierText>, StoreError> {
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(EARLIER, values![entry, i64::from(limit)]).await }));
        read.await?.into_iter().map(earlier).collect()
    }
}

/// Those next above one, when there are more above them still.
async fn above(tx: &mut Tx, story: StoryId, id: LiveEntryId, limit: u32) -> Result<Option<LivePage>, StoreError> {
    let mut entries = read_entries(tx, ABOVE, (story, id.0), limit).await?;
    if !cut(&mut entries, limit) {
        return Ok(None);
    }
    entries.reverse();
    let lowest = entries.last().map_or(i64::MAX, |entry| entry.id.0);
    let older = stands(tx, BELOW, (story, lowest)).await?;
    Ok(Some(LivePage { entries, newer: true, older }))
}

/// One more than asked for: whether there are more.
async fn read_entries(
    tx: &mut Tx,
    text: &str,
    (story, key): (StoryId, i64),
    limit: u32,
) -> Result<Vec<LiveEntry>, StoreError> {
    let rows = tx.rows(text, values![story, key, i64::from(limit) + 1]).await?;
    rows.into_iter().map(shown).collect()
}

async fn stands(tx: &mut Tx, text: &str, (story, key): (StoryId, i64)) -> Result<bool, StoreError> {
    Ok(tx.row(text, values![story, key, 1]).await?.is_some())
}

fn cut(entries: &mut Vec<LiveEntry>, limit: u32) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = entries.len() > limit;
    entries.truncate(limit);
    more
}

fn shown(mut row: Row) -> Result<LiveEntry, StoreError> {
    let shows = match row.maybe_time(3)? {
        Some(at) => Shows::Removed { at },
        None => Shows::Words {
            headline: row.text(5)?,
            text: row.text(6)?,
            important: row.yes(4)?,
            edited_at: row.maybe_time(2)?,
        },
    };
    Ok(LiveEntry { id: LiveEntryId(row.int(0)?), at: row.time(1)?, shows })
}

fn of_desk(mut row: Row) -> Result<DeskEntry, StoreError> {
    let name = |row: &mut Row, place| Ok::<_, StoreError>(row.maybe_text(place)?.unwrap_or_default());
    let edited = row.maybe_time(7)?.map(|at| Ok::<_, StoreError>((at, name(&mut row, 8)?))).transpose()?;
    let removed = match row.maybe_time(9)? {
        Some(at) => Some(Removed { at, by: name(&mut row, 10)?, why: name(&mut row, 11)? }),
        None => None,
    };
    Ok(DeskEntry {
        id: LiveEntryId(row.int(0)?),
        headline: row.text(1)?,
        text: row.text(2)?,
        important: row.yes(3)?,
        at: row.time(4)?,
        by: name(&mut row, 5)?,
        revision: row.int(6)?,
        edited,
        removed,
    })
}

fn earlier(mut row: Row) -> Result<EarlierText, StoreError> {
    Ok(EarlierText {
        headline: row.text(0)?,
        text: row.text(1)?,
        important: row.yes(2)?,
        at: row.time(3)?,
        by: row.maybe_text(4)?.unwrap_or_default(),
    })
}
