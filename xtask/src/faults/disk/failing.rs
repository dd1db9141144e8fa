//! A disk that fails for a while under the program that is served: strace makes its system calls fail.
//!
//! A call that is made to fail is not carried out, and what was written before it stays in the system's memory. So this shows
//! what the program answers, keeps and does next; it shows nothing of pages that a system drops after a flush has failed.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::super::chance::Chance;
use super::super::house::{House, Place, Served};
use super::super::ledger::{Kind, Ledger};
use super::super::street::Street;
use super::super::strike::Struck;

const TOOL: &str = "strace";
/// How it is got.
pub const REMEDY: &str = "strace is not installed; apt-get install strace";
/// The disk is whole again: so soon a comment must be acknowledged.
const PATIENCE: Duration = Duration::from_secs(20);
const A_MOMENT: Duration = Duration::from_millis(5);

const FLUSHES: &str = "fsync,fdatasync";
const WRITES: &str = "write,pwrite64";

/// A way to fail.
struct Way {
    words: &'static str,
    calls: &'static str,
    error: &'static str,
    /// Only for the database's own files.
    database_alone: bool,
}

const WAYS: [Way; 4] = [
    Way { words: "a flush fails with EIO", calls: FLUSHES, error: "EIO", database_alone: false },
    Way { words: "a write to the database fails with EIO", calls: WRITES, error: "EIO", database_alone: true },
    Way { words: "a flush fails with ENOSPC", calls: FLUSHES, error: "ENOSPC", database_alone: false },
    Way { words: "a write to the database fails with ENOSPC", calls: WRITES, error: "ENOSPC", database_alone: true },
];

/// Whether this machine has strace.
pub fn is_there() -> bool {
    let found = Command::new(TOOL).arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

/// What came of one way.
#[derive(Debug, Clone, Copy, Default)]
struct Came {
    times: usize,
    /// Calls that failed, on SQLite's log, on its file, and elsewhere.
    failed: [usize; 3],
}

/// The disk, and how often it has failed.
pub struct Failing {
    database: PathBuf,
    notes: PathBuf,
    attached: Option<(usize, Child)>,
    next: usize,
    came: [Came; WAYS.len()],
    /// Kills that came while it failed.
    amid: usize,
    /// Stops, at which SQLite empties its log into its file.
    stops: usize,
    stops_now: bool,
    /// Until a comment was acknowledged once it was whole again, at most.
    slowest: Duration,
}

impl Failing {
    /// One that has not failed yet.
    pub fn new(house: &House) -> Result<Self> {
        let Place::Folder(folder) = &house.place else { bail!("a disk fails under SQLite alone") };
        ensure!(is_there(), REMEDY);
        let (database, notes) = (folder.join("midad.db"), house.folder.join("strace.txt"));
        let (came, slowest) = ([Came::default(); WAYS.len()], Duration::ZERO);
        let (amid, stops, stops_now) = (0, 0, false);
        Ok(Self { database, notes, attached: None, next: 0, came, amid, stops, stops_now, slowest })
    }

    /// Fails one to three times, in one way after the other; the last time the kill comes meanwhile, every other time, or a stop.
    pub fn strike(&mut self, struck: &Struck<'_, '_>, chance: &mut Chance) -> Result<()> {
        let times = 1 + chance.below(3);
        for time in 1..=times {
            let is_last = time == times && chance.once_in(2);
            self.stops_now = is_last && chance.once_in(2);
            std::thread::sleep(chance.ms(50, 400));
            self.fail(struck.served, chance)?;
            std::thread::sleep(chance.ms(300, 1200));
            if is_last {
                *(if self.stops_now { &mut self.stops } else { &mut self.amid }) += 1;
                return Ok(());
            }
            self.mend();
            self.goes_on(struck.street);
        }
        Ok(())
    }

    /// The program is asked to stop this time, and not killed.
    pub fn stops(&self) -> bool {
        self.stops_now
    }

    /// From now on every call fails, or every second, third or fourth one.
    fn fail(&mut self, served: &Served, chance: &mut Chance) -> Result<()> {
        let at = self.next % WAYS.len();
        let (way, process) = (&WAYS[at], served.process().context("it runs")?);
        // At a stop the log is flushed once and the file once: one of the two fails.
        let (first, step) = (1 + chance.below(4), if self.stops_now { 2 } else { 1 + chance.below(4) });
        let mut command = Command::new(TOOL);
        command.args(["-y", "-qq", "-o"]).arg(&self.notes).args(["-e", &format!("trace={}", way.calls)]);
        command.args(["-e", &format!("inject={}:error={}:when={first}+{step}", way.calls, way.error)]);
        if way.database_alone {
            command.arg("-P").arg(&self.database).arg("-P").arg(self.database.with_extension("db-wal"));
        }
        // Each thread that runs now: one that follows what the program starts can hang when it lets go of it.
        let threads = std::fs::read_dir(format!("/proc/{process}/task")).context("the program's threads")?;
        for thread in threads {
            command.arg("-p").arg(thread.context("the program's threads")?.file_name());
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.attached = Some((at, command.spawn().context(TOOL)?));
        self.next += 1;
        Ok(())
    }

    /// The disk is whole again; what has failed is counted.
    pub fn mend(&mut self) {
        let Some((at, mut strace)) = self.attached.take() else { return };
        // It may have ended with the program.
        let _ = Command::new("kill").args(["-TERM", &strace.id().to_string()]).stderr(Stdio::null()).status();
        let start = Instant::now();
        while matches!(strace.try_wait(), Ok(None)) && start.elapsed() < PATIENCE {
            std::thread::sleep(A_MOMENT);
        }
        let _ = strace.kill();
        let _ = strace.wait();
        let notes = std::fs::read(&self.notes).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let came = &mut self.came[at];
        came.times += 1;
        for line in notes.unwrap_or_default().lines().filter(|line| line.ends_with("(INJECTED)")) {
            let place = if line.contains("midad.db-wal>") { 0 } else { 2 - usize::from(line.contains("midad.db>")) };
            came.failed[place] += 1;
        }
    }

    /// The same process takes comments again.
    fn goes_on(&mut self, street: &Street<'_>) {
        let done = || street.ledger().counts.get(&Kind::Comment).map_or(0, |count| count.done);
        let (before, start) = (done(), Instant::now());
        while done() == before {
            if start.elapsed() > PATIENCE {
                let text = format!("no comment was acknowledged in {} s", PATIENCE.as_secs());
                street.ledger().find("the disk is whole again, and the program does not go on", text);
                return;
            }
            std::thread::sleep(A_MOMENT);
        }
        self.slowest = self.slowest.max(start.elapsed());
    }

    /// A disk of which nothing has failed proves nothing.
    pub fn has_failed(&self, ledger: &mut Ledger) {
        for calls in [FLUSHES, WRITES] {
            let of_them = || WAYS.iter().zip(&self.came).filter(|(way, _)| way.calls == calls).map(|(_, came)| came);
            let tried = of_them().any(|came| came.times > 0);
            if tried && of_them().flat_map(|came| came.failed).sum::<usize>() == 0 {
                ledger.find("nothing was proved", format!("no call of {calls} has failed; may strace attach here?"));
            }
        }
    }

    /// For the report.
    pub fn told(&self) -> Vec<(String, String)> {
        let mut told = Vec::new();
        for (way, Came { times, failed: [log, file, others] }) in WAYS.iter().zip(&self.came) {
            told.push((format!("{}: times", way.words), times.to_string()));
            let what = "calls that failed: on SQLite's log / on its file / elsewhere";
            told.push((what.to_owned(), format!("{log} / {file} / {others}")));
        }
        let amid = format!("{} / {}", self.amid, self.stops);
        told.push((
            "of the kills, while it failed / stops (SIGTERM) instead of a kill, while it failed".to_owned(),
            amid,
        ));
        let slowest = format!("{} ms", self.slowest.as_millis());
        told.push(("whole again: until a comment was acknowledged by the same process, at most".to_owned(), slowest));
        told
    }
}

impl Drop for Failing {
    fn drop(&mut self) {
        self.mend();
    }
}
