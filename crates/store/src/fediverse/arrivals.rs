//! What another server sent, until somebody has looked at it: whose it is, a key says that may have to be asked for first.

use super::FEDIVERSE_IN;
use crate::engine::{Row, Tx, values};
use crate::outbox::put;
use crate::{Store, StoreError};
use newsroom::{ArrivalId, JobId, Timestamp};
use std::sync::Arc;

/// So many wait at most, and of one host.
pub const MOST_ARRIVALS: i64 = 5_000;
const MOST_OF_HOST: i64 = 500;

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewArrival {
    /// From which host, as it says.
    pub host: String,
    /// By which account, as it says.
    pub actor: String,
    /// The name of the key by which it is signed.
    pub key_name: String,
    /// What is signed.
    pub signed: String,
    /// The signature, in base 64.
    pub signature: String,
    /// The activity, as it came.
    pub body: String,
}

/// What came and waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// What came.
    pub what: NewArrival,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// Keeps what came, with the job that looks at it; `false`: too much waits already.
    pub async fn keep_arrival(&self, new: NewArrival, now: Timestamp) -> Result<bool, StoreError> {
        let (id, job, new) = (ArrivalId(self.id(now)), JobId(self.id(now)), Arc::new(new));
        let write = self.engine.write(move |tx| {
            let new = Arc::clone(&new);
            Box::pin(async move {
                if !has_room(tx, &new.host).await? {
                    return Ok(false);
                }
                let text = "insert into fediverse_arrivals
                         (arrival_id, host, actor, key_name, signed, signature, body, at)
                     values ($1, $2, $3, $4, $5, $6, $7, $8)";
                let NewArrival { host, actor, key_name, signed, signature, body } = &*new;
                tx.run(text, values![id, host, actor, key_name, signed, signature, body, now]).await?;
                let payload = format!(r#"{{"arrival":{}}}"#, id.0);
                put(tx, job, (FEDIVERSE_IN, &payload), &format!("{FEDIVERSE_IN}:{}", id.0), now).await
            })
        });
        write.await
    }

    /// More of a server can be kept.
    pub async fn has_room_for_arrivals(&self, host: &str) -> Result<bool, StoreError> {
        let host = host.to_owned();
        let read = self.engine.read(move |tx| {
            let host = host.clone();
            Box::pin(async move { has_room(tx, &host).await })
        });
        read.await
    }

    /// What came, while nobody has looked at it.
    pub async fn arrival(&self, id: ArrivalId) -> Result<Option<Arrival>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select host, actor, key_name, signed, signature, body, at from fediverse_arrivals
                     where arrival_id = $1";
                tx.row(text, values![id]).await
            })
        });
        read.await?.map(arrival).transpose()
    }

    /// It was looked at: it goes.
    pub async fn drop_arrival(&self, id: ArrivalId) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move { tx.run("delete from fediverse_arrivals where arrival_id = $1", values![id]).await })
        });
        write.await.map(drop)
    }
}

async fn has_room(tx: &mut Tx, host: &str) -> Result<bool, StoreError> {
    let text = "select (select count(*) from fediverse_arrivals),
         (select count(*) from fediverse_arrivals where host = $1)";
    let row = tx.row(text, values![host]).await?.ok_or(StoreError::NotFound)?;
    Ok(row.int(0)? < MOST_ARRIVALS && row.int(1)? < MOST_OF_HOST)
}

fn arrival(mut row: Row) -> Result<Arrival, StoreError> {
    let what = NewArrival {
        host: row.text(0)?,
        actor: row.text(1)?,
        key_name: row.text(2)?,
        signed: row.text(3)?,
        signature: row.text(4)?,
        body: row.text(5)?,
    };
    Ok(Arrival { what, at: row.time(6)? })
}
