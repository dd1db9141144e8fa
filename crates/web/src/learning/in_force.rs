//! The layer as this process holds it. A change at the desk is taken up by every process when it is told of the happening.

use moderation::{Models, Personal};
use newsroom::LearningId;
use std::sync::{Arc, PoisonError, RwLock};
use store::{Store, StoreError};

/// The layer that is used; none while nobody switched one on.
#[derive(Debug, Default)]
pub struct LayerInForce(RwLock<Now>);

#[derive(Debug, Clone, Default)]
struct Now {
    version: Option<LearningId>,
    layer: Option<Arc<Personal>>,
    /// A layer is switched on that this program cannot use: the heads judge as they ship.
    unusable: bool,
}

impl LayerInForce {
    /// Takes up what the store keeps now. Happenings may be told out of order; the newest version wins.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn take_up(&self, store: &Store, models: &Models) -> Result<(), StoreError> {
        let new = read(store, models).await?;
        let mut now = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if new.version >= now.version {
            *now = new;
        }
        Ok(())
    }

    /// The layer.
    pub fn layer(&self) -> Option<Arc<Personal>> {
        self.now().layer
    }

    /// Whether one is switched on that this program cannot use: it was taught over other heads, or cannot be read.
    pub fn is_unusable(&self) -> bool {
        self.now().unusable
    }

    fn now(&self) -> Now {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn read(store: &Store, models: &Models) -> Result<Now, StoreError> {
    let Some(version) = store.learning().await? else { return Ok(Now::default()) };
    let mut now = Now { version: Some(version.id), ..Now::default() };
    let Some(id) = version.used.layer else { return Ok(now) };
    let bytes = store.layer_bytes(id).await?.unwrap_or_default();
    let layer = Personal::read(&bytes).ok().map(Arc::new);
    now.layer = models.with_own(layer).own;
    now.unusable = now.layer.is_none();
    if now.unusable {
        tracing::warn!("the layer that is switched on does not fit this program; the heads judge as they ship");
    }
    Ok(now)
}
