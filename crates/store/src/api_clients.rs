//! Other comment systems that ask for verdicts, and programs of the house that work with the whole paper. Their keys are kept
//! as hashes only.

use crate::engine::{Row, json, values};
use crate::happenings::write_down;
use crate::people::TokenHash;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::{Actor, Scope};
use newsroom::{ApiClientId, StaffId, Timestamp};
use std::sync::Arc;

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
    /// The member of the staff whose acts it does; nobody for one that asks for verdicts alone.
    pub staff: Option<StaffId>,
    /// What its key opens.
    pub scopes: Vec<Scope>,
}

/// A client that is to have a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiClient {
    /// What the administrator calls it.
    pub name: String,
    /// How many comments, or other calls, it may send in a minute.
    pub per_minute: u32,
    /// Whose acts it does.
    pub staff: Option<StaffId>,
    /// What its key opens.
    pub scopes: Vec<Scope>,
}

/// How a request that came with a name of its own stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// It is the first of its name: whoever asked answers it.
    First,
    /// It was answered so: status and body.
    Answered(u16, String),
    /// It is being answered.
    Running,
    /// Another request had this name.
    Another,
}

/// For how long an answer to a named request is kept.
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

impl Store {
    /// Gives another comment system a key that asks for verdicts, with its happening.
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
        let new = NewApiClient { name: name.to_owned(), per_minute, staff: None, scopes: vec![Scope::Verdicts] };
        self.add_api_client_for(&new, key, now).await
    }

    /// Gives a program a key, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken.
    pub async fn add_api_client_for(
        &self,
        new: &NewApiClient,
        key: &TokenHash,
        now: Timestamp,
    ) -> Result<(ApiClient, Happening), StoreError> {
        let NewApiClient { name, per_minute, staff, scopes } = new.clone();
        let id = ApiClientId(self.id(now));
        let added = ApiClient { id, name, per_minute, added_at: now, revoked_at: None, staff, scopes };
        let happening = self.happening(Actor::Program, What::ApiKeyAdded { name: added.name.clone() }, "", now);
        let given = Arc::new((added, key.0.clone(), happening));
        let write = self.engine.write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (added, key, happening) = &*given;
                let per_minute = i64::from(added.per_minute);
                let text = "insert into api_clients (client_id, name, key_hash, per_minute, added_at, staff_id, scopes)
                     values ($1, $2, $3, $4, $5, $6, $7)";
                let scopes = json(&added.scopes)?;
                tx.run(text, values![added.id, &added.name, key, per_minute, now, added.staff, scopes]).await?;
                write_down(tx, happening).await?;
                Ok((added.clone(), happening.clone()))
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
                let text = "select client_id, name, per_minute, added_at, revoked_at, key_hash, staff_id, scopes
                     from api_clients
                     order by name limit $1";
                tx.rows(text, values![MOST_CLIENTS]).await
            })
        });
        read.await?.into_iter().map(client).collect()
    }

    /// Takes a request that came with a name of its own: whoever hears [`Named::First`] answers it and says so by
    /// [`Store::keep_answer`], or gives the name back by [`Store::drop_answer`]. `print` is a hash of all that was sent.
    pub async fn take_request(
        &self,
        client: ApiClientId,
        (request, print): (&str, &str),
        now: Timestamp,
    ) -> Result<Named, StoreError> {
        let given = Arc::new((request.to_owned(), print.to_owned()));
        let until = now.as_millisecond() + KEPT_MS;
        let write = self.engine.write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (request, print) = &*given;
                tx.run("delete from api_answers where until_at < $1", values![now]).await?;
                let text = "insert into api_answers (client_id, request, print, until_at, status, answer)
                     values ($1, $2, $3, $4, 0, '') on conflict (client_id, request) do nothing";
                if tx.run(text, values![client, request, print, until]).await? == 1 {
                    return Ok(Named::First);
                }
                let text = "select print, status, answer from api_answers where client_id = $1 and request = $2";
                let mut row = tx.row(text, values![client, request]).await?.ok_or(StoreError::NotFound)?;
                let status = u16::try_from(row.int(1)?).unwrap_or_default();
                Ok(match (row.text(0)? == *print, status) {
                    (false, _) => Named::Another,
                    (true, 0) => Named::Running,
                    (true, status) => Named::Answered(status, row.text(2)?),
                })
            })
        });
        write.await
    }

    /// Keeps what a named request was answered: nothing that a reader wrote may stand in it.
    pub async fn keep_answer(
        &self,
        client: ApiClientId,
        request: &str,
        (status, answer): (u16, &str),
    ) -> Result<(), StoreError> {
        let given = Arc::new((request.to_owned(), answer.to_owned()));
        let write = self.engine.write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let text = "update api_answers set status = $3, answer = $4 where client_id = $1 and request = $2";
                tx.run(text, values![client, &given.0, i64::from(status), &given.1]).await
            })
        });
        write.await.map(drop)
    }

    /// Gives the name of a request back that failed and was taken at this time: it may be sent again. Who has taken it since keeps it.
    pub async fn drop_answer(&self, client: ApiClientId, request: &str, taken_at: Timestamp) -> Result<(), StoreError> {
        let (request, until) = (request.to_owned(), taken_at.as_millisecond() + KEPT_MS);
        let write = self.engine.write(move |tx| {
            let request = request.clone();
            Box::pin(async move {
                let text = "delete from api_answers
                     where client_id = $1 and request = $2 and status = 0 and until_at = $3";
                tx.run(text, values![client, request, until]).await
            })
        });
        write.await.map(drop)
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
        staff: row.maybe_int(6)?.map(StaffId),
        scopes: row.json(7)?,
    };
    Ok((client, TokenHash(row.text(5)?)))
}
