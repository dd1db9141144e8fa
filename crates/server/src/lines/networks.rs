//! How many lines each network has open, by a hash under a key of this process: no address is kept.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// The lines of all networks.
#[derive(Debug, Clone)]
pub(super) struct Networks {
    most: Option<usize>,
    open: Arc<Mutex<HashMap<u64, usize>>>,
    key: RandomState,
}

/// A line among those of its network; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    network: u64,
    open: Arc<Mutex<HashMap<u64, usize>>>,
}

impl Networks {
    pub(super) fn of(most: Option<usize>) -> Self {
        Self { most, open: Arc::default(), key: RandomState::new() }
    }

    /// A seat for one more; none when its network has enough. Of IPv6 a network is a /64, which one household gets.
    pub(super) fn enter(&self, address: IpAddr) -> Option<Seat> {
        let network = self.key.hash_one(match address.to_canonical() {
            IpAddr::V4(v4) => IpAddr::V4(v4),
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        });
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = open.entry(network).or_default();
        if self.most.is_some_and(|most| *lines >= most) {
            return None;
        }
        *lines += 1;
        Some(Seat { network, open: self.open.clone() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = open.get_mut(&self.network) {
            *lines = lines.saturating_sub(1);
            if *lines == 0 {
                open.remove(&self.network);
            }
        }
    }
}
