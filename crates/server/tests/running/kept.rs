//! A folder of backups, and what stands in it.

use super::until;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of backups that goes with the test.
pub struct Kept(pub PathBuf);

impl Kept {
    /// A new one.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("midad_kept_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    /// Its path.
    pub fn text(&self) -> String {
        self.0.display().to_string()
    }

    /// Every name in it.
    pub fn all(&self) -> Vec<String> {
        let inside = std::fs::read_dir(&self.0).expect("it is there").map(|inside| inside.expect("a name").file_name());
        let mut all: Vec<String> = inside.map(|name| name.into_string().expect("ASCII")).collect();
        all.sort();
        all
    }

    /// Those that say what they are, the newest last.
    pub fn backups(&self) -> Vec<String> {
        let whole = |name: &String| !name.contains('.') && self.0.join(name).join("about.json").is_file();
        self.all().into_iter().filter(whole).collect()
    }

    /// The pieces of the log that are kept, in its order.
    pub fn pieces(&self) -> Vec<PathBuf> {
        let folders = self.all().into_iter().filter(|name| name.starts_with("midad-log-2"));
        let mut all: Vec<PathBuf> = folders.flat_map(|name| files(&self.0.join(name))).collect();
        all.retain(|file| time_of(file).is_some());
        all.sort();
        all
    }

    /// The log is kept from now on.
    pub fn reaches(&self) -> Option<()> {
        self.all().iter().any(|name| name.starts_with("midad-log-2")).then_some(())
    }

    /// When everything is kept that was acknowledged before this is asked.
    pub async fn reaches_beyond_now(&self) -> jiff::Timestamp {
        let now = jiff::Timestamp::now();
        // The second one: the first may have been looked for before now, and was only written after it.
        let beyond = || async { self.pieces().iter().filter_map(|file| time_of(file)).filter(|at| *at > now).nth(1) };
        until("what is acknowledged now to be kept", beyond).await
    }

    /// The only backup in it.
    pub fn only_one(&self) -> String {
        let all = self.backups();
        assert_eq!(all.len(), 1, "{:?}", self.all());
        all.into_iter().next().expect("one")
    }

    /// A backup again, as one of another time.
    pub fn again(&self, name: &str, other: &str) -> PathBuf {
        let folder = self.0.join(other);
        copy_all(&self.0.join(name), &folder);
        let file = folder.join("about.json");
        let mut about: Value = serde_json::from_slice(&std::fs::read(&file).expect("it says")).expect("JSON");
        about["name"] = other.into();
        std::fs::write(file, about.to_string()).expect("it can be written");
        folder
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// When a piece of the log was kept.
fn time_of(file: &Path) -> Option<jiff::Timestamp> {
    let name = file.file_name()?.to_str()?.strip_suffix(".gz")?;
    jiff::Timestamp::from_millisecond(name.rsplit_once('-')?.1.parse().ok()?).ok()
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for inside in std::fs::read_dir(folder).expect("a folder") {
        let path = inside.expect("a name").path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

/// One of its pictures.
pub fn picture_of(folder: &Path) -> PathBuf {
    files(folder).into_iter().min().expect("the demo has pictures in its folder")
}

/// Copies every file below a folder.
pub fn copy_all(from: &Path, to: &Path) {
    for file in files(from) {
        let place = to.join(file.strip_prefix(from).expect("it is below"));
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::copy(file, place).expect("a copy");
    }
}
