//! How many are answered at once by more than a ready page. Whoever comes beyond is told at once to come again (503,
//! `Retry-After`): a line of people that only grows helps nobody. The desk has places of its own, so that the staff can work while
//! readers rush; and no network takes them all.

#[cfg(test)]
mod tests;

use crate::seats::{Seat, Seats};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Readers and programs that are answered at once. Two cores answer as many in a fifth of a second.
const MOST: usize = 256;
/// Of the staff.
const MOST_AT_DESK: usize = 64;
/// Of one network: a mobile carrier puts many readers behind one address.
const MOST_OF_A_NETWORK: usize = 128;
/// At the desk's address, which anybody may ask.
const MOST_OF_A_NETWORK_AT_DESK: usize = 32;

/// Who is being answered.
#[derive(Debug)]
pub struct Crowd {
    readers: Room,
    desk: Room,
    sent_away: AtomicU64,
}

/// Places for some of them, and of these for one network.
#[derive(Debug)]
struct Room {
    places: Arc<Semaphore>,
    seats: Seats,
    most_of_a_network: usize,
}

/// A place among those who are being answered; given back when it is dropped.
#[derive(Debug)]
pub struct Inside {
    _seat: Seat,
    _place: OwnedSemaphorePermit,
}

impl Default for Crowd {
    fn default() -> Self {
        let room = |most, most_of_a_network| Room {
            places: Arc::new(Semaphore::new(most)),
            seats: Seats::default(),
            most_of_a_network,
        };
        Self {
            readers: room(MOST, MOST_OF_A_NETWORK),
            desk: room(MOST_AT_DESK, MOST_OF_A_NETWORK_AT_DESK),
            sent_away: AtomicU64::new(0),
        }
    }
}

impl Crowd {
    /// A place for somebody of a network, at the desk or elsewhere; none when there is none left for them.
    pub fn enter(&self, network: IpAddr, is_desk: bool) -> Option<Inside> {
        let room = if is_desk { &self.desk } else { &self.readers };
        let entered = room.enter(network);
        if entered.is_none() {
            self.sent_away.fetch_add(1, Ordering::Relaxed);
        }
        entered
    }

    /// How many were sent away since the process began.
    pub fn sent_away(&self) -> u64 {
        self.sent_away.load(Ordering::Relaxed)
    }

    /// Nobody is being answered, and nobody is remembered.
    #[cfg(test)]
    fn is_gone(&self) -> bool {
        self.readers.seats.are_free() && self.desk.seats.are_free()
    }
}

impl Room {
    fn enter(&self, network: IpAddr) -> Option<Inside> {
        let place = self.places.clone().try_acquire_owned().ok()?;
        let seat = self.seats.take(network, self.most_of_a_network)?;
        Some(Inside { _seat: seat, _place: place })
    }
}
