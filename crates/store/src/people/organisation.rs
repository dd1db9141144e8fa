//! Accounts at the organisation's own sign-in, by issuer and subject: the only two that a provider promises never to give to
//! somebody else (OpenID Connect Core 1.0 §2, §5.7). Nobody is found by an address of mail here.

use super::TokenHash;
use super::proof::spend;
use crate::engine::{Row, Tx, Value, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, KeyChange};
use newsroom::{StaffId, Timestamp};

/// An account that is linked to a member of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationAccount {
    /// Who vouches for it.
    pub issuer: String,
    /// For whom, as the issuer calls them.
    pub subject: String,
    /// Whose it is.
    pub staff: StaffId,
    /// As the organisation called it when it was linked.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
    /// Used last.
    pub used_at: Option<Timestamp>,
}

/// An account to be linked.
#[derive(Debug, Clone)]
pub struct NewOrganisationAccount {
    /// Who vouches for it.
    pub issuer: String,
    /// For whom.
    pub subject: String,
    /// As the organisation calls it.
    pub name: String,
    /// What was asked of the provider, and until when that holds.
    pub ticket: (TokenHash, Timestamp),
}

pub(crate) const WHOSE: &str = "select issuer, subject, staff_id, name, added_at, used_at from organisation_accounts
     where issuer = $1 and subject = $2";
pub(crate) const OF_STAFF: &str = "select issuer, subject, staff_id, name, added_at, used_at from organisation_accounts
     where staff_id = $1 order by issuer";

impl Store {
    /// The account that an issuer calls so; none: it is linked to nobody.
    pub async fn organisation_account(
        &self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<OrganisationAccount>, StoreError> {
        let (issuer, subject) = (issuer.to_owned(), subject.to_owned());
        let read = self.engine.read(move |tx| {
            let (issuer, subject) = (issuer.clone(), subject.clone());
            Box::pin(async move { tx.row(WHOSE, values![issuer, subject]).await })
        });
        read.await?.map(account).transpose()
    }

    /// Links an account to a member of the staff; `None` when what was asked of the provider was used before.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the account is linked to somebody, or they have one of this issuer.
    pub async fn link_organisation_account(
        &self,
        who: StaffId,
        new: NewOrganisationAccount,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let happening = self.key_changed(who, KeyChange::OrganisationLinked, now);
        let write = self.engine.write(move |tx| {
            let (new, happening) = (new.clone(), happening.clone());
            Box::pin(async move {
                if !spend(tx, &new.ticket.0, new.ticket.1).await? {
                    return Ok(None);
                }
                tx.run(
                    "insert into organisation_accounts (issuer, subject, staff_id, name, added_at) values ($1, $2, $3, $4, $5)",
                    values![new.issuer, new.subject, who, new.name, now],
                )
                .await?;
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }

    /// Unlinks somebody's account at an issuer.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when they have none there, [`StoreError::Conflict`] when nothing would be left by which they can
    /// come in.
    pub async fn unlink_organisation_account(
        &self,
        who: StaffId,
        issuer: &str,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let issuer = issuer.to_owned();
        let happening = self.key_changed(who, KeyChange::OrganisationUnlinked, now);
        let write = self.engine.write(move |tx| {
            let (issuer, happening) = (issuer.clone(), happening.clone());
            Box::pin(async move {
                let text = "delete from organisation_accounts where staff_id = $1 and issuer = $2";
                take_away(tx, (who, &issuer), (text, values![who, &issuer]), happening).await
            })
        });
        write.await
    }

    /// Uses up what was asked of a provider where nothing else is written; `false` when it was used before.
    pub async fn spend_ticket(&self, (ticket, until): (TokenHash, Timestamp)) -> Result<bool, StoreError> {
        let write = self.engine.write(move |tx| {
            let ticket = ticket.clone();
            Box::pin(async move { spend(tx, &ticket, until).await })
        });
        write.await
    }
}

/// Takes away what somebody comes in by, with what is deleted for it, unless nothing would be left. The person is held, so that
/// of two last ways in that go at once one stays.
///
/// # Errors
/// [`StoreError::NotFound`] when nothing is deleted, [`StoreError::Conflict`] when it is the last way in.
pub(super) async fn take_away(
    tx: &mut Tx,
    (who, issuer): (StaffId, &str),
    (delete, given): (&str, &[Value]),
    happening: Happening,
) -> Result<Happening, StoreError> {
    tx.run("update staff set name = name where staff_id = $1", values![who]).await?;
    if tx.run(delete, given).await? == 0 {
        return Err(StoreError::NotFound);
    }
    if !keeps_a_way_in(tx, who, issuer).await? {
        return Err(StoreError::Conflict("the last way in".to_owned()));
    }
    write_down(tx, &happening).await?;
    Ok(happening)
}

/// Something is left by which they come in: a password, a passkey, or an account at the issuer that is asked now.
async fn keeps_a_way_in(tx: &mut Tx, who: StaffId, issuer: &str) -> Result<bool, StoreError> {
    let text = "select case when s.password is not null
             or exists (select 1 from passkeys p where p.staff_id = s.staff_id)
             or exists (select 1 from organisation_accounts a where a.staff_id = s.staff_id and a.issuer = $2)
             then 1 else 0 end
         from staff s where s.staff_id = $1";
    tx.row(text, values![who, issuer]).await?.ok_or(StoreError::NotFound)?.yes(0)
}

/// The accounts of somebody.
pub(super) async fn accounts_of(tx: &mut Tx, who: StaffId) -> Result<Vec<OrganisationAccount>, StoreError> {
    tx.rows(OF_STAFF, values![who]).await?.into_iter().map(account).collect()
}

fn account(mut row: Row) -> Result<OrganisationAccount, StoreError> {
    Ok(OrganisationAccount {
        issuer: row.text(0)?,
        subject: row.text(1)?,
        staff: StaffId(row.int(2)?),
        name: row.text(3)?,
        added_at: row.time(4)?,
        used_at: row.maybe_time(5)?,
    })
}
