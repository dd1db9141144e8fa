//! From which network somebody sent something: as keyed hashes alone, under keys that are thrown away.
//!
//! A key makes hashes for a while; then another one does, and the old key goes, so that nobody can ask any more whether an
//! address is behind an old hash. Hashes go when nothing came from there for as long. Neither is in an export.

use crate::engine::{Row, Tx, values};
use crate::{Store, StoreError, hex};
use jiff::SignedDuration;
use newsroom::{LookId, StaffId, Timestamp, VisitorId};

/// A network as it is kept: hexadecimal, of no use without the key it was made with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NetworkHash(pub String);

/// From where something was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFrom {
    /// The key by which the network was made unreadable: [`NetworkKey::id`].
    pub key: i64,
    /// The network.
    pub network: NetworkHash,
}

/// The key of now.
#[derive(Clone, PartialEq, Eq)]
pub struct NetworkKey {
    /// Hashes of one key are compared, of two keys never.
    pub id: i64,
    /// 32 bytes.
    pub key: [u8; 32],
    /// When another one takes its place.
    pub until: Timestamp,
}

impl std::fmt::Debug for NetworkKey {
    /// Without the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NetworkKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Somebody who sent from a network that another one sent from as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Who.
    pub visitor: VisitorId,
    /// The name signed with last; empty where only reports came.
    pub name: String,
    /// Comments that are released; that are refused or taken down.
    pub released: i64,
    /// See above.
    pub refused: i64,
    /// When something came from there last.
    pub last_at: Timestamp,
}

/// Somebody of the staff looked at who shares a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

pub(crate) const NEIGHBOURS: &str =
    "select o.visitor_id, coalesce(v.name, ''), coalesce(v.released, 0), coalesce(v.refused, 0), max(o.last_at)
     from (select key_id, network from visitor_networks where visitor_id = $1 limit 50) q
     join visitor_networks o on o.key_id = q.key_id and o.network = q.network
     left join visitors v on v.visitor_id = o.visitor_id
     where o.visitor_id <> $1 group by o.visitor_id, v.name, v.released, v.refused
     order by 5 desc, 1 limit $2";
pub(crate) const OLD_NETWORKS: &str = "delete from visitor_networks where last_at < $1";

impl Store {
    /// The key of now; another one, made of the system's randomness, when the last one has had its time. The old ones are
    /// gone then.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when the system gives no randomness.
    pub async fn network_key(&self, lasts: SignedDuration, now: Timestamp) -> Result<NetworkKey, StoreError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|problem| StoreError::Broken(problem.to_string()))?;
        let (id, value) = (self.id(now), hex::write(&bytes));
        let over = now.checked_sub(lasts).unwrap_or(Timestamp::MIN);
        let write = self.engine.write(move |tx| {
            let value = value.clone();
            Box::pin(async move {
                tx.run("delete from network_keys where begun_at <= $1", values![over]).await?;
                // Where two processes begin at once, one row stands for both.
                let begin = "insert into network_keys (one, key_id, begun_at, value) values (1, $1, $2, $3)
                     on conflict (one) do nothing";
                tx.run(begin, values![id, now, value]).await?;
                let text = "select key_id, begun_at, value from network_keys where one = 1";
                tx.row(text, values![]).await?.ok_or(StoreError::NotFound)
            })
        });
        let mut row = write.await?;
        let key = hex::read(&row.text(2)?).and_then(|bytes| bytes.try_into().ok());
        let key = key.ok_or_else(|| StoreError::Broken("a key of networks is not 32 bytes".to_owned()))?;
        let begun = row.time(1)?;
        Ok(NetworkKey { id: row.int(0)?, key, until: begun.checked_add(lasts).unwrap_or(begun) })
    }

    /// Notes that something came from a visitor and from there.
    pub async fn note_network(&self, visitor: VisitorId, from: &SentFrom, now: Timestamp) -> Result<(), StoreError> {
        let from = from.clone();
        let write = self.engine.write(move |tx| {
            let from = from.clone();
            Box::pin(async move { note(tx, visitor, &from, now).await })
        });
        write.await
    }

    /// Whoever sent from a network that this visitor sent from as well, the last one first; written down as looked at.
    pub async fn look_at_network(
        &self,
        visitor: VisitorId,
        by: StaffId,
        limit: u32,
        now: Timestamp,
    ) -> Result<Vec<Neighbour>, StoreError> {
        let id = LookId(self.id(now));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run(
                    "insert into network_looks (look_id, visitor_id, by_id, at) values ($1, $2, $3, $4)",
                    values![id, visitor, by, now],
                )
                .await?;
                tx.rows(NEIGHBOURS, values![visitor, i64::from(limit)]).await
            })
        });
        let neighbour = |mut row: Row| {
            Ok(Neighbour {
                visitor: VisitorId(row.int(0)?),
                name: row.text(1)?,
                released: row.int(2)?,
                refused: row.int(3)?,
                last_at: row.time(4)?,
            })
        };
        write.await?.into_iter().map(neighbour).collect()
    }

    /// Who looked at the networks of a visitor, the last ones first.
    pub async fn network_looks(&self, visitor: VisitorId, limit: u32) -> Result<Vec<Look>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let text = "select by_id, at from network_looks where visitor_id = $1 order by look_id desc limit $2";
                tx.rows(text, values![visitor, i64::from(limit)]).await
            })
        });
        read.await?.into_iter().map(|row| Ok(Look { by: StaffId(row.int(0)?), at: row.time(1)? })).collect()
    }

    /// Forgets networks from which nothing has come since a time, and keys that were begun before it.
    pub async fn sweep_networks(&self, before: Timestamp) -> Result<u64, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                tx.run("delete from network_keys where begun_at < $1", values![before]).await?;
                tx.run(OLD_NETWORKS, values![before]).await
            })
        });
        write.await
    }
}

/// Notes it in the transaction that keeps what was sent.
pub(crate) async fn note(tx: &mut Tx, visitor: VisitorId, from: &SentFrom, now: Timestamp) -> Result<(), StoreError> {
    let text = "insert into visitor_networks (key_id, network, visitor_id, first_at, last_at)
         values ($1, $2, $3, $4, $4)
         on conflict (key_id, network, visitor_id) do update set last_at = excluded.last_at";
    tx.run(text, values![from.key, &from.network.0, visitor, now]).await.map(drop)
}

/// A reader's data go: from where they sent, and that somebody looked at it.
pub(crate) async fn forget_networks(tx: &mut Tx, visitor: VisitorId) -> Result<(), StoreError> {
    tx.run("delete from visitor_networks where visitor_id = $1", values![visitor]).await?;
    tx.run("update network_looks set visitor_id = 0 where visitor_id = $1", values![visitor]).await.map(drop)
}
