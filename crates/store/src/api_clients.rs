//! Other comment systems that ask for verdicts. Their keys are kept as hashes only.

use crate::engine::{Row, values};
use crate::happenings::write_down;
use crate::people::TokenHash;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{ApiClientId, Timestamp};

/// More clients than any paper has; so many are read.
const MOST_CLIENTS: i64 = 10_000;

/// Another comment system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiClient {
    /// Which.
    pub id: ApiClientId,
    /// What the administrator calls it.
    pub name: String,
    /// How many comments it may send in a minute.
    pub per_minute: u32,
    /// Since when it has a key.
    pub added_at: Timestamp,
    /// When its key was taken away.
    pub revoked_at: Option<Timestamp>,
}

impl Store {
    /// Gives another comment system a key, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken; a revoked key's name stays taken, since suggestions stand under it.
    pub async fn add_api_client(
        &self,
        name: &str,
        key: &TokenHash,
        per_minute: u32,
        now: Timestamp,
    ) -> Result<(ApiClient, Happening), StoreError> {
        let id = ApiClientId(self.id(now));
        let added = ApiClient { id, name: name.to_owned(), per_minute, added_at: now, revoked_at: None };
        let key = key.0.clone();
        let happening = self.happening(Actor::Program, What::ApiKeyAdded { name: added.name.clone() }, "", now);
        let write = self.engine.write(move |tx| {
            let (added, key, happening) = (added.clone(), key.clone(), happening.clone());
            Box::pin(async move {
                tx.run(
                    "insert into api_clients (client_id, name, key_hash, per_minute, added_at)
                     values ($1, $2, $3, $4, $5)",
                    values![added.id, &added.name, key, i64::from(added.per_minute), now],
                )
                .await?;
                write_down(tx, &happening).await?;
                Ok((added, happening))
            })
        });
        write.await
    }

    /// Takes a key away, with its happening.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such client or its key was taken away before.
    pub async fn revoke_api_client(&self, name: &str, now: Timestamp) -> Result<Happening, StoreError> {
        let name = name.to_owned();
        let happening = self.happening(Actor::Program, What::ApiKeyRevoked { name: name.clone() }, "", now);
        let write = self.engine.write(move |tx| {
            let (name, happening) = (name.clone(), happening.clone());
            Box::pin(async move {
                let text = "update api_clients set revoked_at = $2 where name = $1 and revoked_at is null";
                if tx.run(text, values![name, now]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Every client that ever had a key, by name, with the hash of its key.
    pub async fn api_clients(&self) -> Result<Vec<(ApiClient, TokenHash)>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select client_id, name, per_minute, added_at, revoked_at, key_hash from api_clients
                     order by name limit $1";
                tx.rows(text, values![MOST_CLIENTS]).await
            })
        });
        read.await?.into_iter().map(client).collect()
    }
}

fn client(mut row: Row) -> Result<(ApiClient, TokenHash), StoreError> {
    let per_minute = u32::try_from(row.int(2)?).map_err(|_| StoreError::Broken("a rate is no number".to_owned()))?;
    let client = ApiClient {
        id: ApiClientId(row.int(0)?),
        name: row.text(1)?,
        per_minute,
        added_at: row.time(3)?,
        revoked_at: row.maybe_time(4)?,
    };
    Ok((client, TokenHash(row.text(5)?)))
}
