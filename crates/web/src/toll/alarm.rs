//! How many came in the last minute, and whether that is an attack. It begins at once and ends slowly: whoever attacks in waves
//! finds it still on.

use jiff::SignedDuration;
use newsroom::Timestamp;

/// Seconds that are counted together.
const STEP_SECONDS: i64 = 10;
/// Of these is the minute made.
const STEPS: usize = 6;
/// For so long at most half of the bound has to come before an attack is over.
const CALM: SignedDuration = SignedDuration::from_mins(10);

/// Rings while more comes than usual.
#[derive(Debug, Clone, Default)]
pub(super) struct Alarm {
    steps: [u32; STEPS],
    /// The number of the newest step, from 1970 on.
    newest: i64,
    since: Option<Timestamp>,
    calm_since: Option<Timestamp>,
}

/// An alarm begins to ring, or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// At this time.
    Began(Timestamp),
    /// At this time.
    Ended(Timestamp),
}

impl Alarm {
    /// One more came.
    pub fn count(&mut self, now: Timestamp) {
        self.go_on(now);
        if let Some(step) = self.place(self.newest) {
            *step = step.saturating_add(1);
        }
    }

    /// How many came in the last minute.
    pub fn in_a_minute(&mut self, now: Timestamp) -> u32 {
        self.go_on(now);
        self.steps.iter().fold(0, |sum, step| sum.saturating_add(*step))
    }

    /// Compares that with a bound: more than it is an attack, and at most half of it for ten minutes is the end of one.
    pub fn look(&mut self, bound: u32, now: Timestamp) -> Option<Turn> {
        let rate = self.in_a_minute(now);
        if self.since.is_none() {
            self.since = (rate > bound).then_some(now);
            self.calm_since = None;
            return self.since.map(Turn::Began);
        }
        if rate > bound / 2 {
            self.calm_since = None;
            return None;
        }
        let calm = *self.calm_since.get_or_insert(now);
        if now.duration_since(calm) < CALM {
            return None;
        }
        (self.since, self.calm_since) = (None, None);
        Some(Turn::Ended(now))
    }

    /// There is an attack.
    pub fn rings(&self) -> bool {
        self.since.is_some()
    }

    /// There is nothing to remember.
    pub fn is_silent(&mut self, now: Timestamp) -> bool {
        !self.rings() && self.in_a_minute(now) == 0
    }

    /// Empties what is older than a minute. A clock that was put back changes nothing.
    fn go_on(&mut self, now: Timestamp) {
        let newest = now.as_second().div_euclid(STEP_SECONDS);
        for step in (self.newest + 1..=newest).rev().take(STEPS) {
            if let Some(step) = self.place(step) {
                *step = 0;
            }
        }
        self.newest = self.newest.max(newest);
    }

    fn place(&mut self, step: i64) -> Option<&mut u32> {
        let at = usize::try_from(step.rem_euclid(i64::try_from(STEPS).unwrap_or(1))).unwrap_or_default();
        self.steps.get_mut(at)
    }
}
