//! Where nothing can come in any more behind what was read. Followers read the last while again each time, since ids commit late; in a
//! quiet paper, an archive that moved in before among it, that would be the same rows each second for ever.

use newsroom::HappeningId;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Ids are time-ordered but can be committed late: rows younger than this are read again and those told are dropped. It
/// is longer than any transaction lasts.
const OVERLAP_MS: i64 = 60_000;
/// Bits of an id below its milliseconds (see `newsroom::ids`).
const ID_BITS: u32 = 22;
/// What could still come in behind the newest one has an id from before, and waits: a minute at most for a line to the database, several
/// for rows that others hold or a table that is being cleaned.
const SETTLED: Duration = Duration::from_mins(10);

/// How far this process has read, by follower.
#[derive(Debug, Default)]
pub struct Quiet(Mutex<BTreeMap<&'static str, Read>>);

/// What a follower knows to be the newest.
#[derive(Debug, Clone, Copy)]
struct Read {
    newest: HappeningId,
    /// When a whole turn first ended with that.
    since: Instant,
    /// When the last whole turn began that ended with that.
    again: Instant,
}

impl Quiet {
    /// After which one a follower reads on that stopped at the newest: at some before it, until a whole turn has begun so late that all of
    /// them must have been there.
    pub(super) fn after(&self, follower: &str, newest: HappeningId) -> HappeningId {
        let reads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match reads.get(follower) {
            Some(read) if read.newest == newest && read.again.duration_since(read.since) >= SETTLED => newest,
            _ => overlap_before(newest),
        }
    }

    /// A whole turn ended with this as the newest one; it began at this time.
    pub(super) fn read(&self, follower: &'static str, newest: HappeningId, (begun, now): (Instant, Instant)) {
        let mut reads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = Read { newest, since: now, again: now };
        let read = reads.entry(follower).or_insert(first);
        *read = if read.newest == newest { Read { again: begun.max(read.since), ..*read } } else { first };
    }
}

/// Where a follower begins to read again that stopped at an id.
pub(super) fn overlap_before(id: HappeningId) -> HappeningId {
    HappeningId((id.0 - (OVERLAP_MS << ID_BITS)).max(0))
}

#[cfg(test)]
mod tests {
    use super::{Quiet, SETTLED, overlap_before};
    use newsroom::HappeningId;
    use std::time::{Duration, Instant};

    #[test]
    fn the_last_while_is_read_again_until_it_must_all_be_there() {
        let (quiet, newest, start) = (Quiet::default(), HappeningId(1 << 60), Instant::now());
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        let before = overlap_before(newest);
        assert_eq!(quiet.after("pages", newest), before, "it was never read here");
        quiet.read("pages", newest, (at(0), at(1)));
        assert_eq!(quiet.after("pages", newest), before);
        quiet.read("pages", newest, (at(90), at(91)));
        assert_eq!(quiet.after("pages", newest), before, "something may still be on its way");
        let late = SETTLED.as_secs() + 1;
        quiet.read("pages", newest, (at(late - 1), at(late + 30)));
        assert_eq!(quiet.after("pages", newest), before, "the turn began before, however long it took");
        quiet.read("pages", newest, (at(late), at(late + 30)));
        assert_eq!(quiet.after("pages", newest), newest);
        assert_eq!(quiet.after("letters", newest), before, "each for itself");
        let next = HappeningId(newest.0 + 1);
        assert_eq!(quiet.after("pages", next), overlap_before(next), "something new happened");
        quiet.read("pages", next, (at(late + 60), at(late + 61)));
        assert_eq!(quiet.after("pages", next), overlap_before(next));
    }
}
