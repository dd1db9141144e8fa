//! Buckets of an S3-compatible store, as a group of settings names one: that of pictures, that of backups.

use super::Settings;
use super::read::said;
use anyhow::{Context, Result, anyhow};
use store::buckets::BucketSettings;
use web::Words;

impl Settings {
    /// The bucket that a group (`pictures`, `backup`) names; none where it names none.
    pub(super) fn bucket(&self, group: &str, t: &Words) -> Result<Option<BucketSettings>> {
        let key = |name: &str| format!("{group}.s3-{name}");
        let of = |name: &str| self.text(&key(name)).to_owned();
        let bucket = of("bucket");
        if bucket.is_empty() {
            return Ok(None);
        }
        let endpoint = self.read(&key("endpoint"), t, |text| {
            let whole = text.is_empty() || text.starts_with("https://") || text.starts_with("http://");
            whole.then(|| text.to_owned())
        })?;
        let secret = match of("secret-file").as_str() {
            "" => self.read(&key("secret"), t, said)?,
            file => {
                let text = std::fs::read_to_string(file).with_context(|| file.to_owned())?;
                let wanted = || anyhow!("{file}: {}", t.s(&format!("setting.{}", key("secret-file"))));
                said(text.trim()).ok_or_else(wanted)?
            }
        };
        let name = self.read(&key("key"), t, said)?;
        Ok(Some(BucketSettings { endpoint, bucket, region: of("region"), key: name, secret }))
    }
}
