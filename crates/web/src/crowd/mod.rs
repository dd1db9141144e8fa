//! How many are answered at once by more than a ready page. Whoever comes beyond is told at once to come again (503,
//! `Retry-After`): a line of people that only grows helps nobody. The desk has places of its own, so that the staff can work while
//! readers rush; and no network takes them all.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Readers and programs that are answered at once. Two cores answer as many in a fifth of a second.
const MOST: usize = 256;
/// Of the staff.
const MOST_AT_DESK: usize = 64;
/// Of one network: a mobile carrier puts many readers behind one address.
const MOST_OF_A_NETWORK: u32 = 128;
/// At the desk's address, which anybody may ask.
const MOST_OF_A_NETWORK_AT_DESK: u32 = 32;

/// Who is being answered.
#[derive(Debug)]
pub struct Crowd {
    readers: Arc<Semaphore>,
    desk: Arc<Semaphore>,
    /// By a hash under a key of this process.
    networks: Mutex<HashMap<u64, u32>>,
    key: RandomState,
    sent_away: AtomicU64,
}

/// A place among those who are being answered; given back when it is dropped.
#[derive(Debug)]
pub struct Inside<'c> {
    crowd: &'c Crowd,
    network: u64,
    _place: OwnedSemaphorePermit,
}

impl Default for Crowd {
    fn default() -> Self {
        Self {
            readers: Arc::new(Semaphore::new(MOST)),
            desk: Arc::new(Semaphore::new(MOST_AT_DESK)),
            networks: Mutex::default(),
            key: RandomState::new(),
            sent_away: AtomicU64::new(0),
        }
    }
}

impl Crowd {
    /// A place for somebody of a network, at the desk or elsewhere; none when there is none left for them.
    pub fn enter(&self, network: IpAddr, is_desk: bool) -> Option<Inside<'_>> {
        let entered = self.place(network, is_desk);
        if entered.is_none() {
            self.sent_away.fetch_add(1, Ordering::Relaxed);
        }
        entered
    }

    fn place(&self, network: IpAddr, is_desk: bool) -> Option<Inside<'_>> {
        let places = if is_desk { &self.desk } else { &self.readers };
        let place = places.clone().try_acquire_owned().ok()?;
        let most = if is_desk { MOST_OF_A_NETWORK_AT_DESK } else { MOST_OF_A_NETWORK };
        let network = self.key.hash_one((network, is_desk));
        let mut networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = networks.entry(network).or_default();
        if *taken >= most {
            return None;
        }
        *taken += 1;
        Some(Inside { crowd: self, network, _place: place })
    }

    /// How many were sent away since the process began.
    pub fn sent_away(&self) -> u64 {
        self.sent_away.load(Ordering::Relaxed)
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        let mut networks = self.crowd.networks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = networks.get_mut(&self.network) {
            *taken = taken.saturating_sub(1);
            if *taken == 0 {
                networks.remove(&self.network);
            }
        }
    }
}
