//! What members of the staff sign in with: password, codes of a device, recovery codes, passkeys; beside it, in
//! [`super::organisation`], accounts at the organisation's own sign-in. Every change is written down, without what it is.

use super::organisation::{OrganisationAccount, accounts_of, take_away};
use super::proof::spend;
use super::{ONE, TokenHash, one};
use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, KeyChange, What};
use newsroom::people::{Actor, Staff};
use newsroom::{PasskeyId, SessionId, StaffId, Timestamp};

/// Somebody at the door, as the store knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub staff: Staff,
    /// Their address of mail, by which they can sign in as well.
    pub email: Option<String>,
    /// Argon2id, with its parameters and its salt; none: no password opens this door.
    pub password: Option<String>,
    /// The secret of the codes, in hexadecimal, and the span of time of which one was used last.
    pub totp: Option<(String, i64)>,
}

/// What somebody signs in with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// Has a password.
    pub password: bool,
    /// Is asked for codes beside it.
    pub totp: bool,
    /// Recovery codes that are not used yet.
    pub recovery_codes: i64,
    /// Their passkeys, the oldest first.
    pub passkeys: Vec<Passkey>,
    /// Their accounts at the organisation's own sign-in, one for each issuer that was ever asked here.
    pub organisation: Vec<OrganisationAccount>,
}

impl Keys {
    /// There is something by which they can come in again; of accounts of an organisation only one at the issuer that is asked
    /// now, which is empty where none is.
    pub fn any(&self, issuer: &str) -> bool {
        self.password || !self.passkeys.is_empty() || self.organisation.iter().any(|one| one.issuer == issuer)
    }
}

/// A passkey as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub staff: StaffId,
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

/// A passkey to be kept.
#[derive(Debug, Clone)]
pub struct NewPasskey {
    /// As authenticators call it: base64url.
    pub credential: String,
    /// The public key, as JSON.
    pub public_key: String,
    /// Its own counter.
    pub sign_count: i64,
    /// As its owner calls it.
    pub name: String,
    /// What was asked of it, and until when that holds.
    pub ticket: (TokenHash, Timestamp),
}

macro_rules! passkey_columns {
    ($rest:literal) => {
        concat!(
            "select passkey_id, staff_id, credential, public_key, sign_count, name, added_at, used_at from passkeys where ",
            $rest
        )
    };
}

impl Store {
    /// Whoever is called so, by name or address of mail, and works here.
    pub async fn account(&self, name: &str, email: &str) -> Result<Option<Account>, StoreError> {
        let (name, email) = (name.to_owned(), email.to_owned());
        let read = self.engine.read(move |tx| {
            let (name, email) = (name.clone(), email.clone());
            Box::pin(async move {
                let text = "select staff_id, password, totp_secret, coalesce(totp_step, -1), email from staff
                     where (name = $1 or email = $2) and disabled_at is null";
                let rows = tx.rows(text, values![name, email]).await?;
                let Some(row) = rows.into_iter().next() else { return Ok(None) };
                account(tx, row).await
            })
        });
        read.await
    }

    /// The account of somebody who is known already.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when they work here no more.
    pub async fn account_of(&self, who: StaffId) -> Result<Account, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select staff_id, password, totp_secret, coalesce(totp_step, -1), email from staff
                     where staff_id = $1 and disabled_at is null";
                let row = tx.row(text, values![who]).await?.ok_or(StoreError::NotFound)?;
                account(tx, row).await
            })
        });
        read.await?.ok_or(StoreError::NotFound)
    }

    /// What somebody signs in with.
    pub async fn keys_of(&self, who: StaffId) -> Result<Keys, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select case when password is null then 0 else 1 end,
                         case when totp_secret is null then 0 else 1 end,
                         (select count(*) from recovery_codes r where r.staff_id = s.staff_id and r.used_at is null)
                     from staff s where staff_id = $1";
                let row = tx.row(text, values![who]).await?.ok_or(StoreError::NotFound)?;
                let rows = tx.rows(passkey_columns!("staff_id = $1 order by passkey_id"), values![who]).await?;
                let passkeys = rows.into_iter().map(passkey).collect::<Result<_, _>>()?;
                let organisation = accounts_of(tx, who).await?;
                Ok(Keys {
                    password: row.yes(0)?,
                    totp: row.yes(1)?,
                    recovery_codes: row.int(2)?,
                    passkeys,
                    organisation,
                })
            })
        });
        read.await
    }

    /// A passkey by the name that authenticators give it.
    pub async fn passkey(&self, credential: &str) -> Result<Option<Passkey>, StoreError> {
        let credential = credential.to_owned();
        let read = self.engine.read(move |tx| {
            let credential = credential.clone();
            Box::pin(async move { tx.row(passkey_columns!("credential = $1"), values![credential]).await })
        });
        read.await?.map(passkey).transpose()
    }

    /// Sets a password. Every other sign-in of its owner ends.
    pub async fn set_password(
        &self,
        who: StaffId,
        hash: &str,
        here: SessionId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let hash = hash.to_owned();
        let happening = self.key_changed(who, KeyChange::Password, now);
        let write = self.engine.write(move |tx| {
            let (hash, happening) = (hash.clone(), happening.clone());
            Box::pin(async move {
                tx.run("update staff set password = $2 where staff_id = $1", values![who, hash]).await?;
                tx.run("delete from sessions where staff_id = $1 and session_id <> $2", values![who, here]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Asks for codes of a device from now on, or no more. `codes` are the recovery codes that go with it.
    pub async fn set_totp(
        &self,
        who: StaffId,
        secret: Option<(String, i64)>,
        codes: Vec<TokenHash>,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let change = if secret.is_some() { KeyChange::TotpOn } else { KeyChange::TotpOff };
        let happening = self.key_changed(who, change, now);
        let write = self.engine.write(move |tx| {
            let (secret, codes, happening) = (secret.clone(), codes.clone(), happening.clone());
            Box::pin(async move {
                let (secret, step) = secret.map_or((None, None), |(secret, step)| (Some(secret), Some(step)));
                let text = "update staff set totp_secret = $2, totp_step = $3 where staff_id = $1";
                tx.run(text, values![who, secret, step]).await?;
                keep_codes(tx, who, &codes, now).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Recovery codes in place of those that were there.
    pub async fn set_recovery_codes(
        &self,
        who: StaffId,
        codes: Vec<TokenHash>,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.key_changed(who, KeyChange::RecoveryCodes, now);
        let write = self.engine.write(move |tx| {
            let (codes, happening) = (codes.clone(), happening.clone());
            Box::pin(async move {
                keep_codes(tx, who, &codes, now).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Keeps a passkey; `None` when what was asked of it was used before.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is somebody's already.
    pub async fn add_passkey(
        &self,
        who: StaffId,
        new: NewPasskey,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let id = PasskeyId(self.id(now));
        let happening = self.key_changed(who, KeyChange::PasskeyAdded, now);
        let write = self.engine.write(move |tx| {
            let (new, happening) = (new.clone(), happening.clone());
            Box::pin(async move {
                if !spend(tx, &new.ticket.0, new.ticket.1).await? {
                    return Ok(None);
                }
                tx.run(
                    "insert into passkeys (passkey_id, staff_id, credential, public_key, sign_count, name, added_at)
                     values ($1, $2, $3, $4, $5, $6, $7)",
                    values![id, who, new.credential, new.public_key, new.sign_count, new.name, now],
                )
                .await?;
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }

    /// Calls a passkey something else.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when they have no such passkey.
    pub async fn rename_passkey(&self, id: PasskeyId, of: StaffId, name: &str) -> Result<(), StoreError> {
        let name = name.to_owned();
        let write = self.engine.write(move |tx| {
            let name = name.clone();
            Box::pin(async move {
                let text = "update passkeys set name = $3 where passkey_id = $1 and staff_id = $2";
                tx.run(text, values![id, of, name]).await
            })
        });
        if write.await? == 1 { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Takes a passkey away. `issuer` is the one that is asked at the door now, empty where none is: an account at another one
    /// is no way in.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when they have no such passkey, [`StoreError::Conflict`] when nothing would be left by which
    /// its owner can come in.
    pub async fn remove_passkey(
        &self,
        id: PasskeyId,
        (of, issuer): (StaffId, &str),
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let issuer = issuer.to_owned();
        let happening = self.key_changed(of, KeyChange::PasskeyRemoved, now);
        let write = self.engine.write(move |tx| {
            let (issuer, happening) = (issuer.clone(), happening.clone());
            Box::pin(async move {
                let text = "delete from passkeys where passkey_id = $1 and staff_id = $2";
                take_away(tx, (of, &issuer), (text, values![id, of]), happening).await
            })
        });
        write.await
    }

    pub(super) fn key_changed(&self, who: StaffId, change: KeyChange, now: Timestamp) -> Happening {
        self.happening(Actor::Staff(who), What::SignInChanged { change }, "", now)
    }
}

async fn keep_codes(tx: &mut Tx, who: StaffId, codes: &[TokenHash], now: Timestamp) -> Result<(), StoreError> {
    tx.run("delete from recovery_codes where staff_id = $1", values![who]).await?;
    for code in codes {
        let text = "insert into recovery_codes (code_hash, staff_id, made_at) values ($1, $2, $3)";
        tx.run(text, values![&code.0, who, now]).await?;
    }
    Ok(())
}

async fn account(tx: &mut Tx, mut row: Row) -> Result<Option<Account>, StoreError> {
    let (id, step) = (StaffId(row.int(0)?), row.int(3)?);
    let (password, secret, email) = (row.maybe_text(1)?, row.maybe_text(2)?, row.maybe_text(4)?);
    let staff = one(tx.rows(ONE, values![id]).await?)?;
    Ok(staff.map(|staff| Account { staff, email, password, totp: secret.map(|secret| (secret, step)) }))
}

fn passkey(mut row: Row) -> Result<Passkey, StoreError> {
    Ok(Passkey {
        id: PasskeyId(row.int(0)?),
        staff: StaffId(row.int(1)?),
        credential: row.text(2)?,
        public_key: row.text(3)?,
        sign_count: row.int(4)?,
        name: row.text(5)?,
        added_at: row.time(6)?,
        used_at: row.maybe_time(7)?,
    })
}
