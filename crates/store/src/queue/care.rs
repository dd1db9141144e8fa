//! What the desk keeps beside a comment: whose it is to look at, who asked for a second opinion, notes for colleagues,
//! findings that somebody says are wrong, and whether the paper has chosen it. None of it but the choice is ever public.

use super::places::stand_anew;
use crate::comments::take;
use crate::engine::{Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::comment::RuledBy;
use newsroom::comment::State;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{CommentId, NoteId, StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// Most reasons named in the list of disputes.
const MOST_REASONS: i64 = 100;

/// Somebody asked for a second opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: StaffId,
    /// Their name.
    pub by_name: String,
    /// Who may not settle it alone: whoever asked, unless they may.
    pub not_alone: Option<StaffId>,
    /// What they wrote.
    pub note: String,
}

/// How often findings of one reason were said to be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputedReason {
    /// The key of the reason.
    pub reason: String,
    /// How often.
    pub times: i64,
    /// When last.
    pub last_at: Timestamp,
}

/// What is kept beside a comment.
#[derive(Debug, Clone)]
enum Change {
    Assigned(Option<StaffId>),
    Escalated { not_alone: Option<StaffId>, note: String },
    NotEscalated,
    Noted(NoteId, String),
    Disputed { reason: String, disputed: bool },
    Featured(bool),
}

impl Store {
    /// Gives a waiting comment to a member of the staff, or to nobody.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with the word of its state when it does not wait any more; [`StoreError::NotFound`].
    pub async fn assign(
        &self,
        about: (StoryId, CommentId),
        to: Option<StaffId>,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::CommentAssigned { story: about.0, comment: about.1, to };
        self.care(Change::Assigned(to), what, by, "", now).await
    }

    /// Asks for a second opinion on a waiting comment. `alone`: whoever asks may settle it all the same.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with the word of its state when it does not wait any more; [`StoreError::NotFound`].
    pub async fn escalate(
        &self,
        about: (StoryId, CommentId),
        (by, alone): (StaffId, bool),
        note: &str,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::CommentEscalated { story: about.0, comment: about.1, asked: true };
        let change = Change::Escalated { not_alone: (!alone).then_some(by), note: note.to_owned() };
        self.care(change, what, Actor::Staff(by), note, now).await
    }

    /// Takes the question for a second opinion back.
    ///
    /// # Errors
    /// As [`Store::escalate`].
    pub async fn take_back_escalation(
        &self,
        about: (StoryId, CommentId),
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::CommentEscalated { story: about.0, comment: about.1, asked: false };
        self.care(Change::NotEscalated, what, by, "", now).await
    }

    /// Writes a note for colleagues beside a comment, in whatever state it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn note_comment(
        &self,
        about: (StoryId, CommentId),
        text: &str,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::CommentNoted { story: about.0, comment: about.1 };
        let change = Change::Noted(NoteId(self.id(now)), text.to_owned());
        self.care(change, what, by, "", now).await
    }

    /// Says that a finding of this reason is wrong about a comment, or takes that back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn dispute(
        &self,
        about: (StoryId, CommentId),
        (reason, disputed): (&str, bool),
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let reason = reason.to_owned();
        let what = What::FindingDisputed { story: about.0, comment: about.1, reason: reason.clone(), disputed };
        self.care(Change::Disputed { reason, disputed }, what, by, "", now).await
    }

    /// The paper chooses a public comment, or no longer.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] with the word of its state when it is not public; [`StoreError::NotFound`].
    pub async fn feature(
        &self,
        about: (StoryId, CommentId),
        featured: bool,
        by: Actor,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::CommentFeatured { story: about.0, comment: about.1, featured };
        self.care(Change::Featured(featured), what, by, "", now).await
    }

    /// Which reasons of findings were said to be wrong, most often first.
    pub async fn disputed_reasons(&self) -> Result<Vec<DisputedReason>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select reason, count(*), max(at) from disputes
                     group by reason order by 2 desc, 1 limit $1";
                tx.rows(text, values![MOST_REASONS]).await
            })
        });
        let line = |mut row: crate::engine::Row| {
            Ok(DisputedReason { reason: row.text(0)?, times: row.int(1)?, last_at: row.time(2)? })
        };
        read.await?.into_iter().map(line).collect()
    }

    async fn care(
        &self,
        change: Change,
        what: What,
        by: Actor,
        why: &str,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(by, what, why, now);
        let change = Arc::new(change);
        let write = self.engine.write(move |tx| {
            let (change, happening) = (Arc::clone(&change), happening.clone());
            Box::pin(async move {
                let about = happening.what.story().zip(happening.what.comment()).ok_or(StoreError::NotFound)?;
                carry_out(tx, about, &change, &happening).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

async fn carry_out(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    change: &Change,
    happening: &Happening,
) -> Result<(), StoreError> {
    let now = happening.at;
    match change {
        Change::Noted(id, text) => {
            there(tx, story, comment).await?;
            let sql = "insert into comment_notes (note_id, story_id, comment_id, by_id, at, text)
                 values ($1, $2, $3, $4, $5, $6)";
            tx.run(sql, values![*id, story, comment, staff(happening.by), now, text]).await.map(drop)
        }
        Change::Disputed { reason, disputed: true } => {
            there(tx, story, comment).await?;
            let sql = "insert into disputes (story_id, comment_id, reason, by_id, at) values ($1, $2, $3, $4, $5)
                 on conflict (story_id, comment_id, reason) do nothing";
            tx.run(sql, values![story, comment, reason, staff(happening.by), now]).await.map(drop)
        }
        Change::Disputed { reason, disputed: false } => {
            let sql = "delete from disputes where story_id = $1 and comment_id = $2 and reason = $3";
            tx.run(sql, values![story, comment, reason]).await.map(drop)
        }
        Change::Featured(featured) => {
            in_state(tx, (story, comment), now, State::Released).await?;
            let sql = "update comments set featured = $3 where story_id = $1 and comment_id = $2";
            tx.run(sql, values![story, comment, *featured]).await.map(drop)
        }
        Change::Assigned(to) => {
            in_state(tx, (story, comment), now, State::Held).await?;
            let sql = "insert into comment_care (story_id, comment_id, assigned_to, note) values ($1, $2, $3, '')
                 on conflict (story_id, comment_id) do update set assigned_to = excluded.assigned_to";
            tx.run(sql, values![story, comment, *to]).await?;
            stand_anew(tx, story, comment).await
        }
        Change::Escalated { not_alone, note } => {
            in_state(tx, (story, comment), now, State::Held).await?;
            let sql = "insert into comment_care
                     (story_id, comment_id, escalated_at, escalated_by, not_alone, note)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (story_id, comment_id) do update set
                     escalated_at = excluded.escalated_at, escalated_by = excluded.escalated_by,
                     not_alone = excluded.not_alone, note = excluded.note";
            tx.run(sql, values![story, comment, now, staff(happening.by), *not_alone, note]).await?;
            stand_anew(tx, story, comment).await
        }
        Change::NotEscalated => {
            in_state(tx, (story, comment), now, State::Held).await?;
            let sql = "update comment_care
                 set escalated_at = null, escalated_by = null, not_alone = null, note = ''
                 where story_id = $1 and comment_id = $2";
            tx.run(sql, values![story, comment]).await?;
            stand_anew(tx, story, comment).await
        }
    }
}

/// Whoever asked for a second opinion does not settle it alone.
pub(super) async fn may_settle(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    by: RuledBy,
) -> Result<(), StoreError> {
    let text = "select not_alone from comment_care
         where story_id = $1 and comment_id = $2 and escalated_at is not null";
    let row = tx.row(text, values![story, comment]).await?;
    let asked = row.map(|row| row.maybe_int(0)).transpose()?;
    match (asked, by) {
        // A second opinion is a person's.
        (Some(_), RuledBy::Rule(_)) => Err(StoreError::Conflict("escalated".to_owned())),
        (Some(Some(staff)), RuledBy::Staff(by)) if staff == by.0 => Err(StoreError::Conflict("escalated".to_owned())),
        (Some(_) | None, _) => Ok(()),
    }
}

async fn there(tx: &mut Tx, story: StoryId, comment: CommentId) -> Result<(), StoreError> {
    let text = "select 1 from comments where story_id = $1 and comment_id = $2";
    tx.row(text, values![story, comment]).await?.map(drop).ok_or(StoreError::NotFound)
}

async fn in_state(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    now: Timestamp,
    state: State,
) -> Result<(), StoreError> {
    let taken = take(tx, story, comment, now).await?;
    match taken.stands.state {
        is if is == state => Ok(()),
        other => Err(StoreError::Conflict(other.key().to_owned())),
    }
}

/// The desk's own acts are the staff's; nobody else comes here.
fn staff(by: Actor) -> i64 {
    match by {
        Actor::Staff(staff) => staff.0,
        Actor::Visitor(_) | Actor::Rule(_) | Actor::Program => 0,
    }
}
