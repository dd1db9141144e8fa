//! What has settled without the clock saying so.

use super::Seen;
use std::time::{Duration, Instant};

#[test]
fn what_was_seen_long_ago_has_settled_whatever_the_clock_says() {
    let (seen, start) = (Seen::default(), Instant::now());
    let settled = |newest, seconds| seen.settled(newest, start + Duration::from_secs(seconds));
    assert_eq!(settled(7, 0), 0);
    assert_eq!(settled(8, 119), 0, "a transaction may still be on its way");
    assert_eq!(settled(9, 120), 7);
    assert_eq!(settled(10, 239), 7);
    assert_eq!(settled(11, 240), 9);
}
