//! What colleagues are to be told, and the messages that tell it.

use crate::engine::{Row, json, values};
use crate::outbox::put;
use crate::{Store, StoreError};
use newsroom::notices::{Told, Way};
use newsroom::{DeliveryId, DeskNoticeId, JobId, StaffId, Timestamp};

/// The kind of the outbox's jobs that become messages to colleagues.
pub const DESK_NOTICE: &str = "desk-notice";

/// Something that a colleague is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeskNotice {
    /// Whom.
    pub staff: StaffId,
    /// By which way.
    pub way: Way,
    /// By what it is known: the same again, for the same colleague and way, changes nothing.
    pub once: String,
    /// What.
    pub told: Told,
    /// Not before.
    pub due: Timestamp,
}

/// A message to a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Which.
    pub id: DeliveryId,
    /// To whom.
    pub staff: StaffId,
    /// By which way.
    pub way: Way,
    /// When it was made.
    pub made_at: Timestamp,
    /// What it tells, in order.
    pub told: Vec<Told>,
}

pub(crate) const DUE: &str = "select distinct staff_id, way from desk_notices
     where delivery_id is null and due_at <= $1 limit $2";
pub(crate) const LATELY: &str =
    "select made_at from desk_deliveries where staff_id = $1 and made_at > $2 order by made_at desc limit $3";
pub(crate) const OF_DELIVERY: &str =
    "select told from desk_notices where delivery_id = $1 order by notice_id limit 1000";

impl Store {
    /// Keeps what a colleague is to be told; `false`: it was kept before.
    pub async fn put_desk_notice(&self, new: NewDeskNotice, now: Timestamp) -> Result<bool, StoreError> {
        let (id, told) = (DeskNoticeId(self.id(now)), json(&new.told)?);
        let once = format!("{}:{}:{}", new.once, new.staff.0, new.way.key());
        let write = self.engine.write(move |tx| {
            let (told, once) = (told.clone(), once.clone());
            let (staff, way, due) = (new.staff, new.way.key(), new.due);
            Box::pin(async move {
                let text = "insert into desk_notices (notice_id, staff_id, way, once, told, at, due_at)
                     values ($1, $2, $3, $4, $5, $6, $7) on conflict (once) do nothing";
                tx.run(text, values![id, staff, way, once, told, now, due]).await
            })
        });
        Ok(write.await? == 1)
    }

    /// To whom something is to be told by now, and by which way.
    pub async fn desk_notices_due(&self, now: Timestamp, limit: u32) -> Result<Vec<(StaffId, Way)>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(DUE, values![now, i64::from(limit)]).await }));
        let pair = |mut row: Row| Ok((StaffId(row.int(0)?), way(&mut row, 1)?));
        read.await?.into_iter().map(pair).collect()
    }

    /// What was to be told to somebody by now is told at `until`.
    pub async fn put_off_desk_notices(
        &self,
        (staff, way): (StaffId, Way),
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update desk_notices set due_at = $4
                     where staff_id = $1 and way = $2 and delivery_id is null and due_at <= $3";
                tx.run(text, values![staff, way.key(), now, until]).await
            })
        });
        write.await.map(drop)
    }

    /// Forgets what was to be told to somebody by a way that reaches them no more.
    pub async fn drop_desk_notices(&self, staff: StaffId, way: Way) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "delete from desk_notices where staff_id = $1 and way = $2 and delivery_id is null";
                tx.run(text, values![staff, way.key()]).await
            })
        });
        write.await.map(drop)
    }

    /// When messages to somebody were made since a time, the newest first.
    pub async fn deliveries_since(
        &self,
        staff: StaffId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Timestamp>, StoreError> {
        let given = values![staff, since, i64::from(limit)].to_vec();
        let read = self.engine.read(move |tx| {
            let given = given.clone();
            Box::pin(async move { tx.rows(LATELY, &given).await })
        });
        read.await?.iter().map(|row| row.time(0)).collect()
    }

    /// Makes one message of everything that is to be told to somebody by now, and its job. None: there is nothing, or another
    /// process was faster.
    pub async fn make_delivery(
        &self,
        (staff, way): (StaffId, Way),
        now: Timestamp,
    ) -> Result<Option<DeliveryId>, StoreError> {
        let (id, job) = (DeliveryId(self.id(now)), JobId(self.id(now)));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                // The write comes first: another process that is at it holds the rows until they are in its message.
                let text = "update desk_notices set delivery_id = $4
                     where staff_id = $1 and way = $2 and delivery_id is null and due_at <= $3";
                if tx.run(text, values![staff, way.key(), now, id]).await? == 0 {
                    return Ok(None);
                }
                let text = "insert into desk_deliveries (delivery_id, staff_id, way, made_at) values ($1, $2, $3, $4)";
                tx.run(text, values![id, staff, way.key(), now]).await?;
                let payload = format!(r#"{{"delivery":{}}}"#, id.0);
                put(tx, job, (DESK_NOTICE, &payload), &format!("{DESK_NOTICE}:{}", id.0), now).await?;
                Ok(Some(id))
            })
        });
        write.await
    }

    /// A message.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none of this id any more.
    pub async fn delivery(&self, id: DeliveryId) -> Result<Delivery, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select staff_id, way, made_at from desk_deliveries where delivery_id = $1";
                let mut row = tx.row(text, values![id]).await?.ok_or(StoreError::NotFound)?;
                let told = tx.rows(OF_DELIVERY, values![id]).await?.into_iter().map(|mut row| row.json(0));
                Ok(Delivery {
                    id,
                    staff: StaffId(row.int(0)?),
                    way: way(&mut row, 1)?,
                    made_at: row.time(2)?,
                    told: told.collect::<Result<_, _>>()?,
                })
            })
        });
        read.await
    }

    /// Forgets what was told before a time.
    pub async fn sweep_desk_notices(&self, before: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run("delete from desk_notices where at < $1", values![before]).await?;
                tx.run("delete from desk_deliveries where made_at < $1", values![before]).await
            })
        });
        write.await.map(drop)
    }
}

fn way(row: &mut Row, column: usize) -> Result<Way, StoreError> {
    let key = row.text(column)?;
    Way::from_key(&key).ok_or_else(|| StoreError::Broken(format!("no way is called {key}")))
}
