//! A queue, a page at a time.

use super::entry::{entry, queued};
use super::places::{in_section, reported_in};
use super::{Place, Queue, QueueEntry, kin};
use crate::engine::{Row, Tx, values};
use crate::{Store, StoreError};
use newsroom::{CommentId, SectionId, StoryId};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A page that leaves out what is on another card already, or in sections that are not asked for, reads on so many times.
const MOST_READS: usize = 10;

/// A page of a queue.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueuePage {
    /// In the queue's order; of a group of copies the first alone.
    pub entries: Vec<QueueEntry>,
    /// There is more, after this place.
    pub next: Option<Place>,
}

/// What waits needs two steps: the rest of one priority, then those below it.
pub(crate) const WAITING_SAME: &str = queued!(
    "select story_id, comment_id from comments
     where state = 'held' and priority = $1 and (received_at, comment_id) > ($2, $3)
     order by received_at, comment_id limit $4",
    "c.received_at, c.comment_id"
);
pub(crate) const WAITING_BELOW: &str = queued!(
    "select story_id, comment_id from comments where state = 'held' and priority < $1
     order by priority desc, received_at, comment_id limit $2",
    "c.priority desc, c.received_at, c.comment_id"
);
pub(crate) const STORY_SAME: &str = queued!(
    "select story_id, comment_id from comments
     where story_id = $1 and state = 'held' and priority = $2 and (received_at, comment_id) > ($3, $4)
     order by received_at, comment_id limit $5",
    "c.received_at, c.comment_id"
);
pub(crate) const STORY_BELOW: &str = queued!(
    "select story_id, comment_id from comments where story_id = $1 and state = 'held' and priority < $2
     order by priority desc, received_at, comment_id limit $3",
    "c.priority desc, c.received_at, c.comment_id"
);
pub(crate) const REPORTED: &str = queued!(
    "select story_id, comment_id from comments
     where reports_open = 1 and state = 'released' and (reported_at, comment_id) < ($1, $2)
     order by reported_at desc, comment_id desc limit $3",
    "c.reported_at desc, c.comment_id desc"
);
pub(crate) const PLACES: &str = queued!(
    "select story_id, comment_id, rank from queue_places
     where queue = $1 and (rank, received_at, comment_id) > ($2, $3, $4)
     order by rank, received_at, comment_id limit $5",
    "q.rank, c.received_at, c.comment_id",
    ", q.rank"
);
pub(super) const ONE: &str =
    queued!("select story_id, comment_id from comments where story_id = $1 and comment_id = $2", "c.comment_id");

impl Store {
    /// A page of a queue from after `after`. Of [`Queue::Reported`] the comment in `after` counts and nothing else of it.
    pub async fn queue(&self, queue: Queue, after: Option<Place>, limit: u32) -> Result<Vec<QueueEntry>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(rows_of(tx, queue, None, after, i64::from(limit))));
        read.await?.into_iter().map(entry).collect()
    }

    /// A page as the desk shows it: copies of one another are one entry, and where sections are named, only what stands in
    /// them is shown.
    pub async fn queue_page(
        &self,
        queue: Queue,
        sections: Option<&[SectionId]>,
        after: Option<Place>,
        limit: u32,
    ) -> Result<QueuePage, StoreError> {
        let sections = sections.map(Arc::<[SectionId]>::from);
        let read = self.engine.read(move |tx| {
            let sections = sections.clone();
            Box::pin(async move { page(tx, queue, sections.as_deref(), after, limit).await })
        });
        read.await
    }

    /// One comment as the desk sees it, in whatever state.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such comment.
    pub async fn queue_entry(&self, story: StoryId, comment: CommentId) -> Result<QueueEntry, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![story, comment]).await }));
        read.await?.map(entry).ok_or(StoreError::NotFound)?
    }

    /// Some comments as the desk sees them, in the order asked for; those that are not there are left out.
    pub async fn queue_entries(&self, which: &[(StoryId, CommentId)]) -> Result<Vec<QueueEntry>, StoreError> {
        let which: Arc<[(StoryId, CommentId)]> = which.into();
        let read = self.engine.read(move |tx| {
            let which = Arc::clone(&which);
            Box::pin(async move {
                let mut rows = Vec::with_capacity(which.len());
                for (story, comment) in which.iter() {
                    rows.extend(tx.row(ONE, values![*story, *comment]).await?);
                }
                Ok(rows)
            })
        });
        read.await?.into_iter().map(entry).collect()
    }

    /// How many wait, and how many are reported.
    pub async fn queue_counts(&self) -> Result<(i64, i64), StoreError> {
        let counts = self.desk_counts().await?;
        let of = |queue| counts.of(queue, None).unwrap_or_default();
        Ok((of(Queue::Waiting), of(Queue::Reported)))
    }
}

async fn page(
    tx: &mut Tx,
    queue: Queue,
    sections: Option<&[SectionId]>,
    mut after: Option<Place>,
    limit: u32,
) -> Result<QueuePage, StoreError> {
    let (wanted, at_once) = (limit as usize, i64::from(limit) + 1);
    let mut page = QueuePage::default();
    let mut shown = BTreeSet::new();
    for _ in 0..MOST_READS {
        let rows = rows_of(tx, queue, sections, after, at_once).await?;
        let more = rows.len() > wanted;
        for row in rows {
            let entry = entry(row)?;
            let place = entry.place(queue);
            if entry.is_in(sections) && stands_alone(tx, queue, sections, &entry, &mut shown).await? {
                if page.entries.len() >= wanted {
                    return Ok(QueuePage { next: after, ..page });
                }
                page.entries.push(entry);
            }
            after = Some(place);
        }
        if !more {
            return Ok(page);
        }
    }
    Ok(QueuePage { next: after, ..page })
}

/// Of a group of copies the first one stands for all.
async fn stands_alone(
    tx: &mut Tx,
    queue: Queue,
    sections: Option<&[SectionId]>,
    entry: &QueueEntry,
    shown: &mut BTreeSet<CommentId>,
) -> Result<bool, StoreError> {
    let Some(kin) = entry.kin else { return Ok(true) };
    match queue {
        Queue::Kin(_) | Queue::Reported => Ok(true),
        Queue::Waiting | Queue::Copies if sections.is_none() => {
            Ok(kin::head(tx, kin).await? == Some(entry.comment) && shown.insert(kin))
        }
        _ => Ok(shown.insert(kin)),
    }
}

/// Rows of a queue in its order. Whoever is bound to sections is given what stands in each of them.
async fn rows_of(
    tx: &mut Tx,
    queue: Queue,
    sections: Option<&[SectionId]>,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    match (queue, sections) {
        (Queue::Waiting, Some(sections)) => of_each(tx, sections, in_section, after, limit).await,
        (Queue::Reported, Some(sections)) => of_each(tx, sections, reported_in, after, limit).await,
        (Queue::Waiting, None) => waiting(tx, None, after, limit).await,
        (Queue::Story(story), _) => waiting(tx, Some(story), after, limit).await,
        (Queue::Reported, None) => reported(tx, after, limit).await,
        (queue, _) => {
            let name = queue.name().ok_or_else(|| StoreError::Broken("a queue without a name".to_owned()))?;
            placed(tx, &name, after, limit).await
        }
    }
}

async fn placed(tx: &mut Tx, name: &str, after: Option<Place>, limit: i64) -> Result<Vec<Row>, StoreError> {
    let (rank, time, comment) = after.map_or((i64::MIN, 0, 0), |(first, time, comment)| (-first, time, comment.0));
    tx.rows(PLACES, values![name, rank, time, comment, limit]).await
}

/// Each section by its key, then the first of all: what is read grows with the page and the sections.
async fn of_each(
    tx: &mut Tx,
    sections: &[SectionId],
    name: fn(SectionId) -> String,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    for section in sections {
        rows.extend(placed(tx, &name(*section), after, limit).await?);
    }
    let placed = rows.into_iter().map(|row| Ok((row.int(32)?, row.int(8)?, row.int(0)?, row)));
    let mut rows = placed.collect::<Result<Vec<_>, StoreError>>()?;
    rows.sort_by_key(|(rank, received_at, comment, _)| (*rank, *received_at, *comment));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows.into_iter().map(|(.., row)| row).collect())
}

async fn waiting(
    tx: &mut Tx,
    story: Option<StoryId>,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let mut rows = match (story, after) {
        (_, None) => Vec::new(),
        (None, Some((priority, time, comment))) => {
            tx.rows(WAITING_SAME, values![priority, time, comment, limit]).await?
        }
        (Some(story), Some((priority, time, comment))) => {
            tx.rows(STORY_SAME, values![story, priority, time, comment, limit]).await?
        }
    };
    let left = limit - i64::try_from(rows.len()).unwrap_or(limit);
    if left > 0 {
        let below = after.map_or(i64::MAX, |(priority, _, _)| priority);
        rows.extend(match story {
            None => tx.rows(WAITING_BELOW, values![below, left]).await?,
            Some(story) => tx.rows(STORY_BELOW, values![story, below, left]).await?,
        });
    }
    Ok(rows)
}

/// The place of a comment in this queue is when it was reported last, which is remembered when it has left the queue: a
/// page can go on from a comment that was ruled on meanwhile.
async fn reported(tx: &mut Tx, after: Option<Place>, limit: i64) -> Result<Vec<Row>, StoreError> {
    let (mut time, mut last) = (i64::MAX, i64::MAX);
    if let Some((_, _, comment)) = after {
        let text = "select reported_at from comments where comment_id = $1 and reported_at is not null limit 1";
        if let Some(row) = tx.row(text, values![comment]).await? {
            (time, last) = (row.int(0)?, comment.0);
        }
    }
    tx.rows(REPORTED, values![time, last, limit]).await
}
