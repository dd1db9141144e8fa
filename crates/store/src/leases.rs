//! Leases: which process does a clock's duty.

use crate::engine::values;
use crate::{Store, StoreError};
use newsroom::Timestamp;

impl Store {
    /// Takes or renews a lease until a time; `false` when somebody else holds it at `now`.
    pub async fn take_lease(
        &self,
        duty: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let (duty, holder) = (duty.to_owned(), holder.to_owned());
        let write = self.engine.write(move |tx| {
            let (duty, holder) = (duty.clone(), holder.clone());
            Box::pin(async move {
                // One statement: whoever comes second sees the first one's row, or waits for it.
                tx.run(
                    "insert into leases (duty, holder, until_at) values ($1, $2, $3)
                     on conflict (duty) do update set holder = excluded.holder, until_at = excluded.until_at
                     where leases.holder = excluded.holder or leases.until_at <= $4",
                    values![duty, holder, until, now],
                )
                .await
            })
        });
        Ok(write.await? == 1)
    }

    /// Gives a lease back before its end. One that somebody else holds stays theirs.
    pub async fn give_lease_back(&self, duty: &str, holder: &str) -> Result<(), StoreError> {
        let (duty, holder) = (duty.to_owned(), holder.to_owned());
        let write = self.engine.write(move |tx| {
            let (duty, holder) = (duty.clone(), holder.clone());
            Box::pin(async move {
                tx.run("delete from leases where duty = $1 and holder = $2", values![duty, holder]).await
            })
        });
        write.await.map(drop)
    }
}
