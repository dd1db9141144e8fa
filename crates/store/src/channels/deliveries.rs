//! What channels are told, and what became of it.

use crate::engine::{Row, Tx, json, values};
use crate::outbox::{end, put};
use crate::{Store, StoreError};
use jiff::SignedDuration;
use newsroom::followers::{About, Event, OFF_AFTER_HOURS};
use newsroom::{ChannelDeliveryId, ChannelId, HappeningId, JobId, Timestamp};

/// The kind of the outbox's jobs that tell channels.
pub const CHANNEL: &str = "channel";

/// Something that a channel is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewChannelDelivery {
    /// Which channel.
    pub channel: ChannelId,
    /// Of what: the same again, for the same channel, changes nothing.
    pub happening: HappeningId,
    /// What it is to followers.
    pub event: Event,
    /// What it is about.
    pub about: About,
}

/// What became of something that a channel was to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It waits, or is tried again.
    Waiting,
    /// It arrived.
    Sent(Timestamp),
    /// There was nothing to tell any more.
    Dropped(Timestamp),
    /// It was tried as often as messages are.
    GivenUp(Timestamp),
}

/// Something that a channel was told, or is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelDelivery {
    /// Which.
    pub id: ChannelDeliveryId,
    /// To which channel.
    pub channel: ChannelId,
    /// What it is to followers.
    pub event: Event,
    /// What it is about.
    pub about: About,
    /// When it happened.
    pub at: Timestamp,
    /// How often it was tried.
    pub tries: i64,
    /// What became of it.
    pub fate: Fate,
    /// Why it did not arrive the last time; empty: it did, or was not tried.
    pub why: String,
}

pub(crate) const LATELY: &str =
    "select delivery_id, channel_id, event, about, at, tries, sent_at, dropped_at, given_up_at, why
     from channel_deliveries where channel_id = $1 and delivery_id < $2 order by delivery_id desc limit $3";
const ONE: &str = "select delivery_id, channel_id, event, about, at, tries, sent_at, dropped_at, given_up_at, why
     from channel_deliveries where delivery_id = $1";

impl Store {
    /// Keeps what a channel is to be told, with its job; `false`: it was kept before.
    pub async fn put_channel_delivery(&self, new: NewChannelDelivery, now: Timestamp) -> Result<bool, StoreError> {
        let (id, job) = (ChannelDeliveryId(self.id(now)), JobId(self.id(now)));
        let about = json(&new.about)?;
        let write = self.engine.write(move |tx| {
            let about = about.clone();
            Box::pin(async move {
                let once = format!("{}:{}", new.happening.0, new.channel.0);
                let text =
                    "insert into channel_deliveries (delivery_id, channel_id, once, event, about, at, tries, why)
                     values ($1, $2, $3, $4, $5, $6, 0, '') on conflict (once) do nothing";
                if tx.run(text, values![id, new.channel, once, new.event.key(), about, now]).await? == 0 {
                    return Ok(false);
                }
                put_job(tx, job, (id, 0), now).await
            })
        });
        write.await
    }

    /// What a channel was told before one (exclusive), the last first.
    pub async fn channel_deliveries(
        &self,
        channel: ChannelId,
        before: Option<ChannelDeliveryId>,
        limit: u32,
    ) -> Result<Vec<ChannelDelivery>, StoreError> {
        let before = before.map_or(i64::MAX, |id| id.0);
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(LATELY, values![channel, before, i64::from(limit)]).await }));
        read.await?.into_iter().map(delivery).collect()
    }

    /// Something that a channel is told.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not there any more.
    pub async fn channel_delivery(&self, id: ChannelDeliveryId) -> Result<ChannelDelivery, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map(delivery).ok_or(StoreError::NotFound)?
    }

    /// Tells it again, whatever became of it; `false`: it still waits.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not there, or is another channel's.
    pub async fn deliver_again(
        &self,
        channel: ChannelId,
        id: ChannelDeliveryId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let job = JobId(self.id(now));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "select 1 from channel_deliveries where delivery_id = $1 and channel_id = $2";
                tx.row(text, values![id, channel]).await?.ok_or(StoreError::NotFound)?;
                let text = "update channel_deliveries set sent_at = null, dropped_at = null, given_up_at = null
                     where delivery_id = $1
                       and (sent_at is not null or dropped_at is not null or given_up_at is not null)";
                if tx.run(text, values![id]).await? == 0 {
                    return Ok(false);
                }
                put_job(tx, job, (id, now.as_millisecond()), now).await
            })
        });
        write.await
    }

    /// It arrived (`sent`), or there was nothing to tell any more; what failed before is forgotten.
    pub async fn end_channel_delivery(
        &self,
        (job, id): (JobId, ChannelDeliveryId),
        sent: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                end(tx, job, now).await?;
                let text = match sent {
                    true => {
                        "update channel_deliveries set sent_at = $2, tries = tries + 1, why = '' where delivery_id = $1"
                    }
                    false => "update channel_deliveries set dropped_at = $2, why = '' where delivery_id = $1",
                };
                tx.run(text, values![id, now]).await?;
                if sent {
                    let text = "update channels set failed_since = null, why = '' where failed_since is not null
                         and channel_id = (select channel_id from channel_deliveries where delivery_id = $1)";
                    tx.run(text, values![id]).await?;
                }
                Ok(())
            })
        });
        write.await
    }

    /// It did not arrive, and why: again at `next`, or given up. A channel to which nothing arrived for [`OFF_AFTER_HOURS`] is
    /// switched off; `true`: it was now.
    pub async fn fail_channel_delivery(
        &self,
        (job, id): (JobId, ChannelDeliveryId),
        why: &str,
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (why, long_ago) = (why.to_owned(), now - SignedDuration::from_hours(OFF_AFTER_HOURS));
        let write = self.engine.write(move |tx| {
            let why = why.clone();
            Box::pin(async move {
                match next {
                    Some(next) => {
                        let text = "update jobs set due_at = $2, why = $3, claimed_until = 0
                             where job_id = $1 and done_at is null and dead_at is null";
                        tx.run(text, values![job, next, &why]).await?;
                    }
                    None => end(tx, job, now).await.map(drop)?,
                }
                let given_up = next.is_none().then_some(now);
                let text = "update channel_deliveries set tries = tries + 1, why = $2, given_up_at = $3
                     where delivery_id = $1 returning channel_id";
                let Some(row) = tx.row(text, values![id, &why, given_up]).await? else { return Ok(false) };
                let channel = row.int(0)?;
                let text =
                    "update channels set failed_since = coalesce(failed_since, $2), why = $3 where channel_id = $1";
                tx.run(text, values![channel, now, &why]).await?;
                let text = "update channels set stopped_at = $2
                     where channel_id = $1 and stopped_at is null and failed_since <= $3";
                Ok(tx.run(text, values![channel, now, long_ago]).await? == 1)
            })
        });
        write.await
    }

    /// Forgets what channels were told before a time, and which of their messages tell of which story.
    pub async fn sweep_channels(&self, before: Timestamp, posts_before: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run("delete from channel_deliveries where at < $1", values![before]).await?;
                tx.run("delete from channel_posts where at < $1", values![posts_before]).await
            })
        });
        write.await.map(drop)
    }
}

async fn put_job(
    tx: &mut Tx,
    job: JobId,
    (id, turn): (ChannelDeliveryId, i64),
    now: Timestamp,
) -> Result<bool, StoreError> {
    put(tx, job, (CHANNEL, &format!(r#"{{"delivery":{}}}"#, id.0)), &format!("{CHANNEL}:{}:{turn}", id.0), now).await
}

fn delivery(mut row: Row) -> Result<ChannelDelivery, StoreError> {
    let event = row.text(2)?;
    let fate = match (row.maybe_time(6)?, row.maybe_time(7)?, row.maybe_time(8)?) {
        (Some(at), _, _) => Fate::Sent(at),
        (_, Some(at), _) => Fate::Dropped(at),
        (_, _, Some(at)) => Fate::GivenUp(at),
        (None, None, None) => Fate::Waiting,
    };
    Ok(ChannelDelivery {
        id: ChannelDeliveryId(row.int(0)?),
        channel: ChannelId(row.int(1)?),
        event: Event::from_key(&event).ok_or_else(|| StoreError::Broken(format!("no event is called {event}")))?,
        about: row.json(3)?,
        at: row.time(4)?,
        tries: row.int(5)?,
        fate,
        why: row.text(9)?,
    })
}
