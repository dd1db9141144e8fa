//! Attempts to sign in. Each is counted before it is looked at, so that many at once are as slow as one after the other.

use super::TokenHash;
use crate::engine::values;
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::Timestamp;
use newsroom::happening::What;
use newsroom::people::Actor;
use std::sync::Arc;

/// Counts an attempt where one is looked at. So many in a row cost nothing; each one after them twice the wait of the one
/// before, to a quarter of an hour. A day without any is a new beginning.
const COUNT: &str = "insert into sign_in_tries (who_hash, tries, last_at, until_at) values ($1, 1, $2, 0)
     on conflict (who_hash) do update set
         tries = case when sign_in_tries.last_at < $3 then 1 else sign_in_tries.tries + 1 end,
         last_at = excluded.last_at,
         until_at = $2 + case
             when sign_in_tries.last_at < $3 or sign_in_tries.tries < 5 then 0
             when sign_in_tries.tries = 5 then 2000 when sign_in_tries.tries = 6 then 4000
             when sign_in_tries.tries = 7 then 8000 when sign_in_tries.tries = 8 then 16000
             when sign_in_tries.tries = 9 then 32000 when sign_in_tries.tries = 10 then 64000
             when sign_in_tries.tries = 11 then 128000 when sign_in_tries.tries = 12 then 256000
             when sign_in_tries.tries = 13 then 512000 else 900000 end
     where sign_in_tries.until_at <= $2";
const A_DAY: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

impl Store {
    /// Counts an attempt to sign in under a name, by its keyed hash; else how long to wait before one is looked at, in
    /// seconds.
    pub async fn count_try(&self, who: &TokenHash, now: Timestamp) -> Result<Result<(), u64>, StoreError> {
        let (who, day_ago) = (who.0.clone(), now.saturating_sub(A_DAY).unwrap_or(now));
        let write = self.engine.write(move |tx| {
            let who = who.clone();
            Box::pin(async move {
                if tx.run(COUNT, values![&who, now, day_ago]).await? == 1 {
                    return Ok(Ok(()));
                }
                let row = tx.row("select until_at from sign_in_tries where who_hash = $1", values![who]).await?;
                let until = row.ok_or(StoreError::NotFound)?.int(0)?;
                Ok(Err(u64::try_from((until - now.as_millisecond()).max(0) / 1_000 + 1).unwrap_or(1)))
            })
        });
        write.await
    }

    /// Somebody has shown who they are: what was counted under these is forgotten.
    pub async fn forget_tries(&self, of: &[TokenHash]) -> Result<(), StoreError> {
        let of: Arc<[String]> = of.iter().map(|who| who.0.clone()).collect();
        let write = self.engine.write(move |tx| {
            let of = Arc::clone(&of);
            Box::pin(async move {
                for who in of.iter() {
                    tx.run("delete from sign_in_tries where who_hash = $1", values![who]).await?;
                }
                Ok(())
            })
        });
        write.await
    }

    /// Writes down that somebody failed to sign in as a member of the staff. Where nobody is called so, as much is done and
    /// nothing is written: how long it takes must not tell.
    pub async fn note_refused_sign_in(
        &self,
        who: &TokenHash,
        name: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let refused = name.map(|name| What::SignInRefused { name: name.to_owned() });
        let happening = refused.map(|what| self.happening(Actor::Program, what, "", now));
        let who = who.0.clone();
        let write = self.engine.write(move |tx| {
            let (who, happening) = (who.clone(), happening.clone());
            Box::pin(async move {
                tx.run("update sign_in_tries set last_at = $2 where who_hash = $1", values![who, now]).await?;
                match happening {
                    Some(happening) => write_down(tx, &happening).await.map(drop),
                    None => Ok(()),
                }
            })
        });
        write.await
    }
}
