//! An order is carried out: everything it names is taken from the public in one transaction, by the road of every other
//! ruling, and its words are moved into the sealed rows in the same one.

use super::{is_held_by_an_order, step};
use crate::comments::state;
use crate::engine::{Tx, values};
use crate::erasures::note_emptied;
use crate::queue::{ORDERED, REWRITTEN, carry_out};
use crate::retention::erase;
use crate::{Store, StoreError};
use newsroom::comment::{Decision, RefusalReason, Revision, RuledBy, Ruling, State};
use newsroom::happening::{Happening, OrderStep};
use newsroom::order::{OrderNamed, kept_until};
use newsroom::{CommentId, ErasureId, HappeningId, OrderId, RulingId, StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// A comment that is to be removed, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Under which story.
    pub story: StoryId,
    /// Which.
    pub comment: CommentId,
    /// Which words of its author were read, and sealed.
    pub read: Revision,
    /// Its words, sealed; none while there is no key: they then stay where they are, out of the public.
    pub sealed: Option<Sealed>,
}

/// Something sealed to the keys of the order's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// An age file, in base64.
    pub text: String,
    /// SHA-256 of what is in it, in hexadecimal. A random part of the content keeps this number from telling anything.
    pub print: String,
}

/// The conflict of carrying out an order whose time is over.
pub const ENDED: &str = "ended";

const REASON: RefusalReason = RefusalReason::Unlawful;

impl Store {
    /// Carries an order out: all of it or nothing. What waited is refused, what was public is taken down, what was neither
    /// is only sealed. An order may be carried out in several goes; the first one stops its clock. With nothing to remove
    /// it says `why`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: [`REWRITTEN`] when an author was faster, [`ORDERED`] when a comment is under an order already,
    /// [`ENDED`] when the order's time is over; [`StoreError::NotFound`].
    pub async fn carry_out_order(
        &self,
        order: OrderId,
        removals: Vec<Removal>,
        (by, why): (StaffId, &str),
        now: Timestamp,
    ) -> Result<Vec<Happening>, StoreError> {
        let ids = (0..removals.len()).map(|_| (RulingId(self.id(now)), HappeningId(self.id(now)))).collect::<Vec<_>>();
        let (given, last) = (Arc::new((removals, ids, why.to_owned())), HappeningId(self.id(now)));
        let wiped = ErasureId(self.id(now));
        let write = self.engine.write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (removals, ids, why) = &*given;
                let reference = stop_the_clock(tx, order, by, now).await?;
                let mut happened = Vec::new();
                for (removal, ids) in removals.iter().zip(ids) {
                    happened.extend(remove(tx, (order, &reference), removal, *ids, (by, now)).await?);
                }
                let emptied = removals.iter().filter(|removal| removal.sealed.is_some()).count();
                if emptied > 0 {
                    note_emptied(tx, wiped, emptied as u64, now).await?;
                }
                happened.push(step(tx, last, order, OrderStep::CarriedOut, (Some(by), now, None, why)).await?);
                Ok(happened)
            })
        });
        write.await
    }

    /// Seals the words of a comment that was removed while there was no key.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is sealed already or has other words by now; [`StoreError::NotFound`].
    pub async fn seal_ordered(
        &self,
        order: OrderId,
        removal: &Removal,
        by: Option<StaffId>,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let (removal, id) = (Arc::new(removal.clone()), HappeningId(self.id(now)));
        let wiped = ErasureId(self.id(now));
        let write = self.engine.write(move |tx| {
            let removal = Arc::clone(&removal);
            Box::pin(async move {
                let Some(sealed) = &removal.sealed else { return Ok(None) };
                let about = (removal.story, removal.comment);
                let text = "update order_comments set sealed = $4, print = $5, sealed_at = $6
                     where story_id = $1 and comment_id = $2 and order_id = $3 and sealed_at is null
                         and restored_at is null and ended_at is null";
                let sealed_now =
                    tx.run(text, values![about.0, about.1, order, &sealed.text, &sealed.print, now]).await?;
                if sealed_now == 0 {
                    return Err(StoreError::Conflict("sealed".to_owned()));
                }
                let (_, read, gone) = lock(tx, about).await?;
                if read != removal.read || gone {
                    return Err(StoreError::Conflict(REWRITTEN.to_owned()));
                }
                erase(tx, about, now).await?;
                note_emptied(tx, wiped, 1, now).await?;
                step(tx, id, order, OrderStep::Sealed, (by, now, Some(removal.comment), "")).await.map(Some)
            })
        });
        write.await
    }

    /// Comments that were removed while there was no key, a hundred at most.
    pub async fn ordered_to_seal(&self) -> Result<Vec<(OrderId, StoryId, CommentId)>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select order_id, story_id, comment_id from order_comments
                     where sealed_at is null and restored_at is null and ended_at is null
                     order by order_id, comment_id limit 100";
                tx.rows(text, values![]).await
            })
        });
        let which = |row: crate::engine::Row| Ok((OrderId(row.int(0)?), StoryId(row.int(1)?), CommentId(row.int(2)?)));
        read.await?.into_iter().map(which).collect()
    }

    /// Earlier texts of a comment with when each was written, for the sealed record.
    pub async fn earlier_texts(
        &self,
        (story, comment): (StoryId, CommentId),
    ) -> Result<Vec<(i64, String, Timestamp)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select revision, text, at from comment_revisions
                     where story_id = $1 and comment_id = $2 order by revision";
                tx.rows(text, values![story, comment]).await
            })
        });
        read.await?.into_iter().map(|mut row| Ok((row.int(0)?, row.text(1)?, row.time(2)?))).collect()
    }
}

/// The order is carried out from here on; its reference.
async fn stop_the_clock(tx: &mut Tx, order: OrderId, by: StaffId, now: Timestamp) -> Result<String, StoreError> {
    let text = "update orders set carried_out_at = coalesce(carried_out_at, $2),
             carried_out_by = coalesce(carried_out_by, $3), keep_until = coalesce(keep_until, $4)
         where order_id = $1 returning reference, ended_at";
    let row = tx.row(text, values![order, now, by, kept_until(now)]).await?;
    let mut row = row.ok_or(StoreError::NotFound)?;
    match row.maybe_int(1)? {
        Some(_) => Err(StoreError::Conflict(ENDED.to_owned())),
        None => row.text(0),
    }
}

/// The write comes first: whoever rewrites or rules at this moment is waited for, and seen.
async fn lock(tx: &mut Tx, about: (StoryId, CommentId)) -> Result<(State, Revision, bool), StoreError> {
    let text = "update comments set changed_at = changed_at where story_id = $1 and comment_id = $2
         returning state, revision, gone_at";
    let mut row = tx.row(text, values![about.0, about.1]).await?.ok_or(StoreError::NotFound)?;
    Ok((state(row.text(0)?)?, Revision(row.int(1)?), row.maybe_int(2)?.is_some()))
}

async fn remove(
    tx: &mut Tx,
    (order, reference): (OrderId, &str),
    removal: &Removal,
    (ruling, id): (RulingId, HappeningId),
    (by, now): (StaffId, Timestamp),
) -> Result<Option<Happening>, StoreError> {
    let (story, comment) = (removal.story, removal.comment);
    let (was, read, gone) = lock(tx, (story, comment)).await?;
    if read != removal.read {
        return Err(StoreError::Conflict(REWRITTEN.to_owned()));
    }
    if is_held_by_an_order(tx, (story, comment)).await? {
        return Err(StoreError::Conflict(ORDERED.to_owned()));
    }
    let decision = match was {
        State::Held => Some(Decision::Refuse { reason: REASON }),
        State::Released => Some(Decision::TakeDown { reason: REASON }),
        State::Refused | State::Withdrawn | State::TakenDown => None,
    };
    let sealed = removal.sealed.as_ref().filter(|_| !gone);
    let print = sealed.map(|sealed| sealed.print.as_str()).unwrap_or_default();
    tx.run(
        "insert into order_comments (story_id, comment_id, order_id, was, ruling_id, removed_at, sealed, print, sealed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values![
            story,
            comment,
            order,
            was.key(),
            decision.map(|_| ruling),
            now,
            sealed.map(|sealed| sealed.text.as_str()),
            print,
            // What was gone before has nothing to be sealed.
            (sealed.is_some() || gone).then_some(now),
        ],
    )
    .await?;
    let happening = match decision {
        None => None,
        Some(decision) => {
            let (by, at, why) = (RuledBy::Staff(by), now, reference.to_owned());
            let ruling = Ruling { id: ruling, story, comment, decision, by, at, why };
            Some(carry_out(tx, &ruling, read, id, None).await?)
        }
    };
    if sealed.is_some() {
        erase(tx, (story, comment), now).await?;
    }
    Ok(happening)
}

/// The order that a ruling carries out, and when it was received.
pub(crate) async fn ordering(tx: &mut Tx, ruling: &Ruling) -> Result<Option<(OrderNamed, Timestamp)>, StoreError> {
    let text = "select o.order_id, o.kind, o.authority, o.contact, o.country, o.reference, o.received_at
         from order_comments x join orders o on o.order_id = x.order_id
         where x.story_id = $1 and x.comment_id = $2 and x.ruling_id = $3";
    let Some(mut row) = tx.row(text, values![ruling.story, ruling.comment, ruling.id]).await? else { return Ok(None) };
    let named = OrderNamed {
        id: OrderId(row.int(0)?),
        kind: row.text(1)?,
        authority: row.text(2)?,
        contact: row.text(3)?,
        country: row.text(4)?,
        reference: row.text(5)?,
    };
    Ok(Some((named, row.time(6)?)))
}
