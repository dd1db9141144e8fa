//! The sizes of a picture that are made after it came in: who makes them, what there is, and what could not be made.

use super::keep_bytes;
use crate::engine::{Row, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::Timestamp;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;

pub(crate) const TO_SIZE: &str =
    "select name from picture_library where sizing = 1 and sizing_at <= $1 order by sizing_at, name limit $2";

/// How far the sizes of a picture are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sizing {
    /// Nothing is to be made.
    #[default]
    Done,
    /// Some are still to be made.
    Waiting,
    /// Some could not be made.
    Failed,
}

/// A size of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSize {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// AVIF, and otherwise JPEG.
    pub is_avif: bool,
    /// The file.
    pub bytes: Vec<u8>,
}

impl NewSize {
    /// What it is called, of what the picture's own name is made of.
    fn name(&self, print: &str) -> String {
        format!("{print}-{}.{}", self.size.0, if self.is_avif { "avif" } else { "jpg" })
    }
}

/// A picture whose sizes are to be made, by whoever has it in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSize {
    /// Its name.
    pub name: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Widths that there are as JPEG.
    pub widths: Vec<u32>,
    /// Widths that there are as AVIF.
    pub avif: Vec<u32>,
    /// How often it was in hand, this time with it.
    pub tries: i64,
}

impl Store {
    /// Takes the picture that waits longest for its sizes in hand until a time; nobody else gets it before. Costs no write
    /// while none waits.
    pub async fn take_to_size(&self, now: Timestamp, until: Timestamp) -> Result<Option<ToSize>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(TO_SIZE, values![now, 1]).await }));
        let Some(mut row) = read.await? else { return Ok(None) };
        let name = row.text(0)?;
        let write = self.engine.write(move |tx| {
            let name = name.clone();
            Box::pin(async move {
                let text = "update picture_library set sizing_at = $3, sizing_tries = sizing_tries + 1
                     where name = $1 and sizing = 1 and sizing_at <= $2
                     returning name, width, height, widths, avif, sizing_tries";
                tx.row(text, values![name, now, until]).await
            })
        });
        write.await?.map(to_size).transpose()
    }

    /// Keeps a size of a picture and says that there is one, in one transaction; whoever has it in hand has until `until` for
    /// the next one. The same size again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the picture is gone by now.
    pub async fn keep_size(
        &self,
        name: &str,
        new: &NewSize,
        (now, until): (Timestamp, Timestamp),
    ) -> Result<(), StoreError> {
        let of = new.name(name.trim_end_matches(".jpg"));
        let laid = self.lay_down(vec![(&of, new.bytes.clone())], now).await?;
        let laid = laid.into_iter().next().ok_or(StoreError::NotFound)?;
        let (name, size, is_avif) = (name.to_owned(), new.size, new.is_avif);
        let write = self.engine.write(move |tx| {
            let (name, of, laid) = (name.clone(), of.clone(), laid.clone());
            Box::pin(async move {
                // Held first: a removal comes before this or after it, and then takes it along.
                let text = "update picture_library set sizing_at = case when sizing = 1 then $2 else sizing_at end
                     where name = $1 returning widths, avif";
                let mut row = tx.row(text, values![&name, until]).await?.ok_or(StoreError::NotFound)?;
                let (widths, avif) = (widths(&row.text(0)?), widths(&row.text(1)?));
                let media_type = if is_avif { "image/avif" } else { "image/jpeg" };
                keep_bytes(tx, &of, (media_type, size), &laid, now).await?;
                let (text, was) = match is_avif {
                    true => ("update picture_library set avif = $2 where name = $1", avif),
                    false => ("update picture_library set widths = $2 where name = $1", widths),
                };
                tx.run(text, values![&name, written(was.into_iter().chain([size.0]))]).await.map(drop)
            })
        });
        write.await
    }

    /// Every size of a picture is there: pages are told. Nothing where somebody else said so, or the picture is gone.
    pub async fn sizes_are_made(&self, name: &str, now: Timestamp) -> Result<Option<Happening>, StoreError> {
        let happening = self.happening(Actor::Program, What::PictureSized { name: name.to_owned() }, "", now);
        let name = name.to_owned();
        let write = self.engine.write(move |tx| {
            let (name, happening) = (name.clone(), happening.clone());
            Box::pin(async move {
                let text = "update picture_library set sizing = 0, sizing_tries = 0 where name = $1 and sizing = 1";
                if tx.run(text, values![name]).await? == 0 {
                    return Ok(None);
                }
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }

    /// A size could not be made: again from `next` on, or not until somebody asks when `next` is none.
    pub async fn sizes_failed(&self, name: &str, next: Option<Timestamp>) -> Result<(), StoreError> {
        let name = name.to_owned();
        let write = self.engine.write(move |tx| {
            let name = name.clone();
            Box::pin(async move {
                let text = "update picture_library set sizing_at = coalesce($2, sizing_at),
                         sizing = case when $2 is null then 2 else 1 end
                     where name = $1 and sizing = 1";
                tx.run(text, values![name, next]).await.map(drop)
            })
        });
        write.await
    }

    /// Has the sizes of a picture that are missing made, as if nobody had tried.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such picture.
    pub async fn size_again(&self, name: &str) -> Result<(), StoreError> {
        let name = name.to_owned();
        let write = self.engine.write(move |tx| {
            let name = name.clone();
            Box::pin(async move {
                let text = "update picture_library set sizing = 1, sizing_tries = 0,
                         sizing_at = case when sizing = 1 then sizing_at else 0 end where name = $1";
                tx.run(text, values![name]).await
            })
        });
        if write.await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// The same of every picture that has no AVIF; how many.
    pub async fn size_those_without_avif(&self) -> Result<u64, StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update picture_library set sizing = 1, sizing_tries = 0, sizing_at = 0
                     where avif = '' and sizing <> 1";
                tx.run(text, values![]).await
            })
        });
        write.await
    }
}

pub(super) fn sizing(n: i64) -> Sizing {
    match n {
        1 => Sizing::Waiting,
        2 => Sizing::Failed,
        _ => Sizing::Done,
    }
}

/// Widths as a column holds them.
pub(super) fn widths(text: &str) -> Vec<u32> {
    text.split_whitespace().filter_map(|width| width.parse().ok()).collect()
}

/// The same, to be kept: each once, the narrowest first.
pub(super) fn written(widths: impl Iterator<Item = u32>) -> String {
    let widths: std::collections::BTreeSet<u32> = widths.collect();
    widths.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}

fn to_size(mut row: Row) -> Result<ToSize, StoreError> {
    Ok(ToSize {
        name: row.text(0)?,
        size: (super::pixels(&row, 1)?, super::pixels(&row, 2)?),
        widths: widths(&row.text(3)?),
        avif: widths(&row.text(4)?),
        tries: row.int(5)?,
    })
}
