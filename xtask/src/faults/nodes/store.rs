//! An S3-compatible store on a machine of its own: moto, which keeps what it is given in memory.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::network::Network;

/// Its machine.
pub const MACHINE: &str = "s3";
/// Its place on the network.
pub const PLACE: u8 = 30;
/// The bucket.
pub const BUCKET: &str = "paper";
const PORT: u16 = 9000;
const PATIENCE: Duration = Duration::from_secs(60);

/// The store; gone when it is dropped.
#[derive(Debug)]
pub struct Store {
    child: Child,
    at: Ipv4Addr,
}

impl Store {
    /// Starts it and makes the bucket.
    ///
    /// # Errors
    /// When `moto_server` (Python: `pip install moto[server]`) is not there or does not answer.
    pub fn open(network: &Network, folder: &Path) -> Result<Self> {
        let there = Command::new("moto_server").arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status();
        ensure!(there.is_ok_and(|there| there.success()), "the bucket needs moto_server: pip install 'moto[server]'");
        let log = std::fs::File::create(folder.join("s3.txt")).context("a log")?;
        let again = log.try_clone().context("a log")?;
        let mut command = network.on(MACHINE, "moto_server");
        command.args(["-H", "0.0.0.0", "-p", &PORT.to_string()]).stdout(log).stderr(again);
        let store = Self { child: command.spawn().context("moto_server")?, at: network.address(PLACE) };
        let start = Instant::now();
        while store.make_bucket().is_err() {
            if start.elapsed() > PATIENCE {
                bail!("moto_server does not answer; see {}", folder.join("s3.txt").display());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(store)
    }

    /// As the program is told.
    pub fn endpoint(&self) -> String {
        format!("http://{}:{PORT}", self.at)
    }

    fn make_bucket(&self) -> Result<()> {
        let at = SocketAddr::from((self.at, PORT));
        let mut line = TcpStream::connect_timeout(&at, Duration::from_secs(1)).context("s3")?;
        let head = format!("PUT /{BUCKET} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        line.set_read_timeout(Some(Duration::from_secs(5))).context("s3")?;
        line.write_all(head.as_bytes()).context("s3")?;
        let mut said = String::new();
        line.read_to_string(&mut said).context("s3")?;
        ensure!(said.contains(" 200 "), "the bucket was not made: {said}");
        Ok(())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
