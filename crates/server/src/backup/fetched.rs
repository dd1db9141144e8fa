//! A backup of the bucket on its way back: it is fetched into a folder of its own, for its owner alone, which goes when this
//! does.

use super::about::{ABOUT, About};
use super::bucket::InBucket;
use super::files;
use crate::settings::Settings;
use anyhow::{Context, Result, anyhow};
use std::path::{Path, PathBuf};
use web::Words;

/// A backup that is fetched.
pub struct Fetched {
    bucket: InBucket,
    /// Where it stands meanwhile.
    pub folder: PathBuf,
}

impl Fetched {
    /// Fetches what the backup of this name says of itself, or the newest where no name is said.
    pub async fn begin(settings: &Settings, name: &str, t: &Words) -> Result<Self> {
        let bucket = settings.backup_bucket(t)?.ok_or_else(|| anyhow!(t.s("cli.restore.no-bucket")))?;
        let about = bucket.about(name).await.with_context(|| t.s("cli.restore.not-fetched"))?;
        let (about, bytes) = about.ok_or_else(|| anyhow!(t.s("cli.restore.not-in-bucket")))?;
        let beside = beside(settings);
        files::private_folder(&beside).with_context(|| beside.display().to_string())?;
        let folder = beside.join(format!("midad-fetched-{}-{}", std::process::id(), about.name));
        files::new_folder(&folder).with_context(|| folder.display().to_string())?;
        // From here on it goes by itself.
        let fetched = Self { bucket, folder };
        let own = fetched.folder.join(ABOUT);
        files::write_new(&own, &bytes).with_context(|| own.display().to_string())?;
        Ok(fetched)
    }

    /// Fetches all its files.
    pub async fn bring(&self, about: &About, t: &Words) -> Result<()> {
        self.bucket.fetch(about, &self.folder, t).await.with_context(|| t.s("cli.restore.not-fetched"))
    }
}

impl Drop for Fetched {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Where there is room for it: beside the backups, or, where they have no folder, beside the data.
fn beside(settings: &Settings) -> PathBuf {
    settings.backup_folder().unwrap_or_else(|| {
        let data = settings.data_folder();
        let above = data.parent().filter(|above| !above.as_os_str().is_empty());
        above.unwrap_or(Path::new(".")).to_owned()
    })
}
