//! What stands beside a card: notes, disputed findings, what else the visitor said under this story, how large the group of
//! copies is; and how it goes under a story lately. Everything here is bounded.

use super::kin;
use super::places::of_kin;
use super::{KinSize, QueueEntry};
use crate::comments::state;
use crate::engine::{Tx, values};
use crate::{Store, StoreError};
use newsroom::comment::State;
use newsroom::{CommentId, StaffId, StoryId, Timestamp, VisitorId};
use std::sync::Arc;

/// A visitor's other comments on a card.
const MOST_OTHERS: i64 = 5;
/// Notes on a card.
const MOST_NOTES: i64 = 20;
/// Comments that are looked at to say how it goes under a story.
const LATELY_LOOKED_AT: i64 = 100;

/// What stands beside a card.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beside {
    /// For colleagues, oldest first.
    pub notes: Vec<Note>,
    /// The keys of the reasons that somebody disputed.
    pub disputed: Vec<String>,
    /// The visitor's other comments under the story, newest first.
    pub others: Vec<OtherComment>,
    /// How large the group of copies is, where it belongs to one that has more than itself.
    pub kin: Option<KinSize>,
}

/// A note for colleagues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Whose.
    pub by: StaffId,
    /// Their name.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
}

/// Another comment of the same visitor under the same story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherComment {
    /// Which.
    pub comment: CommentId,
    /// As sent.
    pub text: String,
    /// What became of it.
    pub state: State,
    /// When it came in.
    pub received_at: Timestamp,
}

/// How it goes under a story: of the comments that wait longest and matter most, at most a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoryLately {
    /// Comments that wait under it, as kept.
    pub waiting: i64,
    /// Of those looked at: how many.
    pub looked_at: i64,
    /// In the largest group of copies among them.
    pub alike: i64,
    /// Came in since the time asked about.
    pub since: i64,
    /// Propose to be refused, or much speaks against them.
    pub doubted: i64,
}

pub(crate) const NOTES: &str = "select n.by_id, s.name, n.at, n.text from comment_notes n
     join staff s on s.staff_id = n.by_id
     where n.story_id = $1 and n.comment_id = $2 order by n.note_id limit $3";
pub(crate) const OTHERS: &str = "select c.comment_id, c.text, c.state, c.received_at
     from (select comment_id from visitor_comments where visitor_id = $2 order by received_at desc limit 100) v
     join comments c on c.story_id = $1 and c.comment_id = v.comment_id
     where c.comment_id <> $3 order by c.comment_id desc limit $4";
pub(crate) const LATELY: &str = "select q.comment_id, q.priority, q.received_at, k.kin_id from
     (select story_id, comment_id, priority, received_at from comments
      where story_id = $1 and state = 'held' order by priority desc, received_at, comment_id limit $2) q
     left join kin k on k.story_id = q.story_id and k.comment_id = q.comment_id";

/// From this priority on much speaks against a comment.
const DOUBTED: i64 = 600;

impl Store {
    /// What stands beside each of these cards, in their order.
    pub async fn beside(&self, entries: &[QueueEntry]) -> Result<Vec<Beside>, StoreError> {
        let about = |entry: &QueueEntry| (entry.story, entry.comment, entry.visitor, entry.kin);
        let entries: Arc<[_]> = entries.iter().map(about).collect();
        let read = self.engine.read(move |tx| {
            let entries = Arc::clone(&entries);
            Box::pin(async move {
                let mut all = Vec::with_capacity(entries.len());
                for (story, comment, visitor, kin) in entries.iter() {
                    all.push(Beside {
                        notes: notes(tx, *story, *comment).await?,
                        disputed: disputed(tx, *story, *comment).await?,
                        others: others(tx, (*story, *comment), *visitor).await?,
                        kin: kin_of(tx, *kin).await?,
                    });
                }
                Ok(all)
            })
        });
        read.await
    }

    /// How it goes under some stories; `since` is where «lately» begins.
    pub async fn lately(
        &self,
        stories: &[StoryId],
        since: Timestamp,
    ) -> Result<Vec<(StoryId, StoryLately)>, StoreError> {
        let stories: Arc<[StoryId]> = stories.into();
        let read = self.engine.read(move |tx| {
            let stories = Arc::clone(&stories);
            Box::pin(async move {
                let mut all = Vec::with_capacity(stories.len());
                for story in stories.iter() {
                    all.push((*story, lately(tx, *story, since).await?));
                }
                Ok(all)
            })
        });
        read.await
    }

    /// The waiting comments of a group of copies, the first first.
    pub async fn kin_members(&self, kin: CommentId, limit: u32) -> Result<Vec<(StoryId, CommentId)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select story_id, comment_id from queue_places where queue = $1
                     order by rank, received_at, comment_id limit $2";
                tx.rows(text, values![of_kin(kin), i64::from(limit)]).await
            })
        });
        let pair = |row: crate::engine::Row| Ok((StoryId(row.int(0)?), CommentId(row.int(1)?)));
        read.await?.into_iter().map(pair).collect()
    }
}

async fn notes(tx: &mut Tx, story: StoryId, comment: CommentId) -> Result<Vec<Note>, StoreError> {
    let rows = tx.rows(NOTES, values![story, comment, MOST_NOTES]).await?;
    let note = |mut row: crate::engine::Row| {
        Ok(Note { by: StaffId(row.int(0)?), by_name: row.text(1)?, at: row.time(2)?, text: row.text(3)? })
    };
    rows.into_iter().map(note).collect()
}

async fn disputed(tx: &mut Tx, story: StoryId, comment: CommentId) -> Result<Vec<String>, StoreError> {
    let text = "select reason from disputes where story_id = $1 and comment_id = $2 order by reason limit 50";
    tx.rows(text, values![story, comment]).await?.into_iter().map(|mut row| row.text(0)).collect()
}

async fn others(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    visitor: VisitorId,
) -> Result<Vec<OtherComment>, StoreError> {
    let rows = tx.rows(OTHERS, values![story, visitor, comment, MOST_OTHERS]).await?;
    let other = |mut row: crate::engine::Row| {
        Ok(OtherComment {
            comment: CommentId(row.int(0)?),
            text: row.text(1)?,
            state: state(row.text(2)?)?,
            received_at: row.time(3)?,
        })
    };
    rows.into_iter().map(other).collect()
}

async fn kin_of(tx: &mut Tx, kin: Option<CommentId>) -> Result<Option<KinSize>, StoreError> {
    let Some(kin) = kin else { return Ok(None) };
    let size = kin::size(tx, kin).await?;
    Ok(Some(size).filter(|size| size.comments > 1))
}

async fn lately(tx: &mut Tx, story: StoryId, since: Timestamp) -> Result<StoryLately, StoreError> {
    let text = "select cast(coalesce(sum(waiting), 0) as bigint) from story_counts where story_id = $1";
    let kept = tx.row(text, values![story]).await?;
    let mut lately = StoryLately { waiting: kept.map_or(Ok(0), |row| row.int(0))?, ..StoryLately::default() };
    let mut groups = std::collections::BTreeMap::<i64, i64>::new();
    for row in tx.rows(LATELY, values![story, LATELY_LOOKED_AT]).await? {
        lately.looked_at += 1;
        lately.since += i64::from(row.int(2)? >= since.as_millisecond());
        lately.doubted += i64::from(row.int(1)? >= DOUBTED);
        if let Some(kin) = row.maybe_int(3)? {
            *groups.entry(kin).or_default() += 1;
        }
    }
    lately.alike = groups.into_values().max().unwrap_or_default();
    Ok(lately)
}
