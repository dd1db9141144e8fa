//! Orders of authorities to remove comments: entered, carried out at once, what they removed sealed and kept apart until its
//! end, and every step and every look written down.

mod carry;
mod end;
mod keys;
mod sealed;

pub use carry::{ENDED, Removal, Sealed};
pub use keys::OrderKey;
pub use sealed::{OTHER_FILE, RestoredWords};

pub(crate) use carry::ordering;
pub(crate) use end::DUE;

use crate::comments::state;
use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::comment::State;
use newsroom::happening::{Happening, OrderStep, What};
use newsroom::order::{NewOrder, OrderKind};
use newsroom::people::Actor;
use newsroom::{CommentId, HappeningId, OrderId, RulingId, StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// Comments and lines of one order that are read.
const MOST: i64 = 1_000;

/// An order as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Which.
    pub id: OrderId,
    /// As it was entered; for how long its author is not told may have been changed.
    pub entered: NewOrder,
    /// When, and by whom.
    pub entered_at: (Timestamp, String),
    /// When it was carried out, and by whom.
    pub carried_out: Option<(Timestamp, String)>,
    /// Until when what it removed is kept.
    pub keep_until: Option<Timestamp>,
    /// Its document.
    pub document: Option<Document>,
    /// When what it removed was erased.
    pub ended_at: Option<Timestamp>,
}

/// The document of an order, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// As the file was called.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// SHA-256 of its content.
    pub print: String,
    /// When it was kept.
    pub at: Timestamp,
}

/// A comment that an order removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedComment {
    /// Under which story.
    pub story: StoryId,
    /// Which.
    pub comment: CommentId,
    /// The story's headline.
    pub headline: String,
    /// The story's slug, once it has one.
    pub slug: Option<String>,
    /// Its number, if it was ever public.
    pub number: Option<i64>,
    /// What it was before.
    pub was: State,
    /// The ruling that took it from the page; none where nothing of it was public any more.
    pub ruling: Option<RulingId>,
    /// When.
    pub removed_at: Timestamp,
    /// SHA-256 of what was sealed, and when it was; none until there is a key.
    pub sealed: Option<(String, Timestamp)>,
    /// When it was put back, the order being annulled.
    pub restored_at: Option<Timestamp>,
    /// When what was sealed was erased.
    pub ended_at: Option<Timestamp>,
}

/// A line of what was done about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// When.
    pub at: Timestamp,
    /// By whom; empty: the program itself.
    pub by_name: String,
    /// What.
    pub what: OrderStep,
    /// About which of its comments.
    pub comment: Option<CommentId>,
    /// Why.
    pub why: String,
}

macro_rules! orders {
    ($from:literal) => {
        concat!(
            "select o.order_id, o.kind, o.authority, o.contact, o.country, o.reference, o.received_at, o.silent_until,
                    o.entered_at, e.name, o.carried_out_at, c.name, o.keep_until, o.document_at, o.document_name,
                    o.document_type, o.document_print, o.ended_at
             from (",
            $from,
            ") o left join staff e on e.staff_id = o.entered_by left join staff c on c.staff_id = o.carried_out_by
             order by o.received_at desc, o.order_id desc"
        )
    };
}

const ONE: &str = orders!("select * from orders where order_id = $1");
pub(crate) const LIST: &str = orders!(
    "select * from orders where (received_at, order_id) < ($1, $2) order by received_at desc, order_id desc limit $3"
);
pub(crate) const OPEN: &str = "select order_id, received_at, authority from orders
     where carried_out_at is null and ended_at is null and received_at > 0 order by received_at, order_id limit 100";
const COMMENTS: &str = "select x.story_id, x.comment_id, s.card, s.slug, c.number, x.was, x.ruling_id, x.removed_at,
         x.print, x.sealed_at, x.restored_at, x.ended_at
     from (select * from order_comments where order_id = $1 order by comment_id limit $2) x
     join comments c on c.story_id = x.story_id and c.comment_id = x.comment_id
     join stories s on s.story_id = x.story_id order by x.comment_id";
const LINES: &str = "select l.at, s.name, l.what, l.comment_id, l.why
     from (select * from order_log where order_id = $1 order by line_id desc limit $2) l
     left join staff s on s.staff_id = l.by_id order by l.line_id desc";
const TOOK: &str = "select received_at, carried_out_at from orders
     where received_at >= $1 and received_at < $2 and carried_out_at is not null order by received_at limit 10000";

impl Store {
    /// Enters an order, with its happening. From here on its clock is seen.
    pub async fn enter_order(
        &self,
        new: &NewOrder,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(OrderId, Happening), StoreError> {
        let (id, new, line) = (OrderId(self.id(now)), Arc::new(new.clone()), HappeningId(self.id(now)));
        let write = self.engine.write(move |tx| {
            let new = Arc::clone(&new);
            Box::pin(async move {
                tx.run(
                    "insert into orders (order_id, kind, authority, contact, country, reference, received_at,
                         silent_until, entered_at, entered_by, document_name, document_type, document_print)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '')",
                    values![
                        id,
                        new.kind.key(),
                        &new.authority,
                        &new.contact,
                        &new.country,
                        &new.reference,
                        new.received_at,
                        new.silent_until,
                        now,
                        by,
                    ],
                )
                .await?;
                let told = step(tx, line, id, OrderStep::Entered, (Some(by), now, None, "")).await?;
                Ok((id, told))
            })
        });
        write.await
    }

    /// Puts right what was entered, but for how long authors are not told; `why` says what stood there before.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the order's time is over, or something else stands there than `was`.
    pub async fn correct_order(
        &self,
        order: OrderId,
        (was, new): (&NewOrder, &NewOrder),
        (by, why): (StaffId, &str),
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (id, given) = (HappeningId(self.id(now)), Arc::new((was.clone(), new.clone(), why.to_owned())));
        let write = self.engine.write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (was, new, why) = &*given;
                let text = "update orders set kind = $2, authority = $3, contact = $4, country = $5, reference = $6,
                         received_at = $7
                     where order_id = $1 and ended_at is null and kind = $8 and authority = $9 and contact = $10
                         and country = $11 and reference = $12 and received_at = $13";
                let (kind, received) = (new.kind.key(), new.received_at);
                let facts = values![
                    order,
                    kind,
                    &new.authority,
                    &new.contact,
                    &new.country,
                    &new.reference,
                    received,
                    was.kind.key(),
                    &was.authority,
                    &was.contact,
                    &was.country,
                    &was.reference,
                    was.received_at,
                ];
                if tx.run(text, facts).await? == 0 {
                    return Err(StoreError::Conflict("facts".to_owned()));
                }
                step(tx, id, order, OrderStep::Corrected, (Some(by), now, None, why)).await
            })
        });
        write.await
    }

    /// One order.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn order(&self, id: OrderId) -> Result<Order, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map(order).ok_or(StoreError::NotFound)?
    }

    /// Orders received before a place (received, order), the newest first.
    pub async fn orders(&self, before: Option<(Timestamp, OrderId)>, limit: u32) -> Result<Vec<Order>, StoreError> {
        let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.as_millisecond(), id.0));
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(LIST, values![at, id, i64::from(limit)]).await }));
        read.await?.into_iter().map(order).collect()
    }

    /// Orders that nobody has carried out yet, the most urgent first: which, when it was received, whose.
    pub async fn open_orders(&self) -> Result<Vec<(OrderId, Timestamp, String)>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.rows(OPEN, values![]).await }));
        read.await?.into_iter().map(|mut row| Ok((OrderId(row.int(0)?), row.time(1)?, row.text(2)?))).collect()
    }

    /// What an order removed.
    pub async fn order_comments(&self, id: OrderId) -> Result<Vec<OrderedComment>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(COMMENTS, values![id, MOST]).await }));
        read.await?.into_iter().map(ordered_comment).collect()
    }

    /// Everything that was done about an order, the newest first.
    pub async fn order_lines(&self, id: OrderId) -> Result<Vec<OrderLine>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(LINES, values![id, MOST]).await }));
        read.await?.into_iter().map(line).collect()
    }

    /// How long the orders of a span of time took from receipt until they were carried out, in minutes.
    pub async fn orders_took(&self, from: Timestamp, to: Timestamp) -> Result<Vec<i64>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(TOOK, values![from, to]).await }));
        let minutes = |row: Row| Ok((row.int(1)? - row.int(0)?).max(0) / 60_000);
        read.await?.into_iter().map(minutes).collect()
    }

    /// Comments that came in as copies of one, or nearly so, in whatever state; fifty at most.
    pub async fn copies_of(
        &self,
        (story, comment): (StoryId, CommentId),
    ) -> Result<Vec<(StoryId, CommentId)>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select kin_id from kin where story_id = $1 and comment_id = $2";
                let Some(row) = tx.row(text, values![story, comment]).await? else { return Ok(Vec::new()) };
                let text = "select story_id, comment_id from kin where kin_id = $1 and comment_id <> $2
                     order by comment_id limit 50";
                tx.rows(text, values![row.int(0)?, comment]).await
            })
        });
        read.await?.into_iter().map(|row| Ok((StoryId(row.int(0)?), CommentId(row.int(1)?)))).collect()
    }
}

/// Writes a step down, in the order's own log and among everything that happens.
async fn step(
    tx: &mut Tx,
    id: HappeningId,
    order: OrderId,
    step: OrderStep,
    (by, at, comment, why): (Option<StaffId>, Timestamp, Option<CommentId>, &str),
) -> Result<Happening, StoreError> {
    tx.run(
        "insert into order_log (line_id, order_id, at, by_id, what, comment_id, why) values ($1, $2, $3, $4, $5, $6, $7)",
        values![id, order, at, by, step.key(), comment, why],
    )
    .await?;
    let by = by.map_or(Actor::Program, Actor::Staff);
    let happening = Happening { id, at, by, what: What::OrderStep { order, step }, why: why.to_owned() };
    write_down(tx, &happening).await?;
    Ok(happening)
}

/// Whether an order keeps a comment from the public now: nobody lets it through, undoes its removal or erases its words.
pub(crate) async fn is_held_by_an_order(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
) -> Result<bool, StoreError> {
    let text = "select 1 from order_comments
         where story_id = $1 and comment_id = $2 and restored_at is null and ended_at is null limit 1";
    Ok(tx.row(text, values![story, comment]).await?.is_some())
}

fn order(mut row: Row) -> Result<Order, StoreError> {
    let kind = row.text(1)?;
    let kind = OrderKind::from_key(&kind).ok_or_else(|| StoreError::Broken(format!("no kind of order: {kind}")))?;
    let entered = NewOrder {
        kind,
        authority: row.text(2)?,
        contact: row.text(3)?,
        country: row.text(4)?,
        reference: row.text(5)?,
        received_at: row.time(6)?,
        silent_until: row.maybe_time(7)?,
    };
    let carried_out = match row.maybe_time(10)? {
        Some(at) => Some((at, row.maybe_text(11)?.unwrap_or_default())),
        None => None,
    };
    let document = match row.maybe_time(13)? {
        Some(at) => Some(Document { name: row.text(14)?, media_type: row.text(15)?, print: row.text(16)?, at }),
        None => None,
    };
    Ok(Order {
        id: OrderId(row.int(0)?),
        entered,
        entered_at: (row.time(8)?, row.maybe_text(9)?.unwrap_or_default()),
        carried_out,
        keep_until: row.maybe_time(12)?,
        document,
        ended_at: row.maybe_time(17)?,
    })
}

fn ordered_comment(mut row: Row) -> Result<OrderedComment, StoreError> {
    let face: CardFace = row.json(2)?;
    let print = row.text(8)?;
    Ok(OrderedComment {
        story: StoryId(row.int(0)?),
        comment: CommentId(row.int(1)?),
        headline: face.headline,
        slug: row.maybe_text(3)?,
        number: row.maybe_int(4)?,
        was: state(row.text(5)?)?,
        ruling: row.maybe_int(6)?.map(RulingId),
        removed_at: row.time(7)?,
        sealed: row.maybe_time(9)?.map(|at| (print, at)),
        restored_at: row.maybe_time(10)?,
        ended_at: row.maybe_time(11)?,
    })
}

fn line(mut row: Row) -> Result<OrderLine, StoreError> {
    let what = row.text(2)?;
    Ok(OrderLine {
        at: row.time(0)?,
        by_name: row.maybe_text(1)?.unwrap_or_default(),
        what: OrderStep::from_key(&what).ok_or_else(|| StoreError::Broken(format!("no step of an order: {what}")))?,
        comment: row.maybe_int(3)?.map(CommentId),
        why: row.text(4)?,
    })
}
