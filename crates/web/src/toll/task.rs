//! A task and its answer. Nothing is kept of a task that is handed out: it is sealed with the paper's own key, so that each process of
//! the paper knows it again, and says for which browser and which place it is, from when on and how hard it is.
//!
//! The answer is seven letters by which the SHA-256 of task and answer together begins with so many zero bits (Back, «Hashcash», 2002,
//! has the idea). To find it takes 2 to the power of these bits hashes on the average, to check it one.

use crate::app::App;
use crate::guard::Seal;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use newsroom::{Timestamp, VisitorId};
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// Bits of the easiest task, which a telephone of the middle class answers in a third of a second; the hardest takes it some four. From
/// figures that were measured on a desk machine, and Lighthouse's factor of four: docs/performance.md.
pub(super) const LEAST_BITS: u8 = 16;
/// Bits of the hardest.
pub(super) const MOST_BITS: u8 = 20;
/// For so many seconds a task is good: a slow telephone may sleep in between.
pub(super) const GOOD_FOR: i64 = 5 * 60;
/// So many seconds the clocks of two processes may be apart.
const APART: i64 = 60;
/// Number and time of issue, eight bytes each, and bits.
const BODY: usize = 17;
/// A body in base64url, a dot and the seal as it stands in addresses.
const LETTERS: usize = 48;
/// Letters of an answer, each from a to p.
const ANSWER: usize = 7;
const PURPOSE: &[u8] = b"toll task";

/// Whose task it is: by its key, and without one by its network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// A browser that has sent something before.
    Device(VisitorId),
    /// Anybody of a network.
    Network(IpAddr),
}

/// Why an answer does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It is none.
    Unreadable,
    /// The task is not the paper's, or for another browser or another place.
    NotTheirs,
    /// The task is too old, or of a time that has not come.
    NotNow,
    /// The hash does not begin with enough zero bits.
    Unsolved,
}

/// A task that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Solved {
    /// Its number.
    pub task: i64,
    /// When it would be too old.
    pub until: Timestamp,
}

impl Whose {
    fn bytes(self) -> [u8; 17] {
        let (kind, number) = match self {
            Self::Device(VisitorId(id)) => (1, u128::from(id.cast_unsigned())),
            Self::Network(IpAddr::V4(v4)) => (2, u128::from(v4.to_bits())),
            Self::Network(IpAddr::V6(v6)) => (3, v6.to_bits()),
        };
        let mut bytes = [kind; 17];
        bytes.iter_mut().skip(1).zip(number.to_be_bytes()).for_each(|(place, byte)| *place = byte);
        bytes
    }
}

/// A new task as it is handed out: its bits and its letters.
pub(super) fn issue(app: &App, whose: Whose, place: &[u8], bits: u8, now: Timestamp) -> String {
    let (number, at) = (app.store.id(now).to_be_bytes(), now.as_second().to_be_bytes());
    let parts: [&[u8]; 3] = [&number, &at, &[bits]];
    let body = parts.concat();
    let seal = Seal::over(app, PURPOSE, &[&body, &whose.bytes(), place]).short();
    format!("{bits} {}.{seal}", URL_SAFE_NO_PAD.encode(body))
}

/// The task that was answered.
///
/// # Errors
/// Why the answer does not count.
pub(super) fn check(app: &App, whose: &[Whose], place: &[u8], sent: &str, now: Timestamp) -> Result<Solved, Doubt> {
    let (task, answer) = sent.split_at_checked(LETTERS).ok_or(Doubt::Unreadable)?;
    let answer = answer.strip_prefix('.').filter(|answer| answer.len() == ANSWER).ok_or(Doubt::Unreadable)?;
    let (body, seal) = task.split_once('.').ok_or(Doubt::Unreadable)?;
    let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| Doubt::Unreadable)?;
    let body: [u8; BODY] = body.try_into().map_err(|_| Doubt::Unreadable)?;
    let is_theirs = |whose: &Whose| Seal::over(app, PURPOSE, &[&body, &whose.bytes(), place]).matches_short(seal);
    if !whose.iter().any(is_theirs) {
        return Err(Doubt::NotTheirs);
    }
    let number = |from: usize| body.get(from..from + 8).and_then(|bytes| bytes.try_into().ok()).map(i64::from_be_bytes);
    let (task_number, issued) = number(0).zip(number(8)).ok_or(Doubt::Unreadable)?;
    if !(-APART..=GOOD_FOR).contains(&now.as_second().saturating_sub(issued)) {
        return Err(Doubt::NotNow);
    }
    let hash = Sha256::new().chain_update(task).chain_update(answer).finalize();
    if zero_bits(&hash) < u32::from(body[BODY - 1].max(LEAST_BITS)) {
        return Err(Doubt::Unsolved);
    }
    let left = SignedDuration::from_secs(GOOD_FOR + APART);
    Ok(Solved { task: task_number, until: now.saturating_add(left).unwrap_or(now) })
}

fn zero_bits(hash: &[u8]) -> u32 {
    let first = hash.first_chunk::<8>().copied().map_or(0, u64::from_be_bytes);
    first.leading_zeros()
}

/// An answer that fits, for tests that are no browser.
#[cfg(test)]
pub(crate) fn solve(task: &str) -> String {
    let (bits, letters) = task.split_once(' ').expect("bits and letters");
    let bits: u32 = bits.parse().expect("a number");
    let answers = (0_u32..1 << 28).map(|number| -> String {
        (0..ANSWER)
            .rev()
            .map(|at| char::from(b'a' + u8::try_from((number >> (4 * at)) & 15).expect("four bits")))
            .collect()
    });
    let mut fitting = answers.filter(|answer| zero_bits(&Sha256::digest(format!("{letters}{answer}"))) >= bits);
    format!("{letters}.{}", fitting.next().expect("one of them fits"))
}
