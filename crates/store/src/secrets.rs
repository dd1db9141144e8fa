//! Keys that the program makes for itself at first start, shared by all its processes.

use crate::engine::values;
use crate::hex;
use crate::{Store, StoreError};

impl Store {
    /// The secret of a name; made of the system's randomness (32 bytes) when asked for first.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when the system gives no randomness or what is stored is no secret.
    pub async fn secret(&self, name: &str) -> Result<[u8; 32], StoreError> {
        let kept = match self.kept_secret(name).await? {
            Some(kept) => kept,
            None => self.make_secret(name).await?,
        };
        let bytes = hex::read(&kept).and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| StoreError::Broken(format!("the secret {name} is not 32 bytes in hexadecimal")))
    }

    /// The secret of a name that is more than 32 random bytes: what stands there, or what is offered when nothing does. When many
    /// offer at once, the first one's is everybody's.
    pub async fn secret_or(&self, name: &str, offered: &str) -> Result<String, StoreError> {
        match self.kept_secret(name).await? {
            Some(kept) => Ok(kept),
            None => self.offer_secret(name, offered.to_owned()).await,
        }
    }

    /// What stands under a name, for whoever makes a secret that takes long to make.
    pub async fn known_secret(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.kept_secret(name).await
    }

    async fn kept_secret(&self, name: &str) -> Result<Option<String>, StoreError> {
        let name = name.to_owned();
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move { tx.row("select value from secrets where name = $1", values![name]).await })
        });
        read.await?.map(|mut row| row.text(0)).transpose()
    }

    /// Offers a new one and takes what stands there then: when many ask at once, the first one's is everybody's.
    async fn make_secret(&self, name: &str) -> Result<String, StoreError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|problem| StoreError::Broken(problem.to_string()))?;
        self.offer_secret(name, hex::write(&bytes)).await
    }

    async fn offer_secret(&self, name: &str, value: String) -> Result<String, StoreError> {
        let name = name.to_owned();
        let write = self.engine.write(move |tx| {
            let (name, value) = (name.clone(), value.clone());
            Box::pin(async move {
                let offer = "insert into secrets (name, value) values ($1, $2) on conflict (name) do nothing";
                tx.run(offer, values![&name, value]).await?;
                let kept = tx.row("select value from secrets where name = $1", values![&name]).await?;
                kept.ok_or(StoreError::NotFound)?.text(0)
            })
        });
        write.await
    }
}
