//! Strips of breaking news. One stands at most: the next one ends the one before, in the same transaction. A strip names
//! its story; the story's address goes along only while readers may open it.

use crate::engine::{Row, Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::breaking::NewStrip;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{StaffId, StoryId, StripId, Timestamp};

macro_rules! strips {
    ($rest:literal) => {
        concat!(
            "select t.strip_id, t.text, t.story_id, case when s.state = 'published' then s.slug end,
                 t.by_id, b.name, t.raised_at, t.until_at, t.ended_at, t.ended_by, e.name
             from strips t left join stories s on s.story_id = t.story_id
                 left join staff b on b.staff_id = t.by_id left join staff e on e.staff_id = t.ended_by ",
            $rest
        )
    };
}

pub(crate) const STANDING: &str =
    strips!("where t.ended_at is null and t.until_at > $1 order by t.until_at desc limit 1");
pub(crate) const OVER: &str =
    "select strip_id from strips where ended_at is null and until_at <= $1 order by until_at limit $2";
pub(crate) const LATELY: &str = strips!("where t.strip_id < $1 order by t.strip_id desc limit $2");

/// A strip that stands, or stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// Which.
    pub id: StripId,
    /// What it says.
    pub text: String,
    /// The story that tells more.
    pub story: Option<StoryId>,
    /// The address of that story, while it is public.
    pub slug: Option<String>,
    /// Who raised it, by id and name.
    pub by: (StaffId, String),
    /// When.
    pub raised_at: Timestamp,
    /// Until when it was to stand.
    pub until: Timestamp,
    /// When it came to its end; none while it stands.
    pub ended_at: Option<Timestamp>,
    /// Who ended it; none: it ended by itself.
    pub ended_by: Option<String>,
}

impl Store {
    /// The strip that readers have at a time.
    pub async fn standing_strip(&self, now: Timestamp) -> Result<Option<Strip>, StoreError> {
        let read = self.engine.glance(move |tx| Box::pin(async move { tx.row(STANDING, values![now]).await }));
        read.await?.map(strip).transpose()
    }

    /// The strips from before one (exclusive), the last one first.
    pub async fn strips(&self, before: Option<StripId>, limit: u32) -> Result<Vec<Strip>, StoreError> {
        let before = before.map_or(i64::MAX, |id| id.0);
        let read = self
            .engine
            .read(move |tx| Box::pin(async move { tx.rows(LATELY, values![before, i64::from(limit)]).await }));
        read.await?.into_iter().map(strip).collect()
    }

    /// Raises a strip over every page, and ends the one that stood there.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another one stands than was seen.
    pub async fn raise_strip(
        &self,
        new: &NewStrip,
        seen: Option<StripId>,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(StripId, Happening), StoreError> {
        let id = StripId(self.id(now));
        let happening = self.happening(Actor::Staff(by), What::StripRaised { strip: id, was: seen }, "", now);
        let new = new.clone();
        let write = self.engine.write_alone(move |tx| {
            let (new, happening) = (new.clone(), happening.clone());
            Box::pin(async move {
                if standing(tx, now).await? != seen {
                    return Err(StoreError::Conflict("strips".to_owned()));
                }
                if let Some(seen) = seen {
                    let text = "update strips set ended_at = $2, ended_by = $3 where strip_id = $1";
                    tx.run(text, values![seen, now, by]).await?;
                }
                let text = "insert into strips (strip_id, text, story_id, by_id, raised_at, until_at)
                     values ($1, $2, $3, $4, $5, $6)";
                tx.run(text, values![id, new.text, new.story, by, now, new.until]).await?;
                write_down(tx, &happening).await?;
                Ok((id, happening))
            })
        });
        write.await
    }

    /// Ends a strip before its time.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it has ended.
    pub async fn end_strip(&self, id: StripId, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let happening = self.happening(Actor::Staff(by), What::StripEnded { strip: id }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update strips set ended_at = $2, ended_by = $3
                     where strip_id = $1 and ended_at is null and until_at > $2";
                if tx.run(text, values![id, now, by]).await? == 0 {
                    return Err(StoreError::Conflict("strips".to_owned()));
                }
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Strips whose time is over and of which that is not written down yet.
    pub async fn strips_over(&self, now: Timestamp, limit: u32) -> Result<Vec<StripId>, StoreError> {
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.rows(OVER, values![now, i64::from(limit)]).await }));
        read.await?.into_iter().map(|row| row.int(0).map(StripId)).collect()
    }

    /// Writes down that a strip has come to its end; nothing when another process did, or somebody ended it before.
    pub async fn end_strip_on_time(&self, id: StripId, now: Timestamp) -> Result<Option<Happening>, StoreError> {
        let happening = self.happening(Actor::Program, What::StripEnded { strip: id }, "", now);
        let write = self.engine.write(move |tx| {
            let happening = happening.clone();
            Box::pin(async move {
                let text = "update strips set ended_at = until_at
                     where strip_id = $1 and ended_at is null and until_at <= $2";
                if tx.run(text, values![id, now]).await? == 0 {
                    return Ok(None);
                }
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }
}

async fn standing(tx: &mut Tx, now: Timestamp) -> Result<Option<StripId>, StoreError> {
    tx.row(STANDING, values![now]).await?.map(|row| row.int(0).map(StripId)).transpose()
}

fn strip(mut row: Row) -> Result<Strip, StoreError> {
    Ok(Strip {
        id: StripId(row.int(0)?),
        text: row.text(1)?,
        story: row.maybe_int(2)?.map(StoryId),
        slug: row.maybe_text(3)?,
        by: (StaffId(row.int(4)?), row.maybe_text(5)?.unwrap_or_default()),
        raised_at: row.time(6)?,
        until: row.time(7)?,
        ended_at: row.maybe_time(8)?,
        ended_by: row.maybe_int(9)?.map(|_| row.maybe_text(10)).transpose()?.map(Option::unwrap_or_default),
    })
}
