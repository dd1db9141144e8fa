//! Editions of the newsletter: one for each rhythm and day. Its letters become jobs of the outbox in steps, each a transaction of
//! its own that knows where the one before it stopped, so that none is lost and none is there twice.

use crate::engine::{Row, Tx, values};
use crate::outbox::{end, put};
use crate::{Store, StoreError};
use newsroom::followers::{BOUNCES, Rhythm};
use newsroom::{EditionId, JobId, SubscriberId, Timestamp};

/// The kind of the outbox's jobs that become letters of the newsletter.
pub const NEWSLETTER: &str = "newsletter";

/// An edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Which.
    pub id: EditionId,
    /// For whom.
    pub rhythm: Rhythm,
    /// Its day by the paper's clock: `YYYY-MM-DD`.
    pub day: String,
    /// It tells the stories from this time on …
    pub since: Timestamp,
    /// … to before this one, which is when it was made.
    pub until: Timestamp,
    /// Its letters are all jobs.
    pub is_filled: bool,
    /// How many letters.
    pub letters: i64,
    /// Those that the mail server took.
    pub sent: i64,
    /// Those in which there was nothing to tell, or nobody to tell it any more.
    pub empty: i64,
    /// Those refused for good.
    pub bounced: i64,
    /// Those that were given up.
    pub failed: i64,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// The mail server took it.
    Sent,
    /// There was nothing to tell, or nobody to tell it any more.
    Empty,
    /// It was refused for good, because of its address.
    Bounced,
    /// It was tried as often as letters are, or its day is over.
    GivenUp,
}

pub(crate) const EDITIONS: &str = "select edition_id, rhythm, day, since_at, until_at, filled_at, letters, sent, empty,
     bounced, failed from editions where edition_id < $1 order by edition_id desc limit $2";
const ONE: &str = "select edition_id, rhythm, day, since_at, until_at, filled_at, letters, sent, empty,
     bounced, failed from editions where edition_id = $1";
pub(crate) const TO_TELL: &str = "select subscriber_id from subscribers
     where rhythm = $1 and subscriber_id > $2
       and confirmed_at is not null and stopped_at is null and left_at is null
     order by subscriber_id limit $3";

impl Store {
    /// Makes the edition of a day; `None`: it is there. It tells what went public since the last one of its rhythm, and looks no
    /// further back than twice its span.
    pub async fn make_edition(
        &self,
        rhythm: Rhythm,
        day: &str,
        now: Timestamp,
    ) -> Result<Option<EditionId>, StoreError> {
        let (id, day) = (EditionId(self.id(now)), day.to_owned());
        let write = self.engine.write_alone(move |tx| {
            let day = day.clone();
            Box::pin(async move {
                let text = "select until_at from editions where rhythm = $1 order by edition_id desc limit 1";
                let last = tx.row(text, values![rhythm.key()]).await?.map(|row| row.time(0)).transpose()?;
                let back = |spans: i32| now.saturating_sub(rhythm.span() * spans).unwrap_or(now);
                let since = last.map_or(back(1), |last| last.max(back(2)));
                let text = "insert into editions (edition_id, rhythm, day, since_at, until_at, filled_to, letters, sent, empty,
                         bounced, failed)
                     values ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, 0) on conflict (rhythm, day) do nothing";
                let made = tx.run(text, values![id, rhythm.key(), day, since, now]).await?;
                Ok((made == 1).then_some(id))
            })
        });
        write.await
    }

    /// Makes jobs of the next letters of the first edition that lacks some, at most so many; how many. 0: none lacks any.
    pub async fn fill_editions(&self, at_once: u32, now: Timestamp) -> Result<u64, StoreError> {
        let ids = self.ids.clone();
        let write = self.engine.write(move |tx| {
            let ids = ids.clone();
            Box::pin(async move {
                let text = "update editions set filled_to = filled_to where edition_id =
                         (select edition_id from editions where filled_at is null order by edition_id limit 1)
                     returning edition_id, rhythm, filled_to";
                let Some(mut edition) = tx.row(text, values![]).await? else { return Ok(0) };
                let (id, rhythm, from) = (edition.int(0)?, edition.text(1)?, edition.int(2)?);
                let to_tell = tx.rows(TO_TELL, values![rhythm, from, i64::from(at_once)]).await?;
                let mut last = from;
                for row in &to_tell {
                    last = row.int(0)?;
                    let payload = format!(r#"{{"edition":{id},"to":{last}}}"#);
                    let once = format!("{NEWSLETTER}:{id}:{last}");
                    put(tx, JobId(ids.make(now)), (NEWSLETTER, &payload), &once, now).await?;
                }
                let many = to_tell.len() as u64;
                let over = (many < u64::from(at_once)).then_some(now);
                let text =
                    "update editions set filled_to = $2, filled_at = $3, letters = letters + $4 where edition_id = $1";
                tx.run(text, values![id, last, over, i64::try_from(many).unwrap_or(0)]).await?;
                // An edition for nobody is done, and the next one may still lack letters.
                Ok(many.max(1))
            })
        });
        write.await
    }

    /// An edition.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn edition(&self, id: EditionId) -> Result<Edition, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map(edition).ok_or(StoreError::NotFound)?
    }

    /// The last editions, the newest first.
    pub async fn editions(&self, limit: u32) -> Result<Vec<Edition>, StoreError> {
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(EDITIONS, values![i64::MAX, i64::from(limit)]).await }));
        read.await?.into_iter().map(edition).collect()
    }

    /// Ends a letter's job, counts it, and notes what that says of its reader: [`BOUNCES`] refusals in a row end it. The same job
    /// ended twice is counted once.
    pub async fn end_letter(
        &self,
        job: JobId,
        (edition, to): (EditionId, SubscriberId),
        became: Became,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                if !end(tx, job, now).await? {
                    return Ok(());
                }
                let count = match became {
                    Became::Sent => "update editions set sent = sent + 1 where edition_id = $1",
                    Became::Empty => "update editions set empty = empty + 1 where edition_id = $1",
                    Became::Bounced => "update editions set bounced = bounced + 1 where edition_id = $1",
                    Became::GivenUp => "update editions set failed = failed + 1 where edition_id = $1",
                };
                tx.run(count, values![edition]).await?;
                note_on_reader(tx, to, became, now).await
            })
        });
        write.await
    }

    /// Forgets editions that were made before a time.
    pub async fn sweep_editions(&self, before: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run("delete from editions where until_at < $1 and filled_at is not null", values![before]).await
            })
        });
        write.await.map(drop)
    }
}

async fn note_on_reader(tx: &mut Tx, to: SubscriberId, became: Became, now: Timestamp) -> Result<(), StoreError> {
    match became {
        Became::Sent => {
            let text = "update subscribers set bounced = 0 where subscriber_id = $1 and bounced > 0";
            tx.run(text, values![to]).await.map(drop)
        }
        Became::Bounced => {
            let text = "update subscribers set bounced = bounced + 1,
                     stopped_at = case when bounced + 1 >= $2 then coalesce(stopped_at, $3) else stopped_at end
                 where subscriber_id = $1";
            tx.run(text, values![to, BOUNCES, now]).await.map(drop)
        }
        Became::Empty | Became::GivenUp => Ok(()),
    }
}

fn edition(mut row: Row) -> Result<Edition, StoreError> {
    let rhythm = row.text(1)?;
    Ok(Edition {
        id: EditionId(row.int(0)?),
        rhythm: Rhythm::from_key(&rhythm).ok_or_else(|| StoreError::Broken(format!("no rhythm is called {rhythm}")))?,
        day: row.text(2)?,
        since: row.time(3)?,
        until: row.time(4)?,
        is_filled: row.maybe_time(5)?.is_some(),
        letters: row.int(6)?,
        sent: row.int(7)?,
        empty: row.int(8)?,
        bounced: row.int(9)?,
        failed: row.int(10)?,
    })
}
