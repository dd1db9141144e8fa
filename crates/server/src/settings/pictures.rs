//! Where pictures stand: in a folder beside the database, in a bucket, or in the database as an older paper has them.

use super::Settings;
use super::read::said;
use anyhow::{Context, Result};
use std::path::PathBuf;
use store::buckets::HAS_BUCKETS;
use store::pictures::{PicturePlace, Shelves};
use store::{Place, Store};
use web::Words;

impl Settings {
    /// The store with its pictures where they belong. Where nothing is set that is the folder, as long as no picture is in the
    /// database; a PostgreSQL paper, of which several processes may be served from several machines, keeps them there.
    pub async fn with_pictures(&self, store: Store, t: &Words) -> Result<Store> {
        let into = match self.read("pictures.store", t, place)? {
            Some(place) => place,
            None if matches!(self.place(), Place::Postgres(_)) || store.has_pictures_inside().await? => {
                PicturePlace::Database
            }
            None => PicturePlace::Folder,
        };
        let bucket = self.bucket("pictures", t)?;
        if into == PicturePlace::Bucket || bucket.is_some() {
            self.read("pictures.store", t, |_| HAS_BUCKETS.then_some(())).with_context(|| t.s("cli.no-s3"))?;
            // Which of them is missing is said by its own name.
            self.read("pictures.s3-bucket", t, said)?;
        }
        let shelves = Shelves::new(into, Some(self.pictures_folder()), bucket);
        Ok(store.with_pictures_in(shelves.with_context(|| t.s("cli.no-pictures"))?))
    }

    /// The folder in which pictures stand.
    pub fn pictures_folder(&self) -> PathBuf {
        match self.text("pictures.folder") {
            "" => PathBuf::from(self.text("data")).join("pictures"),
            folder => PathBuf::from(folder),
        }
    }
}

/// The place of a word; nothing said is no mistake.
#[allow(clippy::option_option, reason = "not said, said, and said wrong")]
fn place(text: &str) -> Option<Option<PicturePlace>> {
    match text {
        "" => Some(None),
        word => PicturePlace::of_key(word).map(Some),
    }
}
