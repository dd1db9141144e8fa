//! The clock of the machine, by which stories go public and certificates hold.

use super::report::Report;
use jiff::SignedDuration;
use newsroom::Timestamp;
use store::condition::Seen;

/// A day on which this version was being written, in seconds since 1970 UTC (2026-11-01): a clock before it goes wrong. Not the
/// day of the build, which would make two builds differ.
const WRITTEN_AT: i64 = 1_793_491_200;
/// A row that is so much newer than the clock was written by one that goes otherwise.
const AHEAD: SignedDuration = SignedDuration::from_mins(1);
/// Two clocks that differ more than this put happenings into another order.
const APART: SignedDuration = SignedDuration::from_secs(5);

/// Looks at it, now.
pub fn look(report: &mut Report<'_>, seen: Option<&Seen>) {
    judge(report, Timestamp::now(), seen);
}

/// The same at a time.
pub(super) fn judge(report: &mut Report<'_>, now: Timestamp, seen: Option<&Seen>) {
    let said = now.to_string();
    let texts = [("now", said.as_str())];
    if now.as_second() < WRITTEN_AT {
        return report.wrong("clock", "early", &texts);
    }
    let newest = seen.and_then(|seen| seen.newest).filter(|newest| newest.duration_since(now) > AHEAD);
    if let Some(newest) = newest {
        return report.wrong("clock", "behind", &[("now", &said), ("newest", &newest.to_string())]);
    }
    match seen.and_then(|seen| seen.clock).filter(|theirs| theirs.duration_since(now).abs() > APART) {
        Some(theirs) => report.warn("clock", "apart", &[("now", &said), ("theirs", &theirs.to_string())]),
        None => report.fine("clock", "plausible", &texts),
    }
}
