//! `cargo xtask faults`: the real program is killed again and again while people are at work on it, and each time it is
//! proved from what was acknowledged that nothing was lost and that nothing unreviewed is public.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};

mod beside;
mod browser;
mod calendar;
mod chance;
mod clock;
mod crawl;
mod disk;
mod fate;
mod files;
mod house;
mod ledger;
mod look;
mod marks;
mod moderator;
mod newsroom;
mod nodes;
mod opening;
mod proof;
mod report;
mod run;
mod street;
mod strike;
#[cfg(test)]
mod tests;

use clock::Clock;
pub use house::{House, Place, built};

/// What is done to the program while people are at work, before it is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// Nothing.
    Kills,
    /// Its disk fails for a while.
    Disk,
    /// Its clock jumps.
    Clock,
}

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    trial: Trial,
    kills: usize,
    seed: u64,
    on_postgres: bool,
    program: Option<PathBuf>,
    /// No kill begins later than this.
    most: Duration,
    /// Everything is looked at after so many kills.
    each: usize,
    /// People are at work so long after each jump of the clock.
    stay: Duration,
    root: PathBuf,
}

impl Asked {
    fn of(root: &Path, words: &[String]) -> Result<Self> {
        let (trial, words) = match words.split_first().map(|(first, rest)| (first.as_str(), rest)) {
            Some(("fsync", rest)) => (Trial::Disk, rest),
            Some(("clock", rest)) => (Trial::Clock, rest),
            _ => (Trial::Kills, words),
        };
        let mut asked = Self::usual(root, trial);
        let mut words = words.iter();
        while let Some(flag) = words.next() {
            let value = words.next().with_context(|| format!("{flag} takes a value"))?;
            let number = || value.parse::<u64>().with_context(|| format!("{flag} takes a number"));
            match flag.as_str() {
                "--kills" => asked.kills = usize::try_from(number()?)?,
                "--seed" => asked.seed = number()?,
                "--seconds-most" => asked.most = Duration::from_secs(number()?),
                "--full-each" => asked.each = usize::try_from(number()?)?,
                "--program" => asked.program = Some(std::path::absolute(value).context("--program")?),
                "--engine" if trial == Trial::Kills && ["sqlite", "postgres"].contains(&value.as_str()) => {
                    asked.on_postgres = value == "postgres"
                }
                "--stay" if trial == Trial::Clock => asked.stay = Duration::from_secs(number()?),
                _ => bail!(
                    "faults takes --kills N, --engine sqlite|postgres, --program PATH, --seconds-most S, --seed N, --full-each N; \
                     faults fsync and faults clock take the same without --engine, faults clock --stay S too"
                ),
            }
        }
        ensure!(asked.each > 0, "--full-each takes 1 or more");
        Ok(asked)
    }

    /// Where nothing is said.
    fn usual(root: &Path, trial: Trial) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.as_secs());
        // A clock's minute: what happened is sealed once in it.
        let (most, stay) = (Duration::from_secs(4 * 3600), Duration::from_secs(70));
        let (kills, each) = match trial {
            Trial::Kills => (500, 10),
            Trial::Disk => (40, 5),
            Trial::Clock => (12, 1),
        };
        Self { trial, kills, seed: now, on_postgres: false, program: None, most, each, stay, root: root.to_path_buf() }
    }

    /// How many papers are killed while they are made.
    fn first_starts(&self) -> usize {
        self.kills.div_ceil(25)
    }

    /// The program that was named, or one that is built now.
    fn program(&self) -> Result<PathBuf> {
        let Some(program) = &self.program else { return built(&self.root, &["--package", "server"]) };
        ensure!(program.is_file(), "there is no program {}", program.display());
        Ok(program.clone())
    }
}

/// What a check runs of it, some seconds each; and why not, where the machine lacks what it takes.
pub fn short() -> [(&'static [&'static str], Option<&'static str>); 2] {
    let disk = (!disk::failing::is_there()).then_some(disk::failing::REMEDY);
    let clock = clock::library().is_none().then_some(clock::REMEDY);
    [
        (&["fsync", "--kills", "3", "--full-each", "9", "--seed", "3"], disk),
        (&["clock", "--kills", "3", "--full-each", "9", "--seed", "3", "--stay", "0"], clock),
    ]
}

/// `cargo xtask faults`; true where nothing was lost and nothing leaked.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    if let Some(("nodes", rest)) = words.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return nodes::command(root, rest);
    }
    let asked = Asked::of(root, words)?;
    // A check runs two, one after the other.
    let folder =
        std::env::temp_dir().join(format!("midad-faults-{}-{:?}", std::process::id(), asked.trial).to_lowercase());
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    eprintln!("faults: seed {}, {} kills, everything lies in {}", asked.seed, asked.kills, folder.display());
    let place = if asked.on_postgres { Place::database(asked.seed)? } else { Place::Folder(folder.join("paper")) };
    let mut house = House::new(&asked.program()?, &folder, place, crate::bench::free_port()?);
    if asked.trial == Trial::Clock {
        house.clock = Some(Clock::found(&folder)?);
    }
    let start = Instant::now();
    let ran = run::run(&asked, &house, start);
    house.place.clear();
    let outcome = ran?;
    println!("{}", report::Report { asked: &asked, outcome: &outcome });
    let good = outcome.ledger.findings.is_empty();
    if good {
        // What is left behind is in the system's own folder for such things.
        let _ = std::fs::remove_dir_all(&folder);
    } else {
        eprintln!("faults: the data and the log stay in {}", folder.display());
    }
    Ok(good)
}
