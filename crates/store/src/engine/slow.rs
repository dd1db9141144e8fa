//! Statements that take long are told in the log: with their text, and never with what they were asked with. They are counted
//! as well.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Letters of a text that are told: the longest of ours is shorter, but for lists of marks.
const MOST_TOLD: usize = 1_000;
/// One is told in so long at most, in milliseconds: a database in trouble must not fill the log as well.
const TOLD_EVERY_MS: u64 = 1_000;

/// What an engine's statements are held to.
#[derive(Debug)]
pub(crate) struct Slow {
    /// Longer than so many milliseconds is slow; 0: nothing is.
    beyond_ms: AtomicU64,
    /// How many were.
    seen: AtomicU64,
    /// How many were not told since the last one that was.
    untold: AtomicU64,
    /// When the last one was told, in milliseconds since the engine was opened; 0: none was.
    told_at_ms: AtomicU64,
    opened: Instant,
}

impl Default for Slow {
    /// Nothing is slow.
    fn default() -> Self {
        let none = || AtomicU64::new(0);
        Self { beyond_ms: none(), seen: none(), untold: none(), told_at_ms: none(), opened: Instant::now() }
    }
}

impl Slow {
    /// From now on whatever takes longer is slow; with no time at all, nothing.
    pub(super) fn hold_to(&self, beyond: Duration) {
        self.beyond_ms.store(milliseconds(beyond), Ordering::Relaxed);
    }

    /// How many were slow since the engine was opened.
    pub(super) fn seen(&self) -> u64 {
        self.seen.load(Ordering::Relaxed)
    }

    /// A statement was done, well or not, in this time.
    pub(super) fn note(&self, sql: &str, took: Duration) {
        let (beyond, took) = (self.beyond_ms.load(Ordering::Relaxed), milliseconds(took));
        if beyond == 0 || took <= beyond {
            return;
        }
        self.seen.fetch_add(1, Ordering::Relaxed);
        match self.may_tell() {
            true => {
                let untold = self.untold.swap(0, Ordering::Relaxed);
                tracing::warn!(took_ms = took, sql = told(sql), untold, "a statement took long");
            }
            false => drop(self.untold.fetch_add(1, Ordering::Relaxed)),
        }
    }

    fn may_tell(&self) -> bool {
        let now = milliseconds(self.opened.elapsed()).max(1);
        let last = self.told_at_ms.load(Ordering::Relaxed);
        let is_time = last == 0 || now >= last.saturating_add(TOLD_EVERY_MS);
        is_time && self.told_at_ms.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// The text in one line, cut where it is long.
pub(super) fn told(sql: &str) -> String {
    let mut line = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(MOST_TOLD) {
        line.truncate(at);
        line.push('…');
    }
    line
}

fn milliseconds(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{MOST_TOLD, Slow, told};
    use std::time::Duration;

    #[test]
    fn what_takes_longer_is_counted_and_what_is_as_long_is_not() {
        let slow = Slow::default();
        slow.note("select 1", Duration::from_secs(60));
        assert_eq!(slow.seen(), 0, "as opened nothing is slow");
        slow.hold_to(Duration::from_millis(500));
        for (ms, seen) in [(500, 0), (501, 1), (9_000, 2)] {
            slow.note("select 1", Duration::from_millis(ms));
            assert_eq!(slow.seen(), seen, "{ms} ms");
        }
        slow.hold_to(Duration::ZERO);
        slow.note("select 1", Duration::from_secs(60));
        assert_eq!(slow.seen(), 2);
    }

    #[test]
    fn one_is_told_at_a_time_and_the_others_with_the_next() {
        let slow = Slow::default();
        assert!(slow.may_tell());
        assert!(!slow.may_tell(), "within the same second");
    }

    #[test]
    fn a_text_is_one_line_that_has_an_end() {
        assert_eq!(told("select a\n         from b"), "select a from b");
        let long = told(&"é ".repeat(MOST_TOLD));
        assert_eq!(long.chars().count(), MOST_TOLD + 1);
    }
}
