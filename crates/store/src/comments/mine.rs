//! All of a visitor's own comments, for that visitor only: what became of each, and why.

use super::{OwnComment, own};
use crate::engine::{Row, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::comment::{AppealState, Decision, Statement};
use newsroom::people::Visitor;
use newsroom::{CommentId, RulingId, StoryId, Timestamp};

/// A visitor's own comment with what was decided about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mine {
    /// The comment, in whatever state.
    pub own: OwnComment,
    /// Under which story.
    pub story: StoryId,
    /// Its headline.
    pub headline: String,
    /// Its address, while it is public.
    pub slug: Option<String>,
    /// The last ruling on it that holds.
    pub ruling: Option<MyRuling>,
    /// The author's last objection, to this ruling or to one before it.
    pub appeal: Option<MyAppeal>,
    /// The authority's order that it is under.
    pub ordered: Option<MyOrder>,
}

/// The order that a comment is under, as its author may know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MyOrder {
    /// Until when its words are kept for a review.
    pub keep_until: Timestamp,
    /// The author is not told of it before.
    pub silent_until: Option<Timestamp>,
}

impl MyOrder {
    /// Whoever wrote the comment is told nothing of the order yet.
    pub fn is_silent(&self, now: Timestamp) -> bool {
        self.silent_until.is_some_and(|until| until > now)
    }
}

/// An objection as whoever made it is told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct MyAppeal {
    /// To which ruling.
    pub ruling: RulingId,
    /// When it came in, and when it is due.
    pub at: (Timestamp, Timestamp),
    /// How it stands.
    pub state: AppealState,
    /// What was answered; empty before.
    pub answer: String,
    /// Whoever had ruled decided it.
    pub same_person: bool,
}

/// A ruling as the comment's author is told of it: by nobody's name.
#[derive(Debug, Clone, PartialEq)]
pub struct MyRuling {
    /// Which.
    pub id: RulingId,
    /// What was decided.
    pub decision: Decision,
    /// When.
    pub at: Timestamp,
    /// The reasons, where something was restricted.
    pub statement: Option<Statement>,
}

macro_rules! mine {
    ($places:literal) => {
        concat!(
            "select c.comment_id, c.name, c.text, c.state, c.reason, c.received_at, c.number, c.reply_to, c.story_id,
                    s.card, case when s.state in ('published', 'outside') then s.slug end, r.ruling_id, r.decision, r.at, r.statement,
                    a.ruling_id, a.at, a.due_at, a.state, a.answer, a.same_person,
                    (select coalesce(o.keep_until, 0) from order_comments x join orders o on o.order_id = x.order_id
                     where x.story_id = c.story_id and x.comment_id = c.comment_id and x.restored_at is null
                     order by x.order_id desc limit 1),
                    (select o.silent_until from order_comments x join orders o on o.order_id = x.order_id
                     where x.story_id = c.story_id and x.comment_id = c.comment_id and x.restored_at is null
                     order by x.order_id desc limit 1)
             from (",
            $places,
            ") q join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id
             join stories s on s.story_id = c.story_id
             left join rulings r on r.ruling_id =
                 (select l.ruling_id from rulings l
                  where l.story_id = c.story_id and l.comment_id = c.comment_id and l.undone_at is null
                  order by l.ruling_id desc limit 1)
             left join appeals a on a.appeal_id =
                 (select l.appeal_id from appeals l
                  where l.story_id = c.story_id and l.comment_id = c.comment_id and l.side = 'author'
                      and l.visitor_id = $1
                  order by l.appeal_id desc limit 1)
             order by c.comment_id desc"
        )
    };
}

pub(crate) const MINE: &str = mine!(
    "select story_id, comment_id from visitor_comments where visitor_id = $1 and comment_id < $2
     order by comment_id desc limit $3"
);
const ONE: &str = mine!("select story_id, comment_id from visitor_comments where visitor_id = $1 and comment_id = $2");

impl Store {
    /// A page of the visitor's own comments under every story, in whatever state, newest first, from before `before`.
    pub async fn mine(&self, visitor: Visitor, before: Option<CommentId>, limit: u32) -> Result<Vec<Mine>, StoreError> {
        let before = before.unwrap_or(CommentId(i64::MAX));
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(MINE, values![visitor.id, before, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(mine).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none or it is not theirs.
    pub async fn one_of_mine(&self, visitor: Visitor, comment: CommentId) -> Result<Mine, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![visitor.id, comment]).await }));
        read.await?.map(mine).ok_or(StoreError::NotFound)?
    }
}

fn mine(mut row: Row) -> Result<Mine, StoreError> {
    let face: CardFace = row.json(9)?;
    Ok(Mine {
        story: StoryId(row.int(8)?),
        headline: face.headline,
        slug: row.maybe_text(10)?,
        ruling: ruling(&mut row)?,
        appeal: appeal(&mut row)?,
        ordered: ordered(&row)?,
        own: own(row)?,
    })
}

fn ordered(row: &Row) -> Result<Option<MyOrder>, StoreError> {
    let Some(keep_until) = row.maybe_time(21)? else { return Ok(None) };
    Ok(Some(MyOrder { keep_until, silent_until: row.maybe_time(22)? }))
}

fn ruling(row: &mut Row) -> Result<Option<MyRuling>, StoreError> {
    let Some(id) = row.maybe_int(11)? else { return Ok(None) };
    let statement = match row.maybe_text(14)? {
        Some(text) => Some(serde_json::from_str(&text).map_err(|problem| StoreError::Broken(problem.to_string()))?),
        None => None,
    };
    Ok(Some(MyRuling { id: RulingId(id), decision: row.json(12)?, at: row.time(13)?, statement }))
}

fn appeal(row: &mut Row) -> Result<Option<MyAppeal>, StoreError> {
    let Some(ruling) = row.maybe_int(15)? else { return Ok(None) };
    let state = row.text(18)?;
    Ok(Some(MyAppeal {
        ruling: RulingId(ruling),
        at: (row.time(16)?, row.time(17)?),
        state: AppealState::from_key(&state).ok_or_else(|| StoreError::Broken(format!("no state: {state}")))?,
        answer: row.text(19)?,
        same_person: row.yes(20)?,
    }))
}
