//! Channels of others, and what each is told: once for each happening, with its job in the outbox from the same transaction on.

mod deliveries;
mod posts;

pub(crate) use deliveries::LATELY;
pub use deliveries::{CHANNEL, ChannelDelivery, Fate, NewChannelDelivery};

use crate::engine::{Row, Value, json, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::followers::{Channel, ChannelKind, ChannelWish, FollowersPart, MOST_CHANNELS};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{ChannelId, StaffId, Timestamp};

/// A channel with how it fares.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptChannel {
    /// What it is.
    pub channel: Channel,
    /// The token of its bot, or the key by which messages are signed.
    pub secret: String,
    /// Since when nothing could be delivered.
    pub failed_since: Option<Timestamp>,
    /// Why: a word, with a number behind it where there is one.
    pub why: String,
    /// Since when nothing is sent.
    pub stopped_at: Option<Timestamp>,
    /// Somebody of the staff stopped it; else it was switched off because nothing arrived.
    pub by_hand: bool,
}

impl std::fmt::Debug for KeptChannel {
    /// Without its address and its secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptChannel").field("id", &self.channel.id).field("why", &self.why).finish_non_exhaustive()
    }
}

/// A channel as it is added.
#[derive(Clone, PartialEq, Eq)]
pub struct NewChannel {
    /// What kind.
    pub kind: ChannelKind,
    /// As the desk calls it.
    pub name: String,
    /// A chat, or an address of the web.
    pub address: String,
    /// The token of its bot, or the key by which messages are signed.
    pub secret: String,
    /// What it is told.
    pub wish: ChannelWish,
}

const ALL: &str = "select channel_id, kind, name, address, wish, secret, failed_since, why, stopped_at, stopped_by
     from channels where removed_at is null order by channel_id limit 100";
const ONE: &str = "select channel_id, kind, name, address, wish, secret, failed_since, why, stopped_at, stopped_by
     from channels where channel_id = $1 and removed_at is null";

impl Store {
    /// Every channel that was not removed, the oldest first.
    pub async fn channels(&self) -> Result<Vec<KeptChannel>, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.rows(ALL, values![]).await }));
        read.await?.into_iter().map(channel).collect()
    }

    /// A channel.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or it was removed.
    pub async fn channel(&self, id: ChannelId) -> Result<KeptChannel, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map(channel).ok_or(StoreError::NotFound)?
    }

    /// Adds a channel; `None`: there are [`MOST_CHANNELS`] already.
    pub async fn add_channel(
        &self,
        new: NewChannel,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Option<(ChannelId, Happening)>, StoreError> {
        let id = ChannelId(self.id(now));
        let happening = self.changed(by, now);
        let write = self.engine.write_alone(move |tx| {
            let (new, happening) = (new.clone(), happening.clone());
            Box::pin(async move {
                if tx.rows(ALL, values![]).await?.len() >= MOST_CHANNELS {
                    return Ok(None);
                }
                let text = "insert into channels (channel_id, kind, name, address, secret, wish, made_at, by_id, why)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, '')";
                let wish = json(&new.wish)?;
                tx.run(text, values![id, new.kind.key(), new.name, new.address, new.secret, wish, now, by]).await?;
                write_down(tx, &happening).await?;
                Ok(Some((id, happening)))
            })
        });
        write.await
    }

    /// Has a channel told other things.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not there.
    pub async fn keep_channel_wish(
        &self,
        id: ChannelId,
        wish: &ChannelWish,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let wish = json(wish)?;
        let text = "update channels set wish = $2 where channel_id = $1 and removed_at is null";
        self.on_channel(id, (text, wish.into()), by, now).await
    }

    /// Stops a channel, or lets it go on; what failed before is forgotten then.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not there.
    pub async fn stop_channel(
        &self,
        id: ChannelId,
        stop: bool,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.changed(by, now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let touched = match stop {
                    true => {
                        let text = "update channels set stopped_at = $2, stopped_by = $3
                             where channel_id = $1 and removed_at is null";
                        tx.run(text, values![id, now, by]).await?
                    }
                    false => {
                        let text =
                            "update channels set stopped_at = null, stopped_by = null, failed_since = null, why = ''
                             where channel_id = $1 and removed_at is null";
                        tx.run(text, values![id]).await?
                    }
                };
                if touched == 0 {
                    return Err(StoreError::NotFound);
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Removes a channel, with its secret and its address; what it was told is kept for its while.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not there.
    pub async fn remove_channel(&self, id: ChannelId, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let text = "update channels set secret = '', address = '', removed_at = $2
             where channel_id = $1 and removed_at is null";
        self.on_channel(id, (text, now.into()), by, now).await
    }

    async fn on_channel(
        &self,
        id: ChannelId,
        (text, given): (&'static str, Value),
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.changed(by, now);
        let write = self.engine.write(move |tx| {
            let (happening, given) = (happening.clone(), given.clone());
            Box::pin(async move {
                if tx.run(text, values![id, given]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    fn changed(&self, by: StaffId, now: Timestamp) -> Happening {
        let what = What::FollowersChanged { part: FollowersPart::Channels };
        self.happening(Actor::Staff(by), what, "", now)
    }
}

fn channel(mut row: Row) -> Result<KeptChannel, StoreError> {
    let kind = row.text(1)?;
    let channel = Channel {
        id: ChannelId(row.int(0)?),
        kind: ChannelKind::from_key(&kind).ok_or_else(|| StoreError::Broken(format!("no channel is called {kind}")))?,
        name: row.text(2)?,
        address: row.text(3)?,
        wish: row.json(4)?,
    };
    Ok(KeptChannel {
        channel,
        secret: row.text(5)?,
        failed_since: row.maybe_time(6)?,
        why: row.text(7)?,
        stopped_at: row.maybe_time(8)?,
        by_hand: row.maybe_int(9)?.is_some(),
    })
}
