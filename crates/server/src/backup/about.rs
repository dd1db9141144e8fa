//! What a backup says of itself: `about.json`, and the name of its folder.

use super::files;
use anyhow::{Context, Result};
use newsroom::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The form of these folders. It changes only when one of the old form could not be read any more.
pub const FORM: u32 = 1;
/// The file that tells what the others are.
pub const ABOUT: &str = "about.json";
/// A copy of an SQLite file.
pub const SQLITE: &str = "midad.db";
/// What PostgreSQL dumped.
pub const DUMP: &str = "database.dump";
/// The folder of pictures.
pub const PICTURES: &str = "pictures";
/// The end of the name of a folder that is not whole yet.
pub const PARTIAL: &str = "partial";
/// The end of the name of a folder that is whole and could not be proved.
pub const UNPROVED: &str = "unproved";
/// The end of the name of a folder that is being taken away.
pub const GOING: &str = "going";

const NAME: &str = "midad-backup-";
const STAMP: &str = "%Y%m%dT%H%M%SZ";

/// A backup, as it says itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct About {
    /// The form.
    #[serde(rename = "midad-backup")]
    pub form: u32,
    /// The name of its folder.
    pub name: String,
    /// The version of the program that made it.
    pub program: String,
    /// The schema of the data.
    pub schema: i64,
    /// Of which database it is.
    pub engine: Engine,
    /// When it was begun: everything that was acknowledged before is in it.
    pub at: Timestamp,
    /// How long making and proving took together.
    pub took_ms: u64,
    /// Rows of each table at that moment.
    pub rows: BTreeMap<String, u64>,
    /// Pictures that stand in a bucket: they are not in it.
    pub pictures_elsewhere: u64,
    /// The keys to which its files are encrypted; none: they are not.
    pub encrypted_to: Vec<String>,
    /// What was proved, by the words of [`Proof`].
    pub proved: Vec<Proof>,
    /// What speaks against it, in technical words; then its folder has another end.
    pub not_proved: Vec<String>,
    /// Every other file of the folder.
    pub files: Vec<Kept>,
}

/// Of which database a backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A server's dump.
    Postgresql,
}

/// Something that was proved of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// The copy was opened, its file is sound and `midad check` finds nothing in it.
    Checked,
    /// The dump was read to its end.
    ReadThrough,
    /// The dump was restored into another database, and `midad check` finds nothing there.
    Restored,
    /// As many rows in every table as the paper had at that moment.
    Rows,
    /// Every picture of the folder is there, with the sum that the paper knows.
    Pictures,
    /// What was encrypted was decrypted again and is the same.
    Decrypted,
}

impl Proof {
    /// Its words in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Checked => "cli.backup.proved.checked",
            Self::ReadThrough => "cli.backup.proved.read-through",
            Self::Restored => "cli.backup.proved.restored",
            Self::Rows => "cli.backup.proved.rows",
            Self::Pictures => "cli.backup.proved.pictures",
            Self::Decrypted => "cli.backup.proved.decrypted",
        }
    }
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its place in the folder, with `/` between.
    pub name: String,
    /// What stands there.
    #[serde(flatten)]
    pub sum: Sum,
    /// What it is when it is decrypted; none where it is not encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain: Option<Sum>,
}

/// How long bytes are, and their SHA-256 in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Their number.
    pub bytes: u64,
    /// Their sum.
    pub sha256: String,
}

impl Kept {
    /// What it is when nothing is encrypted any more.
    pub fn plain(&self) -> &Sum {
        self.plain.as_ref().unwrap_or(&self.sum)
    }

    /// Its place below a folder; none where the name would lead out of it.
    pub fn below(&self, folder: &Path) -> Option<PathBuf> {
        below(folder, &self.name)
    }
}

impl About {
    /// Reads what a folder says of itself; an error when it is none of ours.
    pub fn read(folder: &Path) -> Result<Self> {
        let file = folder.join(ABOUT);
        let named = || file.display().to_string();
        Self::of(&std::fs::read(&file).with_context(named)?).with_context(named)
    }

    /// What these bytes say; an error when it is none of ours.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        let about: Self = serde_json::from_slice(bytes)?;
        anyhow::ensure!(about.form == FORM, "form {}, and not {FORM}", about.form);
        let safe = about.files.iter().all(|kept| kept.below(Path::new("")).is_some());
        anyhow::ensure!(safe && at_of(&about.name).is_some(), "a name that is none of ours");
        Ok(about)
    }

    /// Writes it, flushed.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self)?;
        let file = folder.join(ABOUT);
        files::write_new(&file, &text).with_context(|| file.display().to_string())
    }

    /// Bytes of all files together.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|kept| kept.sum.bytes).sum()
    }

    /// Rows of all tables together.
    pub fn all_rows(&self) -> u64 {
        self.rows.values().sum()
    }

    /// Its pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &Kept> {
        self.files.iter().filter(|kept| kept.name.starts_with("pictures/"))
    }
}

/// The name of a backup that is begun now.
pub fn name_at(at: Timestamp) -> String {
    format!("{NAME}{}", at.strftime(STAMP))
}

/// When a backup of this name was begun; none where the name is not one of ours.
pub fn at_of(name: &str) -> Option<Timestamp> {
    let at = jiff::civil::DateTime::strptime(STAMP, name.strip_prefix(NAME)?).ok()?;
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    (name_at(at) == name).then_some(at)
}

/// A place below a folder; none where it would lead out of it.
pub fn below(folder: &Path, name: &str) -> Option<PathBuf> {
    let safe = |part: &str| {
        let signs = part.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"._-".contains(&sign));
        !part.is_empty() && !part.starts_with('.') && signs
    };
    name.split('/').all(safe).then(|| name.split('/').fold(folder.to_owned(), |path, part| path.join(part)))
}
