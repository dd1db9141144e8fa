//! Readers with an account: who they are to themselves, how they come in, and how the history of a device goes with them.
//! Tokens are kept as hashes only.
//!
//! Personal are name, address and language of `readers`; the addresses of `reader_links`; devices and times of
//! `reader_sign_ins`; all of `reader_passkeys`; `reader_guests`, which says whose device keys were whose.

mod history;
mod keys;
mod links;
mod mail;
mod sign_ins;

pub use keys::{NewReader, ReaderKeys, ReaderPasskey};
pub(crate) use links::LATELY_TO;
pub use links::{LinkToSend, MOST_LINKS_PER_HOUR, OpenLink};
pub(crate) use mail::CONCERNED;
pub use mail::Concerned;
pub(crate) use sign_ins::RUNNING;
pub use sign_ins::{Entered, Entry, ReaderSession, Shown};

use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, EmailAddress, MailNotices, NoticeKind, Reader};
use newsroom::profile::Language;
use newsroom::{HappeningId, ReaderId, Timestamp, VisitorId};

macro_rules! reader_columns {
    ($rest:literal) => {
        concat!(
            "select r.reader_id, r.visitor_id, r.name, r.email, r.language, r.wants_replies, r.wants_decisions, r.began_at",
            $rest
        )
    };
}
use reader_columns;

const ONE: &str = reader_columns!(" from readers r where r.reader_id = $1");
pub(crate) const OF_VISITOR: &str = reader_columns!(" from readers r where r.visitor_id = $1");

impl Store {
    /// An account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn reader(&self, id: ReaderId) -> Result<Reader, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(ONE, values![id]).await }));
        read.await?.map(reader).ok_or(StoreError::NotFound)?
    }

    /// The account that comments as this visitor.
    pub async fn reader_of(&self, visitor: VisitorId) -> Result<Option<Reader>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(OF_VISITOR, values![visitor]).await }));
        read.await?.map(reader).transpose()
    }

    /// Where the history of a device went, when it became an account's.
    pub async fn moved_to(&self, guest: VisitorId) -> Result<Option<VisitorId>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select r.visitor_id from reader_guests g join readers r on r.reader_id = g.reader_id
                     where g.visitor_id = $1";
                tx.row(text, values![guest]).await
            })
        });
        read.await?.map(|row| row.int(0).map(VisitorId)).transpose()
    }

    /// Keeps what a reader says of themselves, and what is to be told by mail; what happened, where notices changed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such account.
    pub async fn keep_profile(
        &self,
        id: ReaderId,
        name: &str,
        (language, notices): (Language, MailNotices),
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let (happening, name) = (HappeningId(self.id(now)), name.to_owned());
        let write = self.engine.write(move |tx| {
            let name = name.clone();
            Box::pin(async move {
                let before = hold(tx, id).await?;
                let text = "update readers set name = $2, language = $3 where reader_id = $1";
                tx.run(text, values![id, name, language.tag()]).await?;
                // Without an address nothing can be told.
                let notices = if before.email.is_some() { notices } else { MailNotices::default() };
                let by = Actor::Visitor(before.visitor);
                set_notices(tx, (&before, notices), (happening, by), now).await
            })
        });
        write.await
    }

    /// Tells a reader no more of a kind by mail; `None` when nothing was told before, or the account is gone.
    pub async fn unsubscribe(
        &self,
        id: ReaderId,
        kind: NoticeKind,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let happening = HappeningId(self.id(now));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let before = match hold(tx, id).await {
                    Err(StoreError::NotFound) => return Ok(None),
                    before => before?,
                };
                let notices = before.notices.without(kind);
                let by = Actor::Visitor(before.visitor);
                set_notices(tx, (&before, notices), (happening, by), now).await
            })
        });
        write.await
    }

    /// Takes a reader's address away; nothing is told by mail from then on.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the reader could not come in again; [`StoreError::NotFound`].
    pub async fn drop_address(&self, id: ReaderId, now: Timestamp) -> Result<Option<Happening>, StoreError> {
        let happening = HappeningId(self.id(now));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let before = hold(tx, id).await?;
                let key = tx.row("select 1 from reader_passkeys where reader_id = $1 limit 1", values![id]).await?;
                if key.is_none() {
                    return Err(StoreError::Conflict("readers".to_owned()));
                }
                tx.run("update readers set email = null, folded = null where reader_id = $1", values![id]).await?;
                let by = Actor::Visitor(before.visitor);
                set_notices(tx, (&before, MailNotices::default()), (happening, by), now).await
            })
        });
        write.await
    }

    /// Counts a notice to a reader; `false` when so many went out on this day (`YYYY-MM-DD`, UTC) already.
    pub async fn count_notice(&self, id: ReaderId, day: &str, most: u32) -> Result<bool, StoreError> {
        let day = day.to_owned();
        let write = self.engine.write(move |tx| {
            let day = day.clone();
            Box::pin(async move {
                let text = "update readers set mails = case when mail_day = $2 then mails + 1 else 1 end, mail_day = $2
                     where reader_id = $1 and (mail_day <> $2 or mails < $3)";
                tx.run(text, values![id, day, i64::from(most)]).await
            })
        });
        Ok(write.await? == 1)
    }
}

/// The account, held until the end of the transaction.
async fn hold(tx: &mut Tx, id: ReaderId) -> Result<Reader, StoreError> {
    tx.run("update readers set name = name where reader_id = $1", values![id]).await?;
    tx.row(ONE, values![id]).await?.map(reader).ok_or(StoreError::NotFound)?
}

async fn set_notices(
    tx: &mut Tx,
    (before, notices): (&Reader, MailNotices),
    (id, by): (HappeningId, Actor),
    at: Timestamp,
) -> Result<Option<Happening>, StoreError> {
    if before.notices == notices {
        return Ok(None);
    }
    let text = "update readers set wants_replies = $2, wants_decisions = $3 where reader_id = $1";
    tx.run(text, values![before.id, notices.replies, notices.decisions]).await?;
    let what = What::NoticesChanged { reader: before.id, notices };
    let happening = Happening { id, at, by, what, why: String::new() };
    write_down(tx, &happening).await?;
    Ok(Some(happening))
}

/// A reader out of [`reader_columns`].
fn reader(mut row: Row) -> Result<Reader, StoreError> {
    let (email, language) = (row.maybe_text(3)?, row.text(4)?);
    let read = |text: String| EmailAddress::new(&text).ok_or_else(|| StoreError::Broken("an address".to_owned()));
    Ok(Reader {
        id: ReaderId(row.int(0)?),
        visitor: VisitorId(row.int(1)?),
        name: row.text(2)?,
        email: email.map(read).transpose()?,
        language: Language::from_tag(&language).unwrap_or_default(),
        notices: MailNotices { replies: row.yes(5)?, decisions: row.yes(6)? },
        since: row.time(7)?,
    })
}
