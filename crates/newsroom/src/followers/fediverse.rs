//! Those who follow the paper from other servers of the Fediverse (ActivityPub, W3C Recommendation of 23 January 2018).

use crate::ids::SectionId;
use crate::notices::HookAddress;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Bytes of an address that another server says of itself, at most.
const MOST_ADDRESS: usize = 1_000;
/// Bytes of the name of a host (RFC 1035, 2.3.4).
const MOST_HOST: usize = 253;
/// Letters of a handle, at most: what every server takes.
const MOST_HANDLE: usize = 30;
/// How long after each try the next one follows: about three days in all.
const WAITS: [SignedDuration; 9] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(6),
    SignedDuration::from_hours(12),
    SignedDuration::from_hours(16),
    SignedDuration::from_hours(16),
    SignedDuration::from_hours(16),
];
/// A server that could not be told anything for so long is dropped, and with it those who follow from there.
pub const DROPPED_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Whether the paper can be followed from there. As it begins: not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FediverseSettings {
    /// Whether it can.
    pub on: bool,
}

/// Who of the paper is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Followed {
    /// The whole paper.
    Paper,
    /// One of its sections.
    Section(SectionId),
}

impl Followed {
    /// The number under which it is stored: no section has 0.
    pub fn key(self) -> i64 {
        match self {
            Self::Paper => 0,
            Self::Section(section) => section.0,
        }
    }

    /// Reads the number back.
    pub fn from_key(key: i64) -> Self {
        if key == 0 { Self::Paper } else { Self::Section(SectionId(key)) }
    }
}

/// An address on another server: `https`, of a host that is none of this house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FarAddress {
    whole: String,
    host: String,
}

impl FarAddress {
    /// Reads what another server says. What the administrator lets colleagues tell inside the house is nothing to a stranger.
    pub fn read(said: &str) -> Option<Self> {
        let fits = said.len() <= MOST_ADDRESS && said.bytes().all(|byte| byte.is_ascii_graphic());
        let host = said.strip_prefix("https://")?.split(['/', '?', '#']).next()?;
        let leads_out = HookAddress::new(&format!("https://{host}/"), &[]).is_ok();
        (fits && leads_out).then(|| Self { whole: said.to_owned(), host: host.to_ascii_lowercase() })
    }

    /// As it was said.
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// The host, with its port where one is named, in small letters.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// The name of a host as it is blocked: `social.example`, from whatever was typed, also an address or a handle.
pub fn host_typed(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let rest = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next()?;
    let host = rest.rsplit('@').next()?.trim_end_matches('.').to_ascii_lowercase();
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
    let fits = (1..=MOST_HOST).contains(&host.len()) && host.contains('.') && host.bytes().all(is_sign);
    fits.then_some(host)
}

/// A host and every domain above it: `a.social.example` is blocked with `social.example`. The port does not matter.
pub fn host_and_above(host: &str) -> Vec<String> {
    let bare = host.split(':').next().unwrap_or_default();
    let mut all = vec![bare.to_owned()];
    let mut rest = bare;
    while let Some((_, above)) = rest.split_once('.').filter(|(_, above)| above.contains('.')) {
        all.push(above.to_owned());
        rest = above;
    }
    if host != bare {
        all.push(host.to_owned());
    }
    all
}

/// Whether a section's name for addresses can be a handle on every server: letters, digits and `_`, and not the paper's own.
pub fn is_handle(slug: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    slug != PAPER_HANDLE && (1..=MOST_HANDLE).contains(&slug.len()) && slug.bytes().all(is_sign)
}

/// Under which name the whole paper is followed.
pub const PAPER_HANDLE: &str = "paper";

/// When a delivery is tried again that failed after so many tries before it; none: it is given up.
pub fn next_delivery(tries_before: i64, now: Timestamp) -> Option<Timestamp> {
    let wait = WAITS.get(usize::try_from(tries_before).ok()?)?;
    now.checked_add(*wait).ok()
}
