//! Where colleagues are told.

use crate::engine::{Row, values};
use crate::outbox::put;
use crate::people::TokenHash;
use crate::{Store, StoreError};
use newsroom::notices::{GIVEN_UP_AT_MOST, MOST_TRIES, Way};
use newsroom::{JobId, StaffId, Timestamp};

/// A way of a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffWay {
    /// Which.
    pub way: Way,
    /// Where it leads; empty: nowhere yet.
    pub address: String,
    /// By which messages to an address of the web are signed; elsewhere empty.
    pub secret: String,
    /// Since when it leads there.
    pub since: Option<Timestamp>,
    /// The address of mail or the chat that was asked for, while its link was not opened and its code not typed.
    pub asked: Option<String>,
    /// Until when no code is taken and none is sent, because too many were wrong.
    pub shut_until: Option<Timestamp>,
    /// Since when nothing could be delivered.
    pub failed_since: Option<Timestamp>,
    /// Why: a word, with a number behind it where there is one.
    pub why: String,
    /// Since when nothing is sent any more, because too much could not be delivered.
    pub stopped_at: Option<Timestamp>,
}

/// Where a way is to lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWay {
    /// Which.
    pub way: Way,
    /// An address of the web, or a chat.
    pub address: String,
    /// By which messages to an address of the web are signed; elsewhere empty.
    pub secret: String,
}

const OF_STAFF: &str =
    "select way, address, secret, since_at, asked, case when tries >= $2 then until_at end, failed_since, why,
         stopped_at
     from staff_ways where staff_id = $1 order by way";

/// What an address that was set anew is without.
pub(super) const ANEW: &str = "failed_since = null, why = '', given_up = 0, stopped_at = null";

impl Store {
    /// The ways of a colleague.
    pub async fn ways_of(&self, staff: StaffId) -> Result<Vec<StaffWay>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(OF_STAFF, values![staff, MOST_TRIES]).await }));
        read.await?.into_iter().map(way).collect()
    }

    /// Has a way lead somewhere; what failed before is forgotten.
    pub async fn set_way(&self, staff: StaffId, new: NewWay, now: Timestamp) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            let new = new.clone();
            Box::pin(async move {
                let text = format!(
                    "insert into staff_ways (staff_id, way, address, secret, since_at, tries, why, given_up)
                     values ($1, $2, $3, $4, $5, 0, '', 0)
                     on conflict (staff_id, way) do update set address = excluded.address, secret = excluded.secret,
                         since_at = excluded.since_at, {ANEW}"
                );
                tx.run(&text, values![staff, new.way.key(), new.address, new.secret, now]).await
            })
        });
        write.await.map(drop)
    }

    /// Takes a way away, with everything that was still to be told by it. When something was asked for there, and how many
    /// codes were typed, stays: asking anew after this comes no sooner.
    pub async fn drop_way(&self, staff: StaffId, way: Way) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "delete from staff_ways where staff_id = $1 and way = $2 and asked_at is null";
                tx.run(text, values![staff, way.key()]).await?;
                let text = format!(
                    "update staff_ways set address = '', secret = '', since_at = null, asked = null, token_hash = null,
                         {ANEW} where staff_id = $1 and way = $2"
                );
                tx.run(&text, values![staff, way.key()]).await?;
                let text = "delete from desk_notices where staff_id = $1 and way = $2 and delivery_id is null";
                tx.run(text, values![staff, way.key()]).await
            })
        });
        write.await.map(drop)
    }

    /// A colleague wants to be told at an address of mail, once a link to it was opened; the address before it holds until
    /// then, and a link that was sent before leads nowhere any more. `payload` is what the job of the letter holds. `false`: one
    /// was asked for since `not_since`.
    pub async fn ask_staff_address(
        &self,
        staff: StaffId,
        (address, payload): (&str, &str),
        not_since: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (job, address, payload) = (JobId(self.id(now)), address.to_owned(), payload.to_owned());
        let write = self.engine.write(move |tx| {
            let (address, payload) = (address.clone(), payload.clone());
            Box::pin(async move {
                let text =
                    "insert into staff_ways (staff_id, way, address, secret, asked, asked_at, tries, why, given_up)
                     values ($1, $2, '', '', $3, $4, 0, '', 0)
                     on conflict (staff_id, way) do update set asked = excluded.asked, asked_at = excluded.asked_at,
                         token_hash = null, until_at = null
                     where staff_ways.asked_at is null or staff_ways.asked_at <= $5";
                let given = values![staff, Way::Mail.key(), address, now, not_since];
                if tx.run(text, given).await? == 0 {
                    return Ok(false);
                }
                let once = format!("desk-address:{}:{}", staff.0, now.as_millisecond());
                put(tx, job, (super::DESK_NOTICE, &payload), &once, now).await
            })
        });
        write.await
    }

    /// Gives the link of a colleague's new address its token, the last one holds; the address, where one is asked for.
    pub async fn arm_staff_address(
        &self,
        staff: StaffId,
        token: &TokenHash,
        until: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let token = token.0.clone();
        let write = self.engine.write(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = "update staff_ways set token_hash = $3, until_at = $4
                     where staff_id = $1 and way = $2 and asked is not null returning asked";
                tx.row(text, values![staff, Way::Mail.key(), token, until]).await
            })
        });
        write.await?.map(|mut row| row.text(0)).transpose()
    }

    /// The address that a link is for, without using it up; `None`: unknown, used, too old or somebody else's.
    pub async fn staff_address_link(
        &self,
        staff: StaffId,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let token = token.0.clone();
        let read = self.engine.read(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = "select asked from staff_ways
                     where token_hash = $1 and staff_id = $2 and until_at > $3 and asked is not null";
                tx.row(text, values![token, staff, now]).await
            })
        });
        read.await?.map(|mut row| row.text(0)).transpose()
    }

    /// Uses a link up: from now on the colleague is told at the address that it went to. `false`: as above.
    pub async fn confirm_staff_address(
        &self,
        staff: StaffId,
        token: &TokenHash,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let token = token.0.clone();
        let write = self.engine.write(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = format!(
                    "update staff_ways set address = asked, since_at = $3, asked = null, asked_at = null,
                         token_hash = null, until_at = null, {ANEW}
                     where token_hash = $1 and staff_id = $2 and until_at > $3 and asked is not null"
                );
                tx.run(&text, values![token, staff, now]).await
            })
        });
        Ok(write.await? == 1)
    }

    /// Something reached a colleague by a way: what failed before is forgotten.
    pub async fn note_reached(&self, staff: StaffId, way: Way) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = format!(
                    "update staff_ways set {ANEW} where staff_id = $1 and way = $2
                     and (failed_since is not null or given_up > 0)"
                );
                tx.run(&text, values![staff, way.key()]).await
            })
        });
        write.await.map(drop)
    }

    /// Something could not be delivered by a way, and why; `given_up`: it is tried no more. After
    /// [`GIVEN_UP_AT_MOST`] of those in a row the way is turned off.
    pub async fn note_unreached(
        &self,
        (staff, way): (StaffId, Way),
        why: &str,
        given_up: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let why = why.to_owned();
        let write = self.engine.write(move |tx| {
            let why = why.clone();
            Box::pin(async move {
                let text = "update staff_ways set failed_since = coalesce(failed_since, $3), why = $4,
                         given_up = given_up + $5,
                         stopped_at = case when given_up + $5 >= $6 then coalesce(stopped_at, $3) else stopped_at end
                     where staff_id = $1 and way = $2";
                let given = values![staff, way.key(), now, why, i64::from(given_up), GIVEN_UP_AT_MOST];
                tx.run(text, given).await
            })
        });
        write.await.map(drop)
    }
}

fn way(mut row: Row) -> Result<StaffWay, StoreError> {
    let key = row.text(0)?;
    Ok(StaffWay {
        way: Way::from_key(&key).ok_or_else(|| StoreError::Broken(format!("no way is called {key}")))?,
        address: row.text(1)?,
        secret: row.text(2)?,
        since: row.maybe_time(3)?,
        asked: row.maybe_text(4)?,
        shut_until: row.maybe_time(5)?,
        failed_since: row.maybe_time(6)?,
        why: row.text(7)?,
        stopped_at: row.maybe_time(8)?,
    })
}
