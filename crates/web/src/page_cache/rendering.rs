//! A page that is being made, once for everybody who waits for it.

use super::Tag;
use super::kept::KeptPage;
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// One page in the making.
#[derive(Debug)]
pub(super) struct Rendering {
    /// Where it will stand.
    pub(super) address: Arc<str>,
    /// What was purged since it was begun.
    purged: Mutex<Vec<Tag>>,
    made: watch::Sender<Option<Arc<KeptPage>>>,
}

impl Rendering {
    pub(super) fn of(address: Arc<str>) -> Self {
        Self { address, purged: Mutex::default(), made: watch::Sender::new(None) }
    }

    /// Something was changed while it is made.
    pub(super) fn overtake(&self, tags: &[Tag]) {
        let Ok(mut purged) = self.purged.lock() else { return };
        for tag in tags {
            if !purged.contains(tag) {
                purged.push(tag.clone());
            }
        }
    }

    /// Something that it shows was changed.
    pub(super) fn is_overtaken(&self, tags: &[Tag]) -> bool {
        let Ok(purged) = self.purged.lock() else { return true };
        purged.iter().any(|purged| *purged == Tag::Frame || tags.contains(purged))
    }

    /// Hands it to those who wait.
    pub(super) fn hand_out(&self, page: &Arc<KeptPage>) {
        self.made.send_replace(Some(page.clone()));
    }

    /// Whoever asks for it now waits by this.
    pub(super) fn waiter(&self) -> Waiter {
        Waiter(self.made.subscribe())
    }
}

/// Somebody who waits for a page.
pub(super) struct Waiter(watch::Receiver<Option<Arc<KeptPage>>>);

impl Waiter {
    /// The page; none when it could not be made.
    pub(super) async fn page(mut self) -> Option<Arc<KeptPage>> {
        self.0.wait_for(Option::is_some).await.ok().and_then(|page| page.clone())
    }
}
