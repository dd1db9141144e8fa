//! The nodes: the real program three times, each with an empty folder of its own, the same settings file, and an address of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::super::browser::{Browser, Heard};
use super::super::house::Ran;
use super::mail::Sink;
use super::network::Network;
use super::store::{BUCKET, Store};
use super::town::HOST;

/// The machines' words.
pub const MACHINES: [&str; 3] = ["node1", "node2", "node3"];
/// Their places on the network.
pub const PLACES: [u8; 3] = [11, 12, 13];
const PORT: u16 = 8080;
const PATIENCE: Duration = Duration::from_secs(120);
const A_MOMENT: Duration = Duration::from_millis(10);
/// A stop that takes longer is cut short, as a service's would be.
const STOPPED_WITHIN: Duration = Duration::from_secs(30);

/// All nodes of the paper.
pub struct Nodes<'n> {
    network: &'n Network,
    program: PathBuf,
    folder: PathBuf,
    settings: PathBuf,
    running: [Option<Child>; 3],
}

impl<'n> Nodes<'n> {
    /// Writes the settings that all share; nothing runs yet.
    pub fn new(
        network: &'n Network,
        program: &Path,
        folder: &Path,
        (database, replica): (&str, &str),
        store: &Store,
        mail: &Sink,
    ) -> Result<Self> {
        let (settings, secret) = (folder.join("midad.toml"), folder.join("s3-secret"));
        std::fs::write(&secret, "secret").context("the secret")?;
        let text = format!(
            "database = \"{database}\"\n\n[store]\nreplica = \"{replica}\"\n\n[toll]\nasked = \"never\"\n\n[paper]\naddress = \"http://{HOST}\"\nbehind-proxy = true\nposts-per-minute = 1000000\npublic-log = true\n\n\
             [pictures]\nstore = \"s3\"\ns3-endpoint = \"{}\"\ns3-bucket = \"{BUCKET}\"\ns3-key = \"key\"\ns3-secret-file = \"{}\"\n\n\
             [mail]\nsmtp = \"{}\"\nfrom = \"paper@example.org\"\n",
            store.endpoint(),
            secret.display(),
            mail.url()
        );
        std::fs::write(&settings, text).context("the settings")?;
        Ok(Self {
            network,
            program: program.to_path_buf(),
            folder: folder.to_path_buf(),
            settings,
            running: [None, None, None],
        })
    }

    /// Where a node is asked.
    pub fn address(&self, node: usize) -> SocketAddr {
        SocketAddr::from((self.network.address(PLACES[node]), PORT))
    }

    /// A command of an administrator's, on this machine, with the nodes' settings and a folder of its own.
    pub fn run(&self, words: &[&str]) -> Result<Ran> {
        let mut command = Command::new(&self.program);
        without_settings(&mut command);
        let folder = self.folder.join("by-hand");
        command.args(words).arg("--config").arg(&self.settings).arg("--data").arg(folder).current_dir(&self.folder);
        command.stdin(Stdio::null());
        Ran::of(command).with_context(|| self.program.display().to_string())
    }

    /// The same where it must succeed; what it said.
    pub fn must(&self, words: &[&str]) -> Result<String> {
        self.run(words)?.must(words)
    }

    /// Starts a node and waits for nothing.
    pub fn begin(&mut self, node: usize, how: &str) -> Result<()> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.log(node)).context("a log")?;
        let mut command = self.network.on(MACHINES[node], &self.program.display().to_string());
        without_settings(&mut command);
        command.arg(how).arg("--config").arg(&self.settings).arg("--data").arg(self.folder.join(MACHINES[node]));
        command.args(["--listen", &self.address(node).to_string()]).current_dir(&self.folder);
        self.running[node] = Some(command.stdout(Stdio::null()).stderr(log).spawn().context("midad")?);
        Ok(())
    }

    /// Waits until a node answers for its data too; how long that took.
    pub fn until_ready(&mut self, node: usize) -> Result<Duration> {
        let start = Instant::now();
        loop {
            if is_ready(self.address(node)) {
                return Ok(start.elapsed());
            }
            if let Some(child) = &mut self.running[node] {
                let ended = child.try_wait().context("midad")?;
                ensure!(
                    ended.is_none(),
                    "{} ended before it answered; see {}",
                    MACHINES[node],
                    self.log(node).display()
                );
            }
            ensure!(start.elapsed() < PATIENCE, "{} does not answer; see {}", MACHINES[node], self.log(node).display());
            std::thread::sleep(A_MOMENT);
        }
    }

    /// Asks a node to stop and waits; how long that took, and whether it had to be killed.
    pub fn stop(&mut self, node: usize) -> Result<(Duration, bool)> {
        let mut child = self.running[node].take().context("a node runs")?;
        let start = Instant::now();
        let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().context("kill")?;
        ensure!(asked.success(), "{} could not be asked to stop", MACHINES[node]);
        while child.try_wait().context("midad")?.is_none() {
            if start.elapsed() > STOPPED_WITHIN {
                child.kill().context("midad")?;
                child.wait().context("midad")?;
                return Ok((start.elapsed(), true));
            }
            std::thread::sleep(A_MOMENT);
        }
        Ok((start.elapsed(), false))
    }

    /// Ends a node as a power cut would.
    pub fn kill(&mut self, node: usize) -> Result<()> {
        let mut child = self.running[node].take().context("a node runs")?;
        child.kill().context("midad")?;
        child.wait().context("midad")?;
        Ok(())
    }

    /// Nodes that ended without having been told to.
    pub fn ended(&mut self) -> Vec<String> {
        let mut ended = Vec::new();
        for (node, child) in self.running.iter_mut().enumerate() {
            if let Some(Ok(Some(status))) = child.as_mut().map(Child::try_wait) {
                ended.push(format!("{}: {status}", MACHINES[node]));
            }
        }
        ended
    }

    /// Lines of the logs that tell of a panic.
    pub fn panics(&self) -> Vec<String> {
        let logs = (0..MACHINES.len()).filter_map(|node| std::fs::read(self.log(node)).ok());
        let logs = logs.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect::<Vec<_>>().join("\n");
        logs.lines().filter(|line| line.contains("panicked")).map(str::to_owned).collect()
    }

    fn log(&self, node: usize) -> PathBuf {
        self.folder.join(format!("{}.txt", MACHINES[node]))
    }
}

/// A node says of itself that it and its data answer.
pub fn is_ready(at: SocketAddr) -> bool {
    let heard =
        Browser::through_a_proxy(at, HOST, std::net::Ipv4Addr::LOCALHOST).within(Duration::from_secs(2)).get("/ready");
    matches!(heard, Heard::Whole(answer) if answer.status == 200)
}

fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MIDAD_")) {
        command.env_remove(name);
    }
    command.env("MIDAD_LANGUAGE", "en");
}

impl Drop for Nodes<'_> {
    fn drop(&mut self) {
        for node in 0..MACHINES.len() {
            // It may have ended already; the janitor ends whatever is left.
            let _ = self.kill(node);
        }
    }
}
