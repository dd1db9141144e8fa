//! A network of several machines on this one: Linux network namespaces with addresses of their own on one bridge. A janitor clears
//! all of it away as soon as the harness is gone, however it went.

use std::io::Write;
use std::net::Ipv4Addr;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

/// An address of a card that nobody has: what is sent to it is lost without a word.
const NOBODY: &str = "02:00:00:00:00:01";
/// Announces that an address is at this card now, as whoever moves a virtual address does (a gratuitous ARP, RFC 5227).
const ANNOUNCE: &str = "
import socket, sys
line = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
line.bind(('eth0', 0))
card, at = line.getsockname()[4], socket.inet_aton(sys.argv[1])
for kind in (1, 2):
    arp = b'\\x00\\x01\\x08\\x00\\x06\\x04' + bytes([0, kind]) + card + at + b'\\xff' * 6 + at
    line.send(b'\\xff' * 6 + card + b'\\x08\\x06' + arp)
";

/// The machines, each by its word.
#[derive(Debug)]
pub struct Network {
    tag: String,
    third: u8,
    janitor: Option<Child>,
}

impl Network {
    /// Lays the lines to these machines, each with its place on the network.
    ///
    /// # Errors
    /// When this machine does not let it: it takes Linux, root, `ip` and namespaces.
    pub fn lay(machines: &[(&str, u8)]) -> Result<Self> {
        let id = std::process::id();
        let mut network = Self {
            tag: format!("mf{}", id % 1_000_000),
            third: u8::try_from(id % 200).unwrap_or(0) + 20,
            janitor: None,
        };
        network.janitor = Some(network.janitor(machines)?);
        let (bridge, own) = (network.tag.clone(), format!("{}/24", network.address(1)));
        ip(&["link", "add", &bridge, "type", "bridge"])
            .context("several nodes need a network of their own: Linux, root, `ip` and network namespaces")?;
        ip(&["addr", "add", &own, "dev", &bridge])?;
        ip(&["link", "set", &bridge, "up"])?;
        for (machine, place) in machines {
            network.add(machine, *place)?;
        }
        Ok(network)
    }

    fn add(&self, machine: &str, place: u8) -> Result<()> {
        let (space, end) = (self.space(machine), self.end(machine));
        ip(&["netns", "add", &space])?;
        ip(&["link", "add", &end, "type", "veth", "peer", "name", "eth0", "netns", &space])?;
        ip(&["link", "set", &end, "master", &self.tag, "up"])?;
        ip(&["-n", &space, "link", "set", "lo", "up"])?;
        ip(&["-n", &space, "addr", "add", &format!("{}/24", self.address(place)), "dev", "eth0"])?;
        ip(&["-n", &space, "link", "set", "eth0", "up"])
    }

    /// Waits for the end of the harness, of which the end of its own input tells it, and clears away.
    fn janitor(&self, machines: &[(&str, u8)]) -> Result<Child> {
        let spaces: Vec<String> = machines.iter().map(|(machine, _)| self.space(machine)).collect();
        let clear = format!(
            "read line; for space in {}; do \
               for turn in 1 2 3; do for one in $(ip netns pids $space 2>/dev/null); do kill -9 $one; done; sleep 0.2; done; \
               ip netns delete $space 2>/dev/null; done; ip link delete {} 2>/dev/null; true",
            spaces.join(" "),
            self.tag
        );
        let mut janitor = Command::new("sh");
        janitor.args(["-c", &clear]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        janitor.process_group(0).spawn().context("sh")
    }

    fn space(&self, machine: &str) -> String {
        format!("{}-{machine}", self.tag)
    }

    fn end(&self, machine: &str) -> String {
        format!("{}{machine}", self.tag)
    }

    /// The address of a place; 1 is this machine's own.
    pub fn address(&self, place: u8) -> Ipv4Addr {
        Ipv4Addr::new(10, 213, self.third, place)
    }

    /// A program on a machine.
    pub fn on(&self, machine: &str, program: &str) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.space(machine), program]).stdin(Stdio::null());
        command
    }

    /// A program on a machine, in the name of somebody who is not root.
    pub fn as_user(&self, machine: &str, user: &str, program: &str) -> Command {
        let mut command = self.on(machine, "setpriv");
        command.args(["--reuid", user, "--regid", user, "--init-groups", program]);
        command
    }

    /// Pulls a machine's line out.
    pub fn unplug(&self, machine: &str) -> Result<()> {
        ip(&["link", "set", &self.end(machine), "down"])
    }

    /// Puts it in again.
    pub fn plug_in(&self, machine: &str) -> Result<()> {
        ip(&["link", "set", &self.end(machine), "up"])
    }

    /// From here on what a machine sends to an address is lost, without anybody telling it.
    pub fn lose(&self, machine: &str, to: Ipv4Addr) -> Result<()> {
        let (space, to) = (self.space(machine), to.to_string());
        ip(&["-n", &space, "neigh", "replace", &to, "lladdr", NOBODY, "nud", "permanent", "dev", "eth0"])
    }

    /// It arrives again.
    pub fn find(&self, machine: &str, to: Ipv4Addr) -> Result<()> {
        ip(&["-n", &self.space(machine), "neigh", "del", &to.to_string(), "dev", "eth0"])
    }

    /// Gives a machine an address more, and lets everybody know.
    pub fn give(&self, machine: &str, address: Ipv4Addr) -> Result<()> {
        ip(&["-n", &self.space(machine), "addr", "add", &format!("{address}/24"), "dev", "eth0"])?;
        let told = self.on(machine, "python3").args(["-c", ANNOUNCE, &address.to_string()]).output();
        let told = told.context("python3")?;
        ensure!(told.status.success(), "an address could not be announced: {}", String::from_utf8_lossy(&told.stderr));
        Ok(())
    }

    /// Ends everything on a machine at once, as a power cut would.
    pub fn kill_all(&self, machine: &str) -> Result<()> {
        let space = self.space(machine);
        let listed = Command::new("ip").args(["netns", "pids", &space]).output().context("ip netns pids")?;
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let pids: Vec<&str> = listed.split_whitespace().collect();
        if !pids.is_empty() {
            // One of them may end by itself before its turn.
            let _ = Command::new("kill").arg("-9").args(pids).stderr(Stdio::null()).status().context("kill")?;
        }
        Ok(())
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        if let Some(mut janitor) = self.janitor.take() {
            // The end of its input is what it waits for.
            let _ = janitor.stdin.take().map(|mut line| line.write_all(b"\n"));
            let _ = janitor.wait();
        }
    }
}

fn ip(words: &[&str]) -> Result<()> {
    let ran = Command::new("ip").args(words).stdin(Stdio::null()).output().context("ip (package iproute2)")?;
    let said = String::from_utf8_lossy(&ran.stderr).trim().to_owned();
    ensure!(ran.status.success(), "ip {}: {said}", words.join(" "));
    Ok(())
}
