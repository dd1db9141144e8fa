//! What accounts of other servers say of themselves, as which visitor each of them comments, and which comment a message of theirs
//! became.

use crate::comments::keep;
use crate::engine::values;
use crate::{Store, StoreError};
use newsroom::comment::Held;
use newsroom::happening::Happening;
use newsroom::people::{Actor, Visitor};
use newsroom::{CommentId, HappeningId, StoryId, Timestamp, VisitorId};
use std::sync::Arc;

pub(crate) const NOTE: &str = "select story_id, comment_id from fediverse_notes where mark = $1";

/// A message of another server that becomes a comment: a keyed hash of its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNote(pub String);

/// A comment that was such a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FarComment {
    /// Under which story.
    pub story: StoryId,
    /// Which.
    pub comment: CommentId,
}

impl Store {
    /// The visitor as whom an account comments, by a keyed hash of its address; a new one the first time.
    pub async fn far_person(&self, mark: &str, now: Timestamp) -> Result<Visitor, StoreError> {
        if let Some(known) = self.known_far_person(mark).await? {
            return Ok(known);
        }
        let (mark, fresh) = (mark.to_owned(), VisitorId(self.id(now)));
        let write = self.engine.write(move |tx| {
            let mark = mark.clone();
            Box::pin(async move {
                let text = "insert into fediverse_people (mark, visitor_id) values ($1, $2)
                     on conflict (mark) do update set visitor_id = fediverse_people.visitor_id returning visitor_id";
                let row = tx.row(text, values![mark, fresh]).await?;
                Ok(Visitor { id: VisitorId(row.ok_or(StoreError::NotFound)?.int(0)?) })
            })
        });
        write.await
    }

    /// The same, where it has sent something before.
    pub async fn known_far_person(&self, mark: &str) -> Result<Option<Visitor>, StoreError> {
        let mark = mark.to_owned();
        let read = self.engine.read(move |tx| {
            let mark = mark.clone();
            Box::pin(
                async move { tx.row("select visitor_id from fediverse_people where mark = $1", values![mark]).await },
            )
        });
        read.await?.map(|row| Ok(Visitor { id: VisitorId(row.int(0)?) })).transpose()
    }

    /// The comment that a message became, by a keyed hash of its address.
    pub async fn far_comment(&self, mark: &str) -> Result<Option<FarComment>, StoreError> {
        let mark = mark.to_owned();
        let read = self.engine.read(move |tx| {
            let mark = mark.clone();
            Box::pin(async move { tx.row(NOTE, values![mark]).await })
        });
        let comment =
            read.await?.map(|row| Ok(FarComment { story: StoryId(row.int(0)?), comment: CommentId(row.int(1)?) }));
        comment.transpose()
    }

    /// Keeps a comment as [`Store::keep_comment`] does, and remembers which message it was.
    ///
    /// # Errors
    /// As [`Store::keep_comment`]; [`StoreError::Conflict`] when the message became a comment before.
    pub async fn keep_far_comment(&self, held: &Held, note: &NewNote) -> Result<Happening, StoreError> {
        let (held, note) = (Arc::new(held.clone()), note.clone());
        let id = HappeningId(self.id(held.submitted.at));
        let write = self.engine.write(move |tx| {
            let (held, note) = (Arc::clone(&held), note.clone());
            Box::pin(async move {
                let text = "insert into fediverse_notes (mark, story_id, comment_id) values ($1, $2, $3)
                     on conflict (mark) do nothing";
                let sent = &held.submitted;
                if tx.run(text, values![&note.0, sent.story, sent.id]).await? == 0 {
                    return Err(StoreError::Conflict("fediverse_notes".to_owned()));
                }
                Ok(keep(tx, &held, Actor::Visitor(sent.visitor.id), id).await?.0)
            })
        });
        write.await
    }

    /// What an account said of itself, as JSON, since a time.
    pub async fn far_actor(&self, actor: &str, since: Timestamp) -> Result<Option<String>, StoreError> {
        let actor = actor.to_owned();
        let read = self.engine.read(move |tx| {
            let actor = actor.clone();
            Box::pin(async move {
                let text = "select said from fediverse_actors where actor = $1 and fetched_at >= $2";
                tx.row(text, values![actor, since]).await
            })
        });
        read.await?.map(|mut row| row.text(0)).transpose()
    }

    /// Keeps what an account says of itself.
    pub async fn keep_far_actor(&self, actor: &str, said: &str, now: Timestamp) -> Result<(), StoreError> {
        let (actor, said) = (actor.to_owned(), said.to_owned());
        let write = self.engine.write(move |tx| {
            let (actor, said) = (actor.clone(), said.clone());
            Box::pin(async move {
                let text = "insert into fediverse_actors (actor, said, fetched_at) values ($1, $2, $3)
                     on conflict (actor) do update set said = excluded.said, fetched_at = excluded.fetched_at";
                tx.run(text, values![actor, said, now]).await
            })
        });
        write.await.map(drop)
    }
}
