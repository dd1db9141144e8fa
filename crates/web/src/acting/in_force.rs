//! The acting rules as this process holds them. A change at the desk is taken up by every process when it is told of the
//! happening; what a slower one decides until then says under which version it did.

use std::sync::{Arc, PoisonError, RwLock};
use store::acting::ActingVersion;

/// The version that holds; none while no rule was ever switched on.
#[derive(Debug, Default)]
pub struct ActingInForce(RwLock<Option<Arc<ActingVersion>>>);

impl ActingInForce {
    /// As the store keeps it.
    pub fn kept(version: Option<ActingVersion>) -> Self {
        Self(RwLock::new(version.map(Arc::new)))
    }

    /// The version that holds.
    pub fn now(&self) -> Option<Arc<ActingVersion>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes up what the store keeps now. Happenings may be told out of order; the newest version wins.
    pub fn take_up(&self, version: Option<ActingVersion>) {
        let mut now = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if version.as_ref().map(|version| version.id) >= now.as_ref().map(|version| version.id) {
            *now = version.map(Arc::new);
        }
    }
}
