//! The machine under the paper: what its administrator would look at there. `web` shows it at the desk, `midad doctor` at the
//! terminal.

pub mod disk;

use crate::backup;
use crate::lines::certificate_until;
use crate::settings::Settings;
use anyhow::Result;
use std::path::PathBuf;
use web::{Backups, Certificate, ComputerSeen, Disk, ProvedBackup, Words};

/// Where this process finds what it is asked for.
#[derive(Debug)]
pub struct Here {
    data: PathBuf,
    backups: Option<(PathBuf, Option<u32>)>,
    certificate: Option<PathBuf>,
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
        let certificate = self.certificate.as_ref();
        let certificate = certificate
            .map(|file| Certificate { file: file.display().to_string(), until: certificate_until(file).ok() });
        ComputerSeen { disk, backups, certificate }
    }
}

/// The machine's name in its network, where its system tells it in a file; empty elsewhere.
pub fn name() -> String {
    let read =
        ["/proc/sys/kernel/hostname", "/etc/hostname"].into_iter().find_map(|file| std::fs::read_to_string(file).ok());
    read.map(|name| name.trim().to_owned()).unwrap_or_default()
}
