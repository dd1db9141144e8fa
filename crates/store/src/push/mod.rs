//! Browsers that their readers let the paper wake, and what they are told. A message becomes one job of the outbox for each
//! browser that wants it, in steps that know where the one before them stopped.

use crate::engine::{Row, Tx, json, values};
use crate::outbox::{end, put};
use crate::{Store, StoreError};
use newsroom::followers::PushWish;
use newsroom::{HappeningId, JobId, PushId, PushMessageId, SectionId, StoryId, StripId, Timestamp};

/// The kind of the outbox's jobs that wake browsers.
pub const PUSH: &str = "push";
/// Browsers that are kept, at most: whoever fills the table with inventions fills no disk.
const MOST_SUBSCRIPTIONS: i64 = 500_000;

/// A browser as it says itself.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPush {
    /// The address of its push service.
    pub endpoint: String,
    /// SHA-256 of that, in hexadecimal: by it the browser is found again.
    pub mark: String,
    /// Its public key, in base 64 for addresses.
    pub public_key: String,
    /// Its secret, in the same.
    pub secret: String,
    /// What it is woken for.
    pub wish: PushWish,
}

/// A browser that the paper may wake.
#[derive(Clone, PartialEq, Eq)]
pub struct PushSubscription {
    /// Which.
    pub id: PushId,
    /// The address of its push service.
    pub endpoint: String,
    /// Its public key, in base 64 for addresses.
    pub public_key: String,
    /// Its secret, in the same.
    pub secret: String,
    /// What it is woken for.
    pub wish: PushWish,
}

impl std::fmt::Debug for PushSubscription {
    /// Without the address, the key and the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PushSubscription").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What browsers are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wakes {
    /// Breaking news: whoever is woken at all.
    Strip(StripId),
    /// A new story: whoever wants its section.
    Story(StoryId, Option<SectionId>),
}

/// A message to browsers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushMessage {
    /// Which.
    pub id: PushMessageId,
    /// Of what.
    pub wakes: Wakes,
    /// When it was made.
    pub at: Timestamp,
    /// How many push services took it, said that the browser is gone, and took it not.
    pub counts: (i64, i64, i64),
}

/// What became of waking one browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Its push service took the message.
    Sent,
    /// It knows no such browser any more: it is forgotten.
    Gone,
    /// It was tried as often as messages are.
    GivenUp,
    /// There was nothing to tell any more.
    Nothing,
}

pub(crate) const TO_WAKE: &str =
    "select push_id, wish from push_subscriptions where push_id > $1 order by push_id limit $2";

impl Store {
    /// Keeps a browser, or what it wants from now on; `false`: there are too many.
    pub async fn keep_push(&self, new: NewPush, now: Timestamp) -> Result<bool, StoreError> {
        let (id, wish) = (PushId(self.id(now)), json(&new.wish)?);
        let write = self.engine.write(move |tx| {
            let (new, wish) = (new.clone(), wish.clone());
            Box::pin(async move {
                let many = tx.row("select count(*) from push_subscriptions", values![]).await?;
                if many.map_or(Ok(0), |row| row.int(0))? >= MOST_SUBSCRIPTIONS {
                    return Ok(0);
                }
                let text =
                    "insert into push_subscriptions (push_id, endpoint, mark, public_key, secret, wish, since_at)
                     values ($1, $2, $3, $4, $5, $6, $7)
                     on conflict (mark) do update set public_key = excluded.public_key, secret = excluded.secret,
                         wish = excluded.wish";
                let NewPush { endpoint, mark, public_key, secret, .. } = new;
                tx.run(text, values![id, endpoint, mark, public_key, secret, wish, now]).await
            })
        });
        Ok(write.await? == 1)
    }

    /// Forgets a browser, by its mark. A second time is no error.
    pub async fn drop_push(&self, mark: &str) -> Result<(), StoreError> {
        let mark = mark.to_owned();
        let write = self.engine.write(move |tx| {
            let mark = mark.clone();
            Box::pin(async move { tx.run("delete from push_subscriptions where mark = $1", values![mark]).await })
        });
        write.await.map(drop)
    }

    /// What a browser wants, by its mark.
    pub async fn push_wish(&self, mark: &str) -> Result<Option<PushWish>, StoreError> {
        let mark = mark.to_owned();
        let read = self.engine.read(move |tx| {
            let mark = mark.clone();
            Box::pin(async move { tx.row("select wish from push_subscriptions where mark = $1", values![mark]).await })
        });
        read.await?.map(|mut row| row.json(0)).transpose()
    }

    /// A browser.
    pub async fn push_subscription(&self, id: PushId) -> Result<Option<PushSubscription>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text =
                    "select push_id, endpoint, public_key, secret, wish from push_subscriptions where push_id = $1";
                tx.row(text, values![id]).await
            })
        });
        read.await?.map(subscription).transpose()
    }

    /// How many browsers there are.
    pub async fn count_push(&self) -> Result<i64, StoreError> {
        let read = self
            .engine
            .read(|tx| Box::pin(async move { tx.row("select count(*) from push_subscriptions", values![]).await }));
        read.await?.map_or(Ok(0), |row| row.int(0))
    }

    /// Keeps what browsers are to be told of a happening; `false`: it was kept before.
    pub async fn put_push_message(
        &self,
        happening: HappeningId,
        wakes: Wakes,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let id = PushMessageId(self.id(now));
        let (story, strip, section) = match wakes {
            Wakes::Strip(strip) => (None, Some(strip), None),
            Wakes::Story(story, section) => (Some(story), None, section),
        };
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text =
                    "insert into push_messages (message_id, once, story_id, strip_id, section_id, at, filled_to, sent,
                         gone, failed)
                     values ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0) on conflict (once) do nothing";
                tx.run(text, values![id, happening.0.to_string(), story, strip, section, now]).await
            })
        });
        Ok(write.await? == 1)
    }

    /// Looks at the next browsers for the first message that lacks some, at most so many, and makes jobs for those that want it;
    /// how many were looked at. 0: no message lacks any.
    pub async fn fill_push(&self, at_once: u32, now: Timestamp) -> Result<u64, StoreError> {
        let ids = self.ids.clone();
        let write = self.engine.write(move |tx| {
            let ids = ids.clone();
            Box::pin(async move {
                let text = "update push_messages set filled_to = filled_to where message_id =
                         (select message_id from push_messages where filled_at is null order by message_id limit 1)
                     returning message_id, filled_to, strip_id, section_id";
                let Some(row) = tx.row(text, values![]).await? else { return Ok(0) };
                let (id, from, section) = (row.int(0)?, row.int(1)?, row.maybe_int(3)?.map(SectionId));
                let breaking = row.maybe_int(2)?.is_some();
                let (mut last, mut many) = (from, 0);
                for mut row in tx.rows(TO_WAKE, values![from, i64::from(at_once)]).await? {
                    (last, many) = (row.int(0)?, many + 1);
                    if breaking || row.json::<PushWish>(1)?.wants(section) {
                        let payload = format!(r#"{{"message":{id},"to":{last}}}"#);
                        put(tx, JobId(ids.make(now)), (PUSH, &payload), &format!("{PUSH}:{id}:{last}"), now).await?;
                    }
                }
                let over = (many < u64::from(at_once)).then_some(now);
                let text = "update push_messages set filled_to = $2, filled_at = $3 where message_id = $1";
                tx.run(text, values![id, last, over]).await?;
                Ok(many.max(1))
            })
        });
        write.await
    }

    /// A message.
    pub async fn push_message(&self, id: PushMessageId) -> Result<Option<PushMessage>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text =
                    "select message_id, story_id, strip_id, section_id, at, sent, gone, failed from push_messages
                     where message_id = $1";
                tx.row(text, values![id]).await
            })
        });
        read.await?.map(message).transpose()
    }

    /// The last messages, the newest first.
    pub async fn push_messages(&self, limit: u32) -> Result<Vec<PushMessage>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text =
                    "select message_id, story_id, strip_id, section_id, at, sent, gone, failed from push_messages
                     order by message_id desc limit $1";
                tx.rows(text, values![i64::from(limit)]).await
            })
        });
        read.await?.into_iter().map(message).collect()
    }

    /// Ends a job, counts it, and forgets a browser that is gone. The same job ended twice is counted once.
    pub async fn end_push(
        &self,
        job: JobId,
        (message, to): (PushMessageId, PushId),
        woken: Woken,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                if !end(tx, job, now).await? {
                    return Ok(());
                }
                count(tx, message, woken).await?;
                if woken == Woken::Gone {
                    tx.run("delete from push_subscriptions where push_id = $1", values![to]).await?;
                }
                Ok(())
            })
        });
        write.await
    }

    /// Forgets messages that were made before a time.
    pub async fn sweep_push(&self, before: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run("delete from push_messages where at < $1 and filled_at is not null", values![before]).await
            })
        });
        write.await.map(drop)
    }
}

async fn count(tx: &mut Tx, message: PushMessageId, woken: Woken) -> Result<(), StoreError> {
    let text = match woken {
        Woken::Sent => "update push_messages set sent = sent + 1 where message_id = $1",
        Woken::Gone => "update push_messages set gone = gone + 1 where message_id = $1",
        Woken::GivenUp => "update push_messages set failed = failed + 1 where message_id = $1",
        Woken::Nothing => return Ok(()),
    };
    tx.run(text, values![message]).await.map(drop)
}

fn subscription(mut row: Row) -> Result<PushSubscription, StoreError> {
    Ok(PushSubscription {
        id: PushId(row.int(0)?),
        endpoint: row.text(1)?,
        public_key: row.text(2)?,
        secret: row.text(3)?,
        wish: row.json(4)?,
    })
}

fn message(row: Row) -> Result<PushMessage, StoreError> {
    let wakes = match (row.maybe_int(1)?, row.maybe_int(2)?) {
        (_, Some(strip)) => Wakes::Strip(StripId(strip)),
        (Some(story), None) => Wakes::Story(StoryId(story), row.maybe_int(3)?.map(SectionId)),
        (None, None) => return Err(StoreError::Broken("a message about nothing".to_owned())),
    };
    let counts = (row.int(5)?, row.int(6)?, row.int(7)?);
    Ok(PushMessage { id: PushMessageId(row.int(0)?), wakes, at: row.time(4)?, counts })
}
