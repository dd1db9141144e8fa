//! The one door out: what readers see of comments. Everything here reads the view `public_comments`, which shows a row
//! only for comments that were released once, and name and text only while they are released.

use crate::engine::{Row, Tx, values};
use crate::{Store, StoreError};
use newsroom::comment::State;
use newsroom::{CommentId, StoryId, Timestamp};

/// One place in a thread: a comment, or what is left of one.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadEntry {
    /// Which comment.
    pub id: CommentId,
    /// Its number: stable, never reused.
    pub number: i64,
    /// The number of the comment it stands under (its own when it stands at level one).
    pub root: i64,
    /// The comment it answers, when that is not the root: number and, while it is public, name («ردًا على …»).
    pub answers: Option<(i64, Option<String>)>,
    /// What stands there.
    pub stands: Stands,
}

/// What stands at a place in a thread.
#[derive(Debug, Clone, PartialEq)]
pub enum Stands {
    /// A comment.
    Comment {
        /// Signed with.
        name: String,
        /// As sent.
        text: String,
        /// When it was sent.
        received_at: Timestamp,
        /// Folded away until a reader opens it.
        collapsed: bool,
        /// Its links may be followed.
        links: bool,
        /// Chosen by the paper.
        featured: bool,
        /// Written by the paper itself.
        of_paper: bool,
    },
    /// A tombstone: its author took it back.
    Withdrawn,
    /// A tombstone: it was taken down.
    TakenDown,
    /// A tombstone: its release was undone and it is being looked at again.
    UnderReview,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// First released first.
    #[default]
    Oldest,
    /// Newest thread first; answers inside a thread stay in their order.
    Newest,
}

/// A place in a thread's order: number of the root, own number.
pub type Place = (i64, i64);

/// A page of a thread.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ThreadPage {
    /// In the order asked for, answers after their roots.
    pub entries: Vec<ThreadEntry>,
    /// The root of the first entries when it stands on an earlier page.
    pub continued: Option<ThreadEntry>,
    /// Where the next page begins: after this.
    pub next: Option<Place>,
    /// There is an earlier page.
    pub has_earlier: bool,
    /// Released comments in the whole thread.
    pub released: i64,
}

/// Every text that reads comments for readers begins like this.
macro_rules! entries_of_any_story {
    () => {
        "select c.comment_id, c.number, c.root, c.state, c.name, c.text, c.received_at, c.collapsed, c.links,
                    a.number, a.name, c.featured, c.of_paper
             from public_comments c
             left join public_comments a
               on a.story_id = c.story_id and a.comment_id = c.reply_to and a.number <> c.root
             where "
    };
}

/// And goes on so for one story.
macro_rules! entries {
    ($rest:literal) => {
        concat!(entries_of_any_story!(), "c.story_id = $1 and ", $rest)
    };
}

pub(crate) const OLDEST: &str = entries!("(c.root, c.number) > ($2, $3) order by c.root, c.number limit $4");
/// Newest threads first needs two steps: what is left of the thread a page ended in, then the threads below it.
pub(crate) const REST_OF_ROOT: &str = entries!("c.root = $2 and c.number > $3 order by c.number limit $4");
pub(crate) const ROOTS_BELOW: &str = entries!("c.root < $2 order by c.root desc, c.number limit $3");
pub(crate) const BY_NUMBER: &str = entries!("c.number = $2");
pub(crate) const BY_ID: &str = entries!("c.comment_id = $2");
/// So many of any story by their ids, in no order.
pub(crate) fn by_ids_text(many: usize) -> String {
    let marks = (1..=many).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    format!("{}c.comment_id in ({marks})", entries_of_any_story!())
}
/// Which are chosen says a view of its own, by its index.
pub(crate) const FEATURED: &str = entries!(
    "c.number in (select f.number from chosen_comments f where f.story_id = $1 order by f.number limit $2)
     order by c.number"
);
pub(crate) const PLACES_BEFORE: &str = "select c.root, c.number from public_comments c
     where c.story_id = $1 and (c.root, c.number) < ($2, $3) order by c.root desc, c.number desc limit $4";

impl Store {
    /// A page of a story's thread: `limit` entries from after `after`.
    pub async fn thread(
        &self,
        story: StoryId,
        sort: Sort,
        after: Option<Place>,
        limit: u32,
    ) -> Result<ThreadPage, StoreError> {
        let read = self.engine.glance(move |tx| Box::pin(page(tx, story, sort, after, limit)));
        read.await
    }

    /// The page (oldest first) that holds a number, about in its middle.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the number was never given under this story.
    pub async fn thread_around(&self, story: StoryId, number: i64, limit: u32) -> Result<ThreadPage, StoreError> {
        let read = self.engine.glance(move |tx| {
            Box::pin(async move {
                let entry = numbered(tx, story, number).await?.ok_or(StoreError::NotFound)?;
                let before = i64::from(limit / 2);
                let places = tx.rows(PLACES_BEFORE, values![story, entry.root, entry.number, before + 1]).await?;
                // One more than will be shown before it: that one ends the page before this one.
                let after = match i64::try_from(places.len()) {
                    Ok(found) if found > before => {
                        places.last().map(|row| Ok((row.int(0)?, row.int(1)?))).transpose()?
                    }
                    _ => None,
                };
                page(tx, story, Sort::Oldest, after, limit).await
            })
        });
        read.await
    }

    /// One entry by its number, with its root first when it is an answer.
    pub async fn entry(
        &self,
        story: StoryId,
        number: i64,
    ) -> Result<Option<(ThreadEntry, Option<ThreadEntry>)>, StoreError> {
        let read = self.engine.glance(move |tx| {
            Box::pin(async move {
                let Some(entry) = numbered(tx, story, number).await? else { return Ok(None) };
                let root = root_of(tx, story, &entry).await?;
                Ok(Some((entry, root)))
            })
        });
        read.await
    }

    /// One entry by its id, if it was ever public.
    pub async fn entry_of(&self, story: StoryId, comment: CommentId) -> Result<Option<ThreadEntry>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.row(BY_ID, values![story, comment]).await?.map(entry).transpose() })
        });
        read.await
    }

    /// Public comments that the paper has chosen, by their numbers.
    pub async fn featured(&self, story: StoryId, limit: u32) -> Result<Vec<ThreadEntry>, StoreError> {
        let read = self
            .engine
            .glance(move |tx| Box::pin(async move { tx.rows(FEATURED, values![story, i64::from(limit)]).await }));
        read.await?.into_iter().map(entry).collect()
    }

    /// How many comments readers see under a story.
    pub async fn released_count(&self, story: StoryId) -> Result<i64, StoreError> {
        self.engine.glance(move |tx| Box::pin(released(tx, story))).await
    }
}

async fn page(
    tx: &mut Tx,
    story: StoryId,
    sort: Sort,
    after: Option<Place>,
    limit: u32,
) -> Result<ThreadPage, StoreError> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let one_more = i64::from(limit) + 1;
    let mut entries = match sort {
        Sort::Oldest => oldest(tx, story, after, one_more).await?,
        Sort::Newest => newest(tx, story, after, one_more).await?,
    };
    let more = entries.len() > wanted;
    entries.truncate(wanted);
    let continued = match entries.first() {
        Some(first) => root_of(tx, story, first).await?,
        None => None,
    };
    Ok(ThreadPage {
        next: entries.last().filter(|_| more).map(|last| (last.root, last.number)),
        has_earlier: after.is_some(),
        released: released(tx, story).await?,
        continued,
        entries,
    })
}

async fn oldest(tx: &mut Tx, story: StoryId, after: Option<Place>, limit: i64) -> Result<Vec<ThreadEntry>, StoreError> {
    let (root, number) = after.unwrap_or((0, 0));
    let rows = tx.rows(OLDEST, values![story, root, number, limit]).await?;
    rows.into_iter().map(entry).collect()
}

async fn newest(tx: &mut Tx, story: StoryId, after: Option<Place>, limit: i64) -> Result<Vec<ThreadEntry>, StoreError> {
    let mut rows = match after {
        Some((root, number)) => tx.rows(REST_OF_ROOT, values![story, root, number, limit]).await?,
        None => Vec::new(),
    };
    let left = limit - i64::try_from(rows.len()).unwrap_or(limit);
    if left > 0 {
        let below = after.map_or(i64::MAX, |(root, _)| root);
        rows.extend(tx.rows(ROOTS_BELOW, values![story, below, left]).await?);
    }
    rows.into_iter().map(entry).collect()
}

async fn numbered(tx: &mut Tx, story: StoryId, number: i64) -> Result<Option<ThreadEntry>, StoreError> {
    tx.row(BY_NUMBER, values![story, number]).await?.map(entry).transpose()
}

/// The comment at level one that an answer stands under.
async fn root_of(tx: &mut Tx, story: StoryId, entry: &ThreadEntry) -> Result<Option<ThreadEntry>, StoreError> {
    if entry.root == entry.number {
        return Ok(None);
    }
    numbered(tx, story, entry.root).await
}

async fn released(tx: &mut Tx, story: StoryId) -> Result<i64, StoreError> {
    let row = tx.row("select released from threads where story_id = $1", values![story]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

pub(crate) fn entry(mut row: Row) -> Result<ThreadEntry, StoreError> {
    let answers = match row.maybe_int(9)? {
        Some(number) => Some((number, row.maybe_text(10)?)),
        None => None,
    };
    let state = row.text(3)?;
    let stands = match State::from_key(&state) {
        Some(State::Released) => Stands::Comment {
            name: row.text(4)?,
            text: row.text(5)?,
            received_at: row.time(6)?,
            collapsed: row.yes(7)?,
            links: row.yes(8)?,
            featured: row.yes(11)?,
            of_paper: row.yes(12)?,
        },
        Some(State::Withdrawn) => Stands::Withdrawn,
        // Refused only after its release was undone: for readers it was there and is gone.
        Some(State::TakenDown | State::Refused) => Stands::TakenDown,
        Some(State::Held) => Stands::UnderReview,
        None => return Err(StoreError::Broken(format!("no state of a comment: {state}"))),
    };
    Ok(ThreadEntry { id: CommentId(row.int(0)?), number: row.int(1)?, root: row.int(2)?, answers, stands })
}
