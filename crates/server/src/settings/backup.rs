//! Settings of backups.

use super::{Settings, TABLE, listed, variable, within, yes};
use crate::backup::followed::Following;
use crate::backup::{InBucket, Keep, Plan, Seal};
use anyhow::{Context, Result, anyhow};
use jiff::SignedDuration;
use std::path::PathBuf;
use store::Place;
use store::buckets::HAS_BUCKETS;
use web::Words;

impl Settings {
    /// The data folder; also where the data are elsewhere.
    pub fn data_folder(&self) -> PathBuf {
        PathBuf::from(self.text("data"))
    }

    /// Where backups are kept; none as shipped.
    pub fn backup_folder(&self) -> Option<PathBuf> {
        Some(self.text("backup.folder")).filter(|folder| !folder.is_empty()).map(PathBuf::from)
    }

    /// The keys to which backups are encrypted.
    pub fn backup_keys(&self) -> Vec<String> {
        listed(self.text("backup.encrypt-to"))
    }

    /// How many backups are kept.
    pub fn keep(&self, t: &Words) -> Result<Keep> {
        let read = |key: &str, least, most| self.read(key, t, |text| within(text, least, most));
        Ok(Keep {
            newest: read("backup.keep", 1, 1_000)?,
            days: read("backup.keep-days", 0, 3_660)?,
            weeks: read("backup.keep-weeks", 0, 520)?,
            most_days: read("paper.backups-kept-days", 1, 3_660)?,
        })
    }

    /// The bucket to which backups are carried; none where none is named.
    pub fn backup_bucket(&self, t: &Words) -> Result<Option<InBucket>> {
        let Some(bucket) = self.bucket("backup", t)? else { return Ok(None) };
        self.read("backup.s3-bucket", t, |_| HAS_BUCKETS.then_some(())).with_context(|| t.s("cli.no-s3"))?;
        let prefix = self.read("backup.s3-prefix", t, InBucket::prefix)?;
        InBucket::open(&bucket, prefix).map(Some)
    }

    /// The log of writes of a paper on SQLite is kept beside the backups; none where that is not wished.
    pub fn followed(&self, t: &Words) -> Result<Option<Following>> {
        if !self.read("backup.to-the-second", t, yes)? {
            return Ok(None);
        }
        let place = self.place();
        anyhow::ensure!(matches!(place, Place::Folder(_)), "backup.to-the-second: {}", t.s("cli.backup.no-log"));
        let into = self.backup_folder();
        let into = into.ok_or_else(|| anyhow!("backup.to-the-second: {}", t.s("cli.backup.no-folder")))?;
        let seal = Seal::of(&self.backup_keys(), t)?;
        let keep = self.keep(t)?;
        // A folder holds a day, and nothing is kept longer than readers were told.
        let days = keep.days.max(1).min(keep.most_days.saturating_sub(1));
        Ok(Some(Following { place, pictures: self.pictures_folder(), into, seal, days }))
    }

    /// Backups by the clock; none where there are none.
    pub fn backup_plan(&self, t: &Words) -> Result<Option<Plan>> {
        let hours = self.read("backup.every-hours", t, |text| within(text, 0, 24 * 31))?;
        if hours == 0 {
            return Ok(None);
        }
        self.backup_folder().ok_or_else(|| anyhow!("backup.every-hours: {}", t.s("cli.backup.no-folder")))?;
        // What does not fit is said at the start, and not in the night.
        self.backup_bucket(t)?;
        let variables = TABLE.iter().map(|(key, _)| (variable(key), self.text(key).to_owned())).collect();
        let every = SignedDuration::from_hours(hours.into());
        Ok(Some(Plan { every, newest: self.keep(t)?.newest, variables }))
    }
}
