//! How people fared, part by part of the run.

use std::time::{Duration, Instant};

use super::super::ledger::Ended;
use super::town::{Town, milliseconds};

/// Between two looks at the time.
const TICK: Duration = Duration::from_millis(20);

/// How those fared who asked in one way.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Pages that came.
    pub pages: usize,
    /// Pages instead of which readers were asked to come again.
    pub pages_refused: usize,
    /// Pages that did not come.
    pub pages_broken: usize,
    /// Acts that were acknowledged.
    pub done: usize,
    /// Acts without an acknowledgement: asked to come again, or the line broke.
    pub perhaps: usize,
    /// Acts that nobody heard of.
    pub not: usize,
    /// Lines that the proxy took to another node.
    pub passed_over: usize,
    /// Milliseconds that each page took.
    pub page_ms: Vec<u32>,
    /// The same of each act.
    pub act_ms: Vec<u32>,
}

impl Tally {
    /// A page came, or did not.
    pub fn page(&mut self, came: bool, ms: u32) {
        if came {
            self.pages += 1
        } else {
            self.pages_broken += 1
        }
        self.page_ms.push(ms);
    }

    /// An act ended.
    pub fn write(&mut self, ended: Ended, ms: u32) {
        match ended {
            Ended::Done => self.done += 1,
            Ended::Perhaps => self.perhaps += 1,
            Ended::Not => self.not += 1,
        }
        self.act_ms.push(ms);
    }
}

/// A part of the run.
#[derive(Debug, Clone)]
pub struct Phase {
    /// In words.
    pub name: String,
    began: Instant,
    /// How long it took.
    pub took: Duration,
    /// How long this machine kept somebody waiting at most who wanted nothing of it: so much of every other time may be its own.
    pub stalled_ms: u32,
    /// Those who came through the proxy.
    pub proxy: Tally,
    /// Those who went straight to one node.
    pub straight: Tally,
}

impl Phase {
    /// It begins now.
    pub fn begun(name: &str) -> Self {
        let (proxy, straight) = Default::default();
        Self { name: name.to_owned(), began: Instant::now(), took: Duration::ZERO, stalled_ms: 0, proxy, straight }
    }

    /// It ends now, unless it has ended before.
    pub fn end(&mut self) {
        if self.took.is_zero() {
            self.took = self.began.elapsed();
        }
    }
}

/// Looks at the time again and again until the town closes, and says how late it came to it.
pub fn feel_the_machine(town: &Town) {
    while town.is_open() {
        let before = Instant::now();
        std::thread::sleep(TICK);
        town.stalled(milliseconds(before.elapsed().saturating_sub(TICK)));
    }
}

/// The value below which so many in a hundred lie; none of nothing.
pub fn below(values: &[u32], hundredths: usize) -> Option<u32> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().checked_sub(1)?;
    sorted.get((sorted.len() * hundredths / 100).min(last)).copied()
}
