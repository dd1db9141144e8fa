//! What somebody shows of who they are, at the door or again, and how the store uses it up.

use super::TokenHash;
use crate::StoreError;
use crate::engine::{Tx, values};
use newsroom::{PasskeyId, StaffId, Timestamp};

/// By what somebody showed who they are; the caller has checked it, the store uses it up.
#[derive(Debug, Clone)]
pub enum Proof {
    /// The password, by the hash that it was compared with.
    Password(String),
    /// A code of a device, of this span of time.
    Totp(i64),
    /// A recovery code.
    RecoveryCode(TokenHash),
    /// A passkey.
    Passkey {
        /// Which.
        id: PasskeyId,
        /// Its own counter; 0 where it has none.
        count: i64,
        /// What was asked of it, and until when that holds.
        ticket: (TokenHash, Timestamp),
    },
    /// An account at the organisation's own sign-in.
    Organisation {
        /// Who vouched.
        issuer: String,
        /// For whom.
        subject: String,
        /// When they showed the provider who they are, where it said so; else when they came back from it.
        shown_at: Timestamp,
        /// What was asked of the provider, and until when that holds.
        ticket: (TokenHash, Timestamp),
    },
}

impl Proof {
    pub(super) fn opening(&self, now: Timestamp) -> Opening {
        let how = match self {
            Self::Password(_) => "password",
            Self::Totp(_) => "code",
            Self::RecoveryCode(_) => "recovery-code",
            Self::Passkey { .. } => "passkey",
            Self::Organisation { .. } => "organisation",
        };
        // Whoever showed it to the provider this morning has not shown it lately, though they come in now.
        let proven_at = match self {
            Self::Organisation { shown_at, .. } => (*shown_at).min(now),
            _ => now,
        };
        Opening { how, proven_at }
    }
}

/// By which way a session is opened, and when its owner showed that it is they.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    /// A word.
    pub(super) how: &'static str,
    pub(super) proven_at: Timestamp,
}

/// Uses up what was shown; `false` when that cannot be done a second time.
pub(super) async fn use_up(tx: &mut Tx, who: StaffId, proof: &Proof, now: Timestamp) -> Result<bool, StoreError> {
    let used = match proof {
        // Nothing is used up; but it must still be the one.
        Proof::Password(hash) => {
            let text = "update staff set password = password where staff_id = $1 and password = $2";
            tx.run(text, values![who, hash]).await?
        }
        Proof::Totp(step) => {
            let text = "update staff set totp_step = $2
                 where staff_id = $1 and totp_secret is not null and coalesce(totp_step, -1) < $2";
            tx.run(text, values![who, *step]).await?
        }
        Proof::RecoveryCode(hash) => {
            let text = "update recovery_codes set used_at = $3
                 where code_hash = $1 and staff_id = $2 and used_at is null";
            tx.run(text, values![&hash.0, who, now]).await?
        }
        Proof::Passkey { id, count, ticket: (ticket, until) } => {
            if !spend(tx, ticket, *until).await? {
                return Ok(false);
            }
            // A counter that does not grow is that of a copy; many passkeys have none and always say 0.
            let text = "update passkeys set sign_count = $3, used_at = $4
                 where passkey_id = $1 and staff_id = $2 and (sign_count < $3 or (sign_count = 0 and $3 = 0))";
            tx.run(text, values![*id, who, *count, now]).await?
        }
        Proof::Organisation { issuer, subject, ticket: (ticket, until), .. } => {
            if !spend(tx, ticket, *until).await? {
                return Ok(false);
            }
            let text = "update organisation_accounts set used_at = $4
                 where issuer = $1 and subject = $2 and staff_id = $3";
            tx.run(text, values![issuer, subject, who, now]).await?
        }
    };
    Ok(used == 1)
}

/// Notes that a ticket was used; `false` when it was before.
pub(crate) async fn spend(tx: &mut Tx, ticket: &TokenHash, until: Timestamp) -> Result<bool, StoreError> {
    let text = "insert into spent_tickets (ticket_hash, until_at) values ($1, $2) on conflict (ticket_hash) do nothing";
    Ok(tx.run(text, values![&ticket.0, until]).await? == 1)
}
