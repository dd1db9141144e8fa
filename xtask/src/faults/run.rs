//! One run: a paper is made, people come, the power goes, again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::beside::{Stopped, beside};
use super::browser::{Browser, Heard};
use super::chance::Chance;
use super::crawl::counted;
use super::disk::{self, Is, Line, Writers};
use super::house::{House, Place, Served};
use super::ledger::{Kind, Ledger, Standing};
use super::look::Look;
use super::marks::word_of;
use super::newsroom::{edit, upload};
use super::opening::{Staff, open_stories, signed_in};
use super::street::{Street, Touched};
use super::strike::{Strike, Struck};
use super::{Asked, Trial};

/// Addresses that the last crawl reads at most.
const MOST_READ: usize = 4_000;
/// The same where it is the disk or the clock that is tried.
const SOME_READ: usize = 150;
/// With fewer kills than these it may be that somebody did not come to anything.
const FEW_KILLS: usize = 10;

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Kills while people were at work.
    pub kills: usize,
    /// Kills while it was starting.
    pub in_start: usize,
    /// Kills of the very first start, each on data of its own.
    pub in_first_start: usize,
    /// From each start after a kill to the first answer.
    pub starts: Vec<Duration>,
    /// Of stops that followed a first answer at once: whether each was heard, or the signal ended the process.
    pub stops: Vec<bool>,
    /// Looks at everything.
    pub full: usize,
    /// Addresses that the last crawl read, and knew of without reading them.
    pub crawled: (usize, usize),
    /// What was done to it before the kills, in words.
    pub struck: Vec<(String, String)>,
    /// What became of it on a broken disk.
    pub disk: Vec<Line>,
    /// What was done.
    pub ledger: Ledger,
    /// How long it took.
    pub took: Duration,
}

/// What stays the same from kill to kill.
struct Run<'r> {
    asked: &'r Asked,
    house: &'r House,
    staff: Staff,
    look: Look<'r>,
    chance: Chance,
    strike: Strike,
    first_stories: Vec<String>,
    touched: Touched,
    /// Paths that were talked about since everything was looked at.
    paths: BTreeSet<String>,
    stopped: Option<Stopped>,
    /// After which kill everything was looked at.
    looked_at: usize,
    outcome: Outcome,
}

/// Kills it as often as was asked, and proves each time what is left.
pub fn run(asked: &Asked, house: &House, start: Instant) -> Result<Outcome> {
    let mut run = prepared(asked, house)?;
    let mut ledger = Ledger::new(&word_of(asked.seed));
    let mut problem = None;
    while problem.is_none() && ledger.kill < asked.kills && start.elapsed() < asked.most {
        ledger.kill += 1;
        let shared = Mutex::new(ledger);
        problem = run.round(&shared).err();
        ledger = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
        if ledger.kill.is_multiple_of(20) {
            eprintln!("kill {}, {} s, {} findings", ledger.kill, start.elapsed().as_secs(), ledger.findings.len());
        }
    }
    if problem.is_none() {
        problem = run.end(&mut ledger).err();
    }
    if let Some(problem) = problem {
        ledger.find("the run could not go on", format!("{problem:#}"));
    }
    for line in house.panics() {
        ledger.find("a panic", line);
    }
    for kind in was_idle(&ledger, run.outcome.kills) {
        ledger.find("nothing was proved", format!("no act of this kind was acknowledged: {}", kind.words()));
    }
    run.outcome.ledger = ledger;
    run.outcome.took = start.elapsed();
    Ok(run.outcome)
}

/// The invented newspaper, its staff signed in, its desk empty.
fn prepared<'r>(asked: &'r Asked, house: &'r House) -> Result<Run<'r>> {
    let (first, _) = house.open("demo")?;
    first.stop()?;
    let (served, _) = house.open("serve")?;
    let staff = Staff::of(asked, house)?;
    let first_stories = open_stories(house.port)?;
    let (program, uploads) = (staff.program.clone(), staff.uploads.clone());
    let look = Look { house, program, staff: uploads, others: BTreeMap::new(), files: 0 };
    let (chance, outcome) = (Chance::new(asked.seed), Outcome::default());
    let (touched, paths, strike) = (Touched::default(), BTreeSet::new(), Strike::of(asked, house)?);
    let (stopped, looked_at) = (None, 0);
    let mut run =
        Run { asked, house, staff, look, chance, strike, first_stories, touched, paths, stopped, looked_at, outcome };
    run.count_the_others()?;
    served.stop()?;
    Ok(run)
}

/// What a worker hands back; one that panicked is counted.
fn ended<T>(worker: std::thread::ScopedJoinHandle<'_, T>, broken: &mut usize) -> Option<T> {
    let ended = worker.join().ok();
    *broken += usize::from(ended.is_none());
    ended
}

/// Whoever was asked to sign in, as after a jump of the clock, does.
fn enter_again(house: &House, name: &str, browser: &mut Browser) {
    // A program that was killed meanwhile lets nobody in; the next round does.
    if browser.is_turned_away()
        && let Ok(entered) = signed_in(house, name)
    {
        *browser = entered;
    }
}

/// A run in which nobody did anything proves nothing.
pub fn was_idle(ledger: &Ledger, kills: usize) -> Vec<Kind> {
    let needed = [Kind::Comment, Kind::Release, Kind::Refusal, Kind::Draft, Kind::Publication];
    let idle = |kind: &Kind| ledger.counts.get(kind).is_none_or(|count| count.done == 0);
    if kills < FEW_KILLS { Vec::new() } else { needed.into_iter().filter(idle).collect() }
}

impl Run<'_> {
    /// The desk is emptied of what was there before, and what readers had is counted.
    fn count_the_others(&mut self) -> Result<()> {
        let ledger = Mutex::new(Ledger::new(&word_of(self.asked.seed)));
        let street = Street::new(self.house.port, Vec::new(), &self.staff.section, &ledger);
        self.staff.moderator.clear_desk(&street);
        for path in &self.first_stories {
            let Heard::Whole(page) = Browser::new(self.house.port).get(path) else {
                anyhow::bail!("{path} does not answer")
            };
            self.look.others.insert(path.clone(), counted(&page.text()));
        }
        let found = street.ledger().findings.clone();
        ensure!(found.is_empty(), "the desk could not be emptied: {found:?}");
        Ok(())
    }

    /// A start, a look, people at work, a kill.
    fn round(&mut self, ledger: &Mutex<Ledger>) -> Result<()> {
        if self.asked.trial == Trial::Kills && self.chance.once_in(8) {
            return self.kill_in_start();
        }
        let (served, took) = self.house.open("serve")?;
        self.outcome.starts.push(took);
        if self.asked.trial == Trial::Clock {
            self.after_a_jump(&mut ledger.lock().unwrap_or_else(PoisonError::into_inner))?;
        }
        let kill = self.look_around(ledger)?;
        let stories = self.stories_of_the_day(ledger);
        let mut street = Street::new(self.house.port, stories.clone(), &self.staff.section, ledger);
        street.clock_jumps = self.asked.trial == Trial::Clock;
        self.touched.paths.extend(stories.iter().cloned());
        self.paths.extend(stories);
        // Every fifth time more come at once, and nobody takes a breath.
        let (visitors, pause) = if kill.is_multiple_of(5) { (16, 0) } else { (4, 60) };
        let came = self.at_work(&street, served, (visitors, pause))?;
        self.strike.saw(&came);
        self.touched.visitors.extend(came.visitors);
        self.touched.comments.extend(came.comments);
        self.touched.stories.extend(came.stories);
        self.outcome.kills += 1;
        Ok(())
    }

    /// People come, something happens to the program, it is killed; what was touched.
    fn at_work(&mut self, street: &Street<'_>, mut served: Served, (visitors, pause): (u64, u64)) -> Result<Touched> {
        let mut own: Vec<Chance> = (0..visitors).map(|_| self.chance.own()).collect();
        let [mut first, mut second, mut third, fourth, mut fifth, mut sixth] = [(); 6].map(|()| self.chance.own());
        let wait = self.chance.ms(5, 1500);
        let with_beside = self.chance.once_in(6) || self.stopped.is_some();
        let (house, staff, strike, stopped) = (self.house, &mut self.staff, &mut self.strike, self.stopped.take());
        let (mut came, mut ran, mut broken) = (Touched::default(), Ok(None), 0);
        let (mut struck, mut stopped_well) = (Ok(()), Ok(()));
        std::thread::scope(|scope| {
            let visit = |mut own: Chance| scope.spawn(move || street.stay(&mut own, |own| street.visitor(own, pause)));
            let people: Vec<_> = own.drain(..).map(visit).collect();
            let (moderator, program, uploads) = (&mut staff.moderator, &mut staff.program, &mut staff.uploads);
            let (name, owner, key) = (&staff.name, &staff.owner, program.clone());
            let moderator = scope.spawn(move || {
                street.stay(&mut first, |own| {
                    let came = moderator.moderate(street, own);
                    enter_again(house, name, moderator.browser());
                    came
                })
            });
            let editor = scope.spawn(move || street.stay(&mut second, |own| edit(street, program, own)));
            let uploads = scope.spawn(move || {
                street.stay(&mut third, |own| {
                    upload(street, uploads, own);
                    enter_again(house, owner, uploads);
                })
            });
            let reader = scope.spawn(move || street.stay(&mut fifth, |own| street.reader(own)));
            let command = with_beside.then(|| scope.spawn(move || beside(street, house, fourth, stopped)));
            struck = strike.now(Struck { street, served: &served, house, program: key, owner, wait }, &mut sixth);
            if let Ok(Some(status)) = served.ended() {
                street.ledger().find("it ended by itself", status.to_string());
            }
            if strike.stops() {
                stopped_well = served.stop().map(drop);
            } else {
                served.kill();
            }
            strike.over();
            street.close();
            came.visitors = people.into_iter().filter_map(|visitor| ended(visitor, &mut broken)).flatten().collect();
            came.comments = ended(moderator, &mut broken).unwrap_or_default().into_iter().flatten().collect();
            came.stories = ended(editor, &mut broken).unwrap_or_default().into_iter().flatten().collect();
            let _ = (ended(uploads, &mut broken), ended(reader, &mut broken));
            ran = command.and_then(|command| ended(command, &mut broken)).unwrap_or(Ok(None));
        });
        ensure!(broken == 0, "{broken} of the harness's own workers panicked");
        self.stopped = ran?;
        struck?;
        stopped_well?;
        Ok(came)
    }

    /// Whoever works here signs in anew, and no draft is sent again: its name may be older than a day by now.
    fn after_a_jump(&mut self, ledger: &mut Ledger) -> Result<()> {
        ledger.stories.values_mut().for_each(|story| story.sent_again = true);
        *self.staff.moderator.browser() = signed_in(self.house, &self.staff.name)?;
        self.staff.uploads = signed_in(self.house, &self.staff.owner)?;
        self.look.staff = self.staff.uploads.clone();
        Ok(())
    }

    /// It is killed before anybody could ask it anything.
    fn kill_in_start(&mut self) -> Result<()> {
        let usual = self.outcome.starts.iter().max().map_or(500, |took| took.as_millis().try_into().unwrap_or(500));
        let served = self.house.begin("serve")?;
        std::thread::sleep(self.chance.ms(0, usual));
        served.kill();
        self.outcome.in_start += 1;
        Ok(())
    }

    /// Every time at what was touched, but for one in four, when people are at work at once; now and then at everything.
    fn look_around(&mut self, ledger: &Mutex<Ledger>) -> Result<usize> {
        let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let kill = ledger.kill;
        let full = kill >= self.looked_at + self.asked.each;
        if full || self.asked.trial != Trial::Kills || !self.chance.once_in(4) {
            let touched = std::mem::take(&mut self.touched);
            self.look.at_what_was_touched(&mut ledger, &touched);
        }
        if full {
            let paths: Vec<String> = std::mem::take(&mut self.paths).into_iter().collect();
            self.look.at_everything(&mut ledger, &mut self.chance, &paths)?;
            (self.looked_at, self.outcome.full) = (kill, self.outcome.full + 1);
        }
        Ok(kill)
    }

    /// Under which stories people comment until the next kill: old ones and the newest.
    fn stories_of_the_day(&mut self, ledger: &Mutex<Ledger>) -> Vec<String> {
        let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let mut paths: Vec<String> = self.chance.one_of(&self.first_stories).cloned().into_iter().collect();
        let public =
            ledger.stories.iter_mut().rev().filter(|(_, story)| story.fate.exactly() == Some(Standing::Public));
        for (_, story) in public.take(12) {
            if self.chance.once_in(6) || story.talked_about && self.chance.once_in(3) {
                story.talked_about = true;
                paths.extend(story.path.clone());
            }
        }
        paths
    }

    /// The last start, and a look at everything there is.
    fn end(&mut self, ledger: &mut Ledger) -> Result<()> {
        let (served, took) = self.house.open("serve")?;
        self.outcome.starts.push(took);
        if self.asked.trial == Trial::Clock {
            self.after_a_jump(ledger)?;
        }
        let touched = std::mem::take(&mut self.touched);
        self.look.at_what_was_touched(ledger, &touched);
        let most = if self.asked.trial == Trial::Kills { MOST_READ } else { SOME_READ };
        self.outcome.crawled = self.look.at_the_end(ledger, &mut self.chance, most)?;
        self.outcome.full += 1;
        served.stop()?;
        self.look.data_agree(ledger)?;
        self.strike.at_the_end(self.house, ledger)?;
        self.outcome.struck = self.strike.told();
        if self.asked.trial == Trial::Kills { self.on_other_data(ledger) } else { Ok(()) }
    }

    /// A broken disk, on copies; and papers that are killed while they are made.
    fn on_other_data(&mut self, ledger: &mut Ledger) -> Result<()> {
        let writers = Writers { program: &self.look.program, editor: &self.look.staff };
        self.outcome.disk = disk::all(self.house, self.asked.seed, &writers)?;
        for line in self.outcome.disk.iter().filter(|line| line.is == Is::Bad) {
            ledger.find("on a broken disk", format!("{}: {}", line.what, line.came));
        }
        for at in 0..self.asked.first_starts() {
            let place = match &self.house.place {
                Place::Folder(_) => Place::Folder(self.house.folder.join(format!("first-{at}"))),
                Place::Database(..) => Place::database(self.asked.seed.wrapping_add(1 + u64::try_from(at)?))?,
            };
            let first = self.first_start(&place, ledger);
            place.clear();
            first?;
        }
        Ok(())
    }

    /// A paper that is killed while it is made for the first time begins again as if nothing had been.
    fn first_start(&mut self, place: &Place, ledger: &mut Ledger) -> Result<()> {
        let house = self.house.on(place.clone(), self.house.port);
        for _ in 0..1 + self.chance.below(3) {
            let served = house.begin("serve")?;
            std::thread::sleep(self.chance.ms(0, 350));
            served.kill();
            self.outcome.in_first_start += 1;
        }
        let (served, _) = house.open("serve")?;
        // The stop that follows a first answer at once.
        self.outcome.stops.push(served.stop()?);
        let ran = house.run(&["check"])?;
        if !ran.status.success() {
            ledger.find("`midad check` disagrees", format!("after kills of a first start: {}", ran.err));
        }
        Ok(())
    }
}
