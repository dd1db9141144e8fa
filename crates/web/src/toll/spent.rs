//! Which tasks were answered: each counts once. Of each process: with several of them an answer counts once at each, at most.

use newsroom::Timestamp;
use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

/// So many are remembered, which is five minutes of three hundred in a second. Beyond, the oldest goes first; whoever would use one
/// again that way has paid for a hundred thousand.
pub(super) const MOST: usize = 100_000;

/// Tasks by their number, until they would be too old anyway.
#[derive(Debug, Default)]
pub(super) struct Spent(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    numbers: HashSet<i64>,
    order: VecDeque<(Timestamp, i64)>,
}

impl Spent {
    /// Uses a task up that is good until a time; false when it was used before.
    pub fn take(&self, task: i64, until: Timestamp, now: Timestamp) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while known.order.front().is_some_and(|(until, _)| *until < now) || known.order.len() >= MOST {
            let Some((_, oldest)) = known.order.pop_front() else { break };
            known.numbers.remove(&oldest);
        }
        if !known.numbers.insert(task) {
            return false;
        }
        known.order.push_back((until, task));
        true
    }
}
