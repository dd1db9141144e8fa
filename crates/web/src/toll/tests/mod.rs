//! What browsers compute while the paper is under attack: when it is asked for, what counts as an answer, and what becomes of a form.

mod attack;
mod posted;
mod tasks;

use newsroom::Timestamp;
use std::net::IpAddr;

/// So many seconds after a time.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
}

/// A network of many.
fn network(n: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, n])
}
