//! The town: what everybody shares who is at work on a paper of several nodes. Who goes straight to a node, who through the proxy;
//! which node is in trouble since when; and what is a finding.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::super::browser::{Answer, Browser, Heard};
use super::super::ledger::{Ended, Ledger, Standing, State};
use super::super::marks::{Marked, marks};
use super::tally::{Phase, Tally};
use super::watch::Watch;

/// The paper's name on the network.
pub const HOST: &str = "paper.example";
/// After so long a node knows what another one did.
pub const KNOWN_WITHIN: Duration = Duration::from_secs(2);
/// So long after a fault is over nobody may be refused any more.
const RECOVERED_WITHIN: Duration = Duration::from_secs(30);

/// Whom somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// One node and no other.
    At(usize),
    /// Whichever the proxy gives.
    Proxy,
}

/// A node is not what it should be.
#[derive(Debug, Clone, Copy)]
pub struct Spell {
    /// Which one.
    pub node: usize,
    /// Since when.
    pub from: Instant,
    /// Until when; none: it still is.
    pub until: Option<Instant>,
}

/// What everybody shares.
pub struct Town {
    /// Where each node is asked.
    pub doors: [SocketAddr; 3],
    /// Paths of the stories that are talked about.
    pub stories: Vec<String>,
    /// The short id of a section.
    pub section: String,
    /// Who waits to see what.
    pub watch: Watch,
    /// Comments that were ever released, and when last.
    pub released: Mutex<BTreeMap<u32, Instant>>,
    /// Comments whose visitors have no answer and wait for none.
    pub unsure: Mutex<BTreeSet<u32>>,
    ledger: Mutex<Ledger>,
    phases: Mutex<Vec<Phase>>,
    spells: Mutex<Vec<Spell>>,
    ready: [AtomicBool; 3],
    turn: AtomicUsize,
    closed: AtomicBool,
}

/// A lock of which a panic elsewhere takes nothing away.
pub fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Town {
    /// An open one.
    pub fn new(doors: [SocketAddr; 3], stories: Vec<String>, section: &str, ledger: Ledger) -> Self {
        Self {
            doors,
            stories,
            section: section.to_owned(),
            watch: Watch::default(),
            released: Mutex::default(),
            unsure: Mutex::default(),
            ledger: Mutex::new(ledger),
            phases: Mutex::new(vec![Phase::begun("before anything happens")]),
            spells: Mutex::default(),
            ready: [true, true, true].map(AtomicBool::new),
            turn: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
        }
    }

    /// The ledger, for as long as it is looked at.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        held(&self.ledger)
    }

    /// People go on.
    pub fn is_open(&self) -> bool {
        !self.closed.load(Ordering::Relaxed)
    }

    /// People stop after what they are doing.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Another part of the run begins.
    pub fn phase(&self, name: &str) {
        eprintln!("faults: {name}");
        let mut phases = held(&self.phases);
        if let Some(last) = phases.last_mut() {
            last.end();
        }
        phases.push(Phase::begun(name));
        self.ledger().kill = phases.len() - 1;
    }

    /// All parts, the last one ended.
    pub fn phases(&self) -> Vec<Phase> {
        let mut phases = held(&self.phases);
        if let Some(last) = phases.last_mut() {
            last.end();
        }
        phases.clone()
    }

    /// Counts in the part that runs.
    pub fn count(&self, seat: Seat, count: impl FnOnce(&mut Tally)) {
        if let Some(phase) = held(&self.phases).last_mut() {
            count(if seat == Seat::Proxy { &mut phase.proxy } else { &mut phase.straight });
        }
    }

    /// These nodes are in trouble from now on.
    pub fn trouble(&self, nodes: &[usize]) {
        let from = Instant::now();
        held(&self.spells).extend(nodes.iter().map(|node| Spell { node: *node, from, until: None }));
    }

    /// They are no longer, as far as anybody outside of them can do anything about it.
    pub fn heal(&self, nodes: &[usize]) {
        let now = Instant::now();
        for spell in held(&self.spells).iter_mut().filter(|spell| nodes.contains(&spell.node)) {
            spell.until.get_or_insert(now);
        }
    }

    /// From when on a node had to know what happened at a moment; none while it is in trouble.
    pub fn due(&self, node: usize, since: Instant) -> Option<Instant> {
        due(&held(&self.spells), node, since)
    }

    /// A node was in trouble, or had been a moment ago, at some time since then.
    fn was_in_trouble(&self, node: usize, since: Instant, grace: Duration) -> bool {
        held(&self.spells)
            .iter()
            .any(|spell| spell.node == node && spell.until.is_none_or(|until| until + grace > since))
    }

    /// What the proxy knows of a node.
    pub fn tell_ready(&self, node: usize, is: bool) {
        self.ready[node].store(is, Ordering::Relaxed);
    }

    /// Asks where somebody sits. The proxy goes on to the next node where one does not take the line up; and, when it is safe to ask
    /// twice, where a line broke.
    pub fn ask(
        &self,
        seat: Seat,
        browser: &mut Browser,
        safe: bool,
        ask: impl Fn(&mut Browser) -> Heard,
    ) -> (usize, Heard) {
        if let Seat::At(node) = seat {
            browser.turn_to(self.doors[node]);
            return (node, ask(browser));
        }
        let mut node = 0;
        for _ in 0..self.doors.len() {
            node = self.next();
            browser.turn_to(self.doors[node]);
            match ask(browser) {
                Heard::NotSent => {}
                Heard::Broken if safe => {}
                heard => return (node, heard),
            }
            self.tell_ready(node, false);
            self.count(seat, |tally| tally.passed_over += 1);
        }
        (node, Heard::NotSent)
    }

    /// The next node that is ready; the next one where none is.
    pub fn next(&self) -> usize {
        let many = self.doors.len();
        let first = self.turn.fetch_add(1, Ordering::Relaxed);
        let mut all = (first..first + many).map(|turn| turn % many);
        all.find(|node| self.ready[*node].load(Ordering::Relaxed)).unwrap_or(first % many)
    }

    /// How something that was sent ended, and its answer where it was acknowledged. What was typed must come back with a refusal.
    pub fn sent(
        &self,
        (seat, what): (Seat, &str),
        (node, heard, began): (usize, Heard, Instant),
        typed: Option<&str>,
    ) -> (Ended, Option<Answer>) {
        let ms = milliseconds(began.elapsed());
        let (ended, answer) = match heard {
            Heard::Whole(answer) if answer.is_good() => (Ended::Done, Some(answer)),
            Heard::Whole(answer) if [429, 503].contains(&answer.status) => {
                self.refused(node, what, &answer, began);
                if typed.is_some_and(|typed| !answer.text().contains(typed)) {
                    self.find("refused without what was typed", format!("{what}, {}", self.part()));
                }
                (Ended::Perhaps, None)
            }
            Heard::Whole(answer) => {
                let said: String = answer.text().chars().take(200).collect();
                let server = answer.status >= 500;
                let said = if server { "" } else { said.lines().next().unwrap_or_default() };
                self.find("refused without a reason", format!("{what}, {}: {} {said}", self.part(), answer.status));
                (if server { Ended::Perhaps } else { Ended::Not }, None)
            }
            Heard::Broken => {
                self.broken(node, what, began);
                (Ended::Perhaps, None)
            }
            Heard::NotSent => {
                self.broken(node, what, began);
                (Ended::Not, None)
            }
        };
        self.count(seat, |tally| tally.write(ended, ms));
        (ended, answer)
    }

    /// A page that was read, where it came.
    pub fn read(&self, (seat, what): (Seat, &str), (node, heard, began): (usize, Heard, Instant)) -> Option<Answer> {
        let ms = milliseconds(began.elapsed());
        let answer = match heard {
            Heard::Whole(answer) if answer.is_good() => Some(answer),
            Heard::Whole(answer) if [429, 503].contains(&answer.status) => {
                self.refused(node, what, &answer, began);
                self.count(seat, |tally| tally.pages_refused += 1);
                return None;
            }
            Heard::Whole(answer) => {
                self.find("a public address fails", format!("{what}, {}: {}", self.part(), answer.status));
                None
            }
            Heard::Broken | Heard::NotSent => {
                self.broken(node, what, began);
                None
            }
        };
        self.count(seat, |tally| tally.page(answer.is_some(), ms));
        answer
    }

    /// A refusal says when to come again, and comes only with a fault or soon after it.
    fn refused(&self, node: usize, what: &str, answer: &Answer, began: Instant) {
        if answer.header("retry-after").is_none() {
            self.find(
                "a refusal does not say when to come again",
                format!("{what}, {}: {}", self.part(), answer.status),
            );
        }
        if !self.was_in_trouble(node, began, RECOVERED_WITHIN) {
            self.find(
                "refused without a fault",
                format!("{what} at node {}, {}: {}", node + 1, self.part(), answer.status),
            );
        }
    }

    fn broken(&self, node: usize, what: &str, began: Instant) {
        if !self.was_in_trouble(node, began, KNOWN_WITHIN) {
            self.find("no answer without a fault", format!("{what} at node {}, {}", node + 1, self.part()));
        }
    }

    /// Notes what must not be.
    pub fn find(&self, what: &'static str, detail: String) {
        self.ledger().find(what, detail);
    }

    /// This machine kept somebody waiting who wanted nothing of it but the time.
    pub fn stalled(&self, ms: u32) {
        if let Some(phase) = held(&self.phases).last_mut() {
            phase.stalled_ms = phase.stalled_ms.max(ms);
        }
    }

    /// Which part runs, in words.
    pub fn part(&self) -> String {
        held(&self.phases).last().map(|phase| phase.name.clone()).unwrap_or_default()
    }

    /// What a public text shows and must not. What was taken down may stand for as long as a node may take to hear of it.
    pub fn look_for_leaks(&self, node: usize, path: &str, text: &str, asked_at: Instant) {
        let mut ledger = self.ledger();
        for mark in marks(&ledger.word, text) {
            let (may, gone, word) = match mark {
                Marked::Comment(number) => {
                    let comment = ledger.comments.get(&number);
                    let may = comment.is_some_and(|comment| comment.fate.may_be(State::Released));
                    let was = held(&self.released).contains_key(&number);
                    (may, comment.and_then(|comment| comment.gone_at).filter(|_| was), ledger.of_comment(number))
                }
                Marked::Story(number) => {
                    let story = ledger.stories.get(&number);
                    let may = story.is_some_and(|story| story.fate.may_be(Standing::Public));
                    (may, story.and_then(|story| story.gone_at), ledger.of_story(number))
                }
            };
            let still = gone.is_some_and(|gone| self.due(node, gone).is_none_or(|due| due + KNOWN_WITHIN > asked_at));
            if !may && !still {
                let what =
                    if gone.is_some() { "still public after it was taken back" } else { "public without a ruling" };
                ledger.find(what, format!("{word} at {path} of node {}", node + 1));
            }
        }
    }
}

/// From when on a node had to know what happened at a moment: from then, or from the end of the spells that it was in since.
pub fn due(spells: &[Spell], node: usize, since: Instant) -> Option<Instant> {
    let mut due = since;
    for spell in spells.iter().filter(|spell| spell.node == node) {
        let until = spell.until?;
        // What happened a moment before the fault may not have arrived either.
        if until > since && spell.from < due + KNOWN_WITHIN {
            due = due.max(until);
        }
    }
    Some(due)
}

/// Whole milliseconds.
pub fn milliseconds(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}
