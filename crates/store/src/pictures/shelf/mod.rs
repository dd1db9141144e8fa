//! Where the bytes of pictures stand: in the database, in a folder, in a bucket. One small face: put, get, delete, exists.
//!
//! A key is made once and never again, also for the same bytes: what is taken away under a key can never be what somebody has
//! just put there.

mod folder;

#[cfg(test)]
#[cfg(feature = "s3")]
mod tests;

use folder::Folder;

use crate::buckets::{Bucket, BucketSettings, Patience};
use crate::{StoreError, hex};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Letters of a picture's name that stand in its key.
const MOST_NAME: usize = 80;

/// Where the bytes of a picture stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PicturePlace {
    /// In the row itself.
    #[default]
    Database,
    /// In a file of a folder.
    Folder,
    /// In a bucket of an S3-compatible store.
    Bucket,
}

impl PicturePlace {
    /// Every place.
    pub const ALL: [Self; 3] = [Self::Database, Self::Folder, Self::Bucket];

    /// As settings and rows call it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Folder => "folder",
            Self::Bucket => "s3",
        }
    }

    /// The place of a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.key() == key)
    }
}

/// The places of a paper: where new pictures go, and where those that are there may stand.
#[derive(Debug, Clone, Default)]
pub struct Shelves {
    into: PicturePlace,
    folder: Option<Folder>,
    bucket: Option<Bucket>,
}

impl Shelves {
    /// New pictures go `into` this place; those in the folder and in the bucket can be read.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when the place into which they go was not given or cannot be had in this program.
    pub fn new(
        into: PicturePlace,
        folder: Option<PathBuf>,
        bucket: Option<BucketSettings>,
    ) -> Result<Self, StoreError> {
        let bucket = bucket.map(|settings| Bucket::open(&settings, Patience::OfReaders)).transpose()?;
        let shelves = Self { into, folder: folder.map(Folder::new), bucket };
        if shelves.has(into) { Ok(shelves) } else { Err(no_place(into)) }
    }

    /// Where new pictures go.
    pub fn new_ones_go(&self) -> PicturePlace {
        self.into
    }

    /// What stands at this place can be read.
    pub(crate) fn has(&self, place: PicturePlace) -> bool {
        match place {
            PicturePlace::Database => true,
            PicturePlace::Folder => self.folder.is_some(),
            PicturePlace::Bucket => self.bucket.is_some(),
        }
    }

    /// Puts bytes where they survive whatever ends this process once this has answered.
    pub(crate) async fn put(&self, place: PicturePlace, key: &str, bytes: &[u8]) -> Result<(), StoreError> {
        match place {
            PicturePlace::Folder => self.folder.as_ref().ok_or(no_place(place))?.put(key, bytes).await,
            PicturePlace::Bucket => self.bucket.as_ref().ok_or(no_place(place))?.put(key, bytes).await,
            PicturePlace::Database => Err(no_place(place)),
        }
    }

    /// The bytes under a key, where there are any.
    pub(crate) async fn get(&self, place: PicturePlace, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match place {
            PicturePlace::Folder => self.folder.as_ref().ok_or(no_place(place))?.get(key).await,
            PicturePlace::Bucket => self.bucket.as_ref().ok_or(no_place(place))?.get(key).await,
            PicturePlace::Database => Err(no_place(place)),
        }
    }

    /// Takes away what is under a key; nothing there is no error.
    pub(crate) async fn delete(&self, place: PicturePlace, key: &str) -> Result<(), StoreError> {
        match place {
            PicturePlace::Folder => self.folder.as_ref().ok_or(no_place(place))?.delete(key).await,
            PicturePlace::Bucket => self.bucket.as_ref().ok_or(no_place(place))?.delete(key).await,
            PicturePlace::Database => Err(no_place(place)),
        }
    }

    /// Something stands under a key.
    pub(crate) async fn exists(&self, place: PicturePlace, key: &str) -> Result<bool, StoreError> {
        match place {
            PicturePlace::Folder => self.folder.as_ref().ok_or(no_place(place))?.exists(key).await,
            PicturePlace::Bucket => Ok(self.bucket.as_ref().ok_or(no_place(place))?.size(key).await?.is_some()),
            PicturePlace::Database => Err(no_place(place)),
        }
    }
}

fn no_place(place: PicturePlace) -> StoreError {
    StoreError::Unreachable(format!("no place for pictures called {} is set", place.key()))
}

/// A SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::write(&Sha256::digest(bytes))
}

/// A key that nobody had before: spread over two folders by what the bytes are, with the picture's name for whoever looks.
pub(crate) fn new_key(sha256: &str, name: &str) -> Result<String, StoreError> {
    let mut once = [0_u8; 6];
    getrandom::fill(&mut once).map_err(|problem| StoreError::Broken(problem.to_string()))?;
    let plain = |sign: char| if sign.is_ascii_alphanumeric() || sign == '.' || sign == '-' { sign } else { '_' };
    let name: String = name.chars().take(MOST_NAME).map(plain).collect();
    let (first, second) = (sha256.get(..2).unwrap_or("00"), sha256.get(2..4).unwrap_or("00"));
    Ok(format!("{first}/{second}/{sha256}-{}-{name}", hex::write(&once)))
}
