//! What is sent to followers, as it is now: pages ask at every request, so it is held in memory and taken up when it changes.

use newsroom::followers::{FollowersPart, MachineSettings, NewsletterSettings, PushSettings};
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
}

/// The same, for whoever asks.
#[derive(Debug, Default)]
pub struct FollowersInForce(RwLock<Arc<FollowersNow>>);

impl FollowersInForce {
    /// As it is now.
    pub fn now(&self) -> Arc<FollowersNow> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
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
        };
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(now);
        Ok(())
    }
}
