//! Readers' passkeys, and accounts that are made with one.

use super::hold;
use super::sign_ins::{Entered, Entry, open};
use crate::engine::{Row, Tx, values};
use crate::people::{NewPasskey, spend};
use crate::{Store, StoreError};
use newsroom::people::EmailAddress;
use newsroom::profile::Language;
use newsroom::{HappeningId, PasskeyId, ReaderId, SessionId, Timestamp, VisitorId};

/// Passkeys of one reader.
const MOST: i64 = 20;

/// Every id that an account needs when it is made, so that a transaction that runs again makes the same one.
#[derive(Debug, Clone, Copy)]
pub struct NewReader {
    /// The account.
    pub id: ReaderId,
    /// As whom it comments: no device ever had this key.
    pub(super) visitor: VisitorId,
    pub(super) session: SessionId,
    pub(super) joined: HappeningId,
    pub(super) moved: HappeningId,
    pub(super) language: Language,
}

/// A reader's passkey as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderPasskey {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub reader: ReaderId,
    /// As authenticators call it: base64url.
    pub credential: String,
    /// The public key, as JSON.
    pub public_key: String,
    /// Its own counter; 0 where it has none.
    pub sign_count: i64,
    /// As its owner calls it.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
    /// Used last.
    pub used_at: Option<Timestamp>,
}

/// A reader's passkeys, the oldest first.
pub type ReaderKeys = Vec<ReaderPasskey>;

macro_rules! passkeys {
    ($rest:literal) => {
        concat!(
            "select passkey_id, reader_id, credential, public_key, sign_count, name, added_at, used_at from reader_passkeys ",
            $rest
        )
    };
}

impl NewReader {
    /// Ids for an account that may be made, and for a sign-in.
    pub fn new(store: &Store, now: Timestamp) -> Self {
        Self {
            id: ReaderId(store.id(now)),
            visitor: VisitorId(store.id(now)),
            session: SessionId(store.id(now)),
            joined: HappeningId(store.id(now)),
            moved: HappeningId(store.id(now)),
            language: Language::default(),
        }
    }

    /// With mail in a language.
    pub fn speaking(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// With an id that was given away before.
    pub fn called(mut self, id: ReaderId) -> Self {
        self.id = id;
        self
    }
}

impl Store {
    /// Makes an account with a passkey and opens it; `None` when what was asked of the passkey had been used.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the passkey is somebody's already.
    pub async fn join_by_passkey(
        &self,
        new: NewReader,
        passkey: NewPasskey,
        entry: Entry,
        now: Timestamp,
    ) -> Result<Option<Entered>, StoreError> {
        let key = PasskeyId(self.id(now));
        let write = self.engine.write(move |tx| {
            let (passkey, entry) = (passkey.clone(), entry.clone());
            Box::pin(async move {
                if !spend(tx, &passkey.ticket.0, passkey.ticket.1).await? {
                    return Ok(None);
                }
                make(tx, &new, None, now).await?;
                keep(tx, (key, new.id), &passkey, now).await?;
                open(tx, (new.id, true), &entry, &new, now).await.map(Some)
            })
        });
        write.await
    }

    /// Adds a passkey to an account; `false` when what was asked of it was used before.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is somebody's already, or there are twenty.
    pub async fn add_reader_passkey(&self, of: ReaderId, new: NewPasskey, now: Timestamp) -> Result<bool, StoreError> {
        let key = PasskeyId(self.id(now));
        let write = self.engine.write(move |tx| {
            let new = new.clone();
            Box::pin(async move {
                hold(tx, of).await?;
                let count = tx.row("select count(*) from reader_passkeys where reader_id = $1", values![of]).await?;
                if count.ok_or(StoreError::NotFound)?.int(0)? >= MOST {
                    return Err(StoreError::Conflict("reader_passkeys".to_owned()));
                }
                if !spend(tx, &new.ticket.0, new.ticket.1).await? {
                    return Ok(false);
                }
                keep(tx, (key, of), &new, now).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// A reader's passkeys.
    pub async fn reader_passkeys(&self, of: ReaderId) -> Result<ReaderKeys, StoreError> {
        let text = passkeys!("where reader_id = $1 order by passkey_id");
        let read = self.engine.read(move |tx| Box::pin(async move { tx.rows(text, values![of]).await }));
        read.await?.into_iter().map(passkey).collect()
    }

    /// A passkey by the name that authenticators give it.
    pub async fn reader_passkey(&self, credential: &str) -> Result<Option<ReaderPasskey>, StoreError> {
        let credential = credential.to_owned();
        let read = self.engine.read(move |tx| {
            let credential = credential.clone();
            Box::pin(async move { tx.row(passkeys!("where credential = $1"), values![credential]).await })
        });
        read.await?.map(passkey).transpose()
    }

    /// Takes a passkey away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when they have no such passkey, [`StoreError::Conflict`] when nothing would be left by which
    /// its owner can come in.
    pub async fn remove_reader_passkey(&self, id: PasskeyId, of: ReaderId) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                // The account is held, so that of two last ones that go at once one stays.
                let reader = hold(tx, of).await?;
                let text = "delete from reader_passkeys where passkey_id = $1 and reader_id = $2";
                if tx.run(text, values![id, of]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                let other = tx.row("select 1 from reader_passkeys where reader_id = $1 limit 1", values![of]).await?;
                if reader.email.is_none() && other.is_none() {
                    return Err(StoreError::Conflict("reader_passkeys".to_owned()));
                }
                Ok(())
            })
        });
        write.await
    }
}

/// Makes an account.
pub(super) async fn make(
    tx: &mut Tx,
    new: &NewReader,
    email: Option<&EmailAddress>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (typed, folded) = (email.map(|email| email.as_str().to_owned()), email.map(EmailAddress::folded));
    tx.run(
        "insert into readers (reader_id, visitor_id, name, email, folded, language, wants_replies, wants_decisions,
                              began_at, seen_at, mail_day, mails)
         values ($1, $2, '', $3, $4, $5, 0, 0, $6, $6, '', 0)",
        values![new.id, new.visitor, typed, folded, new.language.tag(), now],
    )
    .await
    .map(drop)
}

async fn keep(
    tx: &mut Tx,
    (id, of): (PasskeyId, ReaderId),
    new: &NewPasskey,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.run(
        "insert into reader_passkeys (passkey_id, reader_id, credential, public_key, sign_count, name, added_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        values![id, of, &new.credential, &new.public_key, new.sign_count, &new.name, now],
    )
    .await
    .map(drop)
}

fn passkey(mut row: Row) -> Result<ReaderPasskey, StoreError> {
    Ok(ReaderPasskey {
        id: PasskeyId(row.int(0)?),
        reader: ReaderId(row.int(1)?),
        credential: row.text(2)?,
        public_key: row.text(3)?,
        sign_count: row.int(4)?,
        name: row.text(5)?,
        added_at: row.time(6)?,
        used_at: row.maybe_time(7)?,
    })
}
