//! An authority's order to remove comments: entered with the time at which it was received, carried out within the hour, kept
//! apart for six months. Spans are those of Regulation (EU) 2021/784 as remembered, not checked against its text.

#[cfg(test)]
mod tests;

use crate::ids::OrderId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Within so long an order is to be carried out, in minutes.
pub const CLOCK_MINUTES: i64 = 60;
/// For so long what was removed is kept, in days: six months.
pub const KEPT_DAYS: i64 = 183;
/// For so long at most an authority may ask that the author is not told, in days: six weeks, each time.
pub const SILENT_DAYS: i64 = 42;
/// The largest document, in bytes.
pub const MOST_DOCUMENT: usize = 10 * 1024 * 1024;
/// Signs of a line.
const MOST_LINE: usize = 300;

/// On what ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// A removal order about terrorist content.
    TerroristContent,
    /// A court's.
    Court,
    /// On another legal ground.
    Other,
}

impl OrderKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::TerroristContent, Self::Court, Self::Other];

    /// The word under which it is stored and translated (`order.kind.court` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::TerroristContent => "terrorist-content",
            Self::Court => "court",
            Self::Other => "other",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// An order as it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// On what ground.
    pub kind: OrderKind,
    /// Whose.
    pub authority: String,
    /// Where its answer goes and where redress is sought.
    pub contact: String,
    /// Two letters.
    pub country: String,
    /// The authority's own number.
    pub reference: String,
    /// When it came: the clock counts from here.
    pub received_at: Timestamp,
    /// Until when the author is not told, where the authority asks for that.
    pub silent_until: Option<Timestamp>,
}

/// What the author of a removed comment is told of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderNamed {
    /// Which.
    pub id: OrderId,
    /// On what ground, by its word.
    pub kind: String,
    /// Whose.
    pub authority: String,
    /// Where redress is sought.
    pub contact: String,
    /// Two letters.
    pub country: String,
    /// The authority's own number.
    pub reference: String,
}

/// What keeps an order from being entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderProblem {
    /// Whose order it is has to be said.
    NoAuthority,
    /// Two letters.
    NoCountry,
    /// A line is longer than 300 signs.
    TooLong,
    /// It comes from the future, or is older than a year.
    NotThen,
    /// The author may not be kept from knowing for so long.
    TooSilent,
}

impl OrderProblem {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoAuthority => "order.no-authority",
            Self::NoCountry => "order.no-country",
            Self::TooLong => "order.too-long",
            Self::NotThen => "order.not-then",
            Self::TooSilent => "order.too-silent",
        }
    }
}

impl NewOrder {
    /// Whether it may be entered as it stands.
    ///
    /// # Errors
    /// What keeps it from being entered.
    pub fn checked(self, now: Timestamp) -> Result<Self, OrderProblem> {
        if self.authority.is_empty() {
            return Err(OrderProblem::NoAuthority);
        }
        if self.country.len() != 2 || !self.country.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Err(OrderProblem::NoCountry);
        }
        let lines = [&self.authority, &self.contact, &self.reference];
        if lines.into_iter().any(|line| line.chars().count() > MOST_LINE) {
            return Err(OrderProblem::TooLong);
        }
        let a_minute_ahead = later(now, SignedDuration::from_mins(1));
        if self.received_at > a_minute_ahead || later(self.received_at, SignedDuration::from_hours(365 * 24)) < now {
            return Err(OrderProblem::NotThen);
        }
        if self.silent_until.is_some_and(|until| !may_be_silent_until(until, now)) {
            return Err(OrderProblem::TooSilent);
        }
        Ok(self)
    }
}

/// Until when an order is to be carried out.
pub fn due_at(received_at: Timestamp) -> Timestamp {
    later(received_at, SignedDuration::from_mins(CLOCK_MINUTES))
}

/// Until when what it removes is kept, unless that is extended.
pub fn kept_until(carried_out_at: Timestamp) -> Timestamp {
    later(carried_out_at, SignedDuration::from_hours(KEPT_DAYS * 24))
}

/// Six weeks from now at most; an end that has passed tells the author now.
pub fn may_be_silent_until(until: Timestamp, now: Timestamp) -> bool {
    until <= later(now, SignedDuration::from_hours(SILENT_DAYS * 24 + 1))
}

fn later(at: Timestamp, span: SignedDuration) -> Timestamp {
    at.saturating_add(span).unwrap_or(at)
}

/// What a document is, by its first bytes and never by its name: PDF, PNG, JPEG, WebP or plain text; none where it is
/// something else.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => {
            let text = std::str::from_utf8(bytes).ok().filter(|text| !text.trim().is_empty())?;
            let readable = |sign: char| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t');
            text.chars().all(readable).then_some("text/plain")
        }
    }
}
