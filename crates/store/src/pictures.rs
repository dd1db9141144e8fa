//! Pictures: their bytes and what they are.
use crate::{Store, StoreError};
use newsroom::Timestamp;

/// A picture's bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureFile {
    /// Its name in the store and in addresses: ASCII, with its ending; never reused for other bytes.
    pub name: String,
    /// `image/png`, `image/jpeg`, `image/webp`, `image/avif`.
    pub media_type: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// The bytes.
    pub bytes: Vec<u8>,
    /// When it came in.
    pub kept_at: Timestamp,
}

impl Store {
    /// Keeps a picture; the same name again changes nothing.
    pub async fn keep_picture(&self, picture: &PictureFile) -> Result<(), StoreError> {
        todo!()
    }
    /// A picture by its name.
    pub async fn picture(&self, name: &str) -> Result<Option<PictureFile>, StoreError> {
        todo!()
    }
}
