//! Readers of the newsletter. An address comes in by a link that was opened there, and goes by one press, at once out of every
//! letter and some days later out of the rows.

use crate::engine::{Row, Tx, json, values};
use crate::outbox::put;
use crate::people::TokenHash;
use crate::{Store, StoreError};
use jiff::SignedDuration;
use newsroom::followers::Wish;
use newsroom::people::EmailAddress;
use newsroom::{JobId, SubscriberId, Timestamp};

/// Letters with a link to one address on one day.
pub const MOST_ASKS: i64 = 5;
/// One such letter and the next are so far apart.
const APART: SignedDuration = SignedDuration::from_mins(10);
const A_DAY: SignedDuration = SignedDuration::from_hours(24);
/// So long after a reader left, or an address was given up, its row goes.
const KEPT_AFTER_LEAVING: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Rows that go in one transaction.
const SWEPT: i64 = 1_000;

/// A reader of the newsletter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// Which.
    pub id: SubscriberId,
    /// Where letters go.
    pub email: EmailAddress,
    /// What is wanted.
    pub wish: Wish,
    /// Since when, by a link that was opened; none: it was not.
    pub confirmed_at: Option<Timestamp>,
    /// Since when letters are refused for good.
    pub stopped_at: Option<Timestamp>,
    /// Since when nothing more is wanted.
    pub left_at: Option<Timestamp>,
}

impl Subscriber {
    /// Letters go there.
    pub fn is_told(&self) -> bool {
        self.confirmed_at.is_some() && self.stopped_at.is_none() && self.left_at.is_none()
    }
}

/// A letter about a wish, on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToConfirm {
    /// Where to.
    pub email: EmailAddress,
    /// What was asked for; where the newsletter comes there already, what it is.
    pub wish: Wish,
    /// The link that it holds confirms the wish; else there is nothing to confirm.
    pub confirms: bool,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Who get it every day.
    pub daily: i64,
    /// Who get it every week.
    pub weekly: i64,
    /// Whose link was not opened.
    pub unconfirmed: i64,
    /// To whom nothing goes because letters were refused.
    pub stopped: i64,
}

macro_rules! subscriber_columns {
    ($rest:literal) => {
        concat!("select subscriber_id, email, wish, confirmed_at, stopped_at, left_at from subscribers ", $rest)
    };
}

impl Store {
    /// Notes that the newsletter is wanted at an address, with the job of the letter; `false`, and nothing is sent, where there
    /// were enough of them lately. Whether the address is known makes no difference to whoever asks.
    pub async fn ask_newsletter(
        &self,
        email: &EmailAddress,
        wish: &Wish,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (new, job) = (SubscriberId(self.id(now)), JobId(self.id(now)));
        let (email, folded, rhythm, wish) = (email.as_str().to_owned(), email.folded(), wish.rhythm, json(wish)?);
        let write = self.engine.write(move |tx| {
            let (email, folded, wish) = (email.clone(), folded.clone(), wish.clone());
            Box::pin(async move {
                let given = values![new, email, &folded, &wish, rhythm.key(), &wish, now, until].to_vec();
                let text =
                    "insert into subscribers (subscriber_id, email, folded, wish, rhythm, asked, asked_at, until_at,
                         asks, bounced)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, 1, 0) on conflict (folded) do nothing";
                let id = match tx.run(text, &given).await? {
                    1 => Some(new),
                    _ => ask_again(tx, (&folded, &wish), until, now).await?,
                };
                let Some(id) = id else { return Ok(false) };
                let payload = format!(r#"{{"newsletter":{}}}"#, id.0);
                let once = format!("newsletter:{}:{}", id.0, now.as_millisecond());
                put(tx, job, ("mail", &payload), &once, now).await
            })
        });
        write.await
    }

    /// Gives what was asked for its token, the last one holds. `None`: nothing was asked for on the last day.
    pub async fn arm_subscriber(
        &self,
        id: SubscriberId,
        token: &TokenHash,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<ToConfirm>, StoreError> {
        let (token, since) = (token.0.clone(), before(now, A_DAY));
        let write = self.engine.write(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = "update subscribers set token_hash = $2, until_at = $3
                     where subscriber_id = $1 and asked is not null and asked_at > $4 returning email, asked";
                if let Some(mut row) = tx.row(text, values![id, token, until, since]).await? {
                    return Ok(Some(ToConfirm { email: address(&mut row, 0)?, wish: row.json(1)?, confirms: true }));
                }
                let text = subscriber_columns!("where subscriber_id = $1 and asked_at > $2");
                let known = tx.row(text, values![id, since]).await?.map(subscriber).transpose()?;
                let known = known.filter(Subscriber::is_told);
                Ok(known.map(|known| ToConfirm { email: known.email, wish: known.wish, confirms: false }))
            })
        });
        write.await
    }

    /// What a link is for, without using it up; `None`: unknown, used or too old.
    pub async fn newsletter_link(
        &self,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<(EmailAddress, Wish)>, StoreError> {
        let token = token.0.clone();
        let read = self.engine.read(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = "select email, asked from subscribers
                     where token_hash = $1 and until_at > $2 and asked is not null";
                tx.row(text, values![token, now]).await
            })
        });
        let Some(mut row) = read.await? else { return Ok(None) };
        Ok(Some((address(&mut row, 0)?, row.json(1)?)))
    }

    /// Uses a link up: from now on the newsletter goes to the address that it went to. `None`: as above.
    pub async fn confirm_newsletter(
        &self,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<SubscriberId>, StoreError> {
        let token = token.0.clone();
        let write = self.engine.write(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                // Of two that come at once with one link, the second finds it used.
                let text = "update subscribers set token_hash = null
                     where token_hash = $1 and until_at > $2 and asked is not null returning subscriber_id, asked";
                let Some(mut row) = tx.row(text, values![token, now]).await? else { return Ok(None) };
                let (id, wish) = (row.int(0)?, row.json::<Wish>(1)?);
                let text =
                    "update subscribers set wish = asked, rhythm = $2, asked = null, confirmed_at = $3, asks = 0,
                         bounced = 0, stopped_at = null, left_at = null where subscriber_id = $1";
                tx.run(text, values![id, wish.rhythm.key(), now]).await?;
                Ok(Some(SubscriberId(id)))
            })
        });
        write.await
    }

    /// A reader of the newsletter.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or none any more.
    pub async fn subscriber(&self, id: SubscriberId) -> Result<Subscriber, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.row(subscriber_columns!("where subscriber_id = $1"), values![id]).await })
        });
        read.await?.map(subscriber).ok_or(StoreError::NotFound)?
    }

    /// Keeps what a reader wants from now on; `false`: nothing goes there.
    pub async fn keep_wish(&self, id: SubscriberId, wish: &Wish) -> Result<bool, StoreError> {
        let (rhythm, wish) = (wish.rhythm, json(wish)?);
        let write = self.engine.write(move |tx| {
            let wish = wish.clone();
            Box::pin(async move {
                let text = "update subscribers set wish = $2, rhythm = $3
                     where subscriber_id = $1 and confirmed_at is not null and left_at is null";
                tx.run(text, values![id, wish, rhythm.key()]).await
            })
        });
        Ok(write.await? == 1)
    }

    /// Nothing more goes there, and what was asked for and not confirmed is forgotten. A second time is no error.
    pub async fn leave_newsletter(&self, id: SubscriberId, now: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update subscribers set left_at = $2, asked = null, token_hash = null
                     where subscriber_id = $1 and left_at is null";
                tx.run(text, values![id, now]).await
            })
        });
        write.await.map(drop)
    }

    /// Whoever left by mistake gets it again, while the row is there; `false`: there is nothing to take back.
    pub async fn return_to_newsletter(&self, id: SubscriberId) -> Result<bool, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update subscribers set left_at = null
                     where subscriber_id = $1 and left_at is not null and confirmed_at is not null";
                tx.run(text, values![id]).await
            })
        });
        Ok(write.await? == 1)
    }

    /// How many readers it has.
    pub async fn count_subscribers(&self) -> Result<Counted, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select coalesce(sum(case when rhythm = 'daily' and told = 1 then 1 else 0 end), 0),
                         coalesce(sum(case when rhythm = 'weekly' and told = 1 then 1 else 0 end), 0),
                         coalesce(sum(case when confirmed_at is null and left_at is null then 1 else 0 end), 0),
                         coalesce(sum(case when stopped_at is not null and left_at is null then 1 else 0 end), 0)
                     from (select rhythm, confirmed_at, stopped_at, left_at,
                             case when confirmed_at is not null and stopped_at is null and left_at is null
                                 then 1 else 0 end as told from subscribers) as counted";
                tx.row(text, values![]).await
            })
        });
        let Some(row) = read.await? else { return Ok(Counted::default()) };
        Ok(Counted { daily: row.int(0)?, weekly: row.int(1)?, unconfirmed: row.int(2)?, stopped: row.int(3)? })
    }

    /// Forgets whoever left or could not be reached some days ago, and addresses whose link was not opened in time; how many.
    pub async fn sweep_subscribers(&self, now: Timestamp) -> Result<u64, StoreError> {
        let long_ago = before(now, KEPT_AFTER_LEAVING);
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let mut gone = 0;
                for (text, than) in [
                    (
                        "delete from subscribers where subscriber_id in (select subscriber_id from subscribers
                         where left_at is not null and left_at < $1 and (asked is null or until_at < $3)
                         order by left_at limit $2)",
                        long_ago,
                    ),
                    (
                        "delete from subscribers where subscriber_id in (select subscriber_id from subscribers
                         where confirmed_at is null and until_at < $1 and until_at < $3 order by until_at limit $2)",
                        before(now, A_DAY),
                    ),
                    (
                        "delete from subscribers where subscriber_id in (select subscriber_id from subscribers
                         where stopped_at is not null and stopped_at < $1 and (asked is null or until_at < $3)
                         limit $2)",
                        long_ago,
                    ),
                ] {
                    // What was asked for again is not swept before its link has ended.
                    gone += tx.run(text, values![than, SWEPT, before(now, A_DAY)]).await?;
                }
                let text = "update subscribers set asked = null, token_hash = null
                     where asked is not null and until_at < $1";
                tx.run(text, values![before(now, A_DAY)]).await?;
                Ok(gone)
            })
        });
        write.await
    }
}

/// Somebody asks for an address that is there. Where the newsletter comes already, nothing changes but that its reader is told so.
async fn ask_again(
    tx: &mut Tx,
    (folded, wish): (&str, &str),
    until: Timestamp,
    now: Timestamp,
) -> Result<Option<SubscriberId>, StoreError> {
    let (apart, day) = (before(now, APART), before(now, A_DAY));
    let told = "update subscribers set asked_at = $2 where folded = $1 and asked_at <= $3
         and confirmed_at is not null and stopped_at is null and left_at is null returning subscriber_id";
    if let Some(row) = tx.row(told, values![folded, now, day]).await? {
        return Ok(Some(SubscriberId(row.int(0)?)));
    }
    let text = "update subscribers set asked = $2, asked_at = $3, until_at = $4, token_hash = null,
             asks = case when asked_at <= $6 then 1 else asks + 1 end
         where folded = $1 and asked_at <= $5 and (asks < $7 or asked_at <= $6)
           and (confirmed_at is null or stopped_at is not null or left_at is not null) returning subscriber_id";
    let row = tx.row(text, values![folded, wish, now, until, apart, day, MOST_ASKS]).await?;
    row.map(|row| row.int(0).map(SubscriberId)).transpose()
}

fn before(now: Timestamp, span: SignedDuration) -> Timestamp {
    now.saturating_sub(span).unwrap_or(now)
}

fn address(row: &mut Row, column: usize) -> Result<EmailAddress, StoreError> {
    EmailAddress::new(&row.text(column)?).ok_or_else(|| StoreError::Broken("an address".to_owned()))
}

fn subscriber(mut row: Row) -> Result<Subscriber, StoreError> {
    Ok(Subscriber {
        id: SubscriberId(row.int(0)?),
        email: address(&mut row, 1)?,
        wish: row.json(2)?,
        confirmed_at: row.maybe_time(3)?,
        stopped_at: row.maybe_time(4)?,
        left_at: row.maybe_time(5)?,
    })
}
