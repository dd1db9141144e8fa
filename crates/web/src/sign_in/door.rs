//! What the door keeps in memory: the key that seals tickets, how many passwords are looked at at once, and how often each
//! network address failed.

use super::password;
use crate::app::App;
use crate::error::PageError;
use hmac::{Hmac, KeyInit, Mac};
use jiff::SignedDuration;
use newsroom::Timestamp;
use sha2::Sha256;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::people::TokenHash;
use tokio::sync::Semaphore;

/// Passwords looked at at once: each takes 19 MiB and some hundredths of a second of one core.
const AT_ONCE: usize = 2;
/// Whoever waits longer for their turn is told that the answer was not ready in time.
const PATIENCE: Duration = Duration::from_secs(10);
/// Failures of one address that cost nothing: several people may sit behind it.
const FREE: u32 = 10;
/// The longest that one address waits.
const LONGEST: i64 = 900;
/// Addresses that are remembered; beyond them the oldest are forgotten.
const MOST: usize = 50_000;
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// One per process.
pub struct Door {
    key: [u8; 32],
    hashing: Arc<Semaphore>,
    /// By a hash with a key that this process drew: no address is kept.
    tries: Mutex<HashMap<u64, Tries>>,
    addresses: RandomState,
}

#[derive(Debug, Clone, Copy)]
struct Tries {
    failed: u32,
    last: Timestamp,
    until: Timestamp,
}

impl std::fmt::Debug for Door {
    /// Without the key and the addresses.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").finish_non_exhaustive()
    }
}

impl Door {
    /// A door whose tickets are sealed with a key.
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, hashing: Arc::new(Semaphore::new(AT_ONCE)), tries: Mutex::default(), addresses: RandomState::new() }
    }

    /// The seal of something that is for one purpose only.
    pub(crate) fn seal(&self, purpose: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(body);
        Some(mac)
    }

    /// What stands for a name that was tried: it may have been a password, typed into the wrong field.
    pub(super) fn tried(&self, kind: &str, name: &str) -> TokenHash {
        let seal = self.seal(kind, name.as_bytes()).map(|mac| mac.finalize().into_bytes());
        TokenHash(seal.map(|bytes| bytes.iter().map(|byte| format!("{byte:02x}")).collect()).unwrap_or_default())
    }

    /// Counts an attempt from an address before it is looked at; else how many seconds to wait.
    pub(super) fn knock(&self, from: IpAddr, now: Timestamp) -> Result<(), u64> {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            let day_ago = now.saturating_sub(A_DAY).unwrap_or(now);
            all.retain(|_, tries| tries.last > day_ago && tries.failed > 1);
        }
        let tries = all.entry(self.addresses.hash_one(from)).or_insert(Tries { failed: 0, last: now, until: now });
        if tries.until > now {
            return Err(tries.until.duration_since(now).as_secs().unsigned_abs() + 1);
        }
        if now.duration_since(tries.last) > A_DAY {
            tries.failed = 0;
        }
        let over = tries.failed.saturating_sub(FREE);
        let wait = if tries.failed < FREE { 0 } else { (1_i64 << over.min(10)).min(LONGEST) };
        *tries = Tries {
            failed: tries.failed.saturating_add(1),
            last: now,
            until: now.saturating_add(SignedDuration::from_secs(wait)).unwrap_or(now),
        };
        Ok(())
    }

    /// Somebody came in from there.
    pub(super) fn opened(&self, from: IpAddr) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.addresses.hash_one(from));
    }

    /// Forgets addresses from which nobody has knocked for a day.
    pub(crate) fn forget_the_silent(&self, now: Timestamp) {
        let day_ago = now.saturating_sub(A_DAY).unwrap_or(now);
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, tries| tries.last > day_ago);
    }

    /// A password as it is kept.
    pub(crate) async fn hash(&self, typed: String) -> Result<String, PageError> {
        self.looking(move || password::hash(&typed)).await?.ok_or(PageError::Panicked)
    }

    /// Whether this password was kept so. Without anything to compare with it takes as long and says no.
    pub(crate) async fn matches(&self, kept: Option<String>, typed: String) -> Result<bool, PageError> {
        self.looking(move || password::matches(kept.as_deref(), &typed)).await
    }

    async fn looking<T: Send + 'static>(&self, look: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.hashing).acquire_owned()).await;
        let turn = turn.map_err(|_| PageError::TooSlow)?.map_err(|_| PageError::TooSlow)?;
        // The turn goes with the work: a reader who hangs up does not make room for a third one.
        let work = tokio::task::spawn_blocking(move || (look(), turn));
        work.await.map(|(looked, _)| looked).map_err(|_| PageError::Panicked)
    }
}

/// Counts an attempt under a name and from an address; nothing about it is looked at before.
pub(super) async fn count(app: &App, who: &TokenHash, from: IpAddr) -> Result<(), PageError> {
    let now = app.now();
    let knocked = app.door.knock(from, now);
    let counted = match knocked {
        Ok(()) => app.store.count_try(who, now).await?,
        Err(wait) => Err(wait),
    };
    counted.map_err(|wait| PageError::TooFast { wait })
}
