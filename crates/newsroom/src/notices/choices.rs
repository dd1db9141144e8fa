//! What a colleague chose.

use crate::people::{May, Role};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Hours after which waiting comments are told of, at most: a week.
pub const MOST_WAITING_HOURS: u8 = 168;
/// The same where nobody said.
const WAITING_HOURS: u8 = 4;
/// Minutes of an hour.
const HOUR: u16 = 60;
/// Minutes of a day.
const DAY: u16 = 24 * HOUR;

/// Something that a colleague may want to hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskNotice {
    /// A story was given to them.
    Given,
    /// A story of theirs is due within the hour, or late.
    Due,
    /// Something was noted at a story of theirs, or a note of theirs was answered.
    Noted,
    /// A story of theirs went on: ready, back to its writer, killed, public.
    Moved,
    /// A story that is theirs, or that they timed, did not go public at its minute.
    HeldUp,
    /// Breaking news was put over every page.
    Breaking,
    /// Comments wait longer than they said.
    Waiting,
    /// A picture in a story of theirs, or in one that they answer for, may not be shown much longer.
    Rights,
    /// A channel of the paper was switched off, because nothing arrived there for days.
    Channels,
    /// More is sent to the paper than usual, or as much as usual again.
    Attack,
}

impl DeskNotice {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::Given,
        Self::Due,
        Self::Noted,
        Self::Moved,
        Self::HeldUp,
        Self::Rights,
        Self::Breaking,
        Self::Waiting,
        Self::Channels,
        Self::Attack,
    ];

    /// The word under which it is sent and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Due => "due",
            Self::Noted => "noted",
            Self::Moved => "moved",
            Self::HeldUp => "held-up",
            Self::Breaking => "breaking",
            Self::Waiting => "waiting",
            Self::Rights => "rights",
            Self::Channels => "channels",
            Self::Attack => "attack",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// Whether it can concern somebody of a role at all.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            Self::Breaking => true,
            Self::Waiting => role.may(May::Moderate),
            Self::Channels | Self::Attack => role.may(May::Furnish),
            _ => role.may(May::WriteStories),
        }
    }
}

/// How somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// A letter to an address of mail.
    Mail,
    /// A signed message to an address of the web.
    Hook,
    /// A message of the paper's bot.
    Telegram,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Hook, Self::Telegram];

    /// The word under which it is stored, sent and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Hook => "hook",
            Self::Telegram => "telegram",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == key)
    }
}

/// What a colleague chose. As it begins: nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// By which ways they want to hear of what.
    pub wants: BTreeMap<DeskNotice, BTreeSet<Way>>,
    /// When they are left in peace.
    pub quiet: Option<Quiet>,
    /// Hours after which waiting comments are told of: 1 to [`MOST_WAITING_HOURS`].
    pub waiting_hours: u8,
}

impl Default for Choices {
    fn default() -> Self {
        Self { wants: BTreeMap::new(), quiet: None, waiting_hours: WAITING_HOURS }
    }
}

impl Choices {
    /// Whether something is wanted by a way.
    pub fn wants(&self, what: DeskNotice, way: Way) -> bool {
        self.wants.get(&what).is_some_and(|ways| ways.contains(&way))
    }

    /// The same with one more wish.
    #[must_use]
    pub fn and(mut self, what: DeskNotice, way: Way) -> Self {
        self.wants.entry(what).or_default().insert(way);
        self
    }
}

/// A span of every day in which nothing is sent, in minutes of the paper's clock. It may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// Its first minute of the day.
    pub from: u16,
    /// The first minute after it.
    pub to: u16,
}

/// What is wrong with a span as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuietProblem {
    /// No times of a clock.
    Unreadable,
    /// A beginning without an end, or the other way round.
    Half,
    /// It ends when it begins.
    Empty,
}

impl QuietProblem {
    /// The end of its key in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Half => "half",
            Self::Empty => "empty",
        }
    }
}

impl Quiet {
    /// Reads two times of a clock (`22:00`), in whatever digits; none where both are empty.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(from: &str, to: &str) -> Result<Option<Self>, QuietProblem> {
        match (from.trim(), to.trim()) {
            ("", "") => Ok(None),
            ("", _) | (_, "") => Err(QuietProblem::Half),
            (from, to) => match (minute(from), minute(to)) {
                (Some(from), Some(to)) if from == to => Err(QuietProblem::Empty),
                (Some(from), Some(to)) => Ok(Some(Self { from, to })),
                _ => Err(QuietProblem::Unreadable),
            },
        }
    }

    /// A minute of the day as the box of a form takes it.
    pub fn clock(minute: u16) -> String {
        format!("{:02}:{:02}", minute / HOUR, minute % HOUR)
    }

    /// When it is over, where it is now.
    pub fn over_at(self, now: &Zoned) -> Option<Timestamp> {
        let minute = u16::from(now.hour().unsigned_abs()) * HOUR + u16::from(now.minute().unsigned_abs());
        let over_midnight = self.from > self.to;
        let is_now = match over_midnight {
            true => minute >= self.from || minute < self.to,
            false => (self.from..self.to).contains(&minute),
        };
        let next_day = over_midnight && minute >= self.from;
        let day = if next_day { now.date().tomorrow().ok()? } else { now.date() };
        let (hour, minute) = (i8::try_from(self.to / HOUR).ok()?, i8::try_from(self.to % HOUR).ok()?);
        let end = day.at(hour, minute, 0, 0).to_zoned(now.time_zone().clone()).ok()?.timestamp();
        is_now.then_some(end)
    }
}

fn minute(typed: &str) -> Option<u16> {
    let typed = arabic::digits::to_western(typed);
    let mut parts = typed.split(':');
    let (hour, minute): (u16, u16) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let minutes = hour.checked_mul(HOUR)?.checked_add(minute)?;
    (minute < HOUR && minutes < DAY).then_some(minutes)
}
