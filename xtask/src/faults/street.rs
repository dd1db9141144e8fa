//! Where people meet the paper at the same time: what they share, and the visitors among them.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::browser::{Answer, Browser, Heard};
use super::chance::Chance;
use super::ledger::{Ended, Ledger};
use super::proof::look_for_leaks_since;

/// Whoever stopped, because the line broke or something was refused, comes again after so long.
const BETWEEN_TWO_VISITS: Duration = Duration::from_millis(50);

/// What everybody shares between two kills.
pub struct Street<'l> {
    /// Where the paper listens.
    pub port: u16,
    /// Paths of the stories that are talked about.
    pub stories: Vec<String>,
    /// The short id of a section.
    pub section: String,
    /// Whoever works here may be asked at any time to sign in anew.
    pub clock_jumps: bool,
    ledger: &'l Mutex<Ledger>,
    closed: AtomicBool,
}

/// What was touched since it was last looked at.
#[derive(Debug, Default)]
pub struct Touched {
    /// Visitors with the numbers of what they sent.
    pub visitors: Vec<(Browser, Vec<u32>)>,
    /// Comments on which somebody ruled.
    pub comments: BTreeSet<u32>,
    /// Stories.
    pub stories: BTreeSet<u32>,
    /// Paths that were talked about.
    pub paths: BTreeSet<String>,
}

impl<'l> Street<'l> {
    /// An open one.
    pub fn new(port: u16, stories: Vec<String>, section: &str, ledger: &'l Mutex<Ledger>) -> Self {
        let (section, closed) = (section.to_owned(), AtomicBool::new(false));
        Self { port, stories, section, clock_jumps: false, ledger, closed }
    }

    /// The ledger, for as long as it is looked at.
    pub fn ledger(&self) -> MutexGuard<'l, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// People go on.
    pub fn is_open(&self) -> bool {
        !self.closed.load(Ordering::Relaxed)
    }

    /// People stop after what they are doing.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Comes again and again until people stop: what was refused to somebody is not the end of the day.
    pub fn stay<T>(&self, chance: &mut Chance, mut come: impl FnMut(Chance) -> T) -> Vec<T> {
        let mut all = Vec::new();
        while self.is_open() {
            all.push(come(chance.own()));
            std::thread::sleep(BETWEEN_TWO_VISITS);
        }
        all
    }

    /// How an act ended, and its answer where it was acknowledged. An answer that acknowledges nothing is noted.
    pub fn ended(&self, what: &str, heard: Heard) -> (Ended, Option<Answer>) {
        match heard {
            Heard::Whole(answer) if answer.is_good() => (Ended::Done, Some(answer)),
            // Under a rush whoever comes beyond is told when to come again. Nothing says that nothing was done.
            Heard::Whole(answer) if [429, 503].contains(&answer.status) && answer.header("retry-after").is_some() => {
                self.ledger().come_again += 1;
                (Ended::Perhaps, None)
            }
            Heard::Whole(answer) if answer.status == 401 && self.clock_jumps => (Ended::Not, None),
            Heard::Whole(answer) => {
                let said: String = answer.text().chars().take(300).collect();
                self.ledger().find("refused without a reason", format!("{what}: {} {said}", answer.status));
                // A failure may have come after the commit.
                (if answer.status >= 500 { Ended::Perhaps } else { Ended::Not }, None)
            }
            Heard::Broken => (Ended::Perhaps, None),
            Heard::NotSent => (Ended::Not, None),
        }
    }

    /// A reader opens pages until the line breaks: also between a ruling and the next start nobody gets what is not public.
    pub fn reader(&self, mut chance: Chance) {
        let mut reader = Browser::new(self.port);
        while self.is_open() {
            let mut paths = vec!["/".to_owned(), "/comments/feed/rss".to_owned()];
            paths.extend(self.stories.iter().flat_map(|story| [story.clone(), format!("{story}?sort=newest")]));
            let Some(path) = chance.one_of(&paths) else { return };
            let asked_at = Instant::now();
            let Heard::Whole(answer) = reader.get(path) else { return };
            let mut ledger = self.ledger();
            if answer.status >= 500 {
                ledger.find("a public address fails", format!("{path}: {}", answer.status));
            }
            ledger.read_meanwhile += 1;
            look_for_leaks_since(&mut ledger, path, &answer.text(), asked_at);
            drop(ledger);
            std::thread::sleep(chance.ms(0, 30));
        }
    }

    /// A visitor comments until the line breaks; the browser and the numbers of what was sent.
    pub fn visitor(&self, mut chance: Chance, pause: u64) -> (Browser, Vec<u32>) {
        let (mut browser, mut numbers) = (Browser::new(self.port), Vec::new());
        let name = format!("Visiteur {}", chance.words(2));
        while self.is_open() {
            let Some(story) = chance.one_of(&self.stories).cloned() else { break };
            let (one, two) = (3 + chance.below(20), 2 + chance.below(8));
            let words = (chance.words(one), chance.words(two));
            let (number, text) = self.ledger().begin_comment(&story, (&words.0, &words.1));
            let fields = [("name", name.as_str()), ("text", text.as_str()), ("reply_to", ""), ("website", "")];
            let heard = browser.send(&format!("{story}/comments"), &fields);
            if let Heard::Whole(answer) = &heard
                && answer.status == 503
                && !answer.text().contains(&text)
            {
                self.ledger().find("refused without its words", format!("a comment under {story}: {text}"));
            }
            let (ended, _) = self.ended(&format!("a comment under {story}"), heard);
            self.ledger().end_comment(number, ended);
            if ended != Ended::Not {
                numbers.push(number);
            }
            if ended != Ended::Done {
                break;
            }
            std::thread::sleep(chance.ms(0, pause));
        }
        (browser, numbers)
    }
}
