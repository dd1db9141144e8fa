//! Pictures: their bytes and what they are.

/// What is known of a picture of the library, and the rest of a statement.
macro_rules! library {
    ($rest:literal) => {
        concat!(
            "select name, width, height, placeholder, alt, caption, credit, holder, rights_until, focus_x, focus_y, by_id, at,
                 uses, public_uses, ended_at, taken_down_at, taken_down_by, taken_down_why from picture_library ",
            $rest
        )
    };
}

mod away;
mod library;
mod rights;
mod uses;

pub(crate) use away::{SERVED, as_readers_see, known_text, may_have_text, readers_may_have, text_as_readers_see};
pub use away::{Served, ServedTo};
pub use library::{Kept, LibraryPicture, NewPicture, PictureWords, TakenDown};
pub(crate) use library::{LATEST, NAMED};
pub(crate) use rights::{AWAY, DUE, ENDING};
pub use uses::PictureUse;
pub(crate) use uses::{OF_STORY, USES, note_printed, note_taken_back, note_withdrawn, note_written};

use crate::engine::{Row, values};
use crate::{Store, StoreError};
use newsroom::Timestamp;
use std::sync::Arc;

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
        let picture = Arc::new(picture.clone());
        let write = self.engine.write(move |tx| {
            let picture = Arc::clone(&picture);
            Box::pin(async move {
                let (width, height) = (i64::from(picture.size.0), i64::from(picture.size.1));
                tx.run(
                    "insert into pictures (name, media_type, width, height, bytes, kept_at)
                     values ($1, $2, $3, $4, $5, $6) on conflict (name) do nothing",
                    values![&picture.name, &picture.media_type, width, height, picture.bytes.clone(), picture.kept_at],
                )
                .await
            })
        });
        write.await.map(drop)
    }

    /// Width and height of a picture in pixels, by its name.
    pub async fn picture_size(&self, name: &str) -> Result<Option<(u32, u32)>, StoreError> {
        let name = name.to_owned();
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move { tx.row("select width, height from pictures where name = $1", values![name]).await })
        });
        read.await?.map(|row| Ok((pixels(&row, 0)?, pixels(&row, 1)?))).transpose()
    }

    /// A picture by its name.
    pub async fn picture(&self, name: &str) -> Result<Option<PictureFile>, StoreError> {
        let name = name.to_owned();
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move {
                let text = "select name, media_type, width, height, bytes, kept_at from pictures where name = $1";
                tx.row(text, values![name]).await
            })
        });
        read.await?.map(file).transpose()
    }
}

fn file(mut row: Row) -> Result<PictureFile, StoreError> {
    Ok(PictureFile {
        name: row.text(0)?,
        media_type: row.text(1)?,
        size: (pixels(&row, 2)?, pixels(&row, 3)?),
        bytes: row.bytes(4)?,
        kept_at: row.time(5)?,
    })
}

fn pixels(row: &Row, column: usize) -> Result<u32, StoreError> {
    u32::try_from(row.int(column)?).map_err(|_| StoreError::Broken(format!("column {column} is not a size in pixels")))
}
