//! Readers who have a story open and are told of comments as they are released: each holds a stream at some node, and goes to another
//! one when it breaks. As the page says then («something may have been missed»), they load it anew.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use super::super::browser::{Browser, Heard};
use super::super::ledger::State;
use super::super::marks::{Marked, marks};
use super::town::{HOST, Town, held};

/// A stream on which nothing comes for so long is given up: the paper says something every 20 seconds.
const SILENCE: Duration = Duration::from_secs(25);
/// Between a break and the next try, as a browser waits.
const AGAIN: Duration = Duration::from_millis(500);
/// What is released later than this before the end may be on its way.
const ON_ITS_WAY: Duration = Duration::from_secs(5);

/// What somebody saw.
#[derive(Debug)]
pub struct Seen {
    story: String,
    since: Instant,
    comments: BTreeSet<u32>,
    /// How often a stream was begun.
    pub begun: usize,
    /// Comments of which the stream told.
    pub told: usize,
}

/// Reads along until the town closes.
pub fn read_along(town: &Town, story: &str, from: Ipv4Addr) -> Seen {
    let mut reader = Browser::through_a_proxy(town.doors[0], HOST, from);
    let since = Instant::now();
    let mut seen = Seen { story: story.to_owned(), since, comments: BTreeSet::new(), begun: 0, told: 0 };
    while town.is_open() {
        let node = town.next();
        reader.turn_to(town.doors[node]);
        let Some(line) = reader.open_stream(&format!("{story}/live"), Duration::from_secs(1)) else {
            town.tell_ready(node, false);
            std::thread::sleep(AGAIN);
            continue;
        };
        let mut stream = Stream::new(BufReader::new(line));
        if stream.head() {
            seen.begun += 1;
            // The stream is listened to before the page is asked for: nothing falls in between.
            if seen.load(town, &mut reader, node) {
                seen.follow(town, &mut stream);
            }
        }
        std::thread::sleep(AGAIN);
    }
    seen
}

impl Seen {
    fn load(&mut self, town: &Town, reader: &mut Browser, node: usize) -> bool {
        let asked_at = Instant::now();
        let Heard::Whole(answer) = reader.get(&format!("{}?sort=newest", self.story)) else { return false };
        town.look_for_leaks(node, &self.story, &answer.text(), asked_at);
        self.note(town, &answer.text());
        answer.status == 200
    }

    fn note(&mut self, town: &Town, text: &str) {
        let word = town.ledger().word.clone();
        for mark in marks(&word, text) {
            if let Marked::Comment(number) = mark {
                self.comments.insert(number);
            }
        }
    }

    fn follow(&mut self, town: &Town, stream: &mut Stream<impl BufRead>) {
        let mut heard_at = Instant::now();
        while town.is_open() && heard_at.elapsed() < SILENCE {
            match stream.lines() {
                Came::Lines(lines) => {
                    heard_at = Instant::now();
                    for line in lines.iter().filter(|line| line.starts_with("data:")) {
                        self.told += 1;
                        self.note(town, line);
                    }
                }
                Came::Nothing => {}
                Came::End => return,
            }
        }
    }

    /// What was released while they read along, and is public still: they have seen all of it.
    pub fn compare(&self, town: &Town, closed_at: Instant) -> usize {
        if self.begun == 0 || self.told == 0 {
            town.find("nothing was proved", format!("{} streams of somebody told {} things", self.begun, self.told));
        }
        let missed: Vec<String> = {
            let ledger = town.ledger();
            let released = held(&town.released);
            let due = ledger.comments.iter().filter(|(number, comment)| {
                let at = released.get(number).copied();
                let in_time = at.is_some_and(|at| at > self.since && at + ON_ITS_WAY < closed_at);
                in_time && comment.story == self.story && comment.fate.exactly() == Some(State::Released)
            });
            due.filter(|(number, _)| !self.comments.contains(number))
                .map(|(number, _)| ledger.of_comment(*number))
                .collect()
        };
        for mark in &missed {
            town.find("released and missed by somebody who read along", format!("{mark} under {}", self.story));
        }
        missed.len()
    }
}

/// What came on a stream.
pub enum Came {
    /// Whole lines.
    Lines(Vec<String>),
    /// Nothing within a second.
    Nothing,
    /// The line was closed or broke.
    End,
}

/// A stream of lines that comes in chunks.
pub struct Stream<R> {
    line: R,
    rest: String,
}

impl<R: BufRead> Stream<R> {
    /// Nothing read yet.
    pub fn new(line: R) -> Self {
        Self { line, rest: String::new() }
    }

    /// Reads the head; whether it is a stream that begins.
    pub fn head(&mut self) -> bool {
        let (mut first, mut line) = (String::new(), String::new());
        // The head of a node that does not answer for its data takes longer than the silence between two chunks.
        let until = Instant::now() + SILENCE;
        while Instant::now() < until {
            match self.line.read_line(&mut line) {
                Ok(0) => return false,
                Ok(_) if line.trim().is_empty() => return first.contains(" 200 "),
                Ok(_) => {
                    first = if first.is_empty() { line.clone() } else { first };
                    line.clear();
                }
                Err(error) if is_silence(&error) => {}
                Err(_) => return false,
            }
        }
        false
    }

    /// The next chunk's whole lines.
    pub fn lines(&mut self) -> Came {
        let mut size = Vec::new();
        // A size that comes in two halves is rare enough to begin anew for it.
        match self.line.read_until(b'\n', &mut size) {
            Ok(0) => return Came::End,
            Ok(_) => {}
            Err(error) if is_silence(&error) && size.is_empty() => return Came::Nothing,
            Err(_) => return Came::End,
        }
        let size = String::from_utf8_lossy(&size).trim().to_owned();
        let Ok(size @ 1..) = usize::from_str_radix(&size, 16) else { return Came::End };
        let mut chunk = vec![0; size + 2];
        if self.line.read_exact(&mut chunk).is_err() {
            return Came::End;
        }
        self.rest.push_str(&String::from_utf8_lossy(&chunk[..size]));
        let whole = self.rest.rfind('\n').map_or(0, |at| at + 1);
        let lines = self.rest[..whole].lines().map(str::to_owned).collect();
        self.rest.drain(..whole);
        Came::Lines(lines)
    }
}

fn is_silence(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
}
