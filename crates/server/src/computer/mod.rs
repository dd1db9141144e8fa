//! The machine under the paper: what its administrator would look at there. `web` shows it at the desk, `midad doctor` at the
//! terminal.

pub mod disk;

use crate::backup;
use crate::certifier::{self, Refusal};
use crate::lines::{certificate_ends_soon, certificate_holds};
use crate::settings::Settings;
use anyhow::Result;
use newsroom::Timestamp;
use std::path::PathBuf;
use web::{Backups, Certificate, ComputerSeen, Disk, ProvedBackup, Words};

/// Where this process finds what it is asked for.
#[derive(Debug)]
pub struct Here {
    data: PathBuf,
    backups: Option<(PathBuf, Option<u32>)>,
    certificate: Option<PathBuf>,
    /// The program asks for it itself.
    asks: bool,
}

impl Here {
    /// As the settings say.
    ///
    /// # Errors
    /// When a setting cannot be read.
    pub fn of(settings: &Settings, t: &Words) -> Result<Self> {
        let every = settings.backup_plan(t)?.map(|plan| u32::try_from(plan.every.as_hours()).unwrap_or(u32::MAX));
        Ok(Self {
            data: settings.data_folder(),
            backups: settings.backup_folder().map(|folder| (folder, every)),
            certificate: settings.certificate_file(),
            asks: settings.asks_a_certifier(),
        })
    }
}

impl web::Computer for Here {
    fn name(&self) -> String {
        name()
    }

    fn look(&self) -> ComputerSeen {
        let disk = disk::space(&self.data).map(|space| Disk { free: space.free, whole: space.whole });
        let backups = self.backups.as_ref().map(|(folder, every_hours)| {
            let noted = backup::noted(folder);
            let proved = noted.proved.map(|one| ProvedBackup { at: one.at, name: one.name, bytes: one.bytes });
            Backups { every_hours: *every_hours, proved, failed: noted.failed.map(|one| (one.at, one.why)) }
        });
        let certificate = self.certificate.as_ref().map(|file| {
            let holds = certificate_holds(file).ok();
            let refused = self.asks.then(|| Refusal::last(&certifier::folder(&self.data))).flatten();
            Certificate {
                file: file.display().to_string(),
                until: holds.map(|(_, until)| until),
                ends_soon: holds.is_some_and(|holds| certificate_ends_soon(holds, Timestamp::now())),
                to_come: self.asks && !file.exists(),
                refused: refused.map(|refusal| (refusal.at, refusal.why)),
            }
        });
        ComputerSeen { disk, backups, certificate }
    }
}

/// The machine's name in its network, where its system tells it in a file; empty elsewhere.
pub fn name() -> String {
    let read =
        ["/proc/sys/kernel/hostname", "/etc/hostname"].into_iter().find_map(|file| std::fs::read_to_string(file).ok());
    read.map(|name| name.trim().to_owned()).unwrap_or_default()
}
