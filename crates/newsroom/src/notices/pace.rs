//! How often somebody is told, and for how long it is tried.

use jiff::{SignedDuration, Timestamp};

/// Messages that one colleague gets in an hour, at most; what is more comes together in the next one.
pub const MOST_AN_HOUR: usize = 20;
/// So many messages in a row that were given up turn a way off.
pub const GIVEN_UP_AT_MOST: i64 = 3;
/// So many codes may be typed while one is good.
pub const MOST_TRIES: i64 = 5;
/// The first wait; each one after it is four times as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(1);
/// And never longer than this.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);
/// After so many attempts, about a day, a message is given up.
const ATTEMPTS: i64 = 9;

/// When there is room for another message; none: now. `lately` are the times of the last ones, the newest first.
pub fn room_at(lately: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    let hour = SignedDuration::from_hours(1);
    let fullest = *lately.get(MOST_AN_HOUR - 1)?;
    fullest.checked_add(hour).ok().filter(|at| *at > now)
}

/// When a message is tried again that failed once more after `attempts` failures; none: it is given up.
pub fn next_try(attempts: i64, now: Timestamp) -> Option<Timestamp> {
    let failed = attempts.saturating_add(1);
    let factor = 4_i32.saturating_pow(u32::try_from(attempts.clamp(0, 6)).unwrap_or(0));
    let wait = (FIRST_WAIT * factor).min(LONGEST_WAIT);
    (failed < ATTEMPTS).then(|| now.checked_add(wait).unwrap_or(now))
}
