//! The machine under the paper: its disk, its backups and its certificate are files, which this crate does not read.

use newsroom::Timestamp;
use std::sync::{Arc, OnceLock};

/// Looks at the machine on which a process works. Handed in once, when the program starts.
pub trait Computer: std::fmt::Debug + Send + Sync {
    /// Its name in its network; empty where it has none.
    fn name(&self) -> String;

    /// How it stands now. Reads files: it is asked where nobody waits behind it.
    fn look(&self) -> ComputerSeen;
}

/// How a machine stands. What could not be seen is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComputerSeen {
    /// The disk under the data folder.
    pub disk: Option<Disk>,
    /// Backups, where a folder for them is set.
    pub backups: Option<Backups>,
    /// The certificate, where the paper ends TLS itself.
    pub certificate: Option<Certificate>,
}

/// A disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disk {
    /// Bytes that the paper may still fill.
    pub free: u64,
    /// All its bytes.
    pub whole: u64,
}

/// What is noted beside the backups of this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backups {
    /// Hours between two of them; none: the clock makes none.
    pub every_hours: Option<u32>,
    /// The newest that was proved.
    pub proved: Option<Proved>,
    /// When the newest attempt failed of those that did, and why, in technical words.
    pub failed: Option<(Timestamp, String)>,
}

/// A backup that was made and proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// When that was done.
    pub at: Timestamp,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
}

/// A certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Certificate {
    /// The file in which it lies.
    pub file: String,
    /// The last moment at which it holds; none: the file cannot be read any more.
    pub until: Option<Timestamp>,
    /// It should have been renewed by now.
    pub ends_soon: bool,
    /// The program asks for it itself, and none was given yet.
    pub to_come: bool,
    /// When the program was refused one and why, where none was given since.
    pub refused: Option<(Timestamp, String)>,
}

/// The machine under this process, once somebody has said which one it is.
#[derive(Debug, Default)]
pub struct ComputerHere(OnceLock<Arc<dyn Computer>>);

impl ComputerHere {
    /// It is this one. Said once.
    pub fn is(&self, machine: Arc<dyn Computer>) {
        let _ = self.0.set(machine);
    }

    /// Its name; empty where nobody has said.
    pub fn name(&self) -> String {
        self.0.get().map(|machine| machine.name()).unwrap_or_default()
    }

    /// How it stands now; none where nobody has said which one it is.
    pub async fn look(&self) -> Option<ComputerSeen> {
        let machine = Arc::clone(self.0.get()?);
        tokio::task::spawn_blocking(move || machine.look()).await.ok()
    }
}
