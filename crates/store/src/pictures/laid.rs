//! Bytes are laid down before a row names them. What is laid down and never named, because somebody else was first or the
//! process ended, is a stray: it was noted before, and `sweep_picture_strays` takes it away. What no row names any more is noted
//! in the commit that says so, and goes after an hour: whoever reads the whole paper meanwhile still finds it.

use super::shelf::{PicturePlace, new_key, sha256};
use crate::engine::{Tx, values};
use crate::{Store, StoreError};
use newsroom::Timestamp;
use std::sync::Arc;

/// What is laid down is named within so many milliseconds, or never.
const NAMED_WITHIN: i64 = 24 * 60 * 60 * 1000;
/// What is named no more goes after so many.
const GOES_AFTER: i64 = 60 * 60 * 1000;

pub(crate) const STRAYS: &str = "select place, key from picture_strays where due_at <= $1 order by due_at limit $2";

/// Where the bytes of one picture lie, ready to be named.
#[derive(Debug, Clone)]
pub(crate) enum Laid {
    /// In memory, until they are written with the row.
    Inside(Arc<Vec<u8>>),
    /// In a file or a bucket.
    Outside { at: OnShelf, length: i64 },
}

/// Where bytes stand outside of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OnShelf {
    pub(crate) place: PicturePlace,
    pub(crate) key: String,
    pub(crate) sha256: String,
}

impl Store {
    /// Lays bytes down where new pictures go: once this has answered they survive whatever ends the process.
    pub(crate) async fn lay_down(&self, files: Vec<(&str, Vec<u8>)>, now: Timestamp) -> Result<Vec<Laid>, StoreError> {
        let place = self.shelves.new_ones_go();
        if place == PicturePlace::Database {
            return Ok(files.into_iter().map(|(_, bytes)| Laid::Inside(Arc::new(bytes))).collect());
        }
        let mut laid = Vec::new();
        for (name, bytes) in &files {
            let sha256 = sha256(bytes);
            laid.push(OnShelf { place, key: new_key(&sha256, name)?, sha256 });
        }
        self.note_strays(&laid, now.as_millisecond().saturating_add(NAMED_WITHIN)).await?;
        for (at, (_, bytes)) in laid.iter().zip(&files) {
            self.shelves.put(place, &at.key, bytes).await?;
        }
        let lengths = files.iter().map(|(_, bytes)| i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        Ok(laid.into_iter().zip(lengths).map(|(at, length)| Laid::Outside { at, length }).collect())
    }

    async fn note_strays(&self, laid: &[OnShelf], due: i64) -> Result<(), StoreError> {
        let laid: Arc<[OnShelf]> = laid.into();
        let write = self.engine.write(move |tx| {
            let laid = Arc::clone(&laid);
            Box::pin(async move {
                for at in laid.iter() {
                    note_stray(tx, at.place.key(), &at.key, due).await?;
                }
                Ok(())
            })
        });
        write.await
    }

    /// Takes away at most `limit` files that no row names; how many went. One whose place cannot be reached waits an hour.
    pub async fn sweep_picture_strays(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(STRAYS, values![now, i64::from(limit)]).await }));
        let mut gone = 0;
        for mut row in read.await? {
            let (place, key) = (row.text(0)?, row.text(1)?);
            // From here on no commit can name it.
            let text = "update picture_strays set going = 1 where place = $1 and key = $2 and due_at <= $3";
            if self.of_stray(text, (&place, &key), now.as_millisecond()).await? == 0 {
                continue;
            }
            let of = PicturePlace::of_key(&place).filter(|place| self.shelves.has(*place));
            let deleted = match of {
                Some(of) => self.shelves.delete(of, &key).await,
                None => Err(StoreError::Unreachable(format!("no place for pictures called {place} is set"))),
            };
            match deleted {
                Ok(()) => {
                    let text =
                        "delete from picture_strays where place = $1 and key = $2 and going = 1 and due_at <= $3";
                    gone += self.of_stray(text, (&place, &key), i64::MAX).await?;
                }
                Err(problem) => {
                    tracing::warn!(%problem, %key, "a picture that nothing names could not be taken away");
                    let text = "update picture_strays set due_at = $3 where place = $1 and key = $2";
                    self.of_stray(text, (&place, &key), now.as_millisecond().saturating_add(GOES_AFTER)).await?;
                }
            }
        }
        Ok(gone)
    }

    async fn of_stray(&self, text: &'static str, (place, key): (&str, &str), at: i64) -> Result<u64, StoreError> {
        let (place, key) = (place.to_owned(), key.to_owned());
        let write = self.engine.write(move |tx| {
            let (place, key) = (place.clone(), key.clone());
            Box::pin(async move { tx.run(text, values![place, key, at]).await })
        });
        write.await
    }
}

impl Laid {
    /// What the row itself holds.
    pub(crate) fn inside(&self) -> Vec<u8> {
        match self {
            Self::Inside(bytes) => bytes.to_vec(),
            Self::Outside { .. } => Vec::new(),
        }
    }

    /// Names what lies outside, in the transaction that writes the picture's row.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it took so long that it is being taken away.
    pub(crate) async fn name(&self, tx: &mut Tx, name: &str) -> Result<(), StoreError> {
        let Self::Outside { at, length } = self else { return Ok(()) };
        let text = "delete from picture_strays where place = $1 and key = $2 and going = 0";
        if tx.run(text, values![at.place.key(), &at.key]).await? == 0 {
            return Err(StoreError::Conflict("picture_strays".to_owned()));
        }
        let text = "insert into picture_files (name, place, key, sha256, length) values ($1, $2, $3, $4, $5)
             on conflict (name) do update set place = excluded.place, key = excluded.key, sha256 = excluded.sha256,
                 length = excluded.length";
        tx.run(text, values![name, at.place.key(), &at.key, &at.sha256, *length]).await.map(drop)
    }
}

async fn note_stray(tx: &mut Tx, place: &str, key: &str, due: i64) -> Result<(), StoreError> {
    let text = "insert into picture_strays (place, key, due_at, going) values ($1, $2, $3, 0)
         on conflict (place, key) do nothing";
    tx.run(text, values![place, key, due]).await.map(drop)
}

/// Notes the files of pictures that go: of a name, and of those from one name (inclusive) to another.
pub(crate) async fn let_go(
    tx: &mut Tx,
    (name, from, to): (&str, &str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    let text = "select place, key from picture_files where name = $1 or (name >= $2 and name < $3)";
    for mut row in tx.rows(text, values![name, from, to]).await? {
        let (place, key) = (row.text(0)?, row.text(1)?);
        note_stray(tx, &place, &key, now.as_millisecond().saturating_add(GOES_AFTER)).await?;
    }
    let text = "delete from picture_files where name = $1 or (name >= $2 and name < $3)";
    tx.run(text, values![name, from, to]).await.map(drop)
}

/// Where the bytes of a picture stand; none: in its row.
pub(crate) async fn on_shelf(tx: &mut Tx, name: &str) -> Result<Option<OnShelf>, StoreError> {
    let text = "select place, key, sha256 from picture_files where name = $1";
    let Some(mut row) = tx.row(text, values![name]).await? else { return Ok(None) };
    read(row.text(0)?, row.text(1)?, row.text(2)?).map(Some)
}

/// The same out of columns.
pub(super) fn read(place: String, key: String, sha256: String) -> Result<OnShelf, StoreError> {
    let known = PicturePlace::of_key(&place);
    let place = known.ok_or_else(|| StoreError::Broken(format!("{place} is no place for pictures")))?;
    Ok(OnShelf { place, key, sha256 })
}
