//! What waits for a person, and what persons decided.

mod replay;
mod rulings;

pub use replay::Judged;
pub use rulings::RulingLine;
pub(crate) use rulings::{LAST, LOG, carry_out};

use crate::comments::state;
use crate::engine::{Row, Tx, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use moderation::Verdict;
use newsroom::comment::State;
use newsroom::{CommentId, StoryId, Timestamp};

/// A comment as the desk sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueEntry {
    /// Which comment.
    pub comment: CommentId,
    /// Under which story.
    pub story: StoryId,
    /// Its headline.
    pub headline: String,
    /// Its slug, once it has one.
    pub slug: Option<String>,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Its state.
    pub state: State,
    /// Its number, if it was ever public.
    pub number: Option<i64>,
    /// When it came in.
    pub received_at: Timestamp,
    /// What the engine advises.
    pub verdict: Verdict,
    /// The comment it answers: name and text, as the desk may see them.
    pub answers: Option<(String, String)>,
    /// Released and refused comments of this visitor so far.
    pub standing: (i64, i64),
    /// Readers' reports of it.
    pub reports: i64,
}

/// Which part of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Queue {
    /// Waiting: highest priority first, then oldest.
    #[default]
    Waiting,
    /// Waiting under one story.
    Story(StoryId),
    /// Public and reported by readers, most recently reported first.
    Reported,
}

/// A place in a queue: (priority, received in ms, comment).
pub type Place = (i64, i64, CommentId);

macro_rules! queued {
    ($places:expr, $order:expr) => {
        concat!(
            "select c.comment_id, c.story_id, s.card, s.slug, c.name, c.text, c.state, c.number, c.received_at,
                    c.verdict, a.name, a.text, coalesce(v.released, 0), coalesce(v.refused, 0), c.reports
             from (",
            $places,
            ") q join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id
             join stories s on s.story_id = c.story_id
             left join comments a on a.story_id = c.story_id and a.comment_id = c.reply_to
             left join visitors v on v.visitor_id = c.visitor_id
             order by ",
            $order
        )
    };
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
const ONE: &str =
    queued!("select story_id, comment_id from comments where story_id = $1 and comment_id = $2", "c.comment_id");

impl Store {
    /// A page of a queue from after `after`. Of [`Queue::Reported`] the comment in `after` counts and nothing else of it.
    pub async fn queue(&self, queue: Queue, after: Option<Place>, limit: u32) -> Result<Vec<QueueEntry>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                match queue {
                    Queue::Waiting => waiting(tx, None, after, i64::from(limit)).await,
                    Queue::Story(story) => waiting(tx, Some(story), after, i64::from(limit)).await,
                    Queue::Reported => reported(tx, after, i64::from(limit)).await,
                }
            })
        });
        read.await?.into_iter().map(entry).collect()
    }

    /// One comment as the desk sees it, in whatever state.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such comment.
    pub async fn queue_entry(&self, story: StoryId, comment: CommentId) -> Result<QueueEntry, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![story, comment]).await }));
        read.await?.map(entry).ok_or(StoreError::NotFound)?
    }

    /// How many wait, and how many are reported.
    pub async fn queue_counts(&self) -> Result<(i64, i64), StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select name, cast(sum(n) as bigint) from desk_counts group by name";
                tx.rows(text, values![]).await
            })
        });
        let (mut waiting, mut reported) = (0, 0);
        for mut row in read.await? {
            match row.text(0)?.as_str() {
                "waiting" => waiting = row.int(1)?,
                "reported" => reported = row.int(1)?,
                _ => {}
            }
        }
        Ok((waiting, reported))
    }
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

fn entry(mut row: Row) -> Result<QueueEntry, StoreError> {
    let face: CardFace = row.json(2)?;
    let answers = match (row.maybe_text(10)?, row.maybe_text(11)?) {
        (Some(name), Some(text)) => Some((name, text)),
        _ => None,
    };
    Ok(QueueEntry {
        comment: CommentId(row.int(0)?),
        story: StoryId(row.int(1)?),
        headline: face.headline,
        slug: row.maybe_text(3)?,
        name: row.text(4)?,
        text: row.text(5)?,
        state: state(row.text(6)?)?,
        number: row.maybe_int(7)?,
        received_at: row.time(8)?,
        verdict: row.json(9)?,
        answers,
        standing: (row.int(12)?, row.int(13)?),
        reports: row.int(14)?,
    })
}
