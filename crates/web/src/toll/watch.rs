//! What visitors send, counted for the whole paper and for each network. No address is kept, but a hash under a key of this process
//! while its network sends.

use super::alarm::{Alarm, Turn};
use super::task::{LEAST_BITS, MOST_BITS};
use crate::guard::network;
use newsroom::Timestamp;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Networks that are counted apart at most; beyond, only the paper's count sees what they send.
const MOST_NETWORKS: usize = 16_384;
/// No network alone counts for more than this part of the paper's bound: a single one does not make all readers compute.
const PART_OF_ONE: u32 = 4;

/// More than so many in a minute is an attack.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// From all networks.
    pub paper: u32,
    /// From one.
    pub network: u32,
}

/// Who sends how much now.
#[derive(Debug, Default)]
pub(super) struct Watch {
    counts: Mutex<Counts>,
    key: RandomState,
}

#[derive(Debug, Default)]
struct Counts {
    paper: Alarm,
    networks: HashMap<u64, Alarm>,
}

impl Watch {
    /// Something came from a network: how many bits are asked of it, and whether the paper's alarm began or ended by that.
    pub fn count(&self, from: IpAddr, bounds: Bounds, now: Timestamp) -> (Option<u8>, Option<Turn>) {
        let (key, mut counts) = (self.hash(from), self.counts());
        let is_full = counts.networks.len() >= MOST_NETWORKS && !counts.networks.contains_key(&key);
        let of_network = if is_full {
            0
        } else {
            let alarm = counts.networks.entry(key).or_default();
            alarm.count(now);
            alarm.look(bounds.network, now);
            alarm.in_a_minute(now)
        };
        if of_network <= (bounds.paper / PART_OF_ONE).max(1) {
            counts.paper.count(now);
        }
        let turn = counts.paper.look(bounds.paper, now);
        (counts.bits(key, bounds, now), turn)
    }

    /// How many bits are asked of a network; none where no alarm rings.
    pub fn bits(&self, from: IpAddr, bounds: Bounds, now: Timestamp) -> Option<u8> {
        self.counts().bits(self.hash(from), bounds, now)
    }

    /// Whether the paper's alarm ended by nothing being sent.
    pub fn look(&self, bounds: Bounds, now: Timestamp) -> Option<Turn> {
        self.counts().paper.look(bounds.paper, now)
    }

    /// The paper's alarm rings.
    pub fn rings(&self) -> bool {
        self.counts().paper.rings()
    }

    /// Forgets networks of which there is nothing to remember. Whether an alarm of theirs is over is asked here as well.
    pub fn forget_the_silent(&self, bounds: Bounds, now: Timestamp) {
        let mut counts = self.counts();
        counts.networks.retain(|_, alarm| {
            alarm.look(bounds.network, now);
            !alarm.is_silent(now)
        });
        counts.networks.shrink_to_fit();
    }

    fn hash(&self, from: IpAddr) -> u64 {
        self.key.hash_one(network(from))
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn bits(&mut self, key: u64, bounds: Bounds, now: Timestamp) -> Option<u8> {
        let of = |alarm: &mut Alarm, bound| alarm.rings().then(|| weighed(alarm.in_a_minute(now), bound));
        let of_network = self.networks.get_mut(&key).and_then(|alarm| of(alarm, bounds.network));
        of(&mut self.paper, bounds.paper).max(of_network)
    }
}

/// One bit more than in quiet times, and one more each time as much comes again: each doubles what an answer costs.
pub(super) fn weighed(rate: u32, bound: u32) -> u8 {
    let doubled = (rate / bound.max(1)).max(1).ilog2();
    u8::try_from(doubled).map_or(MOST_BITS, |doubled| (LEAST_BITS + 1).saturating_add(doubled)).min(MOST_BITS)
}
