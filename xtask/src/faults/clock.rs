//! A clock that jumps under the program that is served, by Debian's libfaketime. What a program waits for goes by another clock
//! that cannot jump, and is left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};

use super::browser::{Browser, Heard};
use super::calendar::{local, seconds};
use super::chance::Chance;
use super::house::House;
use super::ledger::{Ended, Kind, Ledger, Standing};
use super::newsroom;
use super::opening::signed_in;
use super::proof::Kept;
use super::street::{Street, Touched};
use super::strike::Struck;

/// How it is got.
pub const REMEDY: &str = "libfaketime is not installed; apt-get install faketime";
const LIBRARIES: &[&str] = &[
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
];
const DAY: i64 = 86_400;
/// By how many days the clock is wrong after each jump; at the end of a row comes the kill, and the next start is at that time. What
/// happened by a later clock is sealed once it jumps again, so that a seal of the future is there when it is set back.
const ROUNDS: &[&[i64]] =
    &[&[2], &[4, 0], &[-365], &[0], &[365], &[367], &[0], &[-2], &[0], &[-365, 0], &[2, 0], &[-2, 2, 0]];
/// Of the two stories that are timed before each jump, the one goes so soon and the other so late.
const SOON: i64 = 20;
const LATER: i64 = DAY;
/// What is due may take so long to be public.
const PATIENCE: Duration = Duration::from_secs(30);
/// A time that the program wrote down may be off by so much from that of its clock.
const NEAR: u64 = 20;
/// Whoever was not at the desk for so long signs in anew.
const IDLE: i64 = 12 * 3600;
const A_MOMENT: Duration = Duration::from_millis(20);

/// Where libfaketime is on this machine.
pub fn library() -> Option<PathBuf> {
    LIBRARIES.iter().map(PathBuf::from).find(|library| library.is_file())
}

/// The program's clock.
#[derive(Debug, Clone)]
pub struct Clock {
    library: PathBuf,
    file: PathBuf,
}

impl Clock {
    /// The right time, until it is set.
    pub fn found(folder: &Path) -> Result<Self> {
        let clock = Self { library: library().context(REMEDY)?, file: folder.join("clock") };
        clock.set(0)?;
        Ok(clock)
    }

    /// It is wrong by so many days from now on.
    fn set(&self, days: i64) -> Result<()> {
        let beside = self.file.with_extension("new");
        std::fs::write(&beside, format!("{:+}", days * DAY)).context("the clock")?;
        std::fs::rename(&beside, &self.file).context("the clock")
    }

    /// A command that goes by it.
    pub fn wind(&self, command: &mut Command) {
        command.env("LD_PRELOAD", &self.library).env("FAKETIME_TIMESTAMP_FILE", &self.file);
        command.env("FAKETIME_NO_CACHE", "1").env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("NO_FAKE_STAT", "1");
    }
}

/// A story that the clock is to publish.
#[derive(Debug, Clone, Copy)]
struct Timed {
    goes_at: i64,
    is_public: bool,
}

/// The jumps, and what is known of them.
pub struct Jumps {
    clock: Clock,
    /// People are at work so long after each.
    stay: Duration,
    round: usize,
    days: i64,
    jumps: usize,
    timed: BTreeMap<u32, Timed>,
    /// What each visitor sent, one after the other, round by round.
    sent: Vec<Vec<Vec<u32>>>,
    /// Sign-ins of a later time that were let in, and those that were not.
    from_later: [usize; 2],
    /// Until what was due at once was public, at most.
    slowest: Duration,
    sealed: String,
}

impl Jumps {
    /// None yet.
    pub fn new(clock: Clock, stay: Duration) -> Self {
        let (timed, sent, sealed) = (BTreeMap::new(), Vec::new(), String::new());
        let (from_later, slowest) = ([0; 2], Duration::ZERO);
        Self { clock, stay, round: 0, days: 0, jumps: 0, timed, sent, from_later, slowest, sealed }
    }

    /// A row of jumps.
    pub fn strike(&mut self, struck: &Struck<'_, '_>, chance: &mut Chance) -> Result<()> {
        let row = ROUNDS[self.round % ROUNDS.len()];
        self.round += 1;
        for days in row {
            std::thread::sleep(chance.ms(100, 600));
            self.jump(struck, *days)?;
            std::thread::sleep(self.stay);
        }
        Ok(())
    }

    /// What was sent between a start and a kill.
    pub fn saw(&mut self, touched: &Touched) {
        self.sent.push(touched.visitors.iter().map(|(_, numbers)| numbers.clone()).collect());
    }

    fn jump(&mut self, struck: &Struck<'_, '_>, days: i64) -> Result<()> {
        let (mut editor, before) = (signed_in(struck.house, struck.owner)?, self.now());
        for after in [SOON, LATER] {
            self.time(struck, &mut editor, after);
        }
        // From here on they may be public.
        let due = self.due(struck.street, self.now() + (days - self.days) * DAY);
        self.clock.set(days)?;
        (self.days, self.jumps) = (days, self.jumps + 1);
        self.is_seen(struck)?;
        self.go_public(struck, &due);
        self.try_the_door(struck.street, editor, self.now() - before);
        Ok(())
    }

    /// By the program's clock.
    fn now(&self) -> i64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
        i64::try_from(now).unwrap_or_default() + self.days * DAY
    }

    /// A draft that the clock is to publish in so many seconds.
    fn time(&mut self, struck: &Struck<'_, '_>, editor: &mut Browser, after: i64) {
        let street = struck.street;
        let number = {
            let mut ledger = street.ledger();
            let number = ledger.begin_story(Kind::Draft, Standing::Draft);
            // Nobody else publishes it or takes it back.
            ledger.stories.entry(number).and_modify(|story| story.talked_about = true);
            number
        };
        let heard = newsroom::begin(street, &mut struck.program.clone(), number);
        let (ended, answer) = street.ended("a story", heard);
        street.ledger().end_story(number, ended);
        let Some(answer) = answer else { return };
        newsroom::note(street, number, &answer);
        let goes_at = self.now() + after;
        let told = u64::try_from(goes_at).unwrap_or_default();
        let minute = format!("{}:{:02}", local(told), told % 60);
        let path = format!("/desk/stories/{}/time", answer.json()["id"].as_str().unwrap_or_default());
        let heard = editor.send(&path, &[("goes_at", &minute), ("embargo", "")]);
        if street.ended("a story's minute", heard).0 == Ended::Done {
            self.timed.insert(number, Timed { goes_at, is_public: false });
        }
    }

    /// Stories whose time has come by then.
    fn due(&self, street: &Street<'_>, then: i64) -> Vec<u32> {
        let waits = |timed: &Timed| !timed.is_public && timed.goes_at <= then + SOON;
        let mut due: Vec<(i64, u32)> = self
            .timed
            .iter()
            .filter(|(_, timed)| waits(timed))
            .map(|(number, timed)| (timed.goes_at, *number))
            .collect();
        // In the order in which they go, or whoever waits for one comes late to another.
        due.sort_unstable();
        let due: Vec<u32> = due.into_iter().map(|(_, number)| number).collect();
        for number in &due {
            if let Some(story) = street.ledger().stories.get_mut(number) {
                story.fate.change(Kind::Publication, Standing::Public);
            }
        }
        due
    }

    /// What the program writes down now has this clock's time; else nothing is proved by all this.
    fn is_seen(&self, struck: &Struck<'_, '_>) -> Result<()> {
        let (street, mut visitor) = (struck.street, Browser::new(struck.street.port));
        let Some(story) = street.stories.first() else { bail!("nobody comments on anything") };
        let (number, text) = street.ledger().begin_comment(story, ("quelle", "heure est-il"));
        let fields = [("name", "Horloge"), ("text", text.as_str()), ("reply_to", ""), ("website", "")];
        let heard = visitor.send(&format!("{story}/comments"), &fields);
        let (ended, _) = street.ended(&format!("a comment under {story}"), heard);
        street.ledger().end_comment(number, ended);
        ensure!(ended == Ended::Done, "no comment is taken after a jump by {} days", self.days);
        let Heard::Whole(answer) = visitor.get("/me/data.json") else { bail!("the own data do not answer") };
        let said = answer.json();
        let at = said["comments"][0]["sent_at"].as_str().and_then(seconds).context("a comment without a time")?;
        let now = u64::try_from(self.now()).unwrap_or_default();
        ensure!(at.abs_diff(now) < NEAR, "the program does not see the clock: it wrote {at} down, and it is {now}");
        Ok(())
    }

    /// What is due is published; so much later it must be.
    fn go_public(&mut self, struck: &Struck<'_, '_>, due: &[u32]) {
        let (start, jumped_at, mut program) = (Instant::now(), self.now(), struck.program.clone());
        for number in due {
            let goes_at = self.timed.get(number).map_or(0, |timed| timed.goes_at);
            let not_yet = Duration::from_secs(u64::try_from(goes_at - jumped_at).unwrap_or_default());
            let id = struck.street.ledger().stories.get(number).and_then(|story| story.id.clone()).unwrap_or_default();
            let path = format!("/api/v1/stories/{id}");
            loop {
                let heard = program.get(&path);
                if let Heard::Whole(answer) = &heard
                    && answer.json()["state"] == "published"
                {
                    newsroom::note(struck.street, *number, answer);
                    struck.street.ledger().end_story(*number, Ended::Done);
                    self.timed.entry(*number).and_modify(|timed| timed.is_public = true);
                    self.slowest = self.slowest.max(start.elapsed().saturating_sub(not_yet));
                    break;
                }
                if start.elapsed() > PATIENCE {
                    let mark = struck.street.ledger().of_story(*number);
                    struck.street.ledger().find("told to go and did not", format!("story {mark}: {heard:?}"));
                    break;
                }
                std::thread::sleep(A_MOMENT);
            }
        }
    }

    /// A sign-in that is older than its idle end opens nothing.
    fn try_the_door(&mut self, street: &Street<'_>, mut editor: Browser, passed: i64) {
        let heard = editor.get("/desk");
        let Heard::Whole(answer) = &heard else { return };
        match answer.status {
            200 if passed > IDLE => street.ledger().find("a sign-in outlives its time", format!("{passed} s")),
            200 if passed < 0 => self.from_later[0] += 1,
            303 if passed < 0 => self.from_later[1] += 1,
            200 | 303 => {}
            status => street.ledger().find("the desk is closed", format!("GET /desk: {status}")),
        }
    }

    /// Every story went public once at most and no sooner than it was to, ids go the way in which people sent, the log is whole.
    pub fn at_the_end(&mut self, house: &House, ledger: &mut Ledger) -> Result<()> {
        let file = house.folder.join("clock.jsonl");
        house.must(&["export", &file.display().to_string()])?;
        let kept = Kept::read(&file, &ledger.word)?;
        for (number, times) in &kept.publications() {
            let mark = ledger.of_story(*number);
            if times.len() > 1 {
                ledger.find("published more than once", format!("story {mark}: {times:?}"));
            }
            let Some(timed) = self.timed.get(number) else { continue };
            if times.iter().any(|at| *at < timed.goes_at * 1000) {
                ledger.find("public before its time", format!("story {mark}: {times:?}, told {}", timed.goes_at));
            }
        }
        out_of_order(ledger, &self.sent, &kept.ids);
        let audit = house.run(&["check", "--audit"])?;
        self.sealed = audit.out.lines().next().unwrap_or_default().to_owned();
        Ok(())
    }

    /// For the report.
    pub fn told(&self) -> Vec<(String, String)> {
        let public = self.timed.values().filter(|timed| timed.is_public).count();
        let [let_in, turned_away] = self.from_later;
        let lines = [
            ("jumps while people were at work, each seen in a comment's time", self.jumps.to_string()),
            ("stories that the clock was told to publish / published", format!("{} / {public}", self.timed.len())),
            ("after a jump, what was due was public within", format!("{} ms", self.slowest.as_millis())),
            ("sign-ins of a later time: let in / asked to sign in", format!("{let_in} / {turned_away}")),
            ("the log at the end, by `midad check --audit`", self.sealed.clone()),
        ];
        lines.into_iter().map(|(what, value)| (what.to_owned(), value)).collect()
    }
}

/// What somebody sent later has a later id, and so has everything that was sent after a start.
pub fn out_of_order(ledger: &mut Ledger, sent: &[Vec<Vec<u32>>], ids: &BTreeMap<u32, i64>) {
    let mut before = i64::MIN;
    for round in sent {
        let of_round: BTreeSet<u32> = round.iter().flatten().copied().collect();
        let one_by_one = round.iter().flat_map(|own| own.windows(2).map(|two| (two[0], two[1])));
        for (earlier, later) in one_by_one {
            if let (Some(first), Some(second)) = (ids.get(&earlier), ids.get(&later))
                && first >= second
            {
                ledger.find("out of order", format!("comments {earlier} and {later}: {first}, {second}"));
            }
        }
        let of_round = || of_round.iter().filter_map(|number| ids.get(number)).copied();
        if let Some(first) = of_round().min().filter(|first| *first <= before) {
            ledger.find("out of order", format!("after a start: {first} is not beyond {before}"));
        }
        before = before.max(of_round().max().unwrap_or(before));
    }
}
