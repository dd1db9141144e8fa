//! How many of something each network has at once: lines, open streams, answers. No address is kept, but a hash under a key of this
//! process for as long as the seat is taken.

use crate::guard::network;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// The seats of all networks. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Seats {
    taken: Arc<Mutex<HashMap<u64, usize>>>,
    key: RandomState,
}

/// One that is taken; given back when it is dropped.
#[derive(Debug)]
pub struct Seat {
    network: u64,
    taken: Arc<Mutex<HashMap<u64, usize>>>,
}

impl Seats {
    /// A seat for the network of an address, of so many; none when all of them are taken. Of IPv6 a network is a /64, which one
    /// household gets.
    pub fn take(&self, address: IpAddr, most: usize) -> Option<Seat> {
        let network = self.key.hash_one(network(address));
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let seats = taken.entry(network).or_default();
        if *seats >= most {
            return None;
        }
        *seats += 1;
        Some(Seat { network, taken: self.taken.clone() })
    }

    /// Nobody has one, and nobody is remembered.
    #[cfg(test)]
    pub(crate) fn are_free(&self) -> bool {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seats) = taken.get_mut(&self.network) {
            *seats = seats.saturating_sub(1);
            if *seats == 0 {
                taken.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Seats;

    #[test]
    fn a_network_has_so_many_seats_and_nobody_is_remembered() {
        let seats = Seats::default();
        let from = |address: &str| seats.take(address.parse().expect("an address"), 2);
        let taken = [from("192.0.2.1").expect("a seat"), from("::ffff:192.0.2.1").expect("the same network")];
        assert!(from("192.0.2.1").is_none() && from("192.0.2.2").is_some());
        let household = [from("2001:db8::1").expect("a seat"), from("2001:db8::2").expect("a seat")];
        assert!(from("2001:db8::3").is_none() && from("2001:db8:0:1::1").is_some(), "a /64 is one");
        drop((taken, household));
        assert!(seats.are_free());
    }
}
