//! Links by mail: asked for at the door, made when the mail is, used up by whoever presses the button behind them.

use super::sign_ins::{Entered, Entry, open};
use super::{NewReader, hold, keys};
use crate::engine::{Row, Tx, values};
use crate::outbox::put;
use crate::people::TokenHash;
use crate::{Store, StoreError};
use newsroom::people::EmailAddress;
use newsroom::profile::Language;
use newsroom::{JobId, ReaderId, ReaderLinkId, Timestamp};

/// Links to one address in one hour.
pub const MOST_LINKS_PER_HOUR: i64 = 5;
const AN_HOUR: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// A link about to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkToSend {
    /// Where to.
    pub email: EmailAddress,
    /// In which language.
    pub language: Language,
    /// It confirms a new address of somebody who is in; else it opens an account.
    pub confirms: bool,
}

/// What a link is for, before it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLink {
    /// The address that it went to.
    pub email: EmailAddress,
    /// Whose new address it confirms; none: it opens an account.
    pub confirms: Option<ReaderId>,
}

pub(crate) const LATELY_TO: &str = "select count(*) from reader_links where folded = $1 and made_at > $2";

impl Store {
    /// Notes that a link is wanted at an address, with the job of sending it; `false`, and nothing is noted, when too many
    /// were in the last hour. Whether the address has an account makes no difference to anything here.
    pub async fn ask_reader_link(
        &self,
        email: &EmailAddress,
        confirms: Option<ReaderId>,
        (language, until): (Language, Timestamp),
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, job) = (ReaderLinkId(self.id(now)), JobId(self.id(now)));
        let (email, folded) = (email.as_str().to_owned(), email.folded());
        let hour_ago = now.saturating_sub(AN_HOUR).unwrap_or(now);
        let write = self.engine.write_alone(move |tx| {
            let (email, folded) = (email.clone(), folded.clone());
            Box::pin(async move {
                let lately = tx.row(LATELY_TO, values![&folded, hour_ago]).await?.ok_or(StoreError::NotFound)?;
                if lately.int(0)? >= MOST_LINKS_PER_HOUR {
                    return Ok(false);
                }
                tx.run(
                    "insert into reader_links (link_id, reader_id, email, folded, language, made_at, until_at)
                     values ($1, $2, $3, $4, $5, $6, $7)",
                    values![id, confirms, email, folded, language.tag(), now, until],
                )
                .await?;
                let payload = format!(r#"{{"link":{}}}"#, id.0);
                put(tx, job, ("mail", &payload), &format!("link:{}", id.0), now).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// Gives a link its token, the last one that was given holds; `None` when it is used, too old or gone.
    pub async fn arm_reader_link(
        &self,
        id: ReaderLinkId,
        token: &TokenHash,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<LinkToSend>, StoreError> {
        let (token, hour_ago) = (token.0.clone(), now.saturating_sub(AN_HOUR).unwrap_or(now));
        let write = self.engine.write(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = "update reader_links set token_hash = $2, until_at = $3
                     where link_id = $1 and used_at is null and made_at > $4
                     returning email, language, reader_id";
                tx.row(text, values![id, token, until, hour_ago]).await
            })
        });
        let Some(mut row) = write.await? else { return Ok(None) };
        let (language, confirms) = (row.text(1)?, row.maybe_int(2)?.is_some());
        Ok(Some(LinkToSend {
            email: address(&mut row)?,
            language: Language::from_tag(&language).unwrap_or_default(),
            confirms,
        }))
    }

    /// What a link is for, without using it up; `None` when it is unknown, used or too old.
    pub async fn reader_link(&self, token: &TokenHash, now: Timestamp) -> Result<Option<OpenLink>, StoreError> {
        let token = token.0.clone();
        let read = self.engine.read(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = "select email, reader_id from reader_links
                     where token_hash = $1 and used_at is null and until_at > $2";
                tx.row(text, values![token, now]).await
            })
        });
        let Some(mut row) = read.await? else { return Ok(None) };
        Ok(Some(OpenLink { email: address(&mut row)?, confirms: row.maybe_int(1)?.map(ReaderId) }))
    }

    /// Uses a link up and opens the account of its address, or makes one; `None` when it is unknown, used or too old, or
    /// confirms somebody's address.
    pub async fn enter_by_link(
        &self,
        token: &TokenHash,
        entry: Entry,
        now: Timestamp,
    ) -> Result<Option<Entered>, StoreError> {
        let (token, new) = (token.0.clone(), NewReader::new(self, now));
        let write = self.engine.write(move |tx| {
            let (token, entry) = (token.clone(), entry.clone());
            Box::pin(async move {
                // Of two that come at once with one link, the second finds it used.
                let text = "update reader_links set used_at = $2
                     where token_hash = $1 and used_at is null and until_at > $2 and reader_id is null
                     returning email, language";
                let Some(mut link) = tx.row(text, values![token, now]).await? else { return Ok(None) };
                let (email, language) = (address(&mut link)?, link.text(1)?);
                let language = Language::from_tag(&language).unwrap_or_default();
                let (id, is_new) = of_address(tx, &email, &new.speaking(language), now).await?;
                open(tx, (id, is_new), &entry, &new, now).await.map(Some)
            })
        });
        write.await
    }

    /// Uses a link up that confirms a reader's new address; `false` when it is not one for this reader, used or too old.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the address is another account's.
    pub async fn confirm_address(
        &self,
        token: &TokenHash,
        reader: ReaderId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let token = token.0.clone();
        let write = self.engine.write(move |tx| {
            let token = token.clone();
            Box::pin(async move {
                let text = "update reader_links set used_at = $3
                     where token_hash = $1 and reader_id = $2 and used_at is null and until_at > $3 returning email";
                let Some(mut link) = tx.row(text, values![token, reader, now]).await? else { return Ok(false) };
                let email = address(&mut link)?;
                hold(tx, reader).await?;
                let text = "update readers set email = $2, folded = $3 where reader_id = $1";
                tx.run(text, values![reader, email.as_str(), email.folded()]).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// Forgets links that have had their time, and sign-ins that ran out or were not used since then.
    pub async fn sweep_readers(&self, idle_since: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        let hour_ago = now.saturating_sub(AN_HOUR).unwrap_or(now);
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "delete from reader_links where until_at < $1 and made_at < $1";
                tx.run(text, values![hour_ago]).await?;
                let text = "delete from reader_sign_ins where until_at < $1 or seen_at < $2";
                tx.run(text, values![now, idle_since]).await
            })
        });
        write.await.map(drop)
    }
}

/// The account of an address; a new one where there is none.
async fn of_address(
    tx: &mut Tx,
    email: &EmailAddress,
    new: &NewReader,
    now: Timestamp,
) -> Result<(ReaderId, bool), StoreError> {
    // Held: of two links to one address that are used at once, one makes the account and the other finds it.
    let text = "update readers set name = name where folded = $1 returning reader_id";
    match tx.row(text, values![email.folded()]).await? {
        Some(row) => Ok((ReaderId(row.int(0)?), false)),
        None => keys::make(tx, new, Some(email), now).await.map(|()| (new.id, true)),
    }
}

fn address(row: &mut Row) -> Result<EmailAddress, StoreError> {
    EmailAddress::new(&row.text(0)?).ok_or_else(|| StoreError::Broken("an address".to_owned()))
}
