//! What a browser computes before something is taken from it, while the paper is under attack: a proof of work, where others put a
//! foreign captcha. Nobody is shown a puzzle. The page's own script asks for a task when a form is sent, computes for about a second
//! and sends the answer along; of browsers without script fewer forms are taken. In quiet times nothing is asked of anybody.
//!
//! The listing explains the folder: how many come and whether that is an attack, the task and its answer, which answers were used,
//! the layer before what visitors send, and who is told.

mod alarm;
mod ask;
mod crossing;
mod refused;
mod spent;
mod task;
mod told;
mod watch;

#[cfg(test)]
mod tests;

pub use ask::{ask, ask_from_elsewhere};
pub use crossing::{ask_first, ask_first_elsewhere};
pub use told::look;

#[cfg(test)]
pub(crate) use task::solve;

use crate::guard::Pacer;
use crate::paper::Paper;
use newsroom::Timestamp;
use spent::Spent;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use watch::{Bounds, Watch};

/// In which line of an answer a task stands.
pub const TASK: &str = "midad-toll";

/// Forms without an answer that one network may send in an hour while answers are asked for: whoever reads without script.
const SLOW_PER_HOUR: u32 = 6;
/// The same for all networks together, in a minute: a thousand of them without script would be an attack again.
const SLOW_OF_ALL_PER_MINUTE: u32 = 20;
/// The name under which all of them are counted.
const ALL: &str = "all";
/// A network that sends so many times more than its pace allows is asked, whatever the paper's other networks do: whoever is told
/// to wait and is a person waits.
const TIMES_THE_PACE: u32 = 2;

/// When a task is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TollAsked {
    /// Never.
    Never,
    /// While more is sent than usual: as shipped.
    #[default]
    UnderAttack,
    /// With everything that visitors send.
    Always,
}

/// What this process knows of it. The seal of a task is the paper's: each process believes the tasks of all.
#[derive(Debug)]
pub struct Toll {
    watch: Watch,
    spent: Spent,
    slow: Pacer,
    slow_of_all: Pacer,
    counted: [AtomicU64; Counted::ALL.len()],
}

/// What is counted, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// A task was handed out.
    Issued,
    /// A form came with an answer that fits.
    Solved,
    /// A form was taken without one, in its turn.
    Slow,
    /// A form came back, with its words.
    Refused,
}

impl TollAsked {
    /// Reads the word of the settings; none when it is none.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "never" => Some(Self::Never),
            "under-attack" => Some(Self::UnderAttack),
            "always" => Some(Self::Always),
            _ => None,
        }
    }
}

impl Counted {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Issued, Self::Solved, Self::Slow, Self::Refused];

    /// As it is told.
    pub fn name(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Solved => "solved",
            Self::Slow => "slow",
            Self::Refused => "refused",
        }
    }
}

impl Default for Toll {
    fn default() -> Self {
        Self {
            watch: Watch::default(),
            spent: Spent::default(),
            slow: Pacer::hourly(SLOW_PER_HOUR),
            slow_of_all: Pacer::new(SLOW_OF_ALL_PER_MINUTE),
            counted: Default::default(),
        }
    }
}

impl Toll {
    /// How many bits are asked of a network now; none: nothing is.
    pub fn asks(&self, paper: &Paper, network: IpAddr, now: Timestamp) -> Option<u8> {
        asked(paper, self.watch.bits(network, Bounds::of(paper), now))
    }

    /// The whole paper is under attack, as far as this process sees.
    pub fn is_under_attack(&self) -> bool {
        self.watch.rings()
    }

    /// How often something happened since the process began.
    pub fn counted(&self, what: Counted) -> u64 {
        self.counter(what).map_or(0, |counter| counter.load(Ordering::Relaxed))
    }

    /// Forgets networks that have been silent long enough to begin anew.
    pub fn forget_the_silent(&self, paper: &Paper, now: Timestamp) {
        self.watch.forget_the_silent(Bounds::of(paper), now);
        self.slow.forget_the_silent();
        self.slow_of_all.forget_the_silent();
    }

    fn note(&self, what: Counted) {
        if let Some(counter) = self.counter(what) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn counter(&self, what: Counted) -> Option<&AtomicU64> {
        Counted::ALL.iter().position(|one| *one == what).and_then(|at| self.counted.get(at))
    }

    /// Takes one without an answer in its turn; else how many seconds to wait.
    fn take_slowly(&self, network: IpAddr) -> Result<(), u64> {
        self.slow.take(network)?;
        self.slow_of_all.take_named(ALL)
    }
}

impl Bounds {
    fn of(paper: &Paper) -> Self {
        Self { paper: paper.attack_per_minute, network: paper.posts_per_minute.saturating_mul(TIMES_THE_PACE) }
    }
}

/// What the paper's setting makes of what an alarm asks for.
fn asked(paper: &Paper, alarmed: Option<u8>) -> Option<u8> {
    match paper.toll {
        TollAsked::Never => None,
        TollAsked::UnderAttack => alarmed,
        TollAsked::Always => Some(alarmed.unwrap_or(task::LEAST_BITS)),
    }
}
