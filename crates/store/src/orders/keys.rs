//! The keys to which removed words are sealed: public halves only.

use crate::engine::{Row, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{OrderKeyId, StaffId, Timestamp};

/// A key to which removed words are sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderKey {
    /// Which.
    pub id: OrderKeyId,
    /// The public half, `age1…`.
    pub recipient: String,
    /// Whose, in the owner's words.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
}

impl Store {
    /// Adds a key, with its happening.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is there already.
    pub async fn add_order_key(
        &self,
        recipient: &str,
        name: &str,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (id, recipient, name) = (OrderKeyId(self.id(now)), recipient.to_owned(), name.to_owned());
        let happening = self.happening(Actor::Staff(by), What::OrderKeysChanged { added: true }, &name, now);
        let write = self.engine.write_alone(move |tx| {
            let (recipient, name, happening) = (recipient.clone(), name.clone(), happening.clone());
            Box::pin(async move {
                let text = "select 1 from order_keys where recipient = $1 and removed_at is null";
                if tx.row(text, values![&recipient]).await?.is_some() {
                    return Err(StoreError::Conflict("order-keys".to_owned()));
                }
                let text = "insert into order_keys (key_id, recipient, name, added_at, added_by)
                     values ($1, $2, $3, $4, $5)";
                tx.run(text, values![id, recipient, name, now, by]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Takes a key away: nothing more is sealed to it. What was stays so.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not there any more.
    pub async fn remove_order_key(
        &self,
        key: OrderKeyId,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::OrderKeysChanged { added: false }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update order_keys set removed_at = $2, removed_by = $3
                     where key_id = $1 and removed_at is null";
                if tx.run(text, values![key, now, by]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// The keys that hold.
    pub async fn order_keys(&self) -> Result<Vec<OrderKey>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select key_id, recipient, name, added_at from order_keys
                     where removed_at is null order by key_id limit 100";
                tx.rows(text, values![]).await
            })
        });
        let key = |mut row: Row| {
            let (id, recipient, name) = (OrderKeyId(row.int(0)?), row.text(1)?, row.text(2)?);
            Ok(OrderKey { id, recipient, name, added_at: row.time(3)? })
        };
        read.await?.into_iter().map(key).collect()
    }
}
