//! Leases: which process does a clock's duty.
use crate::{Store, StoreError};
use newsroom::Timestamp;

impl Store {
    /// Takes or renews a lease; `false` when somebody else holds it.
    pub async fn take_lease(
        &self,
        duty: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        todo!()
    }
    /// Gives a lease back.
    pub async fn give_lease_back(&self, duty: &str, holder: &str) -> Result<(), StoreError> {
        todo!()
    }
}
