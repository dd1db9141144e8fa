//! The demo newspaper, served for the bench from data of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::load::Tools;

const PATIENCE: Duration = Duration::from_secs(60);
const A_MOMENT: Duration = Duration::from_millis(50);
const POSTGRES: &str = "MIDAD_TEST_POSTGRES";
const POSTGRES_DEFAULT: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// Where the paper's data are.
pub struct Place {
    word: String,
    /// The server and the database's name on it.
    database: Option<(String, String)>,
}

impl Place {
    /// An SQLite file in a folder.
    pub fn folder(folder: &Path) -> Self {
        Self { word: folder.display().to_string(), database: None }
    }

    /// A new database on the server of the tests.
    pub fn postgres(tools: &Tools) -> Result<Self> {
        let server = std::env::var(POSTGRES).unwrap_or_else(|_| POSTGRES_DEFAULT.to_owned());
        let name = format!("midad_bench_{}", std::process::id());
        tools.database("create", &server, &name)?;
        let (base, _) = server.rsplit_once('/').context("an address of PostgreSQL ends in /DATABASE")?;
        Ok(Self { word: format!("{base}/{name}"), database: Some((server, name)) })
    }

    /// As the programs are told.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// As the newspaper is told.
    pub fn flags(&self) -> [&str; 2] {
        [if self.database.is_some() { "--database" } else { "--data" }, &self.word]
    }

    /// Drops the database again.
    pub fn clear(&self, tools: &Tools) {
        if let Some((server, name)) = &self.database
            && let Err(problem) = tools.database("drop", server, name)
        {
            eprintln!("bench: the database {name} is still there: {problem:#}");
        }
    }
}

/// A paper that is being served.
pub struct Paper {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub address: String,
}

impl Paper {
    /// Starts the demo newspaper and waits until it answers.
    pub fn start(tools: &Tools, place: &Place) -> Result<Self> {
        Self::start_with(tools, place, &[])
    }

    /// The same under other settings, `KEY=VALUE`.
    pub fn start_with(tools: &Tools, place: &Place, sets: &[&str]) -> Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(&tools.midad);
        command.arg("demo").args(place.flags()).args(["--listen", &format!("127.0.0.1:{port}")]);
        command.args(["--set", "paper.posts-per-minute=1000000"]).current_dir(std::env::temp_dir());
        command.args(sets.iter().flat_map(|set| ["--set", set]));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MIDAD_")) {
            command.env_remove(name);
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        let mut paper = Self { child: child.context("midad")?, address: format!("http://127.0.0.1:{port}") };
        let start = Instant::now();
        while !answers(port) {
            if let Some(status) = paper.child.try_wait().context("midad")? {
                bail!("midad ended before it answered: {status}");
            }
            ensure!(start.elapsed() < PATIENCE, "midad does not answer");
            std::thread::sleep(A_MOMENT);
        }
        Ok(paper)
    }

    /// What Linux tells of the process (proc(5)): seconds that processors worked for it, and bytes of memory that it holds.
    pub fn takes(&self) -> Result<(f64, u64)> {
        let read = |name: &str| {
            let file = format!("/proc/{}/{name}", self.child.id());
            std::fs::read_to_string(&file).with_context(|| file.clone())
        };
        let (stat, status) = (read("stat")?, read("status")?);
        // Behind the name, which may hold spaces: the 12th and 13th are ticks, 100 a second.
        let fields = stat.rsplit_once(')').context("stat")?.1.split_whitespace().skip(11).take(2);
        let ticks: u64 = fields.map(|ticks| ticks.parse().unwrap_or(0)).sum();
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
        let kilobytes: u64 = memory.trim().trim_end_matches("kB").trim().parse().context("VmRSS")?;
        #[expect(clippy::cast_precision_loss, reason = "ticks of a few minutes")]
        Ok((ticks as f64 / 100.0, kilobytes * 1024))
    }

    /// Asks it to stop, and waits.
    pub fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().context("kill")?;
        ensure!(asked.success(), "midad could not be asked to stop");
        let ended = self.child.wait().context("midad")?;
        ensure!(ended.success(), "midad ended badly: {ended}");
        Ok(())
    }
}

impl Drop for Paper {
    fn drop(&mut self) {
        // After a stop there is nothing left to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on at this moment.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").context("a free port")?.local_addr()?.port())
}

/// Whether an HTTP server there says anything at all.
pub fn answers(port: u16) -> bool {
    let asked = || -> std::io::Result<String> {
        let mut line = TcpStream::connect(("127.0.0.1", port))?;
        line.set_read_timeout(Some(PATIENCE))?;
        write!(line, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut first = String::new();
        BufReader::new(line.take(64)).read_line(&mut first)?;
        Ok(first)
    };
    asked().is_ok_and(|first| first.starts_with("HTTP/1.1 "))
}

/// The first of these files that is there.
pub fn first_file(places: &[&str]) -> Option<PathBuf> {
    places.iter().map(PathBuf::from).find(|place| place.is_file())
}
