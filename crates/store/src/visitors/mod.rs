//! What a device key or an account has done so far, and what the staff wrote down about it. For the staff alone, and for the
//! reader who asks.

mod data;
mod measures;
mod notes;

pub(crate) use data::LISTS as OWN_LISTS;
pub use data::{OwnList, OwnPlace};
pub use measures::MeasureLine;
pub(crate) use measures::{ENDING, IN_FORCE, OF_VISITOR as MEASURES_OF_VISITOR};
pub use notes::NoteLine;
pub(crate) use notes::OF_VISITOR as NOTES_OF_VISITOR;

use crate::appeals::names;
use crate::comments::{reason, state};
use crate::engine::{Row, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::comment::{RefusalReason, State};
use newsroom::{CommentId, SectionId, StoryId, Timestamp, VisitorId};

/// A visitor's standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visited {
    /// Who.
    pub id: VisitorId,
    /// When the first comment came in.
    pub first_seen: Timestamp,
    /// And the last one.
    pub last_seen: Timestamp,
    /// Comments that are released.
    pub released: i64,
    /// Comments that are refused or taken down.
    pub refused: i64,
    /// The name signed with last: a label.
    pub name: String,
}

/// A name that a visitor signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedName {
    /// The label.
    pub name: String,
    /// Under how many of the comments looked at.
    pub times: i64,
    /// When last.
    pub last: Timestamp,
}

/// A comment of a visitor, as the staff sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorComment {
    /// Under which story.
    pub story: StoryId,
    /// Which comment.
    pub comment: CommentId,
    /// The story's headline.
    pub headline: String,
    /// The story's slug, once it has one.
    pub slug: Option<String>,
    /// The story's section.
    pub section: Option<SectionId>,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Its state.
    pub state: State,
    /// By which rule it was refused or taken down.
    pub reason: Option<RefusalReason>,
    /// Its number, if it was ever public.
    pub number: Option<i64>,
    /// When it came in.
    pub received_at: Timestamp,
}

/// A place in a visitor's comments: (received in ms, comment).
pub type Place = (i64, CommentId);

/// Whether one of a visitor's last thousand comments stands in some sections.
pub(crate) const IN_SECTIONS: &str = "select 1 from
         (select story_id from visitor_comments where visitor_id = $1 order by received_at desc limit 1000) q
     join stories s on s.story_id = q.story_id
     where $2 like '%,' || cast(s.section_id as text) || ',%' limit 1";

/// Names are looked for under so many of the last comments.
const NAMES_OF: i64 = 500;

pub(crate) const NAMES: &str = "select c.name, count(*), max(c.received_at)
     from (select story_id, comment_id from visitor_comments where visitor_id = $1
           order by received_at desc limit $2) q
     join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id
     where c.name <> '' group by c.name order by 3 desc, c.name limit 50";

pub(crate) const COMMENTS: &str =
    "select q.story_id, q.comment_id, s.card, s.slug, s.section_id, c.name, c.text, c.state, c.reason, c.number,
            c.received_at
     from (select story_id, comment_id, received_at from visitor_comments
           where visitor_id = $1 and (received_at, comment_id) < ($2, $3)
           order by received_at desc, comment_id desc limit $4) q
     join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id
     join stories s on s.story_id = q.story_id
     order by q.received_at desc, q.comment_id desc";

impl Store {
    /// How a visitor stands.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when nothing ever came from there, or it was erased.
    pub async fn visited(&self, visitor: VisitorId) -> Result<Visited, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select first_seen, last_seen, released, refused, name from visitors where visitor_id = $1";
                tx.row(text, values![visitor]).await
            })
        });
        let mut row = read.await?.ok_or(StoreError::NotFound)?;
        Ok(Visited {
            id: visitor,
            first_seen: row.time(0)?,
            last_seen: row.time(1)?,
            released: row.int(2)?,
            refused: row.int(3)?,
            name: row.text(4)?,
        })
    }

    /// The names under a visitor's last 500 comments, the last one first.
    pub async fn names_of(&self, visitor: VisitorId) -> Result<Vec<UsedName>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(NAMES, values![visitor, NAMES_OF]).await }));
        let name = |mut row: Row| Ok(UsedName { name: row.text(0)?, times: row.int(1)?, last: row.time(2)? });
        read.await?.into_iter().map(name).collect()
    }

    /// A visitor's comments in any state, newest first, from after `after`.
    pub async fn comments_of(
        &self,
        visitor: VisitorId,
        after: Option<Place>,
        limit: u32,
    ) -> Result<Vec<VisitorComment>, StoreError> {
        let (at, comment) = after.unwrap_or((i64::MAX, CommentId(i64::MAX)));
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(COMMENTS, values![visitor, at, comment, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(visitor_comment).collect()
    }

    /// Whether one of a visitor's last thousand comments stands in these sections.
    pub async fn has_commented_in(&self, visitor: VisitorId, sections: &[SectionId]) -> Result<bool, StoreError> {
        let names = names(Some(sections));
        let read = self.engine.read(move |tx| {
            let names = names.clone();
            Box::pin(async move { tx.row(IN_SECTIONS, values![visitor, names]).await })
        });
        read.await.map(|row| row.is_some())
    }

    /// Whose comment it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such comment, or its author was erased.
    pub async fn author_of(&self, story: StoryId, comment: CommentId) -> Result<VisitorId, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select visitor_id from comments
                     where story_id = $1 and comment_id = $2 and visitor_id <> 0";
                tx.row(text, values![story, comment]).await
            })
        });
        read.await?.ok_or(StoreError::NotFound)?.int(0).map(VisitorId)
    }
}

fn visitor_comment(mut row: Row) -> Result<VisitorComment, StoreError> {
    let card: CardFace = row.json(2)?;
    Ok(VisitorComment {
        story: StoryId(row.int(0)?),
        comment: CommentId(row.int(1)?),
        headline: card.headline,
        slug: row.maybe_text(3)?,
        section: row.maybe_int(4)?.map(SectionId),
        name: row.text(5)?,
        text: row.text(6)?,
        state: state(row.text(7)?)?,
        reason: reason(row.maybe_text(8)?)?,
        number: row.maybe_int(9)?,
        received_at: row.time(10)?,
    })
}
