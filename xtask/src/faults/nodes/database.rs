//! A PostgreSQL of the run's own, and a second one that follows it and takes its place when it dies.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::network::Network;

/// The machines' words, in the order in which they serve.
pub const MACHINES: [&str; 2] = ["pg1", "pg2"];
/// Their places on the network, and that of the address that goes from one to the other.
pub const PLACES: [u8; 2] = [21, 22];
const SHARED: u8 = 20;
const USER: &str = "postgres";
const NAME: &str = "paper";
const PATIENCE: Duration = Duration::from_secs(60);
const A_MOMENT: Duration = Duration::from_millis(25);
/// Beside what ships. The follower asks again soon, so that commits, which wait for it, wait no longer than they must.
const SETTINGS: &str = "
listen_addresses = '*'
port = 5432
unix_socket_directories = ''
wal_retrieve_retry_interval = '500ms'
";

/// How a server is told to stop.
#[derive(Debug, Clone, Copy)]
pub enum Stop {
    /// Ends all lines, then itself (`SIGINT`).
    Fast,
    /// Ends at once and recovers at its next start (`SIGQUIT`).
    Immediate,
}

/// Both servers.
pub struct Servers<'n> {
    network: &'n Network,
    programs: PathBuf,
    folder: PathBuf,
    /// Which one serves.
    serving: usize,
    running: [Option<Child>; 2],
}

/// Where the programs of the server are: the newest that Debian's packages brought.
///
/// # Errors
/// When there are none.
pub fn programs() -> Result<PathBuf> {
    let folder = Path::new("/usr/lib/postgresql");
    let versions = std::fs::read_dir(folder).context("no PostgreSQL server in /usr/lib/postgresql")?;
    let number = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest =
        versions.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| number(path).is_some()).max_by_key(number);
    let programs = newest.context("no PostgreSQL server in /usr/lib/postgresql")?.join("bin");
    ensure!(programs.join("initdb").is_file(), "there is no {}", programs.join("initdb").display());
    Ok(programs)
}

impl<'n> Servers<'n> {
    /// Makes the first one, and the second one out of it; commits wait for both from then on.
    pub fn open(network: &'n Network, folder: &Path) -> Result<Self> {
        let mut servers =
            Self { network, programs: programs()?, folder: folder.join("postgres"), serving: 0, running: [None, None] };
        std::fs::create_dir_all(&servers.folder).context("a folder")?;
        let own =
            Command::new("chown").args([USER, &servers.folder.display().to_string()]).status().context("chown")?;
        ensure!(own.success(), "there is no user «{USER}»");
        let first = servers.data(0);
        servers.run(0, "initdb", &["-D", &first, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])?;
        let conf = Path::new(&first).join("postgresql.conf");
        let shipped = std::fs::read_to_string(&conf).context("postgresql.conf")?;
        std::fs::write(&conf, shipped + SETTINGS).context("postgresql.conf")?;
        let who = Path::new(&first).join("pg_hba.conf");
        let net = format!("{}/24", network.address(0));
        std::fs::write(&who, format!("host all all {net} trust\nhost replication all {net} trust\n"))
            .context("pg_hba.conf")?;
        network.give(MACHINES[0], servers.address())?;
        servers.start(0)?;
        servers.until_it_answers("postgres")?;
        servers.sql("postgres", &format!("create database {NAME}"))?;
        servers.follow()?;
        Ok(servers)
    }

    /// The second one becomes a copy that follows; from then on a commit is acknowledged once both have it on disk.
    fn follow(&mut self) -> Result<()> {
        let from = format!("host={} port=5432 user={USER} application_name=second", self.network.address(PLACES[0]));
        let second = self.data(1);
        self.run(1, "pg_basebackup", &["-D", &second, "-d", &from, "-R", "-X", "stream", "-c", "fast"])?;
        self.start(1)?;
        self.sql("postgres", "alter system set synchronous_standby_names = 'second'")?;
        self.sql("postgres", "select pg_reload_conf()")?;
        self.until_it_is_followed()
    }

    /// The address that clients know.
    pub fn address(&self) -> Ipv4Addr {
        self.network.address(SHARED)
    }

    /// As the program is told.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@{}:5432/{NAME}", self.address())
    }

    /// Where the second one is asked for what everybody sees, as long as it follows.
    pub fn replica_url(&self) -> String {
        format!("postgres://{USER}@{}:5432/{NAME}", self.network.address(PLACES[1]))
    }

    fn data(&self, which: usize) -> String {
        self.folder.join(MACHINES[which]).display().to_string()
    }

    /// A program of the server's that runs to its end.
    fn run(&self, which: usize, program: &str, words: &[&str]) -> Result<()> {
        let path = self.programs.join(program).display().to_string();
        let ran = self.network.as_user(MACHINES[which], USER, &path).args(words).current_dir("/").output();
        let ran = ran.context("setpriv")?;
        ensure!(ran.status.success(), "{program}: {}", String::from_utf8_lossy(&ran.stderr).trim());
        Ok(())
    }

    fn start(&mut self, which: usize) -> Result<()> {
        let path = self.programs.join("postgres").display().to_string();
        let log = self.folder.with_file_name(format!("{}.txt", MACHINES[which]));
        let log = std::fs::OpenOptions::new().create(true).append(true).open(log).context("a log")?;
        let mut command = self.network.as_user(MACHINES[which], USER, &path);
        command.args(["-D", &self.data(which)]).current_dir("/").stdout(Stdio::null()).stderr(log);
        self.running[which] = Some(command.spawn().context("postgres")?);
        Ok(())
    }

    /// Stops the one that serves and starts it again.
    pub fn restart(&mut self, how: Stop) -> Result<()> {
        let signal = match how {
            Stop::Fast => "-INT",
            Stop::Immediate => "-QUIT",
        };
        let mut child = self.running[self.serving].take().context("a server runs")?;
        let asked = Command::new("kill").args([signal, &child.id().to_string()]).status().context("kill")?;
        ensure!(asked.success(), "the server could not be asked to stop");
        child.wait().context("postgres")?;
        self.start(self.serving)
    }

    /// Kills everything of the one that serves, waits, and starts it again.
    pub fn kill(&mut self, away: Duration) -> Result<()> {
        self.end(self.serving)?;
        std::thread::sleep(away);
        self.start(self.serving)
    }

    fn end(&mut self, which: usize) -> Result<()> {
        self.network.kill_all(MACHINES[which])?;
        if let Some(mut child) = self.running[which].take() {
            child.wait().context("postgres")?;
        }
        Ok(())
    }

    /// The machine of the first one dies, line and all; after this long the second one is made to serve at the same address.
    pub fn fail_over(&mut self, noticed: Duration) -> Result<()> {
        self.network.unplug(MACHINES[0])?;
        self.end(0)?;
        std::thread::sleep(noticed);
        let second = self.data(1);
        self.run(1, "pg_ctl", &["promote", "-D", &second])?;
        self.serving = 1;
        self.network.give(MACHINES[1], self.address())
    }

    /// Until something can be asked, and it is not a copy that answers.
    pub fn until_it_answers(&self, database: &str) -> Result<()> {
        self.until(|| self.sql(database, "select pg_is_in_recovery()").is_ok_and(|said| said == "f"), "answer")
    }

    /// Until commits are kept by both again.
    pub fn until_it_is_followed(&self) -> Result<()> {
        let text = "select count(*) from pg_stat_replication where sync_state = 'sync'";
        self.until(|| self.sql("postgres", text).is_ok_and(|said| said == "1"), "be followed")
    }

    fn until(&self, done: impl Fn() -> bool, what: &str) -> Result<()> {
        let start = Instant::now();
        while !done() {
            ensure!(start.elapsed() < PATIENCE, "PostgreSQL does not {what}; see its log");
            std::thread::sleep(A_MOMENT);
        }
        Ok(())
    }

    /// Asks the one that serves; rows are lines, columns stand between bars.
    pub fn ask(&self, text: &str) -> Result<String> {
        self.sql(NAME, text)
    }

    fn sql(&self, database: &str, text: &str) -> Result<String> {
        let mut psql = Command::new("psql");
        psql.args(["-XqAt", "-h", &self.address().to_string(), "-U", USER, "-d", database, "-c", text]);
        psql.env("PGCONNECT_TIMEOUT", "2").env_remove("PGHOST").env_remove("PGPORT").stdin(Stdio::null());
        let ran = psql.output().context("psql")?;
        ensure!(ran.status.success(), "psql: {}", String::from_utf8_lossy(&ran.stderr).trim());
        Ok(String::from_utf8_lossy(&ran.stdout).trim().to_owned())
    }
}

impl Drop for Servers<'_> {
    fn drop(&mut self) {
        for which in 0..MACHINES.len() {
            // The janitor ends whatever is left.
            let _ = self.end(which);
        }
    }
}
