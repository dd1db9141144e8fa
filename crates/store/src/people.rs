//! The staff, their one-time links and their sign-ins. Tokens are kept as hashes only.
use crate::{Store, StoreError};
use newsroom::people::{Role, Staff};
use newsroom::{SessionId, StaffId, Timestamp};

/// SHA-256 of a token, in hexadecimal: the store never sees the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHash(pub String);

impl Store {
    /// Adds a member of the staff, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken.
    pub async fn add_staff(&self, name: &str, role: Role, now: Timestamp) -> Result<Staff, StoreError> {
        todo!()
    }
    /// Everybody who works here, by name.
    pub async fn staff(&self) -> Result<Vec<Staff>, StoreError> {
        todo!()
    }
    /// Keeps a one-time sign-in link.
    pub async fn keep_sign_in_link(
        &self,
        token: &TokenHash,
        staff: StaffId,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        todo!()
    }
    /// Whom a link would sign in, without using it up.
    pub async fn sign_in_link(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Staff>, StoreError> {
        todo!()
    }
    /// Uses a link up and opens a session, in one transaction; `None` when it is unknown, used or too old.
    pub async fn sign_in(
        &self,
        link: &TokenHash,
        session: &TokenHash,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Staff>, StoreError> {
        todo!()
    }
    /// Whose session it is, if it still runs.
    pub async fn session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<(SessionId, Staff)>, StoreError> {
        todo!()
    }
    /// Ends a session.
    pub async fn sign_out(&self, session: SessionId) -> Result<(), StoreError> {
        todo!()
    }
    /// Removes links and sessions that ended before `now`; how many.
    pub async fn sweep_sign_ins(&self, now: Timestamp) -> Result<u64, StoreError> {
        todo!()
    }
}
