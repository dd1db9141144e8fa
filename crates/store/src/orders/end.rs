//! The end of what orders removed: after its time nothing of it is left but that it was there, and its number.

use super::step;
use crate::engine::{Tx, values};
use crate::erasures::{erase_after_order, note_emptied};
use crate::retention::erase;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, OrderStep};
use newsroom::{CommentId, ErasureId, HappeningId, OrderId, StoryId, Timestamp};

pub(crate) const DUE: &str = "select order_id from orders
     where ended_at is null and keep_until is not null and keep_until <= $1 order by keep_until, order_id limit $2";

impl Store {
    /// Erases what orders have removed whose time is over, at most so many orders; what happened.
    pub async fn end_orders(&self, now: Timestamp, limit: u32) -> Result<Vec<Happening>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(DUE, values![now, i64::from(limit)]).await }));
        let mut told = Vec::new();
        for row in read.await? {
            let (order, ids) = (OrderId(row.int(0)?), (HappeningId(self.id(now)), ErasureId(self.id(now))));
            let write = self.engine.write(move |tx| Box::pin(async move { end(tx, order, ids, now).await }));
            told.extend(write.await?);
        }
        Ok(told)
    }
}

async fn end(
    tx: &mut Tx,
    order: OrderId,
    (id, wiped): (HappeningId, ErasureId),
    now: Timestamp,
) -> Result<Option<Happening>, StoreError> {
    let text = "update orders set ended_at = $2, document = null
         where order_id = $1 and ended_at is null and keep_until <= $2";
    if tx.run(text, values![order, now]).await? == 0 {
        return Ok(None);
    }
    let text = "update order_comments set ended_at = $2, sealed = null
         where order_id = $1 and restored_at is null and ended_at is null returning story_id, comment_id, sealed_at";
    for row in tx.rows(text, values![order, now]).await? {
        let about = (StoryId(row.int(0)?), CommentId(row.int(1)?));
        // Without a key in all that time the words are still where they were.
        if !erase_after_order(tx, about, now).await? && row.maybe_int(2)?.is_none() {
            erase(tx, about, now).await?;
        }
    }
    note_emptied(tx, wiped, 0, now).await?;
    step(tx, id, order, OrderStep::Ended, (None, now, None, "")).await.map(Some)
}
