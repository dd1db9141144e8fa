//! The real program on data of its own: started, asked, killed and started again.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::browser::{Browser, Heard};
use super::clock::Clock;
use crate::cargo;

/// How long a start, a stop or a command may take.
const PATIENCE: Duration = Duration::from_secs(120);
const A_MOMENT: Duration = Duration::from_millis(3);
const POSTGRES: &str = "MIDAD_TEST_POSTGRES";
const POSTGRES_DEFAULT: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// The program as these sources make it. `of` says of which packages cargo makes it: what they ask of their libraries decides
/// whether libraries that are there already are made anew.
pub fn built(root: &Path, of: &[&str]) -> Result<PathBuf> {
    cargo::done(root, &[&["build", "--bin", "midad"], of].concat())?;
    Ok(cargo::made(root, "debug").join("midad"))
}

/// Where the paper's data are.
#[derive(Debug, Clone)]
pub enum Place {
    /// SQLite and pictures in a folder.
    Folder(PathBuf),
    /// A database of its own: the server's address and its name there.
    Database(String, String),
}

impl Place {
    /// A new database on the server of the tests.
    pub fn database(seed: u64) -> Result<Self> {
        let server = std::env::var(POSTGRES).unwrap_or_else(|_| POSTGRES_DEFAULT.to_owned());
        let name = format!("midad_faults_{}_{seed}", std::process::id());
        psql(&server, &format!("create database {name}"))?;
        Ok(Self::Database(server, name))
    }

    /// As the program is told.
    fn flags(&self) -> Result<[String; 2]> {
        Ok(match self {
            Self::Folder(folder) => ["--data".to_owned(), folder.display().to_string()],
            Self::Database(server, name) => {
                let (base, _) = server.rsplit_once('/').context("an address of PostgreSQL ends in /DATABASE")?;
                ["--database".to_owned(), format!("{base}/{name}")]
            }
        })
    }

    /// Drops the database again.
    pub fn clear(&self) {
        if let Self::Database(server, name) = self
            && let Err(problem) = psql(server, &format!("drop database {name} with (force)"))
        {
            eprintln!("faults: the database {name} is still there: {problem:#}");
        }
    }
}

fn psql(server: &str, sql: &str) -> Result<()> {
    let ran = Command::new("psql").args(["-q", server, "-c", sql]).stdin(Stdio::null()).output().context("psql")?;
    ensure!(ran.status.success(), "psql: {}", String::from_utf8_lossy(&ran.stderr).trim());
    Ok(())
}

/// A program, its data and its port.
#[derive(Debug, Clone)]
pub struct House {
    program: PathBuf,
    /// Where everything of the run lies.
    pub folder: PathBuf,
    /// Where the paper's data are.
    pub place: Place,
    /// Where it listens: always the same, as cookies and addresses want it.
    pub port: u16,
    /// The clock by which it goes, where that is not the machine's.
    pub clock: Option<Clock>,
}

/// A command that ran to its end.
#[derive(Debug)]
pub struct Ran {
    /// How.
    pub status: ExitStatus,
    /// What it said.
    pub out: String,
    /// What it complained about.
    pub err: String,
}

impl Ran {
    /// Runs a command to its end; what it says is read without direction marks.
    pub fn of(mut command: Command) -> std::io::Result<Self> {
        let output = command.output()?;
        let text =
            |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "");
        Ok(Self { status: output.status, out: text(&output.stdout), err: text(&output.stderr) })
    }

    /// What it said, where it succeeded.
    pub fn must(self, words: &[&str]) -> Result<String> {
        ensure!(self.status.success(), "midad {} failed: {}{}", words.join(" "), self.out, self.err);
        Ok(self.out)
    }
}

/// A paper that is being served; dropped, it is killed.
#[derive(Debug)]
pub struct Served(Option<Child>);

impl House {
    /// A house whose run lies in this folder.
    pub fn new(program: &Path, folder: &Path, place: Place, port: u16) -> Self {
        Self { program: program.to_path_buf(), folder: folder.to_path_buf(), place, port, clock: None }
    }

    /// The same program on other data, and on another port.
    pub fn on(&self, place: Place, port: u16) -> Self {
        Self { place, port, ..self.clone() }
    }

    /// `midad WORDS…` on these data, without the settings of whoever runs it.
    pub fn command(&self, words: &[&str]) -> Result<Command> {
        let mut command = Command::new(&self.program);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MIDAD_")) {
            command.env_remove(name);
        }
        command.args(words).args(self.place.flags()?).current_dir(&self.folder).env("MIDAD_LANGUAGE", "en");
        command.stdin(Stdio::null());
        if let Some(clock) = &self.clock {
            clock.wind(&mut command);
        }
        Ok(command)
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &[&str]) -> Result<Ran> {
        Ran::of(self.command(words)?).with_context(|| self.program.display().to_string())
    }

    /// Runs a command that must succeed; what it said.
    pub fn must(&self, words: &[&str]) -> Result<String> {
        self.run(words)?.must(words)
    }

    /// Starts it, as `serve` or as `demo`, and waits for nothing.
    pub fn begin(&self, how: &str) -> Result<Served> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.log()).context("the log")?;
        let mut command = self.command(&[how])?;
        command.args(["--listen", &format!("127.0.0.1:{}", self.port)]);
        command.args(["--set", "paper.posts-per-minute=1000000", "--set", "paper.public-log=yes"]);
        command.stdout(Stdio::null()).stderr(log);
        Ok(Served(Some(command.spawn().context("midad")?)))
    }

    /// Starts it and waits until it answers; how long that took.
    pub fn open(&self, how: &str) -> Result<(Served, Duration)> {
        let start = Instant::now();
        let mut served = self.begin(how)?;
        loop {
            if let Heard::Whole(answer) = Browser::new(self.port).get("/healthz")
                && answer.status == 200
            {
                return Ok((served, start.elapsed()));
            }
            if let Some(status) = served.ended()? {
                bail!("midad {how} ended before it answered ({status}); its log ends so: {}", self.last_words());
            }
            ensure!(start.elapsed() < PATIENCE, "midad {how} does not answer; its log ends so: {}", self.last_words());
            std::thread::sleep(A_MOMENT);
        }
    }

    /// What it writes on the error output, of all starts.
    pub fn log(&self) -> PathBuf {
        self.folder.join(format!("log-{}.txt", self.port))
    }

    /// Lines of the log that tell of a panic.
    pub fn panics(&self) -> Vec<String> {
        let log = std::fs::read(self.log()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        log.unwrap_or_default().lines().filter(|line| line.contains("panicked")).map(str::to_owned).collect()
    }

    fn last_words(&self) -> String {
        let log = std::fs::read(self.log()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let log = log.unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(3).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join(" / ")
    }
}

impl Served {
    /// Ends it as a power cut would, and waits until it is gone.
    pub fn kill(mut self) {
        self.end();
    }

    /// Asks it to stop, and waits; whether it ended well, and not by the signal itself.
    ///
    /// Between its first answer and the moment in which it listens for signals, a signal ends it at once.
    pub fn stop(mut self) -> Result<bool> {
        let mut child = self.0.take().context("it runs")?;
        let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().context("kill")?;
        ensure!(asked.success(), "midad could not be asked to stop");
        let ended = child.wait().context("midad")?;
        ensure!(ended.success() || ended.code().is_none(), "midad ended badly: {ended}");
        Ok(ended.success())
    }

    /// Its number among the machine's processes; none once it is gone.
    pub fn process(&self) -> Option<u32> {
        self.0.as_ref().map(Child::id)
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.0.as_mut().map_or(Ok(None), |child| child.try_wait().context("midad"))
    }

    fn end(&mut self) {
        if let Some(mut child) = self.0.take() {
            // It may have ended by itself; what matters is that it is gone.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.end();
    }
}
