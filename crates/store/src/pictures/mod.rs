//! Pictures: their bytes and what they are. A row names a picture only once its bytes are where they stay (`laid`); where that
//! is, the database, a folder or a bucket, is `shelf`'s.

/// What is known of a picture of the library, and the rest of a statement.
macro_rules! library {
    ($rest:literal) => {
        concat!(
            "select name, width, height, placeholder, alt, caption, credit, holder, rights_until, focus_x, focus_y, by_id, at,
                 uses, public_uses, ended_at, taken_down_at, taken_down_by, taken_down_why, sizing, widths, avif
             from picture_library ",
            $rest
        )
    };
}

mod away;
mod cards;
mod checked;
mod laid;
mod library;
mod moved;
mod rights;
mod shelf;
mod sizes;
mod uses;

pub(crate) use away::{SERVED, as_readers_see, known_text, may_have_text, readers_may_have, text_as_readers_see};
pub use away::{Served, ServedTo};
pub use cards::ToDraw;
pub(crate) use cards::{CARD, OLD_TO_DRAW, TO_DRAW, draw_anew, drop_card, want_card};
pub(crate) use laid::{Laid, OnShelf, STRAYS, on_shelf};
pub use library::{Kept, LibraryPicture, NewPicture, PictureWords, TakenDown};
pub(crate) use library::{LATEST, NAMED};
pub(crate) use rights::{AWAY, DUE, ENDING, ENDING_OF};
pub use shelf::{PicturePlace, Shelves};
pub(crate) use sizes::TO_SIZE;
pub use sizes::{NewSize, Sizing, ToSize};
pub use uses::PictureUse;
pub(crate) use uses::{OF_STORY, USES, note_printed, note_taken_back, note_withdrawn, note_written};

use crate::engine::{Row, Tx, values};
use crate::{Store, StoreError};
use newsroom::Timestamp;

pub(crate) const FILE: &str =
    "select p.name, p.media_type, p.width, p.height, p.bytes, p.kept_at, f.place, f.key, f.sha256
     from pictures p left join picture_files f on f.name = p.name where p.name = $1";

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
        let (name, media_type) = (picture.name.clone(), picture.media_type.clone());
        let (size, now) = (picture.size, picture.kept_at);
        let laid = self.lay_down(vec![(&picture.name, picture.bytes.clone())], now).await?;
        let laid = laid.into_iter().next().ok_or(StoreError::NotFound)?;
        let write = self.engine.write(move |tx| {
            let (name, media_type, laid) = (name.clone(), media_type.clone(), laid.clone());
            Box::pin(async move { keep_bytes(tx, &name, (&media_type, size), &laid, now).await })
        });
        write.await
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

    /// A picture by its name, wherever its bytes stand.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when they are not where they should be.
    pub async fn picture(&self, name: &str) -> Result<Option<PictureFile>, StoreError> {
        let name = name.to_owned();
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move { tx.row(FILE, values![name]).await })
        });
        let Some((mut file, at)) = read.await?.map(file).transpose()? else { return Ok(None) };
        if let Some(at) = at {
            file.bytes = self.bytes_at(&file.name, &at).await?;
        }
        Ok(Some(file))
    }

    /// The bytes of a picture that stand outside of the database.
    pub(crate) async fn bytes_at(&self, name: &str, at: &OnShelf) -> Result<Vec<u8>, StoreError> {
        let gone = || StoreError::Broken(format!("{name} is not where it should be: {} {}", at.place.key(), at.key));
        self.shelves.get(at.place, &at.key).await?.ok_or_else(gone)
    }
}

/// Writes the row of a picture's bytes; one that is there already stays, and what was laid down for it is swept.
async fn keep_bytes(
    tx: &mut Tx,
    name: &str,
    (media_type, (width, height)): (&str, (u32, u32)),
    laid: &Laid,
    now: Timestamp,
) -> Result<(), StoreError> {
    let text = "insert into pictures (name, media_type, width, height, bytes, kept_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (name) do nothing";
    let given = values![name, media_type, i64::from(width), i64::from(height), laid.inside(), now];
    if tx.run(text, given).await? == 0 { Ok(()) } else { laid.name(tx, name).await }
}

fn file(mut row: Row) -> Result<(PictureFile, Option<OnShelf>), StoreError> {
    let at = match row.maybe_text(6)? {
        Some(place) => Some(laid::read(place, row.text(7)?, row.text(8)?)?),
        None => None,
    };
    let file = PictureFile {
        name: row.text(0)?,
        media_type: row.text(1)?,
        size: (pixels(&row, 2)?, pixels(&row, 3)?),
        bytes: row.bytes(4)?,
        kept_at: row.time(5)?,
    };
    Ok((file, at))
}

fn pixels(row: &Row, column: usize) -> Result<u32, StoreError> {
    u32::try_from(row.int(column)?).map_err(|_| StoreError::Broken(format!("column {column} is not a size in pixels")))
}
