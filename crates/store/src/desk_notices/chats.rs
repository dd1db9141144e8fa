//! Chats of colleagues: one is asked for first, and holds once the code that was sent there is typed.

use super::DESK_NOTICE;
use super::ways::ANEW;
use crate::engine::values;
use crate::outbox::put;
use crate::people::TokenHash;
use crate::{Store, StoreError};
use newsroom::notices::{MOST_TRIES, Way};
use newsroom::{JobId, StaffId, Timestamp};

impl Store {
    /// A colleague wants to be told in a chat, once the code that goes there was typed; the chat before it holds until then, and
    /// a code that was sent before is none any more. `payload` is what the job of the code holds. `false`: one was asked for
    /// since `not_since`, or too many wrong ones were typed and the last has not ended.
    pub async fn ask_staff_chat(
        &self,
        staff: StaffId,
        (chat, payload): (&str, &str),
        not_since: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (job, chat, payload) = (JobId(self.id(now)), chat.to_owned(), payload.to_owned());
        let write = self.engine.write(move |tx| {
            let (chat, payload) = (chat.clone(), payload.clone());
            Box::pin(async move {
                // The end of the last code stays, and with it what was tried: a new code buys no new tries.
                let text =
                    "insert into staff_ways (staff_id, way, address, secret, asked, asked_at, tries, why, given_up)
                     values ($1, $2, '', '', $3, $4, 0, '', 0)
                     on conflict (staff_id, way) do update set asked = excluded.asked, asked_at = excluded.asked_at,
                         token_hash = null, tries = case when staff_ways.until_at > $4 then staff_ways.tries else 0 end
                     where (staff_ways.asked_at is null or staff_ways.asked_at <= $5)
                       and (staff_ways.tries < $6 or staff_ways.until_at is null or staff_ways.until_at <= $4)";
                let given = values![staff, Way::Telegram.key(), chat, now, not_since, MOST_TRIES];
                if tx.run(text, given).await? == 0 {
                    return Ok(false);
                }
                let once = format!("desk-chat:{}:{}", staff.0, now.as_millisecond());
                put(tx, job, (DESK_NOTICE, &payload), &once, now).await
            })
        });
        write.await
    }

    /// Gives the chat that was asked for its code, the last one holds; the chat, where one was asked for since `since`.
    pub async fn arm_staff_chat(
        &self,
        staff: StaffId,
        code: &TokenHash,
        (since, until): (Timestamp, Timestamp),
    ) -> Result<Option<String>, StoreError> {
        let code = code.0.clone();
        let write = self.engine.write(move |tx| {
            let code = code.clone();
            Box::pin(async move {
                let text = "update staff_ways set token_hash = $3, until_at = $5
                     where staff_id = $1 and way = $2 and asked is not null and asked_at > $4 returning asked";
                tx.row(text, values![staff, Way::Telegram.key(), code, since, until]).await
            })
        });
        write.await?.map(|mut row| row.text(0)).transpose()
    }

    /// Tries a code: from now on the colleague is told in the chat that it went to. `false`: it is another one, it has ended, or
    /// [`MOST_TRIES`] were typed.
    pub async fn try_chat_code(&self, staff: StaffId, code: &TokenHash, now: Timestamp) -> Result<bool, StoreError> {
        let code = code.0.clone();
        let write = self.engine.write(move |tx| {
            let code = code.clone();
            Box::pin(async move {
                // It is counted before it is looked at: of many that come at once each costs a try.
                let text = "update staff_ways set tries = tries + 1
                     where staff_id = $1 and way = $2 and until_at > $3 and tries < $4 and asked is not null
                       and token_hash is not null returning token_hash";
                let row = tx.row(text, values![staff, Way::Telegram.key(), now, MOST_TRIES]).await?;
                let sent = row.map(|mut row| row.text(0)).transpose()?;
                if sent.as_ref() != Some(&code) {
                    return Ok(false);
                }
                let text = format!(
                    "update staff_ways set address = asked, since_at = $3, asked = null, asked_at = null,
                         token_hash = null, until_at = null, tries = 0, {ANEW} where staff_id = $1 and way = $2"
                );
                tx.run(&text, values![staff, Way::Telegram.key(), now]).await?;
                Ok(true)
            })
        });
        write.await
    }
}
