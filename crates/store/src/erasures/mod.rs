//! Readers' data on their way out: asked for, carried out in steps that can be broken off anywhere, and in the end gone from
//! the files too.
//!
//! A step is one transaction of a few rows: a process that is killed between two of them leaves a row that says what is still
//! to be done, and whoever comes next goes on.

mod bytes;
mod comment;
mod reader;

#[cfg(test)]
pub(crate) use bytes::TOUCHED;
pub use bytes::Wiped;
pub(crate) use bytes::note_emptied;

use crate::engine::{Row, Tx, json, values};
use crate::happenings::write_down;
use crate::orders::is_held_by_an_order;
use crate::{Store, StoreError};
use comment::{Author, erase_comment};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Visitor};
use newsroom::{CommentId, ErasureId, HappeningId, StoryId, Timestamp, VisitorId};

/// Comments emptied in one transaction.
const COMMENTS_AT_ONCE: usize = 20;

/// What is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One comment: its words, its name, its earlier versions. Its author stays its author.
    Comment(CommentId),
    /// Everything. Measures in force go on under this number: a keyed hash, negative.
    Everything(VisitorId),
}

/// An erasure, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Which one.
    pub id: ErasureId,
    /// Of one comment only.
    pub only: Option<(StoryId, CommentId)>,
    /// Who asked; a reader is `VisitorId(0)`.
    pub by: Actor,
    /// Why, where the staff asked.
    pub why: String,
    /// When.
    pub asked_at: Timestamp,
    /// Comments emptied so far.
    pub comments: i64,
    /// Since when no row holds any of it.
    pub rows_done: Option<Timestamp>,
    /// Since when no byte of the files does.
    pub bytes_done: Option<Timestamp>,
}

/// What a step did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureStep {
    /// What is to be told.
    pub happenings: Vec<Happening>,
    /// No row is left.
    pub done: bool,
}

macro_rules! erasures {
    ($rest:literal) => {
        concat!(
            "select erasure_id, story_id, comment_id, by_actor, why, asked_at, comments, rows_done_at, bytes_done_at
             from erasures ",
            $rest
        )
    };
}

pub(crate) const LATELY: &str = erasures!("where erasure_id < $1 and by_actor <> $2 order by erasure_id desc limit $3");
const ONE: &str = erasures!("where erasure_id = $1");
pub(crate) const TO_DO: &str =
    "select erasure_id from erasures where rows_done_at is null order by erasure_id limit $1";

impl Store {
    /// Writes down that something is to go; nothing is gone yet. `why`: of the staff; empty where a reader asks.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the comment is not theirs.
    pub async fn ask_erasure(
        &self,
        visitor: VisitorId,
        scope: Scope,
        (by, why): (Actor, &str),
        now: Timestamp,
    ) -> Result<ErasureId, StoreError> {
        let id = ErasureId(self.id(now));
        // The row outlives the data: it does not say whose they were.
        let by = if matches!(by, Actor::Visitor(_)) { Actor::Visitor(VisitorId(0)) } else { by };
        let (by, why) = (json(&by)?, why.to_owned());
        let write = self.engine.write(move |tx| {
            let (by, why) = (by.clone(), why.clone());
            Box::pin(async move {
                let (kept, about) = match scope {
                    Scope::Everything(kept) => (kept, None),
                    Scope::Comment(comment) => (VisitorId(0), Some((story_of(tx, visitor, comment).await?, comment))),
                };
                tx.run(
                    "insert into erasures
                         (erasure_id, visitor_id, kept_id, story_id, comment_id, by_actor, why, asked_at, comments)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
                    values![id, visitor, kept, about.map(|at| at.0), about.map(|at| at.1), by, why, now],
                )
                .await?;
                Ok(id)
            })
        });
        write.await
    }

    /// Does some of an erasure: a few comments, or what else there is when no comment is left. Doing it again when it is
    /// done changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such erasure.
    pub async fn carry_on_erasure(&self, id: ErasureId, now: Timestamp) -> Result<ErasureStep, StoreError> {
        let ids: Vec<HappeningId> = (0..=COMMENTS_AT_ONCE).map(|_| HappeningId(self.id(now))).collect();
        let write = self.engine.write(move |tx| {
            let ids = ids.clone();
            Box::pin(async move { Step { tx, id, ids, now, happenings: Vec::new() }.run().await })
        });
        write.await
    }

    /// An erasure as it stands.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn erasure(&self, id: ErasureId) -> Result<Erasure, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map(erasure).ok_or(StoreError::NotFound)?
    }

    /// The last erasures that somebody asked for, newest first.
    pub async fn erasures(&self, before: Option<ErasureId>, limit: u32) -> Result<Vec<Erasure>, StoreError> {
        let (before, clock) = (before.unwrap_or(ErasureId(i64::MAX)), json(&Actor::Program)?);
        let read = self.engine.read(move |tx| {
            let clock = clock.clone();
            Box::pin(async move { tx.rows(LATELY, values![before, clock, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(erasure).collect()
    }

    /// Erasures that were broken off or have not begun, the oldest first.
    pub async fn erasures_to_do(&self, limit: u32) -> Result<Vec<ErasureId>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(TO_DO, values![i64::from(limit)]).await }));
        read.await?.into_iter().map(|row| row.int(0).map(ErasureId)).collect()
    }
}

/// Under which story a comment of a visitor's stands.
async fn story_of(tx: &mut Tx, visitor: VisitorId, comment: CommentId) -> Result<StoryId, StoreError> {
    let text = "select story_id from visitor_comments where visitor_id = $1 and comment_id = $2";
    tx.row(text, values![visitor, comment]).await?.ok_or(StoreError::NotFound)?.int(0).map(StoryId)
}

/// One step, in its transaction.
struct Step<'t> {
    tx: &'t mut Tx,
    id: ErasureId,
    /// For what happens.
    ids: Vec<HappeningId>,
    now: Timestamp,
    happenings: Vec<Happening>,
}

impl Step<'_> {
    async fn run(mut self) -> Result<ErasureStep, StoreError> {
        // The write comes first: two processes that do the same erasure wait for one another.
        let text = "update erasures set comments = comments where erasure_id = $1
             returning visitor_id, kept_id, story_id, comment_id, by_actor, rows_done_at, comments";
        let mut row = self.tx.row(text, values![self.id]).await?.ok_or(StoreError::NotFound)?;
        if row.maybe_int(5)?.is_some() {
            return Ok(ErasureStep { happenings: Vec::new(), done: true });
        }
        let (visitor, kept, by) = (Visitor { id: VisitorId(row.int(0)?) }, VisitorId(row.int(1)?), row.json(4)?);
        let (before, only) = (row.int(6)?, row.maybe_int(2)?.zip(row.maybe_int(3)?));
        let (comments, author) = match only {
            Some((story, comment)) => (vec![(StoryId(story), CommentId(comment))], Author::Stays),
            None => (comments_of(self.tx, visitor.id).await?, Author::Goes),
        };
        for comment in &comments {
            self.comment(*comment, (visitor, author), by).await?;
        }
        let emptied = i64::try_from(comments.len()).unwrap_or(i64::MAX);
        let done = match only {
            Some(_) => true,
            None => comments.is_empty() && reader::erase_reader(self.tx, (visitor.id, kept), self.now).await?,
        };
        let text = "update erasures set comments = comments + $2 where erasure_id = $1";
        self.tx.run(text, values![self.id, emptied]).await?;
        if done {
            self.close(by, only.is_none().then_some(before + emptied)).await?;
        }
        Ok(ErasureStep { happenings: self.happenings, done })
    }

    async fn comment(
        &mut self,
        (story, comment): (StoryId, CommentId),
        whose: (Visitor, Author),
        by: Actor,
    ) -> Result<(), StoreError> {
        if !waits_for_an_order(self.tx, (story, comment), whose).await? {
            erase_comment(self.tx, (story, comment), whose, self.now).await?;
        }
        self.tell(What::CommentErased { story, comment }, by).await
    }

    /// The row says that nothing is left, and does not say any more whose it was.
    async fn close(&mut self, by: Actor, comments: Option<i64>) -> Result<(), StoreError> {
        let text = "update erasures set rows_done_at = $2, visitor_id = 0, kept_id = 0 where erasure_id = $1";
        self.tx.run(text, values![self.id, self.now]).await?;
        let Some(comments) = comments else { return Ok(()) };
        let comments = u64::try_from(comments).unwrap_or_default();
        self.tell(What::ReaderErased { erasure: self.id, comments }, by).await
    }

    async fn tell(&mut self, what: What, by: Actor) -> Result<(), StoreError> {
        let id = self.ids.pop().ok_or_else(|| StoreError::Broken("more happened than a step does".to_owned()))?;
        let happening = Happening { id, at: self.now, by, what, why: String::new() };
        write_down(self.tx, &happening).await?;
        self.happenings.push(happening);
        Ok(())
    }
}

/// What an authority has ordered away is kept for it, sealed or not, until the order lets go of it: [`erase_after_order`].
async fn waits_for_an_order(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    (visitor, author): (Visitor, Author),
) -> Result<bool, StoreError> {
    let text = "update order_comments set erase_for = $3, erase_all = $4
         where story_id = $1 and comment_id = $2 and restored_at is null and ended_at is null";
    Ok(tx.run(text, values![story, comment, visitor.id, author == Author::Goes]).await? > 0)
}

/// An order has let go of a comment, at its end or since it was annulled: where its reader had asked for erasure meanwhile it
/// is emptied now; whether it was. Readers see nothing change: it was out of the public before. Called when the order's row is closed.
pub(crate) async fn erase_after_order(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let text = "select max(erase_for), max(erase_all) from order_comments
         where story_id = $1 and comment_id = $2 and erase_for is not null";
    let row = tx.row(text, values![story, comment]).await?;
    let Some(row) = row.filter(|row| row.maybe_int(0).ok().flatten().is_some()) else { return Ok(false) };
    if is_held_by_an_order(tx, (story, comment)).await? {
        return Ok(true);
    }
    let author = if row.yes(1)? { Author::Goes } else { Author::Stays };
    erase_comment(tx, (story, comment), (Visitor { id: VisitorId(row.int(0)?) }, author), now).await?;
    let text = "update order_comments set erase_for = null, erase_all = null where story_id = $1 and comment_id = $2";
    tx.run(text, values![story, comment]).await?;
    Ok(true)
}

async fn comments_of(tx: &mut Tx, visitor: VisitorId) -> Result<Vec<(StoryId, CommentId)>, StoreError> {
    let text = "select v.story_id, v.comment_id from visitor_comments v where v.visitor_id = $1
         and not exists (select 1 from order_comments o where o.story_id = v.story_id and o.comment_id = v.comment_id
                         and o.erase_for is not null and o.erase_all = 1)
         order by v.comment_id limit $2";
    let limit = i64::try_from(COMMENTS_AT_ONCE).unwrap_or(1);
    let rows = tx.rows(text, values![visitor, limit]).await?;
    rows.into_iter().map(|row| Ok((StoryId(row.int(0)?), CommentId(row.int(1)?)))).collect()
}

fn erasure(mut row: Row) -> Result<Erasure, StoreError> {
    Ok(Erasure {
        id: ErasureId(row.int(0)?),
        only: row.maybe_int(1)?.zip(row.maybe_int(2)?).map(|(story, comment)| (StoryId(story), CommentId(comment))),
        by: row.json(3)?,
        why: row.text(4)?,
        asked_at: row.time(5)?,
        comments: row.int(6)?,
        rows_done: row.maybe_time(7)?,
        bytes_done: row.maybe_time(8)?,
    })
}
