//! The newsletter of the run: readers who asked for it, editions that are made amid faults, and whether each letter came once.

use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Result, ensure};

use super::super::browser::{Browser, Heard};
use super::super::ledger::Ended;
use super::database::Servers;
use super::mail::{Letter, Sink};
use super::people::{confirm, from, subscribe};
use super::town::{Seat, Town};

/// Readers of each rhythm before anything happens.
const READERS: u8 = 24;
/// Letters in a minute, as the desk says.
const PER_MINUTE: &str = "40";
const PATIENCE: Duration = Duration::from_secs(120);
const A_MOMENT: Duration = Duration::from_millis(200);
/// How long an act of the desk's is tried.
const TRIES: usize = 60;

/// What the desk has set, and who asked.
pub struct Newsletter {
    editor: Browser,
    hour: u64,
    weekday: u64,
    /// Who asked and was acknowledged, with the rhythm.
    asked: BTreeMap<String, &'static str>,
    made: Vec<&'static str>,
}

/// How letters fared.
#[derive(Debug, Default, Clone)]
pub struct Came {
    /// Letters with a link that were owed: acknowledged before.
    pub links: usize,
    /// Letters of editions that were owed.
    pub editions: usize,
    /// Of both, those that came once.
    pub once: usize,
    /// Those that wait: the node that had them in hand died, or a fault kept it from saying that they went.
    pub wait: usize,
    /// How long the last one was waited for after everything was over, in seconds.
    pub seconds: u64,
}

fn hour_and_weekday() -> (u64, u64) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
    // 1970 began on a Thursday; weeks begin on Monday with 1.
    (now / 3600 % 24, (now / 86_400 + 3) % 7 + 1)
}

impl Newsletter {
    /// Switched on, for an hour and a day that have not come; with readers who opened their links.
    pub fn open(town: &Town, editor: Browser, mail: &Sink) -> Result<Self> {
        let (hour, weekday) = hour_and_weekday();
        let (hour, weekday) = ((hour + 1) % 24, weekday % 7 + 1);
        let mut newsletter = Self { editor, hour, weekday, asked: BTreeMap::new(), made: Vec::new() };
        newsletter.keep(town);
        // Each node takes it up from what happened.
        std::thread::sleep(Duration::from_secs(3));
        for number in 0..READERS * 2 {
            let rhythm = if number < READERS { "daily" } else { "weekly" };
            let address = format!("{rhythm}{number}@example.net");
            let ended = subscribe(town, Seat::Proxy, &address, rhythm, from(number + 100));
            ensure!(ended == Ended::Done, "the newsletter is not taken: {ended:?}");
            newsletter.asked.insert(address, rhythm);
        }
        let many = usize::from(READERS) * 2;
        wait(|| mail.letters().len() >= many);
        for letter in mail.letters() {
            ensure!(letter.link.is_some(), "a letter to {} has no link", letter.to);
            let ended = confirm(town, letter.link.as_deref().unwrap_or_default());
            ensure!(ended == Ended::Done, "a link is not taken: {ended:?}");
        }
        ensure!(mail.letters().len() == many, "{} letters came instead of {many}", mail.letters().len());
        Ok(newsletter)
    }

    /// Has an edition made: from now on its hour has come.
    pub fn make(&mut self, rhythm: &'static str, town: &Town) {
        let (hour, weekday) = hour_and_weekday();
        self.hour = hour;
        if rhythm == "weekly" {
            self.weekday = weekday;
        }
        self.made.push(rhythm);
        self.keep(town);
    }

    fn keep(&mut self, town: &Town) {
        for _ in 0..TRIES {
            let page = town.ask(Seat::Proxy, &mut self.editor, true, |editor| editor.get("/desk/newsletter"));
            let Heard::Whole(page) = page.1 else { continue };
            let text = page.text();
            let seen =
                text.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            let (hour, weekday) = (self.hour.to_string(), self.weekday.to_string());
            let fields = [
                ("seen", seen),
                ("on", "yes"),
                ("hour", &hour),
                ("weekday", &weekday),
                ("greeting", ""),
                ("stories", "10"),
                ("per_minute", PER_MINUTE),
            ];
            let heard =
                town.ask(Seat::Proxy, &mut self.editor, false, |editor| editor.send("/desk/newsletter", &fields));
            if matches!(heard.1, Heard::Whole(answer) if answer.status == 303) {
                return;
            }
            std::thread::sleep(A_MOMENT);
        }
        town.find("the newsletter cannot be set", town.part());
    }

    /// Waits for what is on its way, and counts: everything that was owed came once or still stands in the outbox.
    pub fn count(&mut self, town: &Town, mail: &Sink, servers: &Servers<'_>, also: Vec<String>) -> Result<Came> {
        let owed: BTreeMap<String, &str> = self.asked.iter().map(|(to, rhythm)| (to.clone(), *rhythm)).collect();
        self.asked.extend(also.into_iter().map(|address| (address, "daily")));
        let start = Instant::now();
        let mut came = Came { links: self.asked.len(), editions: owed.len(), ..Came::default() };
        wait(|| {
            let letters = mail.letters();
            let (links, editions) = (times(&letters, true), times(&letters, false));
            self.asked.keys().all(|address| links.contains_key(address))
                && owed.keys().all(|address| editions.contains_key(address))
        });
        came.seconds = start.elapsed().as_secs();
        let letters = mail.letters();
        let (links, editions) = (times(&letters, true), times(&letters, false));
        let mut missing = [0, 0];
        let both = [(self.asked.keys().collect::<Vec<_>>(), &links), (owed.keys().collect(), &editions)];
        for (which, (addresses, times)) in both.into_iter().enumerate() {
            for address in addresses {
                match times.get(address).copied().unwrap_or_default() {
                    0 => missing[which] += 1,
                    1 => came.once += 1,
                    many => town.find("a letter came more than once", format!("{address}: {many} times")),
                }
            }
        }
        let open = open_jobs(servers)?;
        for (which, name) in ["letters with a link", "letters of an edition"].into_iter().enumerate() {
            if missing[which] > open[which] {
                town.find(
                    "a letter is lost",
                    format!("{} {name} did not come, {} stand in the outbox", missing[which], open[which]),
                );
            }
            came.wait += missing[which];
            if open[which] > missing[which] {
                let many = open[which] - missing[which];
                town.find("a letter will go twice", format!("{many} {name} came and stand in the outbox all the same"));
            }
        }
        Ok(came)
    }
}

/// How often letters of one kind came to each address.
fn times(letters: &[Letter], with_link: bool) -> BTreeMap<String, usize> {
    let mut times = BTreeMap::new();
    for letter in letters.iter().filter(|letter| letter.link.is_some() == with_link) {
        *times.entry(letter.to.clone()).or_default() += 1;
    }
    times
}

/// Letters that stand in the outbox: with a link, and of an edition.
fn open_jobs(servers: &Servers<'_>) -> Result<[usize; 2]> {
    let of = |kind: &str| {
        let text = format!("select count(*) from jobs where kind = '{kind}' and done_at is null");
        Ok::<usize, anyhow::Error>(servers.ask(&text)?.parse()?)
    };
    Ok([of("mail")?, of("newsletter")?])
}

fn wait(done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() && start.elapsed() < PATIENCE {
        std::thread::sleep(A_MOMENT);
    }
}
