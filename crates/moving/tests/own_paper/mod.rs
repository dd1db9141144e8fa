//! A paper of the test's own: SQLite in a folder that goes when it goes.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Place, Store};

/// The paper and its folder.
pub struct Paper {
    /// Where it is kept.
    pub store: Store,
    folder: PathBuf,
}

impl Drop for Paper {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Paper {
    /// Opens an empty one.
    pub async fn open() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let nth = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("midad-moving-{}-{nth}", std::process::id()));
        let store = Store::open(&Place::Folder(folder.clone())).await.expect("a paper");
        Self { store, folder }
    }
}
