//! What is sent to followers, as it is now: pages ask at every request, so it is held in memory and taken up when it changes.

use crate::fediverse::Fediverse;
use newsroom::followers::{FediverseSettings, FollowersPart, MachineSettings, NewsletterSettings, PushSettings};
use std::sync::{Arc, PoisonError, RwLock};
use store::{Store, StoreError};

/// What holds now.
#[derive(Debug, Clone, Default)]
pub struct FollowersNow {
    /// The newsletter.
    pub newsletter: NewsletterSettings,
    /// Hubs and search machines.
    pub machines: MachineSettings,
    /// Messages to browsers.
    pub push: PushSettings,
    /// Whether the paper can be followed from the Fediverse.
    pub fediverse: FediverseSettings,
}

/// The same, for whoever asks.
#[derive(Debug, Default)]
pub struct FollowersInForce {
    now: RwLock<Arc<FollowersNow>>,
    /// What this process remembers of other servers.
    pub fediverse: Fediverse,
}

impl FollowersInForce {
    /// As it is now.
    pub fn now(&self) -> Arc<FollowersNow> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes up what is kept.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn take_up(&self, store: &Store) -> Result<(), StoreError> {
        let now = FollowersNow {
            newsletter: store.follower_settings(FollowersPart::Newsletter).await?.settings,
            machines: store.follower_settings(FollowersPart::Machines).await?.settings,
            push: store.follower_settings(FollowersPart::Push).await?.settings,
            fediverse: store.follower_settings(FollowersPart::Fediverse).await?.settings,
        };
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(now);
        Ok(())
    }
}
