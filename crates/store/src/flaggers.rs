//! Trusted flaggers: whose reports the desk looks at first. Their keys are kept as hashes only.

use crate::engine::{Row, values};
use crate::happenings::write_down;
use crate::people::TokenHash;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{FlaggerId, StaffId, Timestamp};

/// More than any paper has; so many are read.
const MOST: i64 = 1_000;

/// Somebody whose reports are looked at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagger {
    /// Which.
    pub id: FlaggerId,
    /// What the desk calls them.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
    /// When the key was taken away.
    pub revoked_at: Option<Timestamp>,
}

impl Store {
    /// Gives somebody a key that marks their reports, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken; a revoked key's name stays taken, since reports stand under it.
    pub async fn add_flagger(
        &self,
        name: &str,
        key: &TokenHash,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (id, key, name) = (FlaggerId(self.id(now)), key.0.clone(), name.to_owned());
        let happening = self.happening(Actor::Staff(by), What::FlaggerAdded { name: name.clone() }, "", now);
        let write = self.engine.write(move |tx| {
            let (key, name, happening) = (key.clone(), name.clone(), happening.clone());
            Box::pin(async move {
                tx.run(
                    "insert into trusted_flaggers (flagger_id, name, key_hash, added_at, added_by)
                     values ($1, $2, $3, $4, $5)",
                    values![id, name, key, now, by],
                )
                .await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Takes a key away, with its happening. What it marked stays marked.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, [`StoreError::Conflict`] when it was taken away before.
    pub async fn revoke_flagger(&self, id: FlaggerId, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let happening_id = newsroom::HappeningId(self.id(now));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update trusted_flaggers set revoked_at = $2
                     where flagger_id = $1 and revoked_at is null returning name";
                let Some(mut row) = tx.row(text, values![id, now]).await? else {
                    let text = "select flagger_id from trusted_flaggers where flagger_id = $1";
                    tx.row(text, values![id]).await?.ok_or(StoreError::NotFound)?;
                    return Err(StoreError::Conflict("flaggers".to_owned()));
                };
                let what = What::FlaggerRevoked { name: row.text(0)? };
                let by = Actor::Staff(by);
                let happening = Happening { id: happening_id, at: now, by, what, why: String::new() };
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Everybody who ever had a key, by name.
    pub async fn flaggers(&self) -> Result<Vec<Flagger>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select flagger_id, name, added_at, revoked_at from trusted_flaggers order by name limit $1";
                tx.rows(text, values![MOST]).await
            })
        });
        read.await?.into_iter().map(flagger).collect()
    }

    /// The name of the flagger whose key this is, while it holds.
    pub async fn flagger_of(&self, key: &TokenHash) -> Result<Option<String>, StoreError> {
        let key = key.0.clone();
        let read = self.engine.read(move |tx| {
            let key = key.clone();
            Box::pin(async move {
                let text = "select name from trusted_flaggers where key_hash = $1 and revoked_at is null";
                tx.row(text, values![key]).await
            })
        });
        read.await?.map(|mut row| row.text(0)).transpose()
    }
}

fn flagger(mut row: Row) -> Result<Flagger, StoreError> {
    let (id, name) = (FlaggerId(row.int(0)?), row.text(1)?);
    Ok(Flagger { id, name, added_at: row.time(2)?, revoked_at: row.maybe_time(3)? })
}
